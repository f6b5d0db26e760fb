// One question across all students. The list gives the order; an answer is asked for when it is shown, the next one
// a little before. What is on screen is a wish until the server has it: see saving.js.
import * as bank from "./bank.js";
import { ask, asked, at, dutch, make, say } from "./given.js";
import * as rubric from "./rubric.js";
import * as saving from "./saving.js";

const POLL = 15000;
const TYPING = 500;
let list = [];
let seconds = null;
let here = -1;
let shown = null; // the answer on screen
let wish = null; // {levels, remarks, points}: points null where they follow the levels
let typing = 0;
let going = Promise.resolve();
const skipped = new Set();
const ahead = new Map(); // answer id -> a promise of it

// Going from one to the next

const entry = (id) => list.find((found) => found.id === id);
const todo = () => list.filter((found) => !found.done);

function nextPlace() {
  const places = list.map((_, step) => (here + 1 + step) % list.length);
  const open = (place) => !list[place].done && place !== here;
  const found = places.find((place) => open(place) && !skipped.has(list[place].id));
  if (found !== undefined) return found;
  skipped.clear();
  return places.find(open);
}

/** Show the answer at this place of the list. Keys that come in between wait, so that they are for what is shown. */
function open(place) {
  typed();
  if (list[place]) going = fetchAndShow(place);
  return going;
}

async function fetchAndShow(place) {
  here = place;
  const { id } = list[place];
  const answer = await (ahead.get(id) ?? ask(`antwoord/${id}`));
  ahead.delete(id);
  if (list[here]?.id !== id) return; // already further
  if (!answer.ok) {
    here = list.findIndex((found) => found.id === shown?.id);
    return notice(answer.body.say);
  }
  notice("");
  history.replaceState(null, "", `#${id}`);
  show(answer.body);
  const after = nextPlace();
  if (after !== undefined) ahead.set(list[after].id, ask(`antwoord/${list[after].id}`));
}

function next() {
  typed();
  const place = nextPlace();
  if (place !== undefined) return open(place);
  if (!todo().length) notice(say("all_done"));
  return open((here + 1) % list.length);
}

function skip() {
  if (shown) skipped.add(shown.id);
  next();
}

// Showing

function show(answer) {
  if (!shown) at("figures").open = answer.figures.length > 0;
  shown = answer;
  at("text").innerHTML = answer.text; // made harmless by the server
  if (!answer.text) at("text").replaceChildren(make("em", {}, say("no_text")));
  at("words").textContent = say("words", { words: answer.words });
  at("look").textContent = answer.look;
  at("look").hidden = !answer.look;
  at("own").replaceChildren(...answer.own.map((html) => {
    const piece = make("div", { class: "prose" });
    piece.innerHTML = html;
    return make("section", {}, make("h2", {}, say("own")), piece);
  }));
  at("tables").replaceChildren(...answer.figures.map(figures), ...answer.checked.flatMap(checked));
  at("answer").scrollTop = 0;
  if (!saving.isBusy(answer.id)) take(answer.mark);
  rubric.go(Math.max(0, wish.levels.findIndex((level) => !level)));
  bank.choosing(false);
  at("answer").focus({ preventScroll: true });
}

function take(mark) {
  saving.seen(shown.id, mark);
  shown.mark = mark;
  const follows = mark.points === null || mark.points === rubric.points(mark.levels);
  wish = { levels: [...mark.levels], remarks: mark.remarks, points: follows ? null : mark.points };
  at("comment").value = mark.remarks;
  draw();
}

const rows = (pairs) => pairs.map(([label, text]) =>
  make("tr", {}, label ? make("th", { scope: "row" }, label) : null, make("td", {}, text)));
const figures = (table) => make("table", {}, make("caption", {}, table.caption),
  make("thead", {}, make("tr", {}, ...table.columns.map((text) => make("th", { scope: "col" }, text)))),
  make("tbody", {}, ...table.rows.map(([head, ...cells]) =>
    make("tr", {}, make("th", { scope: "row" }, head), ...cells.map((text) => make("td", {}, text))))));
const checked = (part) => [make("p", {}, part.sentence), ...part.questions.map(([prompt, pairs]) =>
  make("table", {}, make("caption", {}, prompt), make("tbody", {}, ...rows(pairs))))];

function draw() {
  const found = entry(shown.id);
  const sum = rubric.points(wish.levels);
  const points = wish.points ?? sum;
  rubric.show(wish.levels);
  if (document.activeElement !== at("points")) at("points").value = points === null ? "" : dutch(points);
  const differs = wish.points !== null && sum !== null && wish.points !== sum;
  at("differs").textContent = differs ? `${say("differs", { sum: dutch(sum) })} ${say("from_levels")}.` : "";
  at("place").textContent = say("place", { place: here + 1, total: list.length });
  at("state").textContent = say(found.empty ? "empty" : found.outdated ? "outdated" : found.done ? "marked" : "pending");
  at("flag").setAttribute("aria-pressed", String(found.flagged));
  at("flag").querySelector("span").textContent = say(found.flagged ? "unflag" : "flag");
  const done = list.length - todo().length;
  const minutes = seconds && todo().length ? Math.ceil((seconds * todo().length) / 60) : 0;
  at("progress").textContent =
    say("done", { done, total: list.length }) + (minutes ? ` · ${say("left", { minutes })}` : "");
}

function notice(text, ...more) {
  at("notice").replaceChildren(text, ...more);
  at("notice").hidden = !text;
}

