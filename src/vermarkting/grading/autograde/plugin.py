"""``nbgrader autograde`` and ``nbgrader generate_assignment`` for assignments whose answers are data.

Grading reads a hand-in, checks its answers in this process, rebuilds the notebook from the release and writes the
gradebook. No kernel is started and no line of a hand-in is executed.
"""

import fnmatch
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from nbgrader.converters import NbGraderException
from nbgrader.converters.autograde import Autograde
from nbgrader.converters.generate_assignment import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties, ClearHiddenTests, NbGraderPreprocessor
from sqlalchemy.exc import DatabaseError
from traitlets import Float

from vermarkting import control
from vermarkting.grading.autograde import rebuild, report
from vermarkting.grading.autograde.books import Books, BooksError, Record
from vermarkting.grading.autograde.handin import TIMESTAMP, read_handin, shown
from vermarkting.grading.autograde.judge import Part, judge
from vermarkting.grading.autograde.owner import counting, numbers_among, typed_number
from vermarkting.grading.autograde.released import Released, ReleaseError, load, problems, read_notebook
from vermarkting.grading.autograde.summary import Progress, Summary
from vermarkting.grading.faults import about, alone
from vermarkting.grading.rubrics import RubricError
from vermarkting.text import t

MAKING = ".nieuwe-opdrachten"
# These names go into addresses, pages, file patterns and spreadsheets.
_STUDENT = re.compile(r"\w(?:[\w .,'()@+-]{0,98}[\w)@+-])?")


class NeverRun(NbGraderPreprocessor):
    """Stands where nbgrader has the steps that run a hand-in. Refuses, should nbgrader ever come there."""

    def preprocess(self, nb, resources):
        raise NbGraderException(t("grading.never_run"))


# ``nbgrader_config.json`` can only name it.
_NEVER_RUN = {NeverRun, f"{NeverRun.__module__}.{NeverRun.__name__}"}


class OnlyAnswerCells(NbGraderPreprocessor):
    """Refuses an assignment that could only be graded by running a student's code."""

    def preprocess(self, nb, resources):
        delimiters = ClearHiddenTests(parent=self.parent)
        found = problems(nb, delimiters.begin_test_delimeter, delimiters.end_test_delimeter)
        if found:
            raise NbGraderException(" ".join(found))
        return nb, resources


class AnswerGenerateAssignment(GenerateAssignment):
    """Says what is wrong with an assignment before anything is written, where ``OnlyAnswerCells`` is configured."""

    def start(self) -> None:
        if OnlyAnswerCells in self.preprocessors:
            delimiters = ClearHiddenTests(parent=self)
            source = self.coursedir.format_path(self.coursedir.source_directory, ".", self.coursedir.assignment_id)
            found = []
            for path in sorted(Path(source).glob("*.ipynb")):
                try:
                    notebook = read_notebook(path)
                except ReleaseError as error:
                    found.append(str(error))
                else:
                    found += problems(notebook, delimiters.begin_test_delimeter, delimiters.end_test_delimeter)
            found = found or _mistakes(self.coursedir)
            if found:
                for sentence in found:
                    self.log.error(sentence)
                raise NbGraderException(t("grading.release.refused", assignment=self.coursedir.assignment_id))
            try:
                with alone(self.coursedir.root, BooksError):
                    self._make_whole()
            except BooksError as error:
                self.log.error(str(error))
                raise NbGraderException(str(error)) from error
            self.log.info(t("grading.release.made", assignment=self.coursedir.assignment_id))
        else:
            super().start()

    def _make_whole(self) -> None:
        """Make the assignment in a folder of its own, then put it in its place: it is there whole, or as it was."""
        course, assignment = self.coursedir, self.coursedir.assignment_id
        place = Path(course.format_path(course.release_directory, ".", assignment))
        beside, old = Path(course.root) / MAKING, place.with_name(f".{place.name}.oud")
        if old.exists() and not place.exists():
            old.rename(place)
        for left in (beside, old):
            if left.exists():
                shutil.rmtree(left)  # left by a run that was killed
        if place.exists() and not self.force:
            super().start()
            return
        released, course.release_directory = course.release_directory, MAKING
        self.log.addFilter(self._is_told)
        try:
            super().start()
            made = Path(course.format_path(MAKING, ".", assignment))
            if place.exists():
                place.rename(old)
            place.parent.mkdir(parents=True, exist_ok=True)
            made.rename(place)
        except Exception:
            if self._fault is not None:
                raise self._fault from None
            raise
        finally:
            self.log.removeFilter(self._is_told)
            course.release_directory = released
            shutil.rmtree(beside, ignore_errors=True)
            shutil.rmtree(old, ignore_errors=True)

    _fault: Exception | None = None

    def _is_told(self, record: object) -> bool:
        """Leave out nbgrader's own lines about a disk that refuses: ours names the cause."""
        return self._fault is None

    def init_assignment(self, *arguments: str) -> None:
        with self._noting():
            super().init_assignment(*arguments)

    def convert_single_notebook(self, *arguments: str) -> None:
        with self._noting():
            super().convert_single_notebook(*arguments)

    @contextmanager
    def _noting(self) -> Iterator[None]:
        """Keep the cause, that nbgrader would put in words of its own."""
        try:
            yield
        except (OSError, DatabaseError) as error:
            self._fault = error
            raise


