// The prose of one notebook in one view. Somebody else may write in the same file: another tab, another program. Per cell
// then counts what was changed; where both changed it, both texts stay. What is not on disk yet is held in the browser.
import { text } from "./bar.js";

const HELD = "vermarkting:prose:";
const LOOK_MS = 5000;

const source = cell => cell.model.sharedModel.getSource();
const alone = (name, task) => (navigator.locks ? navigator.locks.request(name, task) : task());
const isAnswer = ({ model }) => model.type === "markdown" && model.getMetadata("nbgrader")?.solution;

/** The text of a cell after two changed it: `mine` and `theirs`, both from `base`. */
export function merged(base, mine, theirs, between) {
  if (theirs === base || theirs === mine) return mine;
  if (mine === base || theirs.includes(mine.trim())) return theirs;
  if (mine.includes(theirs.trim())) return mine;
  return `${mine.trimEnd()}\n\n${between}\n\n${theirs.trimStart()}`;
}

/** Runs `task` while no view saves one of these notebooks. */
export const whileNobodySaves = (paths, task) => paths.reduceRight((inner, path) => () => alone(`${HELD}${path}`, inner), task)();

export class Prose {
  constructor(panel, contents) {
    Object.assign(this, { panel, contents, lines: new Map(), unkept: () => {} });
    this.base = this.sources(); // as it is on disk, as far as this view knows
    this.takeHeld();
    const look = setInterval(() => !document.hidden && panel.isVisible && this.look(), LOOK_MS);
    panel.disposed.connect(() => clearInterval(look));
  }

  cells() {
    return this.panel.content.widgets.filter(isAnswer);
  }

  sources() {
    return new Map(this.cells().map(cell => [cell.model.id, source(cell)]));
  }

  key(id) {
    return `${HELD}${location.origin}:${this.panel.context.path}:${id}`;
  }

  /** Whether every text is on disk, as far as this view knows. */
  get kept() {
    return this.cells().every(cell => source(cell) === this.base.get(cell.model.id));
  }

  /** A line under a cell that says whether its text is on disk. */
  tellUnder(cell, line) {
    this.lines.set(cell.model.id, line);
    this.say(cell);
    cell.model.sharedModel.changed.connect(() => {
      this.hold(cell);
      this.say(cell);
    });
  }

  say(cell) {
    const line = this.lines.get(cell.model.id);
    if (!line) return;
    const kept = source(cell) === this.base.get(cell.model.id);
    line.dataset.stage = kept ? "kept" : "waiting";
    line.textContent = kept ? (this.saved ? text.prose_saved.replace("{time}", this.saved) : "") : text.prose_waiting;
  }

  hold(cell) {
    const { id } = cell.model;
    try {
      if (source(cell) === this.base.get(id)) localStorage.removeItem(this.key(id));
      else localStorage.setItem(this.key(id), JSON.stringify({ base: this.base.get(id), text: source(cell) }));
    } catch {
      // no storage: then it is held as long as the page is open
    }
  }

  /** What was written without a server, in this browser, comes back. */
  takeHeld() {
    for (const cell of this.cells()) {
      try {
        const held = JSON.parse(localStorage.getItem(this.key(cell.model.id)));
        if (typeof held?.text !== "string") continue;
        cell.model.sharedModel.setSource(merged(held.base, held.text, source(cell), text.prose_other));
      } catch {
        continue;
      }
    }
  }

  async look() {
    await this.follow().catch(() => {}); // without a server: later
    if (!this.kept) this.unkept();
  }

  /** Take over what others saved since. Tells whether there was something. */
  async follow() {
    const { context } = this.panel;
    if (this.panel.isDisposed || !context.contentsModel) return false;
    const { last_modified } = await this.contents.get(context.path, { content: false });
    if (last_modified === context.contentsModel.last_modified) return false;
    const disk = await this.contents.get(context.path, { content: true, type: "notebook" });
    const theirs = new Map(disk.content.cells.map(cell => [cell.id, [cell.source].flat().join("")]));
    for (const cell of this.cells()) {
      const { id } = cell.model;
      if (!theirs.has(id)) continue;
      const now = merged(this.base.get(id), source(cell), theirs.get(id), text.prose_other);
      this.base.set(id, theirs.get(id));
      if (now !== source(cell)) cell.model.sharedModel.setSource(now);
      this.hold(cell);
      this.say(cell);
    }
    context._updateContentsModel({ ...disk, content: null }); // JupyterLab then knows that we have seen it
    return true;
  }

  /** Save around `write`, after taking over what others saved. Two tabs at once would each miss what the other writes. */
  async save(write) {
    await alone(`${HELD}${this.panel.context.path}`, async () => {
      await this.follow();
      const sent = this.sources();
      await write();
      this.base = sent;
    });
    this.saved = new Date().toLocaleTimeString("nl-BE", { hour: "2-digit", minute: "2-digit" });
    for (const cell of this.cells()) {
      this.hold(cell);
      this.say(cell);
    }
  }
}
