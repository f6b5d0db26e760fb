"""The questions of the lessons in the few shapes that every learning platform knows.

A question without a right answer (an opinion, a ranking, a poll, a scan) becomes an open one: its options or its scale
stand in the prompt. A duel becomes two: an open one for the strongest form of the other side, and one on the clash.
Questions of assignments are left out: their key depends on the student's number, and stands with the lecturer.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from vermarkting import data
from vermarkting.references import CODE
from vermarkting.text import sentences, t
from vermarkting.widgets.duel import clash_question

_WITH_OPTIONS = ("single", "bet", "multiple")
_STATE = ("picks", "notes")  # what the argument lab remembers, which nobody is asked


@dataclass(frozen=True)
class Choice:
    """An option; or an item of a match, whose ``answer`` is then the text of its category."""

    id: str
    text: str
    right: bool = False
    answer: str = ""
    why: str = ""


@dataclass(frozen=True)
class Item:
    """One question to take along.

    ``kind`` is one, some, order, match, number or open. ``prompt``, ``why`` and ``notes`` are paragraphs of plain text;
    ``choices`` stand in the right order for an order. ``categories`` are those of a match, used or not.
    """

    id: str
    kind: str
    prompt: tuple[str, ...]
    why: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    categories: tuple[str, ...] = ()
    answer: float = 0
    tolerance: float = 0
    low: float = 0
    high: float = 0

    @property
    def lesson(self) -> str:
        return self.id.partition(".")[0]


def lessons() -> list[str]:
    """Give the lessons that have questions, such as ``"03"``, in order."""
    return [row["id"] for row in data.rows("pages") if row["kind"] == "lesson"]


def items(lesson: str) -> list[Item]:
    """Give every question of a lesson as items, in the order of its file. Raises ``KeyError`` for an unknown lesson."""
    found = []
    for name, question in data.questions(lesson).items():
        if question["kind"] in _STATE:
            continue
        made = (
            _duel(f"{lesson}.{name}", question) if question["kind"] == "duel" else [_item(f"{lesson}.{name}", question)]
        )
        found += [_with_arguments(item) for item in made]
    return found


def _item(name: str, question: dict) -> Item:
    kind = question["kind"]
    if kind in _WITH_OPTIONS and any("correct" in option for option in question["options"]):
        return _choice(name, question)
    if kind == "order" and "solution" in question:
        return _order(name, question)
    if kind == "match" and all("answer" in item for item in question["items"]):
        return _match(name, question)
    if kind in ("number", "slider") and "answer" in question:
        return _number(name, question)
    return _open(name, question)


def _choice(name: str, question: dict) -> Item:
    choices = tuple(
        Choice(option["id"], option["text"], right=option["correct"], why=option.get("explanation", ""))
        for option in question["options"]
    )
    kind = "some" if question["kind"] == "multiple" else "one"
    return Item(name, kind, (question["prompt"],), _why(question), choices)


def _order(name: str, question: dict) -> Item:
    texts = {item["id"]: item["text"] for item in question["items"]}
    choices = tuple(Choice(item, texts[item]) for item in question["solution"])
    return Item(name, "order", (question["prompt"],), _why(question), choices)


def _match(name: str, question: dict) -> Item:
    texts = {category["id"]: category["text"] for category in question["categories"]}
    choices = tuple(
        Choice(item["id"], item["text"], answer=texts[item["answer"]], why=item.get("explanation", ""))
        for item in question["items"]
    )
    return Item(name, "match", (question["prompt"],), _why(question), choices, tuple(texts.values()))


def _number(name: str, question: dict) -> Item:
    unit = question.get("unit") or question.get("right", "")
    sentence = question.get("sentence", "").replace("{value}", "…") or t("teaching.in_unit", unit=unit)
    within = t("teaching.between", low=_plain(question["min"]), high=_plain(question["max"]))
    return Item(
        name,
        "number",
        (question["prompt"], f"{sentence} {within}"),
        _why(question),
        answer=question["answer"],
        tolerance=question.get("tolerance", 0),
        low=question["min"],
        high=question["max"],
    )


def _open(name: str, question: dict) -> Item:
    example = (t("question.example", example=question["example"]),) if question.get("example") else ()
    return Item(name, "open", (question["prompt"], *_offered(question)), (*example, *_why(question)))


def _offered(question: dict) -> Iterable[str]:
    """Say in words what a reader would choose from, and ask for the reason: a platform has no right answer to it."""
    kind = question["kind"]
    parts = question.get("options") or question.get("items") or []
    if kind == "scan":
        parts = [{"text": f"{row['name']}: {row['meaning']}"} for row in sentences("krachtlijnen").values()]
    listed = [f"{number}. {part['text']}" for number, part in enumerate(parts, 1)]
    if kind == "slider":
        scale = {"low": _plain(question["min"]), "high": _plain(question["max"])}
        return [t("teaching.open.slider", left=question["left"], right=question["right"], **scale)]
    return [*listed, t(f"teaching.open.{kind}")] if listed else []


def _why(question: dict) -> tuple[str, ...]:
    return (question["explanation"],) if question.get("explanation") else ()


def _duel(name: str, question: dict) -> list[Item]:
    claims = {row["id"]: row["claim"] for row in data.rows("arguments")}
    sides = tuple(f"{t(f'duel.{side}')} [{question[side]}]: {claims[question[side]]}" for side in ("left", "right"))
    hints = tuple(question[f"steelman_{side}"] for side in ("left", "right"))
    steelman = Item(f"{name}_steelman", "open", (*sides, t("duel.steelman")), hints)
    clash = _choice(name, clash_question(question))
    return [steelman, replace(clash, prompt=(*sides, *clash.prompt))]


def _with_arguments(item: Item) -> Item:
    """Add what each argument says whose code is named and whose claim does not stand there yet."""
    claims = {row["id"]: row["claim"] for row in data.rows("arguments")}
    told = "\n".join([*item.prompt, *item.why, *(f"{choice.text} {choice.why}" for choice in item.choices)])
    codes = [code for code in sorted(set(CODE.findall(told))) if code in claims and claims[code] not in told]
    return replace(item, why=(*item.why, *(f"{code}: {claims[code]}" for code in codes)))


def _plain(number: float) -> str:
    return f"{number:g}".replace(".", ",") if number < 1_000_000 else f"{number:.0f}"
