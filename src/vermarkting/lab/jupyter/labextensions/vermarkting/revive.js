// Brings a lesson to life: runs its strict cells (see strict_form.js) when it opens and when its kernel starts again.
import { inProfile, text } from "./bar.js";
import { Contact } from "./contact.js";
import { dress } from "./essay.js";
import { Prose } from "./prose.js";
import { isStrict } from "./strict_form.js";

const KERNEL = "vermarkting";
const WIDGET_VIEW = "application/vnd.jupyter.widget-view+json";
const QUIET_MS = 1500;
const PATIENCE_MS = 10_000;

const wait = ms => new Promise(resolve => setTimeout(resolve, ms));

const about = thing => thing.model?.getMetadata("vermarkting");
const source = cell => cell.model.sharedModel.getSource();
const onOurKernel = panel => panel.sessionContext.session?.kernel?.name === KERNEL;

/** What the reader wrote: everything but what running a cell or starting a kernel leaves behind. */
function written(model) {
  const { cells, metadata: { kernelspec, language_info, ...ours } } = model.sharedModel.toJSON();
  return JSON.stringify([ours, cells.map(({ outputs, execution_count, metadata: { trusted, ...own }, ...rest }) => [own, rest])]);
}

export class Lesson {
  /** Look after every notebook of ours that is open now or later. Gives {of(panel), told}: `told` hears of changes. */
  static watch(app, tracker, CodeCell) {
    const lessons = new Set();
    const watched = { of: panel => [...lessons].find(lesson => lesson.panel === panel), told: () => {} };
    const holding = node => [...lessons].find(({ panel }) => panel.node.contains(node));

    const open = async panel => {
      await panel.context.ready;
      if (panel.isDisposed || !about(panel)) return;
      await panel.revealed;
      const lesson = new Lesson(panel, CodeCell, app.serviceManager.contents);
      lessons.add(lesson);
      if (panel.model.getMetadata("kernelspec")?.name === KERNEL) {
        lesson.contact = new Contact(lesson, app.serviceManager.serverSettings, () => watched.told());
      }
      watched.told();
      panel.disposed.connect(() => lessons.delete(lesson));
      await Promise.all([app.restored, panel.sessionContext.ready]);
      if (panel.isDisposed) return;
      lesson.watchKernel();
      lesson.contact?.begin();
    };
    tracker.forEach(open);
    tracker.widgetAdded.connect((_, panel) => open(panel));

    // A widget that kept an answer says so; the saved notebook then carries a copy of it.
    document.addEventListener("vermarkting:answered", ({ target }) => holding(target)?.saveSoon());

    // A widget that needs the notebook on disk asks for it, and waits for what is put in `saving`.
    document.addEventListener("vermarkting:save", ({ target, detail }) => { detail.saving = holding(target)?.save(); });

    // A part's link to another lesson or assignment opens it in a tab.
    document.addEventListener("vermarkting:open", event => {
      const lesson = holding(event.target);
      if (!lesson) return;
      event.preventDefault();
      const { pathname } = new URL(event.detail.path, new URL(lesson.panel.context.path, "file:///"));
      app.commands.execute("docmanager:open", { path: decodeURIComponent(pathname).slice(1) });
    });

    // JupyterLab does not hear Ctrl+S from inside an output (see prepareOutputs).
    document.addEventListener("keydown", event => {
      const lesson = (event.ctrlKey || event.metaKey) && event.key === "s" ? holding(event.target) : undefined;
      if (!lesson || event.defaultPrevented) return;
      event.preventDefault();
      lesson.save();
    });
    return watched;
  }

  constructor(panel, CodeCell, contents) {
    Object.assign(this, { panel, CodeCell, contents });
    this.saveInTurn();
    this.onDisk = written(panel.model);
    panel.model.stateChanged.connect((_, { name, newValue }) => name === "dirty" && newValue && this.weigh());
    panel.model.contentChanged.connect(() => this.weigh());
    panel.context.saveState.connect((_, state) => state.startsWith("completed") && this.saved());
    if (inProfile) {
      this.prose = new Prose(panel, contents);
      this.prose.unkept = () => this.saveSoon();
      this.makeCalm();
    }
    if (panel.model.getMetadata("kernelspec")?.name === KERNEL) this.prepareOutputs();
  }

  strictCells() {
    return this.panel.content.widgets.filter(cell => cell.model.type === "code" && isStrict(source(cell)));
  }

  /** A student reads: no tools for programmers, and a double click on the text does not turn it into Markdown code. */
  makeCalm() {
    this.panel.addClass("vermarkting-lesson");
    this.panel.toolbar.hide();
    for (const name of ["role", "aria-label"]) this.panel.content.node.removeAttribute(name); // "main area content": it is in "Les"
    for (const cell of this.panel.content.widgets.filter(({ model }) => model.type === "markdown")) {
      cell.node.removeAttribute("aria-label"); // "Markdown Cell Content": text needs no name
      if (cell.model.getMetadata("nbgrader")?.solution) {
        this.openOnClick(cell);
        this.countWords(cell);
        dress(cell);
      }
      else {
        cell.syncEditable = false; // only here, not in the file
        cell.readOnly = true;
      }
    }
  }

  /** Where prose is asked, one click is enough to write. */
  openOnClick(cell) {
    const { content } = this.panel;
    cell.addClass("vermarkting-answer");
    cell.node.addEventListener("click", () => {
      if (!cell.rendered) return;
      content.activeCellIndex = content.widgets.indexOf(cell);
      content.mode = "edit";
    });
  }

