// A page of the web edition: our parts at once, from the state that was made with the page; then joined to Python in a
// worker. What is done before Python is there waits for it.
import { openStore } from "./store.js";
import { withPictures } from "./pictures.js";

const page = JSON.parse(document.getElementById("page").textContent);
const near = (name) => new URL(name, import.meta.url).href;
const root = new URL(page.root, document.baseURI);
const MOST_STARTS = 3;
const SAVE_MS = 4000;

const stills = new Map([...document.querySelectorAll(".vm-still")].map((still) => [still.dataset.of, still]));

globalThis.vermarktingPlace = {
  plotly: near("plotly.js"),
  scope: `${root.pathname}:`,
  page: (path) => path.replace(/\.ipynb(?=$|#)/, ".html"),
  entry: (id) => (/^[ALC]\d+$/.test(id) ? new URL(`${id[0] === "C" ? "begrippen" : "argumenten"}/${id}.html`, root).href : undefined),
  still: ({ id }) => stills.get(id),
};

const sign = document.getElementById("life");
const say = (state) => {
  sign.textContent = page.labels[state];
  sign.dataset.state = state;
};

// One widget, as our parts know it from Jupyter: traits that change, messages, and a page that may have been first.
class Model {
  constructor(id, state, send) {
    Object.assign(this, { id, state, send_: send, hearers: new Map(), dirty: {}, touched: new Set() });
  }

  get(name) { return this.state[name]; }

  set(name, value) {
    this.state[name] = this.dirty[name] = value;
    this.touched.add(name);
    this.tell(`change:${name}`);
  }

  save_changes() {
    const state = this.dirty;
    this.dirty = {};
    this.send_({ id: this.id, data: { method: "update", state, buffer_paths: [] } });
  }

  send(content, _callbacks, buffers = []) {
    this.send_({ id: this.id, data: { method: "custom", content }, buffers });
  }

  on(names, hearer) {
    for (const name of names.split(" ")) this.hearers.set(name, [...(this.hearers.get(name) ?? []), hearer]);
  }

  tell(name, ...words) {
    for (const hearer of this.hearers.get(name) ?? []) hearer(...words);
  }

  update(state) {
    const changed = Object.keys(state).filter((name) => JSON.stringify(state[name]) !== JSON.stringify(this.state[name]));
    Object.assign(this.state, state);
    for (const name of changed) this.tell(`change:${name}`);
  }
}

const parts = await import("./parts.js").then(() => globalThis.vermarktingParts.promise);
const models = new Map();
const keepModel = (id, state) => {
  const model = new Model(id, state, send);
  models.set(id, model);
  if (model.get("lessons")) model.on("change:lessons", () => noteProgress(model));
};
let worker;
const send = (message) => worker?.postMessage(message);
const bytes = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)).buffer;
const isBox = (model) => model.get("children") !== undefined;

const restore = (state, paths = [], buffers = []) => {
  paths.forEach((path, i) => {
    const holder = path.slice(0, -1).reduce((at, name) => at[name], state);
    holder[path.at(-1)] = buffers[i];
  });
  return state;
};

const viewsOf = (buffers) => buffers.map((buffer) => new DataView(buffer.buffer ?? buffer, buffer.byteOffset ?? 0, buffer.byteLength));
const hear = ({ kind, id, data, buffers = [] }) => {
  const views = viewsOf(buffers);
  if (kind === "comm_open") keepModel(id, restore(data.state, data.buffer_paths, views));
  else if (kind === "comm_close") models.delete(id);
  else if (data.method === "update") models.get(id)?.update(restore(data.state, data.buffer_paths, views));
  else if (data.method === "custom") models.get(id)?.tell("msg:custom", data.content, views);
};

// The picture of a widget, and of those in it.
const picture = (id) => {
  const model = models.get(id);
  const node = document.createElement("div");
  node.classList.add(...(model.get("_dom_classes") ?? []));
  if (!isBox(model)) {
    parts[model.get("part")]?.render({ model, el: node });
    return node;
  }
  node.classList.add("vm-stack");
  const shown = new Map();
  const draw = () => {
    const wanted = model.get("children").map((child) => child.replace("IPY_MODEL_", ""));
    for (const child of shown.keys()) if (!wanted.includes(child)) (shown.get(child).remove(), shown.delete(child));
    for (const child of wanted) if (!shown.has(child)) shown.set(child, picture(child));
    wanted.forEach((child, i) => node.children[i] !== shown.get(child) && node.insertBefore(shown.get(child), node.children[i] ?? null));
  };
  model.on("change:children", draw);
  draw();
  return node;
};

