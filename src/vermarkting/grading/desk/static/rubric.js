// The rubric as a grid: a row per criterion, a button per level. One criterion is the one that digits are for.
import { LEVEL_NAMES, asked, at, dutch, make, say } from "./given.js";

export const size = asked.criteria.length;
let here = 0;

export function build(choose) {
  at("rubric").append(
    ...asked.criteria.map((criterion, row) =>
      make("fieldset", { class: "criterion" }, make("legend", {}, criterion.name),
        ...criterion.levels.map((level, column) =>
          make("button", { type: "button", "aria-pressed": "false", onclick: () => choose(row, column + 1) },
            make("b", {}, `${say("level", { number: column + 1, name: LEVEL_NAMES[column] })} · ${dutch(level.points)}`),
            make("span", {}, level.text))))));
  go(0);
}

/** Make the criterion with this number the one that digits are for. */
export function go(row) {
  here = Math.max(0, Math.min(size - 1, row));
  rows().forEach((element, number) => element.classList.toggle("here", number === here));
  rows()[here]?.scrollIntoView({ block: "nearest" });
}

export const place = () => here;

export function show(levels) {
  rows().forEach((element, row) =>
    element.querySelectorAll("button").forEach((button, column) =>
      button.setAttribute("aria-pressed", String(levels[row] === column + 1))));
}

/** The points of these levels together, null as long as a criterion has none. */
export const points = (levels) =>
  size && levels.every(Boolean)
    ? levels.reduce((sum, level, row) => sum + asked.criteria[row].levels[level - 1].points, 0)
    : null;

const rows = () => [...at("rubric").children];
