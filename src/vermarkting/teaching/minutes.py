"""How long a lesson takes, by a stated rule; the minutes that a lesson's first cell tells follow it.

Read: 200 words a minute, of the text, the questions and what explains the answer given. Not read: the way in, the list
of sources, and what is folded under *Praat erover*, which is for a group. Answer: seconds by kind of question, below.
Write: 12 words a minute, as many as a question asks for at least. Try out: a minute for each step of an explorable, two
for one without steps. The sum is rounded to five minutes.
"""

import json
import re
from collections.abc import Iterator
from statistics import mean

from vermarkting import data, pages
from vermarkting.content import folder
from vermarkting.references import page
from vermarkting.text import parts, sentences

WORDS_READ = 200  # a minute
WORDS_WRITTEN = 12  # a minute
SECONDS = {"single": 20, "bet": 30, "multiple": 40, "number": 60, "slider": 20, "scan": 150, "duel": 20}
SECONDS_PER_ITEM = {"order": 8, "ranking": 8, "match": 10}
SECONDS_TO_FIND = 45  # a slider whose value must be found with the controls of an explorable
SECONDS_PER_STEP = 60
SECONDS_WITHOUT_STEPS = 120
STEELMAN_WORDS = 20
ROUNDED_TO = 5
_OTHER_TEXT = {"krachtlijnen": "dilemmas"}  # an explorable whose sentences bear another name

_WORD = re.compile(r"\S*\w\S*")
_FOR_A_GROUP = re.compile(r"<details>\s*<summary>(?:<b>)?(?:Praat erover|Om over te praten).*?</details>", re.DOTALL)
_WAY_IN = re.compile(r'<span class="vermarkting-elsewhere">.*?</span>', re.DOTALL)
_EXPLORABLE = re.compile(r"e\.(\w+)\(")


def minutes(lesson: str) -> int:
    """Give how long a lesson takes, in minutes, rounded to five. Raises ``KeyError`` for an unknown lesson."""
    return ROUNDED_TO * round(sum(shares(lesson).values()) / 60 / ROUNDED_TO)


def shares(lesson: str) -> dict[str, float]:
    """Give the seconds that reading, answering, writing and trying out take."""
    cells = json.loads((folder("lessons").parent / page(lesson)["path"]).read_text(encoding="utf-8"))["cells"]
    questions = list(pages.asked(lesson).values())
    names = [name for cell in cells if cell["cell_type"] == "code" for name in _EXPLORABLE.findall(_source(cell))]
    read = sum(_words(text) for text in _prose(cells)) + sum(_words_of(question) for question in questions)
    read += sum(_words(text) for name in names for text in _steps(name))
    return {
        "reading": 60 * read / WORDS_READ,
        "answering": sum(_answering(question) for question in questions),
        "writing": 60 * sum(_written(question) for question in questions) / WORDS_WRITTEN,
        "trying": sum(SECONDS_PER_STEP * len(_steps(name)) or SECONDS_WITHOUT_STEPS for name in names),
    }


def _source(cell: dict) -> str:
    return "".join(cell["source"])


def _prose(cells: list[dict]) -> Iterator[str]:
    for cell in cells:
        if cell["cell_type"] == "markdown" and not cell["id"].endswith("-bronnen"):
            yield _WAY_IN.sub("", _FOR_A_GROUP.sub("", _source(cell)))


def _words(text: str) -> int:
    return len(_WORD.findall(text))


def _words_of(question: dict) -> float:
    """Count the prompt, all there is to choose from, and what explains one answer: an option, or every item."""
    if question["kind"] == "duel":
        claims = {row["id"]: row for row in data.rows("arguments")}
        cards = [
            claims[question[side]][name] or ""
            for side in ("left", "right")
            for name in ("claim", "premises", "evidence")
        ]
        return sum(_words(text) for text in [*cards, question["prompt"], question["explanation"]])
    options, items = question.get("options", []), question.get("items", [])
    shown = [question["prompt"], question.get("explanation", ""), question.get("example", "")]
    shown += [part["text"] for part in [*options, *items, *question.get("categories", [])]]
    shown += [item.get("explanation", "") for item in items]
    one = mean([_words(option.get("explanation", "")) for option in options]) if options else 0
    return sum(_words(text) for text in shown) + one


def _answering(question: dict) -> float:
    kind = question["kind"]
    if kind in SECONDS_PER_ITEM:
        return SECONDS_PER_ITEM[kind] * len(question["items"])
    if kind == "slider" and "answer" in question:
        return SECONDS_TO_FIND
    return SECONDS.get(kind, 0)


def _written(question: dict) -> int:
    return STEELMAN_WORDS if question["kind"] == "duel" else question.get("min_words", 0)


def _steps(explorable: str) -> list[str]:
    """Give heading and introduction of each step."""
    name = _OTHER_TEXT.get(explorable, explorable)
    told = sentences(name) if name in parts() else {}
    titles = [key.removesuffix("_title") for key in told if key.endswith("_title")]
    return [f"{told[f'{key}_title']} {told[f'{key}_text']}" for key in titles if f"{key}_text" in told]
