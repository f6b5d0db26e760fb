// Remarks to use again: kept on the server for this question, the most used first.
import { ask, at, make, say } from "./given.js";

let remarks = [];
let use = () => {};

export async function build(onUse) {
  use = onUse;
  show((await ask("opmerking")).body);
}

export const pick = (number) => remarks[number - 1] && take(remarks[number - 1]);
export const keep = (text) => change({ text });

export function choosing(on = !at("bank").classList.contains("choosing")) {
  at("bank").classList.toggle("choosing", on);
  return on;
}
export const isChoosing = () => at("bank").classList.contains("choosing");

function take(remark) {
  use(remark.text);
  change({ id: remark.id, use: true });
}

async function change(wanted) {
  const { ok, body } = await ask("opmerking", "PUT", wanted);
  if (ok) show(body);
}

function show(found) {
  if (!Array.isArray(found)) return;
  remarks = found;
  const edit = (remark) => {
    const text = window.prompt(say("bank_ask"), remark.text);
    if (text !== null) change({ id: remark.id, text });
  };
  at("bank").querySelector("ol").replaceChildren(
    ...(remarks.length ? remarks.map((remark, number) =>
      make("li", {},
        make("button", { type: "button", title: say("bank_used", { used: remark.used }), onclick: () => take(remark) },
          number < 9 ? make("kbd", {}, String(number + 1)) : null, ` ${remark.text} `,
          make("small", {}, `${remark.used}×`)),
        make("button", { type: "button", onclick: () => edit(remark) }, say("bank_edit"))))
      : [make("li", {}, make("small", {}, say("bank_empty")))]));
}
