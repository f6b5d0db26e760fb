"""``nbgrader generate_feedback``, and formgrader's button for it."""

import contextlib
import fnmatch
import os
from pathlib import Path

from nbgrader.apps import api, generatefeedbackapp
from nbgrader.converters import NbGraderException
from nbgrader.converters.generate_feedback import GenerateFeedback
from traitlets import Float

from vermarkting.files import write_whole
from vermarkting.grading import levels, marks, rubrics
from vermarkting.grading.autograde import report
from vermarkting.grading.autograde.books import BooksError
from vermarkting.grading.autograde.handin import TIMESTAMP, shown
from vermarkting.grading.autograde.released import ReleaseError, load
from vermarkting.grading.autograde.summary import Progress
from vermarkting.grading.collect.students import ROSTER, ClassList, NoClassList
from vermarkting.grading.faults import FULL, REFUSES, about, alone
from vermarkting.grading.feedback import parcels
from vermarkting.grading.feedback.page import Pages, number, waits
from vermarkting.grading.feedback.release import SECRET, read_secret
from vermarkting.grading.marks import Book, Marks
from vermarkting.grading.rubrics import Rubric, RubricError
from vermarkting.text import t


class AnswerFeedback(GenerateFeedback):
    """Makes our page. Never falls back on nbgrader's own, which shows hidden checks."""

    lock_seconds = Float(120, min=0, help="How many seconds to wait while another program holds the gradebook.").tag(
        config=True
    )

    def start(self) -> None:
        batch = _Batch()
        try:
            with alone(self.coursedir.root, BooksError):
                self._run(batch)
        except (BooksError, ReleaseError, RubricError) as error:
            self.log.error(str(error))
            raise NbGraderException(str(error)) from error
        if batch.failed:
            raise NbGraderException(t("feedback_page.summary.not_all"))

    def _run(self, batch: "_Batch") -> None:
        book, pages, found = self._prepare()
        self._pages: dict[str, bytes] = {}
        try:
            with Progress(len(found), self.log.warning) as progress:
                for student in found:
                    problem = self._one(student, book, pages, batch)
                    progress.step(problem and t("grading.summary.line", name=shown(student), text=problem))
            if self.coursedir.student_id == "*":
                self._pack()
        finally:
            self._close(batch)

    def _prepare(self) -> tuple[Book, Pages, list[str]]:
        course, assignment = self.coursedir, self.coursedir.assignment_id
        book = marks.read(course.db_url, assignment, self.lock_seconds, self.log.warning)
        release = Path(course.format_path(course.release_directory, ".", assignment))
        released = load(release, assignment, book.sources, book.points)
        self._name = released.name
        self._rubrics = rubrics.read(release / rubrics.NAME) if (release / rubrics.NAME).is_file() else {}
        found = self._students(book)
        if not found:
            raise BooksError(t("grading.summary.nothing", assignment=assignment))
        return book, Pages(released, self._rubrics), found

    def _students(self, book: Book) -> list[str]:
        """Give everyone who is known to have handed in, whatever became of it, and whom the command asks for."""
        course = self.coursedir
        everyone = set(book.handins)
        for step in (course.submitted_directory, course.autograded_directory):
            everyone |= _with_folder(course.format_path(step, "\0", course.assignment_id), course.assignment_id)
        excluded = {name.strip() for name in course.student_id_exclude.split(",")}
        wanted = course.student_id
        if wanted in everyone:
            return [wanted]
        return sorted(name for name in everyone - excluded if fnmatch.fnmatchcase(name, wanted))

    def _one(self, student: str, book: Book, pages: Pages, batch: "_Batch") -> str | None:
        """Make one page. Gives a sentence when there is none; nothing about one hand-in stops the others."""
        try:
            problem = self._made(student, book, pages, batch)
        except OSError as error:
            if error.errno in (*FULL, *REFUSES):
                raise  # so it is for all the others
            problem = about(error)
        except Exception as error:
            # Only the kind of error: its text could quote what a student wrote.
            problem = t("feedback_page.summary.broke", kind=type(error).__name__)
        if problem:
            batch.failed.append((shown(student), problem))
        return problem

    def _made(self, student: str, book: Book, pages: Pages, batch: "_Batch") -> str | None:
        course, assignment = self.coursedir, self.coursedir.assignment_id
        graded = Path(course.format_path(course.autograded_directory, student, assignment))
        if not graded.is_dir() or student not in book.handins:
            return t("feedback_page.summary.not_graded")
        found = report.read(graded)
        if found is None:
            return t("feedback_page.summary.no_report")
        own = book.handins[student]
        place = Path(course.format_path(course.feedback_directory, student, assignment))
        files = {f"{self._name}.html": pages.page(found, student, own)}
        # nbgrader's exchange wants these beside the page.
        if found["submitted_at"]:
            files[TIMESTAMP] = (graded / TIMESTAMP).read_bytes()
        secret = read_secret(Path(course.format_path(course.submitted_directory, student, assignment)))
        if secret:
            files[SECRET] = secret
        self._pages[student] = files[f"{self._name}.html"]
        changed = [_write(place / name, content, int(str(self.permissions), 8)) for name, content in files.items()]
        if any(changed):
            batch.made += 1
        else:
            batch.unchanged += 1
        if waits(found, own):
            parts = ", ".join(_pending(own)) or t("feedback_page.summary.as_such")
            batch.waiting.setdefault(parts, []).append(shown(student))
        batch.odd += [(shown(student), sentence) for sentence in _odd(own, self._rubrics)]
        return None

    def _pack(self) -> None:
        """Put all pages in a zip for each platform that the hand-ins came from, beside the students' folders."""
        course, assignment = self.coursedir, self.coursedir.assignment_id
        people = ClassList()
        with contextlib.suppress(NoClassList):  # collecting said so
            people.read_roster(Path(course.root) / ROSTER)
        archive = Path(course.root) / "downloaded" / assignment / "archive"
        platform = str(self.config.LmsCollector.get("platform", ""))
        top = Path(course.format_path(course.feedback_directory, "\0", assignment).partition("\0")[0])
        made = parcels.packed(self._pages, archive, assignment, people, platform)
        for kind, (content, count) in made.items():
            path = top / f"{assignment}-{kind}.zip"
            _write(path, content, 0o600)
            self.log.info(t(f"feedback_page.parcel.{kind}", file=f"{top.name}/{path.name}", count=count))
        for kind in {*parcels.PLATFORMS, parcels.OTHERS} - made.keys():
            (top / f"{assignment}-{kind}.zip").unlink(missing_ok=True)

    def _close(self, batch: "_Batch") -> None:
        first, *others = batch.lines()
        self.log.info(first)
        for line in others:
            self.log.warning(line)


