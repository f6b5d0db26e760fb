"""The assignments: whether each can be graded, keys fit their questions, and rubrics the points of their cells."""

from collections.abc import Iterator
from pathlib import Path

from vermarkting import cases, keys
from vermarkting.control.finding import Finding, Unreadable, nearest, relative, toml_of
from vermarkting.control.notebooks import cells_of
from vermarkting.grading import rubrics
from vermarkting.grading.autograde import hidden
from vermarkting.grading.autograde.hidden import Check, HiddenCheckError
from vermarkting.grading.autograde.released import BEGIN, END, problems
from vermarkting.grading.rubrics import LEVELS, RubricError
from vermarkting.questions import fits
from vermarkting.text import t


def look(root: Path, questions: dict[str, dict], assignment: str | None = None) -> list[Finding]:
    """Give the mistakes in all assignments, or in one."""
    found = []
    for path in sorted((root / "solutions").glob(f"{assignment or '*'}/*.ipynb")):
        try:
            cells = cells_of(path, root)
        except Unreadable as error:
            found.append(error.finding)
            continue
        try:
            found += [Finding(relative(path, root), "", text) for text in problems({"cells": cells}, BEGIN, END)]
        except (KeyError, TypeError, AttributeError):
            found.append(Finding(relative(path, root), "", t("control.notebooks.no_notebook")))
            continue
        points = {}
        for cell in cells:
            entry = cell["metadata"].get("nbgrader", {})
            if not entry.get("grade"):
                continue
            points[entry["grade_id"]] = entry.get("points")
            place = t("control.at_graded", name=entry["grade_id"])
            if not _is_points(entry.get("points")):
                found.append(Finding(relative(path, root), place, t("control.assignments.points")))
            elif cell["cell_type"] == "code":
                found += [
                    Finding(relative(path, root), place, text)
                    for text in _about_check(cell["source"], entry, questions)
                ]
        rubric = path.parent / rubrics.NAME
        if rubric.exists():
            found += _about_rubrics(rubric, root, points)
        elif any("g.rubric(" in cell["source"] for cell in cells if cell["cell_type"] == "code"):
            found.append(Finding(relative(rubric, root), "", t("control.no_file")))
    return found


def _is_points(points: object) -> bool:
    return type(points) in (int, float) and 0 <= points < 1e6


def _about_check(source: str, entry: dict, questions: dict[str, dict]) -> Iterator[str]:
    try:
        check = hidden.read(source, entry["grade_id"], BEGIN, END)
    except HiddenCheckError:
        return  # said already
    yield from _KEYS.get(check.name, _own)(check, questions)


def _match(check: Check, questions: dict[str, dict]) -> Iterator[str]:
    name, key = _arguments(check, 2)
    if not isinstance(key, dict):
        yield t("control.assignments.key_form")
        return
    question = yield from _asked(name, questions, "match")
    if question is None:
        return
    items, categories = _ids(question, "items"), _ids(question, "categories")
    yield from _names(key, items)
    yield from _missing(items, key)
    for category in dict.fromkeys(key.values()):
        if category not in categories:
            yield t("control.unknown_id", id=category, known=nearest(category, categories))


def _order(check: Check, questions: dict[str, dict]) -> Iterator[str]:
    name, key = _arguments(check, 2)
    question = yield from _asked(name, questions, "order", "ranking")
    if question is None:
        return
    if not isinstance(key, list):
        yield t("control.assignments.key_form")
        return
    yield from _names(key, _ids(question, "items"))
    yield from _missing(_ids(question, "items"), key)
    if not fits(question, key) and set(key) == set(_ids(question, "items")):
        yield t("control.assignments.twice")


def _multiple(check: Check, questions: dict[str, dict]) -> Iterator[str]:
    name, key = _arguments(check, 2)
    question = yield from _asked(name, questions, "multiple")
    if question is None:
        return
    if not isinstance(key, list) or not key:
        yield t("control.assignments.key_form")
        return
    yield from _names(key, _ids(question, "options"))


