"""What the gradebook holds about hand-ins: the one place that reads points, comments and moments out of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    GradeCell,
    Notebook,
    SourceCell,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    TaskCell,
)
from sqlalchemy import Connection, Select, create_engine, func, make_url, select

from vermarkting.grading.autograde.books import BooksError, patiently
from vermarkting.text import t


@dataclass(frozen=True, slots=True)
class Mark:
    """The points of one graded cell. ``by_hand`` says that a person gave them, ``pending`` that one still must look."""

    points: float | None
    extra: float
    of: float
    by_hand: bool
    pending: bool


@dataclass(slots=True)
class Marks:
    """What one hand-in earned. Moments are naive and in UTC; ``penalty`` is what lateness costs, in points."""

    name: str
    at: datetime | None
    due: datetime | None
    penalty: float
    parts: dict[str, Mark] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)

    @property
    def of(self) -> float:
        return sum(mark.of for mark in self.parts.values())

    @property
    def earned(self) -> float:
        """Points so far: those of parts that wait for a person do not count yet."""
        return sum((mark.points or 0) + mark.extra for mark in self.parts.values() if not mark.pending)

    @property
    def total(self) -> float | None:
        """Points with extra ones and without the penalty, never below 0; ``None`` while a part waits for a person."""
        return None if any(mark.pending for mark in self.parts.values()) else max(self.earned - self.penalty, 0.0)


@dataclass(frozen=True, slots=True)
class Book:
    """The hand-ins by student; ``sources`` and ``points`` of the graded cells, as ``released.load`` wants them."""

    handins: dict[str, Marks]
    sources: dict[str, str]
    points: dict[str, float]


def read(url: str, assignment: str, seconds: float, said: Callable[[str], None]) -> Book:
    """Read everything about an assignment, waiting up to ``seconds`` while another program holds the file.

    ``said`` is called once with a Dutch sentence when waiting starts. Raises ``BooksError``.
    """
    place = make_url(url)
    if place.get_backend_name() == "sqlite" and not Path(place.database or "").is_file():
        raise BooksError(t("grading.release.not_in_books", assignment=assignment))
    engine = create_engine(url)
    try:
        return patiently(lambda: _read(engine, assignment), seconds, said)
    finally:
        engine.dispose()


def _read(engine, assignment: str) -> Book:
    with engine.connect() as connection:
        notebooks = select(func.count(Notebook.id)).join(Assignment).where(Assignment.name == assignment)
        if connection.execute(notebooks).scalar() != 1:
            raise BooksError(t("grading.release.not_in_books", assignment=assignment))
        found = hand_ins(connection, assignment)
        return Book({student: marks for (_, student), marks in found.items()}, *cells(connection, assignment))


def cells(connection: Connection, assignment: str) -> tuple[dict[str, str], dict[str, float]]:
    """Give the lecturer's source and the points of each graded cell, as ``released.load`` wants them."""

    def by_name(table: type, column: object) -> dict:
        query = select(table.name, column).join(Notebook, table.notebook_id == Notebook.id).join(Assignment)
        return dict(connection.execute(query.where(Assignment.name == assignment)).all())

    return by_name(SourceCell, SourceCell.source), by_name(GradeCell, GradeCell.max_score)


def hand_ins(connection: Connection, assignment: str | None = None) -> dict[tuple[str, str], Marks]:
    """Give what each hand-in earned, by assignment and student: those of one assignment, or all."""
    own = () if assignment is None else (Assignment.name == assignment,)
    found, made = {}, {}
    for row in connection.execute(_SUBMISSIONS.where(*own)):
        if row.id not in made:
            name = " ".join(filter(None, (row.first_name, row.last_name))).strip()
            ends = row.duedate + row.extension if row.duedate and row.extension else row.duedate
            made[row.id] = found[row.name, row.student_id] = Marks(name, row.timestamp, ends, 0.0)
        made[row.id].penalty += row.late_submission_penalty or 0.0
    for row in connection.execute(_of_cells(Grade, _GRADES).where(*own)):
        made[row.id].parts[row.name] = _mark(row)
    for row in connection.execute(_of_cells(Comment, _COMMENTS).where(*own)):
        # An emptied box in formgrader is no comment, also where the grading machine had left one.
        text = row.auto_comment if row.manual_comment is None else row.manual_comment
        if text and text.strip():
            made[row.id].comments[row.name] = text
    return found


_SUBMISSIONS = (
    select(
        SubmittedAssignment.id,
        Assignment.name,
        Assignment.duedate,
        SubmittedAssignment.student_id,
        SubmittedAssignment.timestamp,
        SubmittedAssignment.extension,
        SubmittedNotebook.late_submission_penalty,
        Student.first_name,
        Student.last_name,
    )
    .select_from(SubmittedAssignment)
    .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
    .join(Student, SubmittedAssignment.student_id == Student.id)
    .outerjoin(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
)
_OF = [table.__table__ for table in (GradeCell, TaskCell)]
_GRADES = (Grade.auto_score, Grade.manual_score, Grade.extra_credit, Grade.needs_manual_grade)
_COMMENTS = (Comment.auto_comment, Comment.manual_comment)


def _of_cells(table: type, columns: tuple) -> Select:
    query = (
        select(
            SubmittedAssignment.id,
            BaseCell.name,
            func.coalesce(*(kind.c.max_score for kind in _OF), 0.0).label("of"),
            *columns,
        )
        .select_from(table)
        .join(BaseCell, table.cell_id == BaseCell.id)
        .join(SubmittedNotebook, table.notebook_id == SubmittedNotebook.id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
    )
    for kind in _OF:
        query = query.outerjoin(kind, kind.c.id == BaseCell.id)
    return query


def _mark(row) -> Mark:
    by_hand = row.manual_score is not None
    points = row.manual_score if by_hand else row.auto_score
    return Mark(points, row.extra_credit or 0.0, row.of, by_hand, row.needs_manual_grade or points is None)
