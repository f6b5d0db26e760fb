"""What markers decide, kept in nbgrader's gradebook: points and comment in its own columns, each decision at once.

Beside nbgrader's tables stand ours in the same file, so that a mark and what is known about it are written together or
not at all: ``desk_decision`` (who decided what and when, for undo), ``desk_second`` (what second markers decide),
``desk_settled`` (both originals of a mark that two settled), ``desk_remark`` (remarks that are used again) and
``desk_calibrated`` (who looked at the anchor answers).
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import TypeVar

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    GradeCell,
    Notebook,
    SolutionCell,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    new_uuid,
)
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    DateTime,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    func,
    insert,
    select,
    update,
)

from vermarkting.grading import marks
from vermarkting.grading.autograde.books import patiently

SECONDS = 10
A_PAUSE = timedelta(minutes=20)
ONE_STEP = timedelta(minutes=2)
T = TypeVar("T")

_ours = MetaData()


def _kept(name: str, *columns: Column) -> Table:
    """What somebody did to a cell, and when."""
    return Table(
        name,
        _ours,
        Column("id", Integer, primary_key=True),
        Column("at", DateTime, nullable=False),
        Column("marker", String(80), nullable=False),
        Column("cell", String(32), nullable=False, index=True),
        *columns,
    )


def _answer() -> Column:
    return Column("answer", String(32), nullable=False, index=True)


def _decisions(name: str) -> Table:
    return _kept(
        name,
        _answer(),
        Column("before", Text, nullable=False),
        Column("after", Text, nullable=False),
        Column("pending", Boolean, nullable=False),
        Column("typed", Boolean, nullable=False),
        Column("rubric", String(64), nullable=False),
        Column("undone", Boolean, nullable=False, default=False),
    )


DECISIONS = _decisions("desk_decision")
# What second markers decide, each blind to the first: it never touches nbgrader's own columns.
SECOND_DECISIONS = _decisions("desk_second")
SETTLED = _kept(
    "desk_settled",
    _answer(),
    Column("first", Text, nullable=False),
    Column("second", Text, nullable=False),
    Column("after", Text, nullable=False),
)
CALIBRATED = _kept("desk_calibrated")
REMARKS = Table(
    "desk_remark",
    _ours,
    Column("id", Integer, primary_key=True),
    Column("cell", String(32), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("used", Integer, nullable=False, default=0),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """What the gradebook holds about one answer. ``points`` and ``comment`` are those that a person gave."""

    points: float | None
    comment: str
    pending: bool

    @property
    def version(self) -> str:
        """Give a short text that is another one as soon as the mark is."""
        return hashlib.sha256(_written(self).encode()).hexdigest()[:16]


UNMARKED = Mark(None, "", True)


@dataclass(frozen=True, slots=True)
class Second:
    """A mark that a second marker gave, with that marker's name and the digest of the rubric."""

    marker: str
    mark: Mark
    rubric: str


class Changed(Exception):
    """Somebody else changed the mark of ``answer`` since it was read; ``mark`` is what stands there now."""

    def __init__(self, answer: str, mark: Mark):
        super().__init__(answer)
        self.answer, self.mark = answer, mark