def _numbers(check: Check, questions: dict[str, dict]) -> Iterator[str]:
    (key,) = _arguments(check, 1)
    if not isinstance(key, dict) or not key:
        yield t("control.assignments.key_form")
        return
    for name, pair in key.items():
        question = yield from _asked(name, questions, "number", "slider")
        if not (isinstance(pair, list) and len(pair) == 2 and all(type(n) in (int, float) for n in pair)):
            yield t("control.assignments.pair", name=name)
        elif question is not None and not fits(question, pair[0]):
            yield t("control.questions.answer_range", answer=pair[0])


def _profiles(check: Check, questions: dict[str, dict]) -> Iterator[str]:
    names, key = _arguments(check, 2)
    if not isinstance(names, list) or not isinstance(key, dict):
        yield t("control.assignments.key_form")
        return
    for name in names:
        question = yield from _asked(name, questions, "match")
        if question is not None:
            yield from _names(key, _ids(question, "items"))
            yield from _missing(_ids(question, "items"), key)
    for item, scores in key.items():
        if not isinstance(scores, list) or len(scores) != len(names) or not set(scores) <= {0, 0.5, 1}:
            yield t("control.assignments.profile", item=item, count=len(names))


def _written(check: Check, questions: dict[str, dict]) -> Iterator[str]:
    name, least = _arguments(check, 2)
    yield from _asked(name, questions, "text")
    if type(least) is not int or least < 1:
        yield t("control.assignments.words")


def _own(check: Check, questions: dict[str, dict]) -> Iterator[str]:
    """Look at a check of figures of one's own: what it names is a question or a design."""
    for name in [argument for argument in check.arguments if isinstance(argument, str) and "." in argument]:
        assignment, _, short = name.partition(".")
        designs = keys.file(assignment).DESIGNS if assignment in cases.FILES else {}
        if name not in questions and short not in designs:
            own = [one for one in questions if one.partition(".")[0] == assignment]
            yield t("control.notebooks.question", id=name, known=nearest(name, own or list(questions)))


_KEYS = {
    "match": _match,
    "order": _order,
    "multiple": _multiple,
    "numbers": _numbers,
    "profiles": _profiles,
    "written": _written,
}


def _arguments(check: Check, count: int) -> tuple:
    return check.arguments if len(check.arguments) == count else (None,) * count


def _asked(name: object, questions: dict[str, dict], *kinds: str) -> Iterator[str]:
    """Give the question of this id if it is of one of these kinds; say what is wrong otherwise."""
    question = questions.get(name) if isinstance(name, str) else None
    if question is None:
        yield t("control.notebooks.question", id=name, known=nearest(name, list(questions)))
        return None
    if question["kind"] == "broken":
        return None
    if question["kind"] not in kinds:
        yield t("control.assignments.other_kind", id=name, kind=question["kind"])
        return None
    return question


def _ids(question: dict, name: str) -> list[str]:
    return [one["id"] for one in question[name]]


def _names(key: dict | list, known: list[str]) -> Iterator[str]:
    for name in key:
        if name not in known:
            yield t("control.unknown_id", id=name, known=nearest(name, known))


def _missing(items: list[str], key: dict | list) -> Iterator[str]:
    missing = [item for item in items if item not in key]
    if missing:
        yield t("control.assignments.missing", items=", ".join(missing))


def _about_rubrics(path: Path, root: Path, points: dict[str, object]) -> list[Finding]:
    file = relative(path, root)
    try:
        tables = toml_of(path, root)
        found = rubrics.read(path)
    except Unreadable as error:
        return [error.finding]
    except RubricError as error:
        return [Finding(file, "", f"{error} {t('control.assignments.rubric_help', levels=len(LEVELS))}")]
    findings = [] if tables else [Finding(file, "", t("control.empty"))]
    for name in tables:
        place = t("control.at_rubric", name=name)
        if name not in points:
            sentence = t("control.assignments.rubric_cell", known=nearest(name, list(points)))
            findings.append(Finding(file, place, sentence))
        elif found[name].points != points[name]:
            sentence = t(
                "control.assignments.rubric_points", rubric=_number(found[name].points), cell=_number(points[name])
            )
            findings.append(Finding(file, place, sentence))
    return findings


def _number(number: object) -> str:
    return f"{number:g}".replace(".", ",") if type(number) in (int, float) else str(number)
