"""Which answers fit which question. An answer comes from a file that anybody can edit, so its shape is checked.

A question is a table of ``data/questions/``; its ``kind`` decides the shape of its answer:

=================  ====================================================
single, bet        the id of one option
multiple           a list of option ids
order, ranking     every item id once, in the chosen order; of a ranking that is ``open`` some may be left out
match              item id to category id, not necessarily for every item
number, slider     a number between ``min`` and ``max``
numbers            item id to such a number, not necessarily for every item; an item may have its own range
code               one short word that matches the question's ``keys``, such as a student number
text               words, at most ``max_chars`` characters
scan               krachtlijn to ``{"score": "-2".."2", "ground": id}``
picks              a list of ids that match the question's ``keys``
notes              such an id to words, at most ``max_chars`` characters
=================  ====================================================

Every reader sees the options of a question in an order of their own, unless it says ``in_order = true``: a scale.
In a match that says ``once = true`` each category belongs to one item. ``keys`` is a regular expression. The argument
lab keeps its state in picks and notes; no widget asks them.
"""

import re
from collections.abc import Callable, Iterable

SCORES = ("-2", "-1", "0", "1", "2")
_MAX_CHARS = 20_000


def fits(question: dict, answer: object) -> bool:
    """Say whether the answer has the shape that the question's kind asks for."""
    return _FITS[question["kind"]](question, answer)


def progress(question: dict, answer: object) -> tuple[int, int]:
    """Count what is filled in and what there is to fill in: one, unless the question has several parts.

    Those are the items of a match or of numbers, the rows of a scan, or as many picks or notes as ``least`` asks for.
    """
    given = answer if answer is not None and fits(question, answer) else None
    if question["kind"] in ("match", "numbers"):
        return len(given or {}), len(question["items"])
    if question["kind"] in ("picks", "notes"):
        least = question.get("least", 1)
        return min(len(given or ()), least), least
    if question["kind"] == "scan":
        filled = (row for row in (given or {}).values() if row.get("score") and row.get("ground"))
        return sum(1 for _ in filled), len(question["items"])
    return int(given not in (None, "", [])), 1


def used_twice(question: dict, answer: object) -> list[str]:
    """Give the categories that stand with more than one item, where the question says that each belongs ``once``."""
    given = answer if question.get("once") and fits(question, answer) else {}
    chosen = list(given.values())
    return [one["text"] for one in question.get("categories", []) if chosen.count(one["id"]) > 1]


def ids(things: Iterable[dict]) -> list[str]:
    """Give the ids of options, items or categories, in order."""
    return [thing["id"] for thing in things]


def _one_option(question: dict, answer: object) -> bool:
    return isinstance(answer, str) and answer in ids(question["options"])


def _some_options(question: dict, answer: object) -> bool:
    return (
        isinstance(answer, list)
        and all(isinstance(option, str) for option in answer)
        and len(set(answer)) == len(answer)
        and set(answer) <= set(ids(question["options"]))
    )


def _every_item(question: dict, answer: object) -> bool:
    return (
        isinstance(answer, list)
        and all(isinstance(item, str) for item in answer)
        and sorted(answer) == sorted(ids(question["items"]))
    )


def _ranked(question: dict, answer: object) -> bool:
    if not question.get("open"):
        return _every_item(question, answer)
    return _some_options({"options": question["items"]}, answer)


def _pairs(question: dict, answer: object) -> bool:
    return (
        isinstance(answer, dict)
        and set(answer) <= set(ids(question["items"]))
        and all(isinstance(category, str) for category in answer.values())
        and set(answer.values()) <= set(ids(question["categories"]))
    )


def _number(question: dict, answer: object) -> bool:
    if isinstance(answer, bool) or not isinstance(answer, int | float):
        return False
    return question.get("min", float("-inf")) <= answer <= question.get("max", float("inf"))


def _numbers(question: dict, answer: object) -> bool:
    items = {item["id"]: {**question, **item} for item in question["items"]}
    return (
        isinstance(answer, dict)
        and set(answer) <= set(items)
        and all(_number(items[name], number) for name, number in answer.items())
    )


def _code(question: dict, answer: object) -> bool:
    return isinstance(answer, str) and re.fullmatch(question["keys"], answer) is not None


def _words(question: dict, answer: object) -> bool:
    return isinstance(answer, str) and len(answer) <= question.get("max_chars", _MAX_CHARS)


def _scan(question: dict, answer: object) -> bool:
    if not isinstance(answer, dict) or not set(answer) <= set(ids(question["items"])):
        return False
    grounds = {item["id"]: item.get("grounds") for item in question["items"]}
    return all(
        isinstance(row, dict)
        and set(row) <= {"score", "ground"}
        and row.get("score", "") in ("", *SCORES)
        and _ground(row.get("ground", ""), grounds[krachtlijn])
        for krachtlijn, row in answer.items()
    )


def _ground(ground: object, offered: list[dict] | None) -> bool:
    """Without a list to choose from, a ground only has the shape of an id: whether it exists is for a check."""
    if not isinstance(ground, str):
        return False
    return ground == "" or (ground in ids(offered) if offered is not None else ground.isalnum() and len(ground) <= 8)


def _picks(question: dict, answer: object) -> bool:
    return (
        isinstance(answer, list)
        and all(isinstance(pick, str) and re.fullmatch(question["keys"], pick) for pick in answer)
        and len(set(answer)) == len(answer)
    )


def _notes(question: dict, answer: object) -> bool:
    return isinstance(answer, dict) and all(
        isinstance(key, str) and re.fullmatch(question["keys"], key) and _words(question, note)
        for key, note in answer.items()
    )


_FITS: dict[str, Callable[[dict, object], bool]] = {
    "single": _one_option,
    "bet": _one_option,
    "multiple": _some_options,
    "order": _every_item,
    "ranking": _ranked,
    "match": _pairs,
    "number": _number,
    "slider": _number,
    "numbers": _numbers,
    "code": _code,
    "text": _words,
    "scan": _scan,
    "picks": _picks,
    "notes": _notes,
}
