"""nbgrader's gradebook, held open for a whole batch.

nbgrader's own methods make a new connection and all tables anew for every step of every hand-in. Here the same tables
are written through one connection, and hand-ins share a transaction for half a second at most.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from nbgrader.api import (
    Comment,
    Grade,
    Gradebook,
    MissingEntry,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    new_uuid,
)
from sqlalchemy import Connection, bindparam, func, insert, select, update
from sqlalchemy.exc import DatabaseError, OperationalError

from vermarkting.grading.autograde.judge import Part
from vermarkting.grading.faults import about_books
from vermarkting.text import t

T = TypeVar("T")
_PAUSE = 0.2
_TOGETHER = 0.5

_STUDENT = select(Student.id).where(Student.id == bindparam("student"))
_SUBMISSION = select(SubmittedAssignment.id, SubmittedAssignment.extension).where(
    SubmittedAssignment.assignment_id == bindparam("assignment"), SubmittedAssignment.student_id == bindparam("student")
)
_NOTEBOOK = select(SubmittedNotebook.id).where(
    SubmittedNotebook.assignment_id == bindparam("submission"), SubmittedNotebook.notebook_id == bindparam("notebook")
)
_GRADES = select(Grade.id, Grade.cell_id, Grade.manual_score, Grade.needs_manual_grade).where(
    Grade.notebook_id == bindparam("notebook")
)
_COMMENTS = select(Comment.id, Comment.cell_id).where(Comment.notebook_id == bindparam("notebook"))
_SCORE = select(func.sum(Grade.score)).where(Grade.notebook_id == bindparam("notebook"))
_NEW_STUDENT = insert(Student.__table__)
_NEW_SUBMISSION = insert(SubmittedAssignment.__table__)
_NEW_NOTEBOOK = insert(SubmittedNotebook.__table__)
_NEW_GRADE = insert(Grade.__table__)
_NEW_COMMENT = insert(Comment.__table__)
_OLD_SUBMISSION = update(SubmittedAssignment.__table__).where(SubmittedAssignment.id == bindparam("row"))
_OLD_NOTEBOOK = update(SubmittedNotebook.__table__).where(SubmittedNotebook.id == bindparam("row"))
_OLD_GRADE = update(Grade.__table__).where(Grade.id == bindparam("row"))
_OLD_COMMENT = update(Comment.__table__).where(Comment.id == bindparam("row"))


class BooksError(RuntimeError):
    """The gradebook cannot be used; ``str()`` is one Dutch sentence."""


@dataclass(frozen=True, slots=True)
class Record:
    """What is written about one hand-in.

    A part that a person judged needs judging again unless its grade_id is in ``same``. ``penalty`` gives the points
    that lateness costs, from the points earned and the seconds late.
    """

    student: str
    submitted_at: datetime | None
    parts: dict[str, Part]
    comments: dict[str, str | None]
    same: frozenset[str]
    penalty: Callable[[float, float], float | None]


@dataclass(frozen=True, slots=True)
class _Cells:
    """Ids in the gradebook of what a hand-in's rows refer to."""

    assignment: str
    notebook: str
    grades: dict[str, str]
    comments: dict[str, str]
    due: datetime | None


