// Whether a lesson's Python can be reached, told in one place per lesson, and won back without asking where possible.
import { text } from "./bar.js";

const KERNEL = "vermarkting";
const LOOK_MS = 3000;
const ASLEEP = 424; // JupyterHub, in place of a server that does not run
const PATIENCE_MS = 20_000; // a slow computer starts a kernel in less

const wait = ms => new Promise(resolve => setTimeout(resolve, ms));
const within = (ms, promise) => Promise.race([promise, wait(ms).then(() => { throw new Error("no answer in time"); })]);

/**
 * Follows one lesson. `state`: opening, alive, starting, unreachable (no server), expired (not let in), asleep (the
 * server of a school stopped this student's own) or stopped.
 */
export class Contact {
  constructor(lesson, serverSettings, changed) {
    Object.assign(this, { lesson, serverSettings, changed, state: "opening", waiting: 0, since: performance.now() });
    const { panel } = lesson;
    panel.node.addEventListener("vermarkting:life", ({ detail }) => {
      this.silentSince = detail.state === "gone" ? (this.silentSince ?? performance.now()) : undefined;
      this.look();
    });
    panel.node.addEventListener("vermarkting:waiting", () => this.count());
    panel.disposed.connect(() => clearInterval(this.timer));
  }

  /** From when JupyterLab has found or started the kernel, or has given that up. */
  begin() {
    const { sessionContext } = this.lesson.panel;
    for (const signal of ["statusChanged", "connectionStatusChanged", "kernelChanged"]) sessionContext[signal].connect(() => this.look());
    this.timer = setInterval(() => this.look(), LOOK_MS);
    this.look();
  }

  set(state) {
    const { panel } = this.lesson;
    panel.toggleClass("vermarkting-gone", ["unreachable", "expired", "asleep", "stopped"].includes(state));
    if (state === this.state) return;
    this.state = state;
    this.since = performance.now();
    this.changed();
  }

  /** Answers that were given and are not on disk yet, in this lesson. */
  count() {
    const held = this.lesson.panel.node.querySelectorAll(".vm-status:is([data-stage=saving], [data-stage=waiting], [data-stage=refused])");
    if (held.length === this.waiting) return;
    this.waiting = held.length;
    this.changed();
  }

  /** What the bar says about this lesson. */
  get sentence() {
    if (this.state === "alive" && this.waiting) return text.waiting.replace("{count}", this.waiting);
    return text[this.state];
  }

  async look() {
    if (this.looking || this.lesson.panel.isDisposed) return;
    this.looking = true;
    try {
      await this.judge();
    } catch (error) {
      console.warn("vermarkting:", error.message);
    } finally {
      this.looking = false;
      this.count();
    }
  }

  async judge() {
    const { sessionContext } = this.lesson.panel;
    const kernel = sessionContext.session?.kernel;
    const connected = kernel?.connectionStatus === "connected";
    if (connected && !this.silent && !/restarting|starting|dead|unknown/.test(kernel.status)) {
      this.set(this.lesson.running || !this.lesson.lived ? "opening" : "alive");
      return;
    }
    const server = await this.server();
    if (server !== "reached") {
      this.tried = undefined; // what was tried while the server went away says nothing about the one that comes
      this.set(server);
    } else if (kernel && kernel.status !== "dead" && !this.overdue()) this.set(this.lesson.lived ? "starting" : "opening");
    else await this.winBack();
  }

  get silent() {
    return this.silentSince !== undefined;
  }

  overdue() {
    const since = this.silentSince ?? (["starting", "opening"].includes(this.state) ? this.since : undefined);
    return since !== undefined && performance.now() - since > PATIENCE_MS;
  }

  async server() {
    const { baseUrl, token } = this.serverSettings;
    try {
      const headers = token ? { Authorization: `token ${token}` } : {};
      const { status } = await fetch(`${baseUrl}api/status`, { headers, cache: "no-store", signal: AbortSignal.timeout(5000) });
      return { 401: "expired", 403: "expired", [ASLEEP]: "asleep" }[status] ?? "reached";
    } catch {
      return "unreachable";
    }
  }

  /** The server is there and the kernel is not: start one. Once by itself; after that the reader asks. */
  async winBack() {
    if (this.tried && performance.now() - this.tried < 2 * PATIENCE_MS) {
      if (this.state !== "starting" || this.overdue()) this.set("stopped");
      return;
    }
    await this.restart();
  }

  /** Start the lesson anew. Always ends: with a lesson that answers, or with a sentence. */
  async restart() {
    if (this.state === "asleep") return location.reload(); // to the page that starts the server
    const { sessionContext } = this.lesson.panel;
    this.tried = performance.now();
    this.silentSince = undefined;
    this.set("starting");
    try {
      const alive = sessionContext.session?.kernel && !/dead|unknown/.test(sessionContext.session.kernel.status);
      const fresh = () => within(PATIENCE_MS, sessionContext.changeKernel({ name: KERNEL }));
      await (alive ? within(PATIENCE_MS, sessionContext.session.kernel.restart()).catch(fresh) : fresh());
    } catch {
      const server = await this.server();
      this.set(server === "reached" ? "stopped" : server);
    }
  }
}