@dataclass(frozen=True, slots=True)
class By:
    """Who decided, with which rubric (a digest), and whether it was only typing on at a remark."""

    marker: str
    rubric: str
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A cell that a person marks; ``id`` is that of its row, ``of`` the points that can be earned."""

    assignment: str
    cell: str
    id: str
    comments_id: str
    of: float


@dataclass(frozen=True, slots=True)
class Answer:
    """One student's answer; ``id`` is random and tells nothing about the student, ``names`` does.

    ``empty``: the machine gave 0 points because there is no text. ``rubric`` is that of the last decision, if any.
    """

    id: str
    student: str
    names: tuple[str, ...]
    mark: Mark
    empty: bool
    flagged: bool
    rubric: str | None


class Ledger:
    """The gradebook of a course. Each method waits some seconds for another program and may raise ``BooksError``."""

    def __init__(self, url: str, seconds: float = SECONDS):
        self._seconds = seconds
        self._engine = create_engine(url)
        self._ready = False

    def close(self) -> None:
        self._engine.dispose()

    def questions(self) -> dict[tuple[str, str], Question]:
        """Give the questions that a person marks, by assignment and cell."""
        cells, notebooks = BaseCell.__table__, Notebook.__table__
        solutions, grades = SolutionCell.__table__, GradeCell.__table__
        graded, written = cells.alias(), cells.alias()
        query = (
            select(Assignment.name, graded.c.name, graded.c.id, written.c.id, grades.c.max_score)
            .select_from(grades)
            .join(graded, graded.c.id == grades.c.id)
            .join(written, (written.c.name == graded.c.name) & (written.c.notebook_id == graded.c.notebook_id))
            .join(solutions, solutions.c.id == written.c.id)
            .join(notebooks, notebooks.c.id == graded.c.notebook_id)
            .join(Assignment, Assignment.id == notebooks.c.assignment_id)
            .where(grades.c.cell_type == "markdown")
            .order_by(Assignment.name)
        )
        found = self._do(lambda connection: [Question(*row) for row in connection.execute(query)])
        return {(question.assignment, question.cell): question for question in found}

    def hand_ins(self) -> dict[str, int]:
        """Give how many hand-ins of each assignment are in the gradebook, by its name."""
        query = (
            select(Assignment.name, func.count(SubmittedAssignment.id))
            .select_from(Assignment.__table__)
            .outerjoin(SubmittedAssignment, SubmittedAssignment.assignment_id == Assignment.id)
            .group_by(Assignment.name)
        )
        return self._do(lambda connection: dict(connection.execute(query).all()))

    def cells(self, assignment: str) -> tuple[dict[str, str], dict[str, float]]:
        """Give the lecturer's source and the points of each graded cell, as ``released.load`` wants them."""
        return self._do(lambda connection: marks.cells(connection, assignment))

    def answers(self, question: Question, answer: str | None = None) -> list[Answer]:
        """Give all answers to a question, or the one with this id, each with its mark."""
        return self._do(lambda connection: _answers(connection, question, answer))

    def decide(self, question: Question, answer: str, was: str, mark: Mark, by: "By") -> Mark:
        """Write a mark that was made looking at version ``was``. On disk when this returns.

        Raises ``Changed`` and writes nothing when the mark is no longer the one that was looked at, ``KeyError`` when
        there is no such answer.
        """

        def write(connection: Connection) -> Mark:
            before = _held(connection, question, answer)
            if before == mark:
                return mark
            if before.version != was:
                raise Changed(answer, before)
            _put(connection, question, answer, mark)
            _log(connection, DECISIONS, question, answer, before, mark, by)
            return mark

        return self._do(write)

    def undo(self, question: Question, marker: str) -> tuple[str, Mark] | None:
        """Take back the last decision of this marker on this question: its answer and the mark that is back.

        ``None`` when there is nothing to take back; ``Changed`` when somebody else has changed that mark since.
        """

        def write(connection: Connection) -> tuple[str, Mark] | None:
            last = _last(connection, DECISIONS, DECISIONS.c.cell == question.id, DECISIONS.c.marker == marker)
            if last is None:
                return None
            now = _held(connection, question, last.answer)
            if _written(now) != last.after:
                raise Changed(last.answer, now)
            before = Mark(**json.loads(last.before))
            _put(connection, question, last.answer, before)
            connection.execute(update(DECISIONS).where(DECISIONS.c.id == last.id).values(undone=True))
            return last.answer, before

        return self._do(write)

    def second_marks(self, question: Question, marker: str | None = None) -> dict[str, "Second"]:
        """Give the newest second mark of each answer by its id, of one marker or of whoever gave one."""

        def look(connection: Connection) -> dict[str, Second]:
            own = () if marker is None else (SECOND_DECISIONS.c.marker == marker,)
            rows = _newest(connection, SECOND_DECISIONS, question, *own).values()
            return {row.answer: Second(row.marker, Mark(**json.loads(row.after)), row.rubric) for row in rows}

        return self._do(look)

    def first_markers(self, question: Question) -> dict[str, str]:
        """Give who decided last on each answer, by its id; who decided in formgrader is not known."""
        found = self._do(lambda connection: _newest(connection, DECISIONS, question))
        return {answer: row.marker for answer, row in found.items()}

    def decide_second(self, question: Question, answer: str, was: str, mark: Mark, by: "By") -> Mark:
        """Write a second mark, beside the first. On disk when this returns. Raises ``Changed`` and ``KeyError``."""

        def write(connection: Connection) -> Mark:
            _held(connection, question, answer)
            rows = _newest(connection, SECOND_DECISIONS, question, SECOND_DECISIONS.c.marker == by.marker)
            before = Mark(**json.loads(rows[answer].after)) if answer in rows else UNMARKED
            if before == mark:
                return mark
            if before.version != was:
                raise Changed(answer, before)
            _log(connection, SECOND_DECISIONS, question, answer, before, mark, by)
            return mark

        return self._do(write)

    def undo_second(self, question: Question, marker: str) -> tuple[str, Mark] | None:
        """Take back the last second mark of this marker: its answer and the mark that is back."""

        def write(connection: Connection) -> tuple[str, Mark] | None:
            last = _last(
                connection,
                SECOND_DECISIONS,
                SECOND_DECISIONS.c.cell == question.id,
                SECOND_DECISIONS.c.marker == marker,
            )
            if last is None:
                return None
            connection.execute(update(SECOND_DECISIONS).where(SECOND_DECISIONS.c.id == last.id).values(undone=True))
            return last.answer, Mark(**json.loads(last.before))

        return self._do(write)

    def settle(self, question: Question, answer: str, was: str, mark: Mark, by: "By") -> Mark:
        """Write the mark that two markers settled on, and keep both originals. Raises ``Changed``, ``KeyError``."""

        def write(connection: Connection) -> Mark:
            first = _held(connection, question, answer)
            if first.version != was:
                raise Changed(answer, first)
            second = _newest(connection, SECOND_DECISIONS, question)[answer].after
            row = {"at": _now(), "marker": by.marker, "answer": answer, "cell": question.id}
            row |= {"first": _written(first), "second": second, "after": _written(mark)}
            connection.execute(insert(SETTLED).values(row))
            _put(connection, question, answer, mark)
            _log(connection, DECISIONS, question, answer, first, mark, by)
            return mark

        return self._do(write)

    def settled(self, question: Question) -> dict[str, tuple[Mark, Mark]]:
        """Give both originals of each answer that was settled, by its id: the first of all stay."""
        query = select(SETTLED).where(SETTLED.c.cell == question.id).order_by(SETTLED.c.id.desc())
        rows = self._do(lambda connection: connection.execute(query).all())
        return {row.answer: (Mark(**json.loads(row.first)), Mark(**json.loads(row.second))) for row in rows}

    def calibrate(self, question: Question, marker: str) -> None:
        """Keep that this marker looked at the anchor answers."""
        row = {"at": _now(), "marker": marker, "cell": question.id}
        self._do(lambda connection: connection.execute(insert(CALIBRATED).values(row)))

    def has_begun(self, question: Question, marker: str) -> bool:
        """Say whether this marker looked at the anchor answers, or decided anything about this question."""

        def look(connection: Connection) -> bool:
            tables = (CALIBRATED, DECISIONS, SECOND_DECISIONS)
            queries = (
                select(table.c.id).where(table.c.cell == question.id, table.c.marker == marker) for table in tables
            )
            return any(connection.execute(query.limit(1)).first() for query in queries)

        return self._do(look)

    def flag(self, answer: str, flagged: bool) -> None:
        """Set nbgrader's own flag of a hand-in. Raises ``KeyError`` when there is no such hand-in."""
        table = SubmittedNotebook.__table__

        def write(connection: Connection) -> None:
            done = connection.execute(update(table).where(table.c.id == answer).values(flagged=flagged))
            if not done.rowcount:
                raise KeyError(answer)

        self._do(write)

    def seconds_each(self, question: Question, marker: str) -> float | None:
        """Give how long this marker takes for one answer, as the median; pauses do not count."""
        query = (
            select(func.min(DECISIONS.c.at))
            .where(DECISIONS.c.cell == question.id, DECISIONS.c.marker == marker, ~DECISIONS.c.undone)
            .where(~DECISIONS.c.pending)
            .group_by(DECISIONS.c.answer)
        )
        moments = sorted(self._do(lambda connection: connection.execute(query).scalars().all()))
        gaps = [after - before for before, after in pairwise(moments)]
        gaps = [gap.total_seconds() for gap in gaps if gap < A_PAUSE]
        return median(gaps) if gaps else None

    def remarks(self, question: Question) -> list[dict]:
        """Give the remarks kept for a question, the most used first: ``id``, ``text`` and ``used``."""
        query = (
            select(REMARKS.c.id, REMARKS.c.text, REMARKS.c.used)
            .where(REMARKS.c.cell == question.id)
            .order_by(REMARKS.c.used.desc(), REMARKS.c.id)
        )
        return self._do(lambda connection: [dict(row._mapping) for row in connection.execute(query)])

    def keep_remark(self, question: Question, text: str, number: int | None = None) -> None:
        """Keep a remark for this question, or change the one with this number; an empty text takes it away."""
        mine = (REMARKS.c.id == number) & (REMARKS.c.cell == question.id)

        def write(connection: Connection) -> None:
            if number is None:
                same = select(REMARKS.c.id).where(REMARKS.c.cell == question.id, REMARKS.c.text == text)
                if connection.execute(same).first() is None:
                    connection.execute(insert(REMARKS).values(cell=question.id, text=text, used=0))
            elif text:
                connection.execute(update(REMARKS).where(mine).values(text=text))
            else:
                connection.execute(REMARKS.delete().where(mine))

        self._do(write)

    def use_remark(self, question: Question, number: int) -> None:
        """Count that a remark was used."""
        mine = (REMARKS.c.id == number) & (REMARKS.c.cell == question.id)
        self._do(lambda connection: connection.execute(update(REMARKS).where(mine).values(used=REMARKS.c.used + 1)))

    def _do(self, action: Callable[[Connection], T]) -> T:
        def once() -> T:
            if not self._ready:
                _ours.create_all(self._engine)
                self._ready = True
            with self._engine.begin() as connection:
                return action(connection)

        return patiently(once, self._seconds)