class Books:
    """The gradebook of one course, for one assignment. Waits while another program holds the file.

    ``seconds`` is how long it waits, ``said`` is called once with a Dutch sentence when waiting starts. ``sources`` and
    ``points`` hold the lecturer's source and the points of the assignment's cells.
    Raises ``BooksError`` when the waiting was in vain or the assignment is not in the gradebook.
    """

    def __init__(self, url: str, course: str, assignment: str, seconds: float, said: Callable[[str], None]):
        self._seconds = seconds
        self._said = said
        self._gradebook: Gradebook | None = None
        self._connection: Connection | None = None
        self._waiting: list[tuple[Record, Callable[[], None]]] = []
        self._since = 0.0
        self.sources: dict[str, str] = {}
        self.points: dict[str, float] = {}
        self._gradebook = self._patiently(lambda: Gradebook(url, course))
        try:
            self._cells = self._patiently(lambda: self._look_up(assignment))
            self._connection = self._gradebook.engine.connect()
        except BaseException:
            self._gradebook.close()
            raise

    def __enter__(self) -> "Books":
        return self

    def __exit__(self, kind: type | None, *_: object) -> None:
        try:
            if kind is None or not issubclass(kind, BooksError):
                self.flush()
        finally:
            self._connection.close()
            self._gradebook.close()

    def knows(self, student: str) -> bool:
        """Say whether the student is in the gradebook."""
        return self._one(_STUDENT, student=student) is not None

    def has(self, student: str) -> bool:
        """Say whether there is a hand-in of this student in the gradebook."""
        return self._one(_SUBMISSION, assignment=self._cells.assignment, student=student) is not None

    def record(self, record: Record, then: Callable[[], None]) -> None:
        """Write what a hand-in earned, soon; what a person filled in stays. ``then`` is called once it is on disk."""
        if not self._waiting:
            self._since = time.monotonic()
        self._waiting.append((record, then))
        if time.monotonic() - self._since > _TOGETHER:
            self.flush()

    def flush(self) -> None:
        """Put on disk what is waiting, all of it or nothing."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return

        def write() -> None:
            with self._connection.begin():
                for record, _ in waiting:
                    self._write(record)

        self._patiently(write)
        for _, then in waiting:
            then()

    def _look_up(self, assignment: str) -> _Cells:
        try:
            entry = self._gradebook.find_assignment(assignment)
        except MissingEntry as error:
            raise BooksError(t("grading.release.not_in_books", assignment=assignment)) from error
        if len(entry.notebooks) != 1:
            raise BooksError(t("grading.release.not_in_books", assignment=assignment))
        (notebook,) = entry.notebooks
        self.sources = {cell.name: cell.source for cell in notebook.source_cells}
        self.points = {cell.name: cell.max_score for cell in notebook.grade_cells}
        cells = _Cells(
            entry.id,
            notebook.id,
            {cell.name: cell.id for cell in notebook.grade_cells},
            {cell.name: cell.id for cell in notebook.solution_cells},
            entry.duedate,
        )
        self._gradebook.db.remove()
        return cells

    def _one(self, query: object, **values: str) -> object:
        def ask() -> object:
            with self._connection.begin():
                return self._connection.execute(query, values).first()

        return self._patiently(ask)

    def _write(self, record: Record) -> None:
        run, cells = self._connection.execute, self._cells
        found = run(_SUBMISSION, {"assignment": cells.assignment, "student": record.student}).first()
        if found is None:
            submission, notebook = new_uuid(), new_uuid()
            if run(_STUDENT, {"student": record.student}).first() is None:
                run(_NEW_STUDENT, {"id": record.student})
            row = {"assignment_id": cells.assignment, "student_id": record.student, "timestamp": record.submitted_at}
            run(_NEW_SUBMISSION, {"id": submission} | row)
            row = {"assignment_id": submission, "notebook_id": cells.notebook, "flagged": False}
            run(_NEW_NOTEBOOK, {"id": notebook} | row)
            grades, comments = {}, {}
        else:
            submission = found.id
            run(_OLD_SUBMISSION, {"row": submission, "timestamp": record.submitted_at})
            notebook = run(_NOTEBOOK, {"submission": submission, "notebook": cells.notebook}).scalar_one()
            grades = {row.cell_id: row for row in run(_GRADES, {"notebook": notebook})}
            comments = {row.cell_id: row for row in run(_COMMENTS, {"notebook": notebook})}
        self._write_grades(record, notebook, grades)
        self._write_comments(record, notebook, comments)
        if cells.due is not None:
            self._write_penalty(record, notebook, found.extension if found else None)

    def _write_grades(self, record: Record, notebook: str, old: dict) -> None:
        new = []
        for name, cell_id in self._cells.grades.items():
            part, row = record.parts[name], old.get(cell_id)
            needed = part.look or part.points is None
            if row is not None and row.manual_score is not None:
                needed = row.needs_manual_grade if name in record.same else True
            values = {"auto_score": part.points, "needs_manual_grade": needed}
            if row is None:
                new.append({"id": new_uuid(), "notebook_id": notebook, "cell_id": cell_id} | values)
            else:
                self._connection.execute(_OLD_GRADE, {"row": row.id} | values)
        if new:
            self._connection.execute(_NEW_GRADE, new)

    def _write_comments(self, record: Record, notebook: str, old: dict) -> None:
        new = []
        for name, cell_id in self._cells.comments.items():
            values = {"auto_comment": record.comments.get(name)}
            if cell_id in old:
                self._connection.execute(_OLD_COMMENT, {"row": old[cell_id].id} | values)
            else:
                new.append({"id": new_uuid(), "notebook_id": notebook, "cell_id": cell_id} | values)
        if new:
            self._connection.execute(_NEW_COMMENT, new)

    def _write_penalty(self, record: Record, notebook: str, extension: timedelta | None) -> None:
        """Take off what nbgrader's late submission plug-in asks for, never more than was earned."""
        late = 0.0
        if record.submitted_at is not None:
            late = (record.submitted_at - self._cells.due - (extension or timedelta())).total_seconds()
        penalty = None
        if late > 0:
            score = self._connection.execute(_SCORE, {"notebook": notebook}).scalar() or 0
            asked = record.penalty(score, late)
            penalty = None if asked is None else min(max(asked, 0), score)
        self._connection.execute(_OLD_NOTEBOOK, {"row": notebook, "late_submission_penalty": penalty})

    def _patiently(self, action: Callable[[], T]) -> T:
        return patiently(action, self._seconds, self._said)


def patiently(action: Callable[[], T], seconds: float, said: Callable[[str], None] = lambda sentence: None) -> T:
    """Run ``action`` again and again while another program holds the gradebook, up to ``seconds``.

    ``said`` is called once with a Dutch sentence when waiting starts. Raises ``BooksError``.
    """
    until = time.monotonic() + seconds
    waiting = False
    while True:
        try:
            return action()
        except DatabaseError as error:
            if not _is_busy(error):
                raise BooksError(about_books(error)) from error
            if time.monotonic() > until:
                raise BooksError(t("grading.books.locked", seconds=f"{seconds:g}")) from error
        if not waiting:
            said(t("grading.books.waiting"))
            waiting = True
        time.sleep(_PAUSE)


def _is_busy(error: DatabaseError) -> bool:
    return isinstance(error, OperationalError) and ("locked" in str(error.orig) or "busy" in str(error.orig))
