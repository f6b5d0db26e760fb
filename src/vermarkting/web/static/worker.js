// Python, off the page: runs the page's cells, hears what is done on the page and answers. Its folder is a copy of the
// store; a confirmation leaves here only after the store has committed what it confirms.
import { openStore } from "./store.js";

const KEPT = /\.json$/; // answer sheets, and what was put aside; a lock or a zip is of this moment only

let python, kernel, store, folder, words;
let outbox; // messages wait in it while what they tell is not durable yet
const known = new Map(); // what the store has of this folder
const inbox = [];
let busy = true;

const post = (kind, id, data, buffers) => {
  const message = { kind, id, data: JSON.parse(data), buffers };
  if (outbox) outbox.push(message);
  else postMessage(message);
};

const inFolder = (path) => path.startsWith(`${folder}/`) && !path.slice(folder.length + 1).includes("/");
const onDisk = (path) => `${kernel.HOME}/${path}`;

const takeOver = (path, content) => {
  if (!inFolder(path) || content === undefined || known.get(path) === content) return;
  known.set(path, content);
  python.FS.writeFile(onDisk(path), content);
};

const changes = () => {
  const names = python.FS.readdir(onDisk(folder)).filter((name) => KEPT.test(name));
  const files = names.map((name) => [`${folder}/${name}`, python.FS.readFile(`${onDisk(folder)}/${name}`, { encoding: "utf8" })]);
  return files.filter(([path, content]) => known.get(path) !== content);
};

// Back to what the store has: nothing that is not durable may be built on.
const goBack = (files) => {
  for (const [path] of files) {
    if (known.has(path)) python.FS.writeFile(onDisk(path), known.get(path));
    else python.FS.unlink(onDisk(path));
  }
};

const refused = (message) => {
  const { content } = message.data;
  if (content?.picture) return { ...message, data: { ...message.data, content: { no_picture: words.not_stored } } };
  return content?.kept ? { ...message, data: { ...message.data, content: { refused: content.kept, why: words.not_stored, again: true } } } : message;
};

// What Python says while it works.
const saidBy = (work) => {
  outbox = [];
  try {
    work();
    return outbox;
  } finally {
    outbox = undefined;
  }
};

// Let Python work on the newest files, and tell the page what came of it once that is durable.
const keepWhatComesOf = async (work) => {
  for (const path of known.keys()) takeOver(path, await store.get(path).catch(() => undefined));
  outbox = [];
  try {
    work();
  } finally {
    let sent = outbox;
    outbox = undefined;
    const changed = changes();
    try {
      if (changed.length) await store.put(changed);
      for (const [path, content] of changed) known.set(path, content);
    } catch (error) {
      console.warn("vermarkting:", error.name);
      goBack(changed);
      sent = [...sent.map(refused), ...saidBy(() => kernel.changed())];
    }
    for (const message of sent) postMessage(message);
  }
};

const deliver = ({ id, data, buffers = [] }) => {
  const [content, bytes] = [python.toPy(data), python.toPy(buffers.map((buffer) => new Uint8Array(buffer)))];
  kernel.receive(id, content, bytes);
  for (const proxy of [content, bytes]) proxy.destroy();
};

const work = async () => {
  if (busy) return;
  busy = true;
  while (inbox.length) {
    const message = inbox.shift();
    try {
      await store.alone(() => keepWhatComesOf(() => deliver(message)));
    } catch (error) {
      console.error("vermarkting:", error.message);
    }
  }
  busy = false;
};

// A slider that moves on makes its own earlier moves idle; an answer that is offered again is the same answer.
const same = (one, other) => one.id === other.id && one.data?.method === other.data?.method
  && (one.data?.method === "update" || (one.data?.content?.keep?.id && one.data.content.keep.id === other.data?.content?.keep?.id));
const hear = (message) => {
  const at = inbox.findIndex((waiting) => same(waiting, message));
  if (at < 0) inbox.push(message);
  else if (message.data.method === "update") Object.assign(inbox[at].data.state, message.data.state);
  work();
};

const withoutStore = (error) => {
  postMessage({ kind: "no-store" });
  const fail = () => Promise.reject(error);
  return { get: async () => undefined, all: async () => [], put: fail, alone: (task) => task(), follow() {} };
};

const startPython = async ({ scope, pyodide, bundle }) => {
  const [{ loadPyodide }, zip, opened] = await Promise.all([
    import(`${pyodide}pyodide.mjs`),
    fetch(bundle).then((response) => response.arrayBuffer()),
    openStore(scope).catch(withoutStore),
  ]);
  store = opened;
  python = await loadPyodide({ indexURL: pyodide, lockFileURL: `${pyodide}pyodide-lock.json` });
  python.unpackArchive(zip, "zip", { extractDir: "/module" });
  python.registerJsModule("vermarkting_page", { post });
  python.runPython(`
import json, sys
sys.path.insert(0, "/module")
from pyodide.ffi import to_js
from vermarkting_page import post
from vermarkting.web import no_ipython
no_ipython.stand_in()
from vermarkting.web import page_kernel
page_kernel.begin(lambda kind, comm_id, data, buffers: post(kind, comm_id, json.dumps(data), to_js([bytes(one) for one in buffers])))
`);
  kernel = python.pyimport("vermarkting.web.page_kernel");
};

// Sheets out of a file: all of them, or none.
const takeIn = (files) => store.alone(async () => {
  const carrying = python.pyimport("vermarkting.carrying");
  const merged = [];
  for (const [path, content] of Object.entries(files)) {
    if (!carrying.is_ours(path)) throw new Error("not ours");
    merged.push([path, carrying.merged(path, await store.get(path), String(content))]);
  }
  if (!merged.length) throw new Error("no sheet in it");
  await store.put(merged);
  postMessage({ kind: "taken" });
});

const begin = async ({ page, cells, labels, takeIn: files, ...places }) => {
  await startPython(places);
  if (files) return takeIn(files);
  words = labels;
  folder = page.split("/").slice(0, -1).join("/");
  kernel.settle(page);
  for (const [path, content] of await store.all()) takeOver(path, content);
  store.follow(async (paths) => {
    for (const path of paths) takeOver(path, await store.get(path));
    kernel.changed();
  });
  for (const { id, source } of cells) {
    let root;
    const messages = saidBy(() => { root = kernel.open_cell(id, source); });
    postMessage({ kind: "cell", id, root, messages });
  }
  postMessage({ kind: "ready" });
  busy = false;
  work();
};

onmessage = ({ data: message }) => {
  if (message.begin) begin(message.begin).catch((error) => postMessage({ kind: "failed", text: String(error) }));
  else if (message.forget) inbox.splice(0, inbox.length, ...inbox.filter(({ id }) => !id.startsWith(`${message.forget}-`)));
  else hear(message);
};
