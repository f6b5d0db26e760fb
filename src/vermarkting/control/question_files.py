"""The questions: whether each has what its kind needs, and whether what it names exists."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from vermarkting.content import folder
from vermarkting.control.finding import Finding, Unreadable, nearest, relative, text_of, toml_of
from vermarkting.questions import fits
from vermarkting.text import t

_NEEDS = {
    "single": ("options",),
    "bet": ("options",),
    "multiple": ("options",),
    "order": ("items",),
    "ranking": ("items",),
    "match": ("items", "categories"),
    "number": ("min", "max"),
    "slider": ("min", "max", "step"),
    "numbers": ("items",),
    "code": ("keys",),
    "text": ("max_chars",),
    "scan": (),
    "picks": ("keys",),
    "notes": ("keys",),
    "duel": ("left", "right"),
}
_BROKEN = {"kind": "broken"}
_LISTS = ("options", "items", "categories")
_NUMBERS = ("min", "max", "step", "tolerance", "min_words", "max_chars", "least")


class Questions(dict):
    """Every question by its full id such as ``"O1.termen"``; an id of a file in ``unreadable`` is there too, as broken.

    What is wrong with a file has been said: an assignment that asks its questions is not to be blamed as well.
    """

    def __init__(self) -> None:
        super().__init__()
        self.unreadable: set[str] = set()

    def get(self, name: str, default: object = None) -> object:
        return _BROKEN if self._is_lost(name) else super().get(name, default)

    def __contains__(self, name: object) -> bool:
        return self._is_lost(name) or super().__contains__(name)

    def _is_lost(self, name: object) -> bool:
        return isinstance(name, str) and name.partition(".")[0] in self.unreadable


def look(root: Path, ids: dict[str, set[str]]) -> tuple[list[Finding], Questions]:
    """Give the mistakes, and the questions."""
    place = root / "data" / "questions"
    place = place if place.is_dir() else folder("data") / "questions"
    found: list[Finding] = []
    questions = Questions()
    for path in sorted(place.glob("*.toml")):
        try:
            entries = toml_of(path, root)
        except Unreadable as error:
            found.append(error.finding)
            questions.unreadable.add(path.stem)
            continue
        if not entries:
            found.append(Finding(relative(path, root), "", t("control.empty")))
            questions.unreadable.add(path.stem)
        lines = text_of(path, root).splitlines()
        for name, question in entries.items():
            where = _place(name, lines)
            sentences = list(_about(question, ids))
            found += [Finding(relative(path, root), where, sentence) for sentence in sentences]
            questions[f"{path.stem}.{name}"] = _BROKEN if sentences else question
    return found, questions


def _place(name: str, lines: list[str]) -> str:
    head = re.compile(rf"\[+\s*[\"']?{re.escape(name)}[\"']?[\].]")
    number = next((n for n, text in enumerate(lines, 1) if head.match(text.strip())), 1)
    return t("control.at_question", number=number, name=name)


def _about(question: object, ids: dict[str, set[str]]) -> Iterator[str]:
    if not isinstance(question, dict) or not isinstance(question.get("kind"), str):
        yield t("control.questions.no_kind", known=", ".join(_NEEDS))
        return
    kind = question["kind"]
    if kind not in _NEEDS:
        yield t("control.questions.unknown_kind", kind=kind, known=nearest(kind, list(_NEEDS)))
        return
    missing = [name for name in ("prompt", *_NEEDS[kind]) if name not in question]
    if missing:
        yield t("control.questions.missing", name=missing[0])
        return
    if not isinstance(question["prompt"], str) or not question["prompt"].strip():
        yield t("control.questions.missing", name="prompt")
    broken = [name for name in _LISTS if name in question and not _is_list(question[name], kind)]
    broken += [name for name in _NUMBERS if name in question and type(question[name]) not in (int, float)]
    if broken:
        yield t("control.questions.form", name=broken[0])
        return
    yield from _about_ids(question)
    if "min" in question and "max" in question and question["min"] >= question["max"]:
        yield t("control.questions.turned", low=question["min"], high=question["max"])
    yield from _about_answer(question)
    if kind == "duel":
        known = ids.get("arguments", set())
        for argument in [question["left"], question["right"], *question.get("steelman", [])]:
            if known and argument not in known:
                yield t("control.unknown_id", id=argument, known=nearest(argument, sorted(known)))
    if "keys" in question:
        try:
            re.compile(question["keys"])
        except (re.error, TypeError):
            yield t("control.questions.keys")


def _is_list(things: object, kind: str) -> bool:
    return (
        isinstance(things, list)
        and len(things) > 0
        and all(isinstance(one, dict) and isinstance(one.get("id"), str) for one in things)
        and (kind in ("numbers", "scan") or all(isinstance(one.get("text"), str) for one in things))
    )


def _about_ids(question: dict) -> Iterator[str]:
    for name in _LISTS:
        counts = Counter(one["id"] for one in question.get(name, []))
        for double in [key for key, count in counts.items() if count > 1]:
            yield t("control.questions.double", id=double, name=name)


def _about_answer(question: dict) -> Iterator[str]:
    """Look at the answer that is written beside the question, where it has one."""
    categories = [one["id"] for one in question.get("categories", [])]
    if question["kind"] == "match":
        for item in question["items"]:
            if "answer" in item and item["answer"] not in categories:
                yield t("control.unknown_id", id=item["answer"], known=nearest(item["answer"], categories))
    if question["kind"] in ("number", "slider") and "answer" in question and not fits(question, question["answer"]):
        yield t("control.questions.answer_range", answer=question["answer"])
    if question["kind"] == "order" and "solution" in question and not fits(question, question["solution"]):
        yield t("control.questions.solution")
