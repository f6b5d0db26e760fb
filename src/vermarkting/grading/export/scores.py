"""What every student earned, as the gradebook has it: a score, or the reason why there is none yet."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from nbgrader.api import Gradebook, Student
from sqlalchemy import select

from vermarkting.grading import marks
from vermarkting.grading.autograde import report
from vermarkting.grading.autograde.handin import moment
from vermarkting.grading.collect.students import ClassList
from vermarkting.grading.marks import Mark, Marks

# Why there is no score: nothing was handed in (or nothing yet, as it is not due), what was handed in was not collected,
# nobody graded it yet, it was handed in again since, a person must judge.
REASONS = ("none", "later", "missed", "ungraded", "again", "look")


@dataclass(frozen=True, slots=True)
class Score:
    """One student's result for one assignment; ``points`` is ``None`` for a ``reason`` out of ``REASONS``.

    ``known`` has the parts that wait for nobody, also where the whole does.
    """

    points: Decimal | None
    reason: str = ""
    parts: Mapping[str, Decimal] | None = None
    detail: str = ""
    known: Mapping[str, Decimal] | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """All results. ``most`` has the points of a perfect hand-in, ``parts`` those of its graded cells, in order.

    ``later`` are the assignments that are not due yet: they are in no total.
    """

    assignments: tuple[str, ...]
    most: Mapping[str, Decimal]
    parts: Mapping[str, Mapping[str, Decimal]]
    students: tuple[str, ...]
    names: Mapping[str, tuple[str, str]]
    scores: Mapping[tuple[str, str], Score]
    later: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Folders:
    """Where hand-ins are: each gives the folder of a student for an assignment; ``students`` those who handed in.

    ``missed`` gives those whose hand-in could not be collected, each with the reason in Dutch.
    """

    submitted: Callable[[str, str], Path]
    autograded: Callable[[str, str], Path]
    students: Callable[[str], Collection[str]]
    missed: Callable[[str], Mapping[str, str]] = lambda assignment: {}


def read(
    gradebook: Gradebook, folders: Folders, accepted: Collection[str] = (), people: ClassList | None = None
) -> Sheet:
    """Read all results. ``accepted`` names hand-ins (``student/assignment``) that a person looked at and found fine.

    Everybody in ``people`` is in the results, whether or not the gradebook knows them.
    """
    assignments = tuple(sorted(entry.name for entry in gradebook.assignments))
    parts: dict[str, dict[str, Decimal]] = {name: {} for name in assignments}
    for entry in gradebook.assignments:
        for notebook in entry.notebooks:
            for cell in [*notebook.grade_cells, *notebook.task_cells]:
                parts[entry.name][cell.name] = _decimal(cell.max_score)
    found = marks.hand_ins(gradebook.db.connection())
    known = {row.id: (row.first_name or "", row.last_name or "") for row in gradebook.db.execute(_STUDENTS)}
    handed_in = {name: {student.casefold(): student for student in folders.students(name)} for name in assignments}
    students = dict.fromkeys(known)
    for there in handed_in.values():
        students |= dict.fromkeys(there.values())
    missed = {name: folders.missed(name) for name in assignments}
    students |= dict.fromkeys(student for there in missed.values() for student in there)
    students |= dict.fromkeys(_only_listed(people or ClassList(), students))
    scores = {
        (student, name): _score(
            found.get((name, student)), student, name, folders, student in handed_in[name].values(), accepted
        )
        for student in students
        for name in assignments
    }
    for (student, name), score in scores.items():
        if score.reason == "none" and student in missed[name]:
            scores[student, name] = Score(None, "missed", detail=missed[name][student])
    later = _later(gradebook, scores)
    for (student, name), score in scores.items():
        if score.reason == "none" and name in later:
            scores[student, name] = Score(None, "later")
    most = {name: sum(points.values(), Decimal(0)) for name, points in parts.items()}
    return Sheet(assignments, most, parts, tuple(sorted(students, key=str.casefold)), known, scores, later)


def _only_listed(people: ClassList, students: Collection[str]) -> list[str]:
    """Give the ids of those who are on the class list only."""
    there = {id(people.by_key(student) or people.by_id(student)) for student in students}
    return [person.student_id for person in people.people if id(person) not in there]


def _later(gradebook: Gradebook, scores: Mapping[tuple[str, str], Score]) -> frozenset[str]:
    """Give the assignments that are not due yet: by their date, and without one as long as nobody handed in."""
    now = datetime.now(UTC).replace(tzinfo=None)
    begun = {name for (_, name), score in scores.items() if score.reason != "none"}
    return frozenset(
        entry.name
        for entry in gradebook.assignments
        if (entry.duedate > now if entry.duedate else bool(begun) and entry.name not in begun)
    )


def total(
    sheet: Sheet, student: str, weights: Mapping[str, float], missing_is_zero: bool
) -> tuple[Decimal | None, str]:
    """Give the weighted total on 20, in hundredths, and otherwise the first reason why there is none."""
    counted = [
        name for name in sheet.assignments if weights.get(name, 0) > 0 and sheet.most[name] and name not in sheet.later
    ]
    earned = there = Decimal(0)
    for name in counted:
        score = sheet.scores[student, name]
        points = Decimal(0) if score.reason == "none" and missing_is_zero else score.points
        if points is None:
            return None, score.reason
        weight = _decimal(weights[name])
        earned += weight * points / sheet.most[name]
        there += weight
    return (rounded(20 * earned / there), "") if there else (None, "none")


def rounded(number: Decimal) -> Decimal:
    """Round to hundredths, a half up: 12,345 becomes 12,35."""
    return number.quantize(Decimal("0.01"), ROUND_HALF_UP)


_STUDENTS = select(Student.id, Student.first_name, Student.last_name)


def _score(
    found: Marks | None, student: str, assignment: str, folders: Folders, handed_in: bool, accepted: Collection[str]
) -> Score:
    """Fails closed: what a person must still look at has no points."""
    if found is None:
        return Score(None, "ungraded" if handed_in else "none")
    since = moment(folders.submitted(student, assignment)) if handed_in else None
    if since is not None and found.at != since:
        return Score(None, "again")
    known = {name: _points(mark) for name, mark in found.parts.items() if not mark.pending}
    if not found.parts or len(known) < len(found.parts):
        return Score(None, "look", known=known)
    graded = report.read(folders.autograded(student, assignment))
    looked = any(mark.by_hand for mark in found.parts.values()) or f"{student}/{assignment}" in accepted
    if graded is not None and graded["status"] == "look" and not looked:
        return Score(None, "look")
    points = sum(known.values(), Decimal(0)) - _decimal(found.penalty)
    return Score(rounded(max(points, Decimal(0))), parts=known, known=known)


def _points(mark: Mark) -> Decimal:
    return _decimal(mark.points) + _decimal(mark.extra)


def _decimal(number: float) -> Decimal:
    return Decimal(str(number))