def _answers(connection: Connection, question: Question, answer: str | None) -> list[Answer]:
    last = select(func.max(DECISIONS.c.id)).where(DECISIONS.c.cell == question.id, ~DECISIONS.c.undone)
    decided = select(DECISIONS.c.answer, DECISIONS.c.rubric).where(
        DECISIONS.c.id.in_(last.group_by(DECISIONS.c.answer))
    )
    rubrics = {row.answer: row.rubric for row in connection.execute(decided)}
    query = (
        select(
            SubmittedNotebook.id,
            SubmittedNotebook.flagged,
            Student.id.label("student"),
            Student.first_name,
            Student.last_name,
            Grade.auto_score,
            Grade.manual_score,
            Grade.needs_manual_grade,
            Comment.manual_comment,
        )
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .join(Student, Student.id == SubmittedAssignment.student_id)
        .join(Grade, (Grade.notebook_id == SubmittedNotebook.id) & (Grade.cell_id == question.id))
        .outerjoin(Comment, (Comment.notebook_id == SubmittedNotebook.id) & (Comment.cell_id == question.comments_id))
    )
    if answer is not None:
        query = query.where(SubmittedNotebook.id == answer)
    found = []
    for row in connection.execute(query):
        first, last_name = (row.first_name or "").strip(), (row.last_name or "").strip()
        both = [f"{first} {last_name}", f"{last_name} {first}", f"{last_name}, {first}"] if first and last_name else []
        mark = Mark(row.manual_score, row.manual_comment or "", bool(row.needs_manual_grade))
        empty = not mark.pending and mark.points is None
        names = (row.student, *both)
        found.append(Answer(row.id, row.student, names, mark, empty, bool(row.flagged), rubrics.get(row.id)))
    return found


