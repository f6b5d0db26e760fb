// An answer on its way: entered → held in this browser → kept by Python, which says so. Until it says so it is held, also
// over a reload, and offered again. A place without storage holds it as long as the page is open.
const HELD = `vermarkting:held:${place.scope}`;
const SILENT_MS = 3000;
const AGAIN_MS = 5000;
const MOST_STEPS = 20; // that wait

const storage = (() => {
  try {
    localStorage.setItem(`${HELD}try`, "");
    localStorage.removeItem(`${HELD}try`);
    return localStorage;
  } catch {
    return undefined;
  }
})();

const stored = (key, otherwise) => {
  try {
    return JSON.parse(storage.getItem(key)) ?? otherwise;
  } catch {
    storage?.removeItem(key);
    return otherwise;
  }
};
const store = (key, value) => {
  try {
    if (value === undefined) storage?.removeItem(key);
    else storage?.setItem(key, JSON.stringify(value));
  } catch {
    // full: it is there as long as the page is open
  }
};

const heldUnder = (prefix) => {
  const keys = Array.from({ length: storage?.length ?? 0 }, (_, i) => storage.key(i)).filter((key) => key.startsWith(prefix));
  const found = keys.map((key) => [key, stored(key)]);
  return found.filter(([, change]) => change && typeof change.id === "string").sort(([, a], [, b]) => a.at - b.at);
};

// `told(state, why)`: "saving", "waiting" (no answer yet), "kept" or "refused". Gives {hold, send, give, busy}. `part`
// names what a change is about, where several of one answer may be on their way.
const answering = (model, root, told) => {
  const prefix = `${HELD}${model.get("place")}:${model.get("name")}:`;
  const waiting = new Map(heldUnder(prefix).map(([key, change]) => [change.id, { key, change }]));
  const own = new Map(); // by part: the change of this view that was not kept yet
  let silent;
  let again;

  const announce = () => root.dispatchEvent(new CustomEvent("vermarkting:waiting", { bubbles: true, detail: { waiting: waiting.size } }));
  const state = (name, why) => (told(name, why), announce());
  const send = () => {
    clearTimeout(silent);
    clearTimeout(again);
    if (!waiting.size) return;
    silent = setTimeout(() => state("waiting", storage ? lifeLabels().waiting : lifeLabels().only_here), SILENT_MS);
    again = setTimeout(send, AGAIN_MS);
    const { clock, at } = clockOf(model); // the message itself may be long on its way
    const since = at && performance.now() - at;
    for (const { change } of waiting.values()) {
      const { at: entered, sent, ...rest } = change;
      try {
        change.sent = true; // from now on Python may have it
        model.send({ keep: { ...rest, age: Math.max(0, Date.now() - entered), clock, since } });
      } catch {
        // the kernel is gone: asked again until the page has a new one, or is loaded again
      }
    }
  };
  const hold = (value, part = "") => {
    const before = own.get(part);
    // What Python may have by now is a step of its own, entered when it was; what it cannot have yet is gone on with.
    const again = before && (!before.change.sent || waiting.size >= MOST_STEPS);
    if (again) waiting.delete(before.change.id);
    const id = crypto.randomUUID();
    const change = {
      id,
      value,
      base: again ? before.change.base : before ? before.change.value : structuredClone(model.get("answer") ?? null),
      seen: before ? before.change.seen : model.get("version"),
      follows: again ? before.change.follows : before?.change.id,
      at: Date.now(),
    };
    const held = { key: again ? before.key : `${prefix}${id}`, change };
    own.set(part, held);
    waiting.set(change.id, held);
    store(held.key, change);
    state("saving", lifeLabels().saving);
  };
  const done = (id) => {
    const found = waiting.get(id);
    if (!found) return false;
    waiting.delete(id);
    for (const [part, held] of own) if (held === found) own.delete(part);
    storage?.removeItem(found.key);
    if (!waiting.size) {
      clearTimeout(silent);
      clearTimeout(again);
    }
    return true;
  };
  model.on("msg:custom", ({ kept, refused, why, again: later }) => {
    if (kept && done(kept)) {
      root.dispatchEvent(new CustomEvent("vermarkting:answered", { bubbles: true }));
      if (!waiting.size) state("kept");
    } else if (refused && waiting.has(refused)) {
      clearTimeout(silent);
      if (!later) done(refused);
      state("refused", why);
    }
  });
  if (waiting.size) {
    state("saving", lifeLabels().saving);
    send();
  }
  return { hold, send, give: (value, part) => (hold(value, part), send()), busy: () => waiting.size > 0 };
};
