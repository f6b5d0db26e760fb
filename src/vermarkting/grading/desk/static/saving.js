// Keeps decisions on the server: each at once, one after the other per answer, again and again until it is there.
import { ask, at, say } from "./given.js";

const AGAIN = 3000;
const waiting = new Map(); // answer id -> the newest wish that is not kept yet
const versions = new Map(); // answer id -> the version that the next wish was made on
let running = 0;
export let count = 0; // of what was sent, for whoever compares with a list asked for before

export const isBusy = (id) => waiting.has(id);
export const seen = (id, mark) => waiting.has(id) || versions.set(id, mark.version);

/** Keep a wish {levels, remarks, points, typed}; ``then`` gets the answer's id, the mark and whether it is another's. */
export function keep(id, wish, then) {
  const started = waiting.has(id);
  waiting.set(id, wish);
  show(say("saving"));
  if (!started) send(id, then);
}

async function send(id, then) {
  running += 1;
  for (;;) {
    const wish = waiting.get(id);
    count += 1;
    const { ok, status, body } = await ask(`antwoord/${id}`, "PUT", { ...wish, was: versions.get(id) });
    if (ok || status === 409) {
      versions.set(id, body.version);
      const last = waiting.get(id) === wish || status === 409;
      if (last) waiting.delete(id);
      then(id, body, status === 409, last);
      if (last) break;
    } else {
      show(say("not_saved", { say: body.say ?? "" }), true);
      await new Promise((done) => setTimeout(done, AGAIN));
    }
  }
  running -= 1;
  if (!running) show(say("saved"));
}

function show(text, bad = false) {
  at("saved").textContent = text;
  at("saved").classList.toggle("bad", bad);
}

window.addEventListener("beforeunload", (event) => waiting.size && event.preventDefault());
