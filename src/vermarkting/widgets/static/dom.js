// Shared by every part: build an element from properties or attributes and children (text is always put in as text).
const el = (tag, props = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name in node) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
};

const cardOf = ({ title, claim, speaker, rows }) =>
  el("article", { className: "vm-card" },
    el("h3", {}, title), el("p", { className: "vm-claim" }, claim), el("p", { className: "vm-speaker" }, speaker),
    el("dl", {}, ...rows.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])));

// JupyterLab's single-key shortcuts (arrows, Enter, "d d") must not act while a student works inside a part.
const ownKeys = (root) => root.setAttribute("data-lm-suppress-shortcuts", "true");

const uid = (prefix) => `${prefix}-${crypto.randomUUID()}`;

const decimals = (step) => (String(step).split(".")[1] ?? "").length;
const format = (value, step) =>
  value.toLocaleString("nl-BE", { minimumFractionDigits: decimals(step), maximumFractionDigits: decimals(step) });

// A placeholder such as {value} or {value:|punt|punten} takes a number, with the noun that fits it.
const PLACE = /\{(\w+)(?::\|([^|}]*)\|([^}]*))?\}/;
const noun = (number, one, more) => (one === undefined ? "" : ` ${String(number) === "1" ? one : more}`);
const fillCount = (sentence, number) => sentence.replace(PLACE, (_all, _name, one, more) => `${number}${noun(number, one, more)}`);

// A range input under a sentence that holds its value: "Prijs telt voor 40 van de 100 punten."
const sentenceRange = ({ sentence, min, max, step, value, disabled = false }, onInput) => {
  const id = uid("vm-range");
  const number = el("strong");
  const [place, , one, more] = PLACE.exec(sentence) ?? [""];
  const [before, after = ""] = place ? sentence.split(place) : [sentence];
  const input = el("input", { type: "range", id, min, max, step, disabled });
  const show = (shown) => {
    number.textContent = format(shown, step);
    number.textContent += noun(number.textContent, one, more);
    input.setAttribute("aria-valuetext", before + number.textContent + after);
  };
  input.value = value;
  show(value);
  input.addEventListener("input", () => {
    show(input.valueAsNumber);
    onInput(input.valueAsNumber);
  });
  const node = el("div", { className: "vm-range" }, el("label", { htmlFor: id }, before, number, after), input);
  return { node, input, set: (next) => ((input.value = next), show(next)) };
};