// What a cell has made once it has run: the state of each widget, which is opened first and then filled, and what it says.
const madeBy = (messages) => {
  const states = new Map();
  const said = [];
  for (const message of messages) {
    const { kind, id, data, buffers = [] } = message;
    if (kind === "comm_open") states.set(id, restore(data.state, data.buffer_paths, viewsOf(buffers)));
    else if (data.method === "update") Object.assign(states.get(id) ?? {}, restore(data.state, data.buffer_paths, viewsOf(buffers)));
    else said.push(message);
  }
  return { states, said, shape: JSON.stringify([...states].map(([id, { part, children }]) => [id, part, children])) };
};

const lives = (model) => model.get("part") === "life";
const show = (cell, top) => {
  const node = document.getElementById(cell);
  node.replaceChildren(picture(top));
  if (node.classList.contains("prose")) withPictures(node, models.get(top), page.labels);
};
const shapes = new Map();
// What the reader does meanwhile comes in between.
const breathe = () => globalThis.scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));

for (const { id: cell, root: top, messages } of page.cells) {
  const { states, shape } = madeBy(messages.map(([kind, id, data, buffers]) => ({ kind, id, data, buffers: buffers.map(bytes) })));
  shapes.set(cell, shape);
  for (const [id, state] of states) {
    keepModel(id, state);
    if (lives(models.get(id))) globalThis.vermarktingLife.labels = state.labels;
  }
  show(cell, top);
  await breathe();
}

// A cell is as it was made with the page, or it has the reader's own answers in it and is another.
const join = (cell, top, messages) => {
  const { states, said, shape } = madeBy(messages);
  const same = shape === shapes.get(cell);
  shapes.set(cell, shape);
  if (same) {
    for (const [id, state] of states) {
      const model = models.get(id);
      model.update(Object.fromEntries(Object.entries(state).filter(([name]) => !model.touched.has(name))));
    }
  } else {
    send({ forget: cell });
    for (const [id, state] of states) keepModel(id, state);
    show(cell, top);
  }
  said.forEach(hear);
};

let starts = 0; // in a row without coming alive
let lived = false;
const start = () => {
  starts += 1;
  say(lived || starts > 1 ? "life_again" : "life_waking");
  worker = new Worker(near("worker.js"), { type: "module" });
  worker.onmessage = ({ data: message }) => {
    if (message.kind === "cell") join(message.id, message.root, message.messages);
    else if (message.kind === "ready") {
      say(sign.dataset.store === "none" ? "life_private" : "life_alive");
      [starts, lived] = [0, true];
      for (const model of models.values()) if (lives(model)) globalThis.vermarktingLife.listen(model);
    } else if (message.kind === "no-store") sign.dataset.store = "none";
    else if (message.kind === "failed") fail(message.text);
    else hear(message);
  };
  worker.onerror = () => again();
  const cells = page.cells.map(({ id, source }) => ({ id, source }));
  send({ begin: { scope: root.pathname, page: page.path, cells, labels: page.labels, bundle: near("module.zip"), pyodide: new URL(page.pyodide, root).href } });
};
const again = () => {
  worker.terminate();
  if (starts < MOST_STARTS) start();
  else say("life_cannot");
};
const fail = (text) => {
  console.error("vermarkting:", text);
  again();
};

let asking;
document.addEventListener("vermarkting:life", ({ detail }) => {
  if (detail.state !== "gone" || starts > 0) return;
  clearTimeout(asking); // every part tells it
  asking = setTimeout(again);
});
// The list of all pages shows how far one is.
const noteProgress = async (model) => {
  const store = await openStore(root.pathname).catch(() => undefined);
  const pageOf = ({ text, path }) => ({ text: text.slice(text.lastIndexOf(":") + 1).trim(), page: new URL(globalThis.vermarktingPlace.page(path), document.baseURI).href.slice(root.href.length) });
  const known = JSON.parse((await store?.get("progress")) ?? "[]");
  const rows = new Map([...known, ...model.get("lessons").map(pageOf)].map((row) => [row.page, row]));
  await store?.put([["progress", JSON.stringify([...rows.values()])]]).catch(() => {});
};

document.addEventListener("vermarkting:answered", () => navigator.storage?.persist?.(), { once: true });

// Whoever makes the file to hand in waits until nothing on the page is still on its way.
document.addEventListener("vermarkting:save", ({ detail }) => {
  const under = () => [...document.querySelectorAll(".vm-status[data-stage]")].some(({ dataset }) => dataset.stage !== "kept");
  detail.saving = (async () => {
    for (const end = Date.now() + SAVE_MS; under() && Date.now() < end;) await new Promise((resolve) => setTimeout(resolve, 100));
    return !under();
  })();
});

if (typeof WebAssembly === "object" && typeof Worker === "function" && navigator.locks) start();
else say("life_cannot");
