// A reader's own answers as one file: out of this browser, and into it. Python merges what comes in (carrying.py).
import { openStore } from "./store.js";

const { root: path, pyodide, labels } = JSON.parse(document.getElementById("yours").textContent);
const root = new URL(path, document.baseURI);
const near = (name) => new URL(name, import.meta.url).href;
const FORM = "vermarkting-antwoorden";
const MOST_BYTES = 20_000_000;

const told = document.getElementById("yours-told");
const store = await openStore(root.pathname);

document.getElementById("export").addEventListener("click", async () => {
  const files = Object.fromEntries((await store.all()).filter(([name]) => name.endsWith(".json")));
  const blob = new Blob([JSON.stringify({ form: FORM, schema: 1, files })], { type: "application/json" });
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: `${FORM}.json` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
});

const takeIn = (files) => new Promise((resolve, reject) => {
  const worker = new Worker(near("worker.js"), { type: "module" });
  const end = (act, value) => (worker.terminate(), act(value));
  worker.onmessage = ({ data: { kind, text } }) => (kind === "taken" ? end(resolve) : kind === "failed" ? end(reject, new Error(text)) : undefined);
  worker.onerror = () => end(reject, new Error("worker"));
  worker.postMessage({ begin: { scope: root.pathname, takeIn: files, bundle: near("module.zip"), pyodide: new URL(pyodide, root).href } });
});

const chosen = document.getElementById("import");
chosen.addEventListener("change", async () => {
  told.textContent = labels.import_busy;
  try {
    const [file] = chosen.files;
    if (file.size > MOST_BYTES) throw new Error("too big");
    const { form, files } = JSON.parse(await file.text());
    if (form !== FORM) throw new Error("not ours");
    await takeIn(files);
    told.textContent = labels.import_done;
  } catch (error) {
    console.warn("vermarkting:", error.message);
    told.textContent = labels.import_wrong;
  }
  chosen.value = "";
});

const progress = JSON.parse((await store.get("progress")) ?? "[]");
for (const { text, page } of progress) {
  const line = document.querySelector(`.progress[data-page="${CSS.escape(page)}"]`);
  if (line) line.textContent = text;
}
