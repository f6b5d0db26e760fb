// In the student's profile JupyterLab itself keeps silent: its questions are about files, kernels and servers, partly in
// English, and take the keys of who is writing. What a student needs to know stands in our own bar, in Dutch.

// Keys that still work outside a text field. Everything else belongs to the page and the browser.
const KEYS = new Set(["Accel S", "ArrowDown", "ArrowUp", "Enter", "Escape", "Shift Enter", "Accel Enter"]);

const named = ({ key, ctrlKey, metaKey, shiftKey, altKey }) =>
  [ctrlKey || metaKey ? "Accel" : "", shiftKey ? "Shift" : "", altKey ? "Alt" : "", key.length === 1 ? key.toUpperCase() : key].filter(Boolean).join(" ");

/** Only the keys of KEYS reach JupyterLab's commands; Shift+Enter in the last cell adds no new one below it. */
function fewKeys(commands) {
  const process = commands.processKeydownEvent.bind(commands);
  commands.processKeydownEvent = event => {
    const cell = event.target.closest?.(".jp-Notebook-cell");
    if (named(event) === "Shift Enter" && cell && !cell.nextElementSibling?.matches(".jp-Notebook-cell")) {
      event.preventDefault();
      event.stopPropagation();
      commands.execute("notebook:run-cell");
    } else if (KEYS.has(named(event))) {
      process(event);
    }
  };
}

/**
 * The answer that loses nothing. Closing with unsaved changes offers: not closing, losing them (marked as a warning), or
 * saving them. Every other question is left without an answer.
 */
function harmless(buttons) {
  const [, warned, last] = buttons;
  if (buttons.length === 3 && warned.displayType === "warn" && last.displayType !== "warn" && last.accept) return last;
  return buttons.find(({ accept }) => !accept) ?? buttons[0];
}

/** No dialog opens: each is answered at once with what loses nothing. */
function noDialogs(Dialog) {
  Dialog.prototype.launch = function launch() {
    const button = harmless(this._buttons ?? []);
    this.dispose();
    return Promise.resolve({ button, isChecked: null, value: null });
  };
}

function noNotifications(Notification) {
  Notification.manager.changed.connect((manager, { type, notification }) => type === "added" && manager.dismiss(notification.id));
}

/** A right click gives the browser's own menu; nothing is dragged to another place or dropped as a file. */
function noMenusNorDrags() {
  const stop = event => event.stopPropagation();
  document.addEventListener("contextmenu", stop, true);
  document.addEventListener("lm-dragenter", event => { event.preventDefault(); event.stopPropagation(); event.dropAction = "none"; }, true);
  for (const kind of ["dragover", "drop"]) {
    document.addEventListener(kind, event => event.target.closest("input, textarea, .cm-editor") || event.preventDefault(), true);
  }
}

/** What hovers over tabs and files tells of paths and checkpoints, half in English: only a lesson's own titles and headings show. */
function noTooltips() {
  document.addEventListener("mouseover", ({ target }) => {
    const titled = target.closest?.("[title]");
    if (titled && !titled.closest(".jp-Notebook, #vermarkting-bar, .jp-tocItem-content")) titled.removeAttribute("title");
  }, true);
}

export function keepQuiet(app, { Dialog, Notification }) {
  fewKeys(app.commands);
  noDialogs(Dialog);
  noNotifications(Notification);
  noMenusNorDrags();
  noTooltips();
}