class AnswerAutograde(Autograde):
    """Grades without running anything, where ``NeverRun`` is configured; elsewhere it is nbgrader's own class."""

    lock_seconds = Float(120, min=0, help="How many seconds to wait while another program holds the gradebook.").tag(
        config=True
    )

    # Reads a course's class list; ``plugins.install`` puts the one of the room above here.
    owners: Callable[[Path], Callable[[str], tuple[str, ...]]] = staticmethod(
        lambda course: lambda student: numbers_among([student])
    )

    def start(self) -> None:
        if not _NEVER_RUN & set(self.autograde_preprocessors):
            super().start()
            return
        mistakes = _mistakes(self.coursedir)
        if mistakes:
            for sentence in mistakes:
                self.log.error(sentence)
            refusal = t("grading.release.not_graded", assignment=self.coursedir.assignment_id)
            self.log.error(refusal)
            raise NbGraderException(refusal)
        summary = Summary()
        try:
            with alone(self.coursedir.root, BooksError):
                self._clear_leftovers()
                self._run(summary)
        except (BooksError, ReleaseError, RubricError) as error:
            self._close(summary)
            self.log.error(str(error))
            raise NbGraderException(str(error)) from error
        except KeyboardInterrupt:
            self._close(summary)
            self.log.error(t("grading.summary.stopped"))
            raise
        self._close(summary)
        if not summary.clean:
            raise NbGraderException(t("grading.summary.not_all"))

    def _clear_leftovers(self) -> None:
        """Take away what a killed run left half written; its hand-ins are graded again."""
        top = Path(self._format_graded("\0").partition("\0")[0])
        for left in top.glob(f"*/.{self.coursedir.assignment_id}.nieuw"):
            shutil.rmtree(left)

    def _close(self, summary: Summary) -> None:
        first, *others = summary.lines()
        self.log.info(first)
        for line in others:
            self.log.warning(line)

    def _run(self, summary: Summary) -> None:
        course, assignment = self.coursedir, self.coursedir.assignment_id
        self._numbers_of = self.owners(Path(course.root))
        with Books(course.db_url, course.course_id, assignment, self.lock_seconds, self.log.warning) as books:
            delimiters = ClearHiddenTests(parent=self)
            released = load(
                Path(course.format_path(course.release_directory, ".", assignment)),
                assignment,
                books.sources,
                books.points,
                delimiters.begin_test_delimeter,
                delimiters.end_test_delimeter,
            )
            found = self._found(summary)
            for name, text in summary.failed:
                self.log.warning(t("grading.summary.line", name=name, text=text))
            if not found and not summary.failed:
                raise BooksError(t("grading.summary.nothing", assignment=assignment))
            todo = dict(found)
            with Progress(len(found), self.log.warning) as progress:
                try:
                    for student, folder in found:
                        self._one(student, folder, released, books, _Outcome(student, summary, progress, todo))
                    books.flush()
                except BooksError:
                    summary.failed += [(name, t("grading.summary.not_reached")) for name in todo]
                    raise

    def _found(self, summary: Summary) -> list[tuple[str, Path]]:
        """Give the students with a folder for this assignment; name in the summary what is no such folder."""
        course, assignment = self.coursedir, self.coursedir.assignment_id
        before, _, after = course.format_path(course.submitted_directory, "\0", assignment).partition("\0")
        after = after.lstrip("/\\")
        excluded = {name.strip() for name in course.student_id_exclude.split(",")}
        top = Path(before)
        wanted = course.student_id
        exact = (top / wanted).exists() if wanted not in ("", "*") else False
        found = []
        for entry in sorted(top.iterdir()) if top.is_dir() else []:
            student = entry.name
            if student in excluded or (student != wanted if exact else not fnmatch.fnmatchcase(student, wanted)):
                continue
            if student.startswith(".") or (after and not (entry / after).is_symlink() and not (entry / after).exists()):
                self._name_odd(entry, after, summary)
                continue
            if not _STUDENT.fullmatch(student):
                summary.failed.append((shown(student), t("grading.notice.bad_name")))
                continue
            found.append((student, entry / after if after else entry))
        return found

    def _name_odd(self, entry: Path, after: str, summary: Summary) -> None:
        """Name a file where a folder belongs, and a folder that differs from the assignment's in its capitals only."""
        if entry.name.startswith("."):
            return
        if not entry.is_dir():
            summary.failed.append((shown(entry.name), t("grading.notice.loose_file")))
            return
        try:
            alike = [name for name in (path.name for path in entry.iterdir()) if name.casefold() == after.casefold()]
        except OSError:
            summary.failed.append((shown(entry.name), t("grading.notice.folder_unreadable")))
            return
        for name in alike:
            sentence = t("grading.notice.other_capitals", found=shown(name), name=after)
            summary.failed.append((shown(entry.name), sentence))

    def _one(self, student: str, folder: Path, released: Released, books: Books, outcome: "_Outcome") -> None:
        """Grade one hand-in. Only the gradebook may stop the batch."""
        try:
            self._grade(student, folder, released, books, outcome)
        except (BooksError, KeyboardInterrupt):
            raise
        except OSError as error:
            outcome.failed(about(error))
        except Exception as error:
            # Only the kind of error: its text could quote what a student wrote.
            outcome.failed(t("grading.notice.broke", kind=type(error).__name__))

    def _grade(self, student: str, folder: Path, released: Released, books: Books, outcome: "_Outcome") -> None:
        place = Path(self._format_graded(student))
        earlier = report.read(place)
        numbers = self._numbers_of(student)
        handin = counting(read_handin(folder, released), released.lesson, numbers)
        if earlier and earlier["fingerprint"] == handin.fingerprint and not self.force and books.has(student):
            outcome.graded(earlier, numbers, anew=False)
            return
        if not self.create_student and not books.knows(student):
            outcome.failed(t("grading.notice.unknown_student"))
            return
        parts, notices = judge(handin, released)
        now = report.document(released.assignment, student, handin, parts, notices)
        files = {
            f"{released.name}.ipynb": rebuild.notebook(released, handin, parts, notices),
            report.NAME: report.written(now),
        }
        if handin.submitted_at:
            files[TIMESTAMP] = f"{handin.submitted_at.isoformat(' ')} UTC\n".encode()
        new = self._written(place, files)

        def publish() -> None:
            if place.exists():
                shutil.rmtree(place)
            new.rename(place)
            outcome.graded(now, numbers, anew=True)

        comments = _comments(released, parts)
        record = Record(
            student, handin.submitted_at, parts, comments, _same(earlier, now), partial(self._penalty, student)
        )
        books.record(record, publish)

    def _format_graded(self, student: str) -> str:
        course = self.coursedir
        return course.format_path(course.autograded_directory, student, course.assignment_id)

    def _written(self, place: Path, files: dict[str, bytes]) -> Path:
        """Write the files to a new folder beside ``place``, to be renamed once the gradebook is on disk.

        So a graded hand-in is there whole or not at all, and never without its points.
        """
        new = place.with_name(f".{place.name}.nieuw")
        if new.exists():
            shutil.rmtree(new)
        new.mkdir(parents=True)
        permissions = int(str(self.permissions), 8)
        for name, content in files.items():
            path = new / name
            path.write_bytes(content)
            path.chmod(permissions)
        return new

    def _penalty(self, student: str, score: float, seconds: float) -> float | None:
        step = AssignLatePenalties(parent=self)
        step.init_plugin()
        return step.plugin_inst.late_submission_penalty(student, score, seconds)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """Passes on how one hand-in ended, and takes it off the list of those still to do."""

    student: str
    summary: Summary
    progress: Progress
    todo: dict[str, Path]

    def graded(self, written: dict, numbers: tuple[str, ...], anew: bool) -> None:
        if anew:
            self.summary.graded += 1
        else:
            self.summary.unchanged += 1
        self.summary.note_answers(self.student, written["answers"])
        if not numbers:
            self.summary.note_number(self.student, typed_number(written["assignment"], written["answers"]))
        sentence = next((notice["text"] for notice in written["notices"] if notice["look"]), None)
        self._done(self.summary.look, sentence)

    def failed(self, sentence: str) -> None:
        self._done(self.summary.failed, sentence)

    def _done(self, kept: list[tuple[str, str]], sentence: str | None) -> None:
        del self.todo[self.student]
        if sentence is None:
            self.progress.step()
        else:
            kept.append((self.student, sentence))
            self.progress.step(t("grading.summary.line", name=self.student, text=sentence))


def _mistakes(course: CourseDirectory) -> list[str]:
    """Say what is wrong with the course, as far as it concerns the assignment at hand."""
    return [str(finding) for finding in control.look(Path(course.root), course.assignment_id)]


def _comments(released: Released, parts: dict[str, Part]) -> dict[str, str | None]:
    """Give the automatic comment on each answer cell: only one that was left empty gets one."""
    empty = {name for name, part in parts.items() if part.points == 0 and released.graded[name].is_prose}
    return {name: t("grading.no_text") if name in empty else None for name in released.graded}


def _same(earlier: dict | None, now: dict) -> frozenset[str]:
    """Give the parts whose text and points are those of the earlier report."""
    if earlier is None:
        return frozenset()
    return frozenset(
        name
        for name, part in now["parts"].items()
        if earlier["parts"].get(name) == part and earlier["prose"].get(name) == now["prose"].get(name)
    )
