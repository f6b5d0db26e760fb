// The list of lessons and assignments, with their titles and how far one is; a tab is named as its page in the list.
import { NARROW, text } from "./bar.js";
import { addCarrying } from "./carried.js";

const ID = "vermarkting-pages";
const SOON_MS = 2500; // a notebook with prose is saved a moment after the last key

const element = (tag, props, ...children) => {
  const node = Object.assign(document.createElement(tag), props);
  node.append(...children);
  return node;
};

export class Pages {
  /** Gives the panel, once it is known that this server has pages for it; otherwise nothing. */
  static async add(app, tracker, Widget, services) {
    const list = new Pages(app, tracker);
    await list.look().catch(() => {});
    if (!list.rows?.length) return undefined;
    addCarrying(app, tracker, services, list);
    const panel = new Widget({ node: list.node });
    panel.id = ID;
    app.shell.add(panel, "left", { rank: 50 });
    list.follow();
    return panel.id;
  }

  constructor(app, tracker) {
    Object.assign(this, { app, tracker });
    this.list = element("ol", {});
    const files = element("button", { type: "button", textContent: text.files });
    files.addEventListener("click", () => app.shell.activateById("filebrowser"));
    this.node = element("nav", { ariaLabel: text.lessons }, element("h2", { textContent: text.lessons }), this.list, files);
  }

  async look() {
    const { baseUrl, token } = this.app.serviceManager.serverSettings;
    const headers = token ? { Authorization: `token ${token}` } : {};
    const answer = await fetch(`${baseUrl}vermarkting/pages`, { headers, cache: "no-store", signal: AbortSignal.timeout(10_000) });
    if (!answer.ok) return;
    this.rows = (await answer.json()).pages;
    this.draw();
  }

  lookSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look().catch(() => {}), SOON_MS);
  }

  follow() {
    document.addEventListener("vermarkting:answered", () => this.lookSoon());
    document.addEventListener("visibilitychange", () => document.hidden || this.lookSoon());
    const meet = panel => {
      this.name(panel);
      panel.context.saveState.connect((_, state) => state.startsWith("completed") && this.lookSoon());
      panel.context.pathChanged.connect(() => this.name(panel));
    };
    this.tracker.forEach(meet);
    this.tracker.widgetAdded.connect((_, panel) => meet(panel));
    this.tracker.currentChanged.connect(() => this.draw());
    // JupyterLab names the window after a file, too.
    const name = document.querySelector("title");
    const entitle = () => {
      const row = this.rows.find(({ path }) => path === this.tracker.currentWidget?.context.path);
      if (row && document.title !== row.title) document.title = row.title;
    };
    new MutationObserver(entitle).observe(name, { childList: true, characterData: true, subtree: true });
    entitle();
  }

  /** Names the tab. To JupyterLab a new label is a new name for the file, so that it may not hear of ours. */
  name(panel) {
    const row = this.rows.find(({ path }) => path === panel.context.path);
    panel.deafToTitle ||= panel.title.changed.disconnect(panel._onTitleChanged, panel);
    if (row && panel.deafToTitle) panel.title.label = row.title;
    // What hovers over the tab tells of checkpoints, and a screen reader reads it out.
    const plain = () => { if (panel.title.caption !== panel.title.label) panel.title.caption = panel.title.label; };
    panel.saysItsTitle ||= panel.title.changed.connect(plain);
    plain();
  }

  draw() {
    const here = this.tracker.currentWidget?.context.path;
    const focused = this.list.contains(document.activeElement) ? document.activeElement.dataset.path : undefined;
    this.list.replaceChildren(...this.rows.map(row => this.item(row, row.path === here)));
    if (focused) [...this.list.querySelectorAll("button")].find(({ dataset }) => dataset.path === focused)?.focus();
  }

  item({ kind, path, title, progress, state }, current) {
    const button = element("button", { type: "button" }, element("span", { textContent: title }), element("small", { textContent: progress }));
    button.dataset.path = path;
    if (current) button.setAttribute("aria-current", "page");
    button.addEventListener("click", () => {
      this.app.commands.execute("docmanager:open", { path });
      if (NARROW.matches) this.app.shell.collapseLeft();
    });
    const item = element("li", {}, button);
    Object.assign(item.dataset, { kind, state });
    return item;
  }
}
