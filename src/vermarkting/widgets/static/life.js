// Whether Python answers, per kernel: `alive`, or `gone` after some seconds of silence. A part asks to be told, so that a
// control that nobody listens to looks so; a page hears the event `vermarkting:life` from each part, with the state.
const ASK_MS = 4000;
const SOME = 8; // of the times that Python told its clock, one came without delay
const PATIENCE_MS = 7000; // a slow computer is not a dead kernel

const lives = new Map(); // by widget manager: all parts of one kernel share it
const lifeOf = (model) => {
  const key = model.widget_manager ?? globalThis;
  if (!lives.has(key)) lives.set(key, { state: "alive", parts: new Map(), heard: performance.now() });
  return lives.get(key);
};

// What Python's clock said, and when this page heard that: of the last times, the one that came with the least delay.
const clockOf = (model) => {
  const told = lifeOf(model).told ?? [];
  return told.reduce((best, one) => (best && best.clock[1] - best.at >= one.clock[1] - one.at ? best : one), undefined) ?? {};
};

const setLife = (life, state) => {
  if (life.state === state) return;
  life.state = state;
  for (const [root, tell] of life.parts) if (root.isConnected) tell(state);
};

// Told now and at every change; what a part does with it is its own.
const whileAlive = (model, root, tell = () => {}) => {
  const life = lifeOf(model);
  const show = (state) => {
    root.classList.toggle("vm-gone", state === "gone");
    tell(state);
    root.dispatchEvent(new CustomEvent("vermarkting:life", { bubbles: true, detail: { state } }));
  };
  life.parts.set(root, show);
  show(life.state);
};

// Sliders, choices and buttons without a kernel: they would move while their picture stands still.
const deadLooksDead = (model, root, controls) =>
  whileAlive(model, root, (state) => {
    for (const control of controls()) control.disabled = state === "gone" || (model.get("disabled") ?? false);
    root.title = state === "gone" ? lifeLabels().gone : "";
  });

const lifeLabels = () => globalThis.vermarktingLife?.labels ?? {};

// Every sign from Python counts; when it has been silent for a while it is asked. Only a page in view measures:
// a browser lets a hidden one wait.
const listenForLife = (model) => {
  const life = lifeOf(model);
  clearInterval(life.timer);
  life.heard = performance.now();
  model.on("msg:custom", (message) => {
    if (!message?.pong) return;
    life.heard = performance.now();
    life.told = [...(life.told ?? []), { clock: message.pong, at: life.heard }].filter(({ clock }) => clock[0] === message.pong[0]).slice(-SOME);
    setLife(life, "alive");
  });
  let asked = 0;
  model.send({ ping: true }); // what time it is there: see answering.js
  life.timer = setInterval(() => {
    const now = performance.now();
    if (document.hidden) {
      life.heard = asked = now;
      return;
    }
    if (now - life.heard > PATIENCE_MS && now - asked < 2 * ASK_MS) setLife(life, "gone");
    asked = now;
    try {
      model.send({ ping: true });
    } catch {
      setLife(life, "gone");
    }
  }, ASK_MS);
  setLife(life, "alive");
};
globalThis.vermarktingLife = { listen: listenForLife };