class _Batch:
    """Counts the pages and keeps a line for each hand-in that somebody must look at."""

    def __init__(self) -> None:
        self.made = self.unchanged = 0
        self.failed: list[tuple[str, str]] = []
        self.waiting: dict[str, list[str]] = {}
        self.odd: list[tuple[str, str]] = []

    def lines(self) -> list[str]:
        counts = {"made": self.made, "unchanged": self.unchanged, "failed": len(self.failed)}
        lines = [t("feedback_page.summary.counts", **counts)]
        # Before the prose is judged this is the whole class: one line for each combination of parts.
        waiting = [(parts, ", ".join(names)) for parts, names in self.waiting.items()]
        for key, found in (("failed", self.failed), ("waiting", waiting), ("odd", self.odd)):
            if found:
                lines.append(t(f"feedback_page.summary.{key}"))
                lines += [t("grading.summary.line", name=name, text=text) for name, text in found]
        return lines


def install() -> None:
    """Put our class where nbgrader's command and formgrader look it up. May be called again."""
    generatefeedbackapp.GenerateFeedback = api.GenerateFeedback = AnswerFeedback


def _with_folder(pattern: str, assignment: str) -> set[str]:
    """Give the names that stand for the student in a path with ``\\0`` in that place, capitals of the rest aside."""
    before, _, after = pattern.partition("\0")
    top, after = Path(before), after.strip("/\\")
    if not top.is_dir():
        return set()
    names = {entry.name for entry in top.iterdir() if not entry.name.startswith(".")}
    return {name for name in names if not after or _has(top / name, after)}


def _has(folder: Path, name: str) -> bool:
    try:
        return os.path.lexists(folder / name) or name.casefold() in (path.name.casefold() for path in folder.iterdir())
    except OSError:
        return not folder.is_file()


def _pending(own: Marks) -> list[str]:
    return [name for name, mark in own.parts.items() if mark.pending]


def _odd(own: Marks, known: dict[str, Rubric]) -> list[str]:
    """Say where the levels in a comment and the points of a part do not agree."""
    found = []
    for name, rubric in known.items():
        mark = own.parts.get(name)
        judged = levels.read(own.comments.get(name), rubric)
        found += [t("feedback_page.summary.two_levels", criterion=criterion) for criterion in judged.doubts]
        if mark is None or mark.pending or not judged.levels:
            continue
        points = judged.points(rubric)
        if points is None:
            found.append(t("feedback_page.summary.not_all_levels", cell=name))
        elif abs(points - mark.points) > 1e-6:
            found.append(t("feedback_page.summary.other_points", levels=number(points), score=number(mark.points)))
    return found


def _write(path: Path, content: bytes, permissions: int) -> bool:
    """Write a file whole or not at all; leave it alone, and say so, if it is already what it should be."""
    try:
        if path.read_bytes() == content:
            return False
    except OSError:
        path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content, permissions)
    return True