// Deciding

function decide(typed = false) {
  saving.keep(shown.id, { ...wish, levels: [...wish.levels], typed }, kept);
  draw();
}

function kept(id, mark, isAnothers, isLast) {
  const found = entry(id);
  if (found) Object.assign(found, { done: mark.done, empty: false, outdated: false, version: mark.version });
  if (isAnothers) notice(say("changed"));
  if (shown?.id !== id) return;
  shown.mark = mark;
  if (isAnothers) take(mark);
  else if (isLast) draw();
}

function choose(row, level) {
  if (!shown) return;
  clearTimeout(typing);
  wish.remarks = at("comment").value;
  wish.levels[row] = level;
  wish.points = null;
  rubric.go(row);
  decide();
}

/** Keep what was typed, now. */
function typed() {
  clearTimeout(typing);
  if (!shown || wish.remarks === at("comment").value) return;
  wish.remarks = at("comment").value;
  decide(true);
}

function typedPoints() {
  const text = at("points").value.trim().replace(",", ".");
  const points = text === "" ? null : Number(text);
  if (points !== null && !(points >= 0 && points <= asked.of)) return draw();
  if (points === wish.points || points === (wish.points ?? rubric.points(wish.levels))) return draw();
  wish.points = points;
  decide();
}

function addRemark(text) {
  const box = at("comment");
  box.value = [box.value.trim(), text].filter(Boolean).join("\n");
  typed();
}

async function flag() {
  const found = entry(shown.id);
  const { ok, body } = await ask(`vlag/${shown.id}`, "PUT", { flagged: !found.flagged });
  if (!ok) return notice(body.say);
  found.flagged = !found.flagged;
  draw();
}

async function undo() {
  typed();
  if (shown && saving.isBusy(shown.id)) return setTimeout(undo, 100);
  const { ok, status, body } = await ask("terug", "POST", {});
  if (!ok && status !== 409) return notice(body.say);
  if (!body) return notice(say("nothing_to_undo"));
  const found = entry(body.id);
  if (found) Object.assign(found, { done: body.mark.done, version: body.mark.version });
  ahead.delete(body.id);
  if (shown?.id === body.id) take(body.mark);
  else await open(list.indexOf(found));
  notice(say(status === 409 ? "changed" : "undone"));
}

// Following what others do

async function refresh() {
  const before = saving.count;
  const { ok, body } = await ask("lijst");
  if (!ok || saving.count !== before) return;
  const id = list[here]?.id;
  ({ answers: list, seconds } = body);
  here = list.findIndex((found) => found.id === id);
  if (!shown || saving.isBusy(shown.id)) return;
  if (entry(shown.id) && entry(shown.id).version !== shown.mark.version) {
    ahead.clear();
    const answer = await ask(`antwoord/${shown.id}`);
    if (answer.ok && answer.body.id === shown.id && !saving.isBusy(shown.id)) {
      take(answer.body.mark);
      notice(say("changed"));
    }
  }
  draw();
}

// Keys. Digits by the place of the key: on a Belgian keyboard they need Shift.

const press = {
  n: next, p: () => open((here - 1 + list.length) % list.length), s: skip, f: flag, u: undo,
  o: () => at("comment").focus(), b: () => bank.choosing(),
  m: () => at("model").toggleAttribute("open"), c: () => at("figures").toggleAttribute("open"),
  "?": () => at("help").showModal(),
  ArrowDown: () => rubric.go(rubric.place() + 1), ArrowUp: () => rubric.go(rubric.place() - 1),
  Escape: () => bank.choosing(false),
};

function digit(number) {
  if (bank.isChoosing()) {
    bank.choosing(false);
    return bank.pick(number);
  }
  if (!rubric.size || number > 4) return;
  const row = rubric.place();
  choose(row, number || null);
  if (number) rubric.go(row + 1);
}

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.metaKey || at("help").open || !shown) return;
  if (event.target.matches("textarea, input")) {
    if (event.key === "Escape") event.target.blur();
    if (event.key === "Enter" && event.ctrlKey) next();
    return;
  }
  if (event.ctrlKey) return;
  const number = event.code.match(/^(?:Digit|Numpad)(\d)$/)?.[1];
  const act = number === undefined ? press[event.key] : () => digit(Number(number));
  if (!act) return;
  event.preventDefault();
  going.then(act);
});

at("comment").addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(typed, TYPING);
});
at("comment").addEventListener("blur", typed);
at("points").addEventListener("change", typedPoints);
at("points").addEventListener("blur", draw);
at("keep").addEventListener("click", () => at("comment").value.trim() && bank.keep(at("comment").value));
for (const [id, key] of [["next", "n"], ["previous", "p"], ["skip", "s"], ["flag", "f"], ["undo", "u"], ["keys", "?"]]) {
  at(id).addEventListener("click", () => shown && press[key]());
}

rubric.build(choose);
bank.build(addRemark);
const first = await ask("lijst");
if (first.ok) {
  ({ answers: list, seconds } = first.body);
  const back = list.findIndex((found) => `#${found.id}` === location.hash);
  if (!list.length) notice(say("none"));
  else await open(back >= 0 ? back : nextPlace() ?? 0);
  const touched = list.filter((found) => found.outdated);
  if (touched.length) {
    notice(`${say("touched", { count: touched.length })} `,
      make("button", { type: "button", onclick: () => open(list.indexOf(touched[0])) }, say("touched_first")));
  }
  setInterval(refresh, POLL);
} else notice(first.body.say);
