"""What the gradebook holds about the hand-ins of one assignment. Reads only, all at once."""

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
)
from sqlalchemy import Connection, create_engine, make_url, select

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
        entry = connection.execute(
            select(Assignment.id, Assignment.duedate).where(Assignment.name == assignment)
        ).first()
        notebooks = (
            [] if entry is None else _column(connection, select(Notebook.id).where(Notebook.assignment_id == entry.id))
        )
        if len(notebooks) != 1:
            raise BooksError(t("grading.release.not_in_books", assignment=assignment))
        run = connection.execute
        sources = run(select(SourceCell.name, SourceCell.source).where(SourceCell.notebook_id == notebooks[0]))
        points = run(select(GradeCell.name, GradeCell.max_score).where(GradeCell.notebook_id == notebooks[0]))
        book = Book({}, {row.name: row.source for row in sources}, {row.name: row.max_score for row in points})
        found = _handins(connection, entry.id, entry.duedate, notebooks[0], book)
        for row in run(_of_notebooks(Grade, notebooks[0])):
            found[row.notebook_id].parts[row.name] = _mark(row, book.points[row.name])
        for row in run(_of_notebooks(Comment, notebooks[0])):
            # An emptied box in formgrader is no comment, also where the grading machine had left one.
            text = row.auto_comment if row.manual_comment is None else row.manual_comment
            if text and text.strip():
                found[row.notebook_id].comments[row.name] = text
        return book


def _handins(
    connection: Connection, assignment: str, due: datetime | None, notebook: str, book: Book
) -> dict[str, Marks]:
    query = (
        select(
            SubmittedNotebook.id,
            SubmittedNotebook.late_submission_penalty,
            SubmittedAssignment.student_id,
            SubmittedAssignment.timestamp,
            SubmittedAssignment.extension,
            Student.first_name,
            Student.last_name,
        )
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Student, SubmittedAssignment.student_id == Student.id)
        .where(SubmittedAssignment.assignment_id == assignment, SubmittedNotebook.notebook_id == notebook)
    )
    found = {}
    for row in connection.execute(query):
        name = " ".join(filter(None, (row.first_name, row.last_name))).strip()
        ends = due + row.extension if due and row.extension else due
        marks = Marks(name, row.timestamp, ends, row.late_submission_penalty or 0.0)
        found[row.id] = book.handins[row.student_id] = marks
    return found


def _of_notebooks(table: type, notebook: str):
    columns = [column for column in table.__table__.columns if column.name not in ("id", "cell_id")]
    return (
        select(BaseCell.name, *columns)
        .join(table, table.cell_id == BaseCell.id)
        .join(SubmittedNotebook, table.notebook_id == SubmittedNotebook.id)
        .where(SubmittedNotebook.notebook_id == notebook)
    )


def _mark(row, of: float) -> Mark:
    by_hand = row.manual_score is not None
    points = row.manual_score if by_hand else row.auto_score
    return Mark(points, row.extra_credit or 0.0, of, by_hand, row.needs_manual_grade or points is None)


def _column(connection: Connection, query) -> list:
    return list(connection.execute(query).scalars())