def _held(connection: Connection, question: Question, answer: str) -> Mark:
    """Give the mark as it is now, and keep everybody else from changing it in this transaction."""
    table = SubmittedNotebook.__table__
    connection.execute(update(table).where(table.c.id == answer).values(flagged=table.c.flagged))
    found = _answers(connection, question, answer)
    if not found:
        raise KeyError(answer)
    return found[0].mark


def _put(connection: Connection, question: Question, answer: str, mark: Mark) -> None:
    grades, comments = Grade.__table__, Comment.__table__
    own = (grades.c.notebook_id == answer) & (grades.c.cell_id == question.id)
    values = {"manual_score": mark.points, "needs_manual_grade": mark.pending}
    connection.execute(update(grades).where(own).values(values))
    own = (comments.c.notebook_id == answer) & (comments.c.cell_id == question.comments_id)
    text = {"manual_comment": mark.comment or None}
    if not connection.execute(update(comments).where(own).values(text)).rowcount:
        row = {"id": new_uuid(), "notebook_id": answer, "cell_id": question.comments_id}
        connection.execute(insert(comments).values(row | text))


def _log(
    connection: Connection, table: Table, question: Question, answer: str, before: Mark, after: Mark, by: By
) -> None:
    """Keep a decision; what is typed on in one go is one decision, also when it was saved many times."""
    now = _now()
    last = _last(connection, table, table.c.cell == question.id, table.c.answer == answer)
    row = asdict(by) | {"at": now, "after": _written(after), "pending": after.pending}
    on = by.typed and last is not None and last.typed and last.marker == by.marker and now - last.at < ONE_STEP
    if on and last.after == _written(before):
        connection.execute(update(table).where(table.c.id == last.id).values(row))
    else:
        row |= {"answer": answer, "cell": question.id, "before": _written(before), "undone": False}
        connection.execute(insert(table).values(row))


def _last(connection: Connection, table: Table, *which: object):
    query = select(table).where(*which, ~table.c.undone).order_by(table.c.id.desc()).limit(1)
    return connection.execute(query).first()


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _newest(connection: Connection, table: Table, question: Question, *which: object) -> dict:
    """Give the last decision on each answer, by the answer's id."""
    query = select(table).where(table.c.cell == question.id, ~table.c.undone, *which).order_by(table.c.id)
    return {row.answer: row for row in connection.execute(query)}


def _written(mark: Mark) -> str:
    return json.dumps(asdict(mark), ensure_ascii=False)