  /** Below the prose, how many words it has; the notebook may tell how many are asked for. */
  countWords(cell) {
    const line = document.createElement("p");
    line.className = "vermarkting-words";
    const asked = about(cell)?.words;
    const count = () => {
      const written = source(cell).trim();
      const words = written === text.stub ? 0 : written.split(/\s+/).filter(word => /[\p{L}\p{N}]/u.test(word)).length;
      const [, one, more] = /\{words:\|(.*)\|(.*)\}/.exec(text.words);
      line.textContent = asked ? text.words_asked.replace("{words}", words).replace("{asked}", asked) : `${words} ${words === 1 ? one : more}`;
    };
    count();
    cell.model.sharedModel.changed.connect(count);
    const kept = document.createElement("p");
    kept.className = "vermarkting-kept";
    kept.setAttribute("role", "status");
    this.prose.tellUnder(cell, kept);
    cell.node.append(line, kept);
  }

  prepareOutputs() {
    for (const cell of this.strictCells()) {
      // A picture saved by an earlier kernel can no longer be drawn: it would be an error until the cell runs again.
      cell.model.sharedModel.setOutputs([]);
      // Arrows and letters belong to the slider or list that has the focus, not to JupyterLab's shortcuts.
      cell.outputArea.node.addEventListener("focusin", ({ target }) => { target.dataset.lmSuppressShortcuts = "true"; });
    }
  }

  watchKernel() {
    const { sessionContext } = this.panel;
    sessionContext.kernelChanged.connect((_, { newValue }) => this.reviveOn(newValue));
    sessionContext.statusChanged.connect((_, status) => {
      if (status.endsWith("restarting")) this.stopped = true;
      else if (status === "idle" && this.stopped) {
        this.stopped = false;
        this.revive();
      }
    });
    this.reviveOn(sessionContext.session?.kernel);
  }

  async reviveOn(kernel) {
    if (!kernel || kernel.id === this.kernelId) return;
    this.kernelId = kernel.id;
    await this.oldWidgetsRead(kernel);
    await this.revive();
  }

  /**
   * After a reload the kernel still holds the widgets of before. Until Jupyter's widget manager has read those, it
   * loses parts of new ones. It tells nobody but its renderers when it is done; they can be asked for.
   */
  async oldWidgetsRead(kernel) {
    const asked = kernel.requestCommInfo({ target_name: "jupyter.widget" }).catch(() => undefined);
    const told = await Promise.race([asked, wait(PATIENCE_MS)]);
    if (Object.keys(told?.content.comms ?? {}).length === 0) return;
    const { rendermime } = this.panel.content;
    if (!rendermime.mimeTypes.includes(WIDGET_VIEW)) return;
    const renderer = rendermime.createRenderer(WIDGET_VIEW);
    const manager = await Promise.race([renderer._manager?.promise, wait(PATIENCE_MS)]);
    if (manager && !manager.restoredStatus) {
      await Promise.race([new Promise(resolve => manager.restored.connect(resolve)), wait(PATIENCE_MS)]);
    }
    renderer.dispose();
  }

  async revive() {
    this.again = true;
    if (this.running) return;
    this.running = true;
    while (this.again) {
      this.again = false;
      await this.runAll(this.strictCells());
    }
    this.running = false;
    this.lived = true;
    this.contact?.look();
  }

  /** Hand the kernel all cells at once: it works on while the page draws. After an error it skips the rest: run those. */
  async runAll(cells) {
    const replies = await Promise.all(cells.map(cell => this.run(cell)));
    const skipped = cells.filter((_, i) => replies[i]?.content.status === "aborted");
    if (skipped.length > 0 && skipped.length < cells.length) await this.runAll(skipped);
  }

  async run(cell) {
    // Nothing may come between these looks and the execution, which takes the source in the same breath.
    if (this.again || cell.isDisposed || !onOurKernel(this.panel) || !isStrict(source(cell))) return;
    try {
      return await this.CodeCell.execute(cell, this.panel.sessionContext);
    } catch (error) {
      console.warn("vermarkting:", error.message); // the kernel went away; its next start runs the cells again
    }
  }

  /** A notebook counts as changed only when the reader wrote something; closing a lesson then asks nothing. */
  weigh() {
    if (this.weighing) return;
    this.weighing = true;
    setTimeout(() => {
      this.weighing = false;
      const { model } = this.panel;
      if (!model || model.isDisposed) return;
      if (written(model) === this.onDisk) model.dirty = false;
      else this.saveSoon();
    });
  }

  saveSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save().catch(() => {}), QUIET_MS); // without a server: see prose.js
  }

  /**
   * Save without a question, and tell whether that was done. In the student's profile what another tab saved meanwhile
   * is taken over first; elsewhere the choice is left to JupyterLab's own save.
   */
  save() {
    return this.turn(async () => {
      const { context } = this.panel;
      if (this.panel.isDisposed || !context.contentsModel?.writable) return false;
      if (!this.prose) {
        const { last_modified } = await this.contents.get(context.path, { content: false });
        if (last_modified !== context.contentsModel.last_modified) return false;
      }
      await this.saveNow();
      return true;
    });
  }

  /** Two saves at once would each take what the other wrote for somebody else's: every save waits for the one before. */
  saveInTurn() {
    const { context } = this.panel;
    let last = Promise.resolve();
    this.turn = task => (last = last.catch(() => {}).then(task));
    const write = context.save.bind(context);
    this.saveNow = () => (this.prose ? this.prose.save(write) : write());
    context.save = () => this.turn(this.saveNow);
  }

  saved() {
    if (!this.panel.model.dirty) this.onDisk = written(this.panel.model);
  }
}
