"""What a marker sees of a question and of one answer to it, and what becomes of a decision. Tells nobody's name."""

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from vermarkting import cases
from vermarkting.grading import levels, rubrics
from vermarkting.grading.autograde import report, view
from vermarkting.grading.autograde.released import ReleaseError, questions_in, read_notebook
from vermarkting.grading.checks import question as asked_of
from vermarkting.grading.desk.ledger import Answer, By, Changed, Ledger, Mark, Question
from vermarkting.grading.desk.prose import masked, rendered, words
from vermarkting.grading.rubrics import LEVELS, Rubric, RubricError
from vermarkting.text import t

MOST = 20_000


class Refused(ValueError):
    """A decision that cannot be kept; ``str()`` is one Dutch sentence."""


@dataclass(frozen=True, slots=True)
class Course:
    """Where nbgrader's course keeps what the desk reads; ``course`` is nbgrader's ``CourseDirectory``."""

    course: object

    def released(self, assignment: str) -> Path:
        return self._folder(self.course.release_directory, ".", assignment)

    def graded(self, student: str, assignment: str) -> Path:
        return self._folder(self.course.autograded_directory, student, assignment)

    @property
    def source(self) -> Path:
        """The folder with the lecturer's own assignments."""
        return self._folder(self.course.source_directory, ".", "\0").parent

    @property
    def feedback_top(self) -> Path:
        """The folder in which each student has one with feedback."""
        return Path(str(self._folder(self.course.feedback_directory, "\0", "\0")).partition("\0")[0])

    @property
    def has_exchange(self) -> bool:
        """Say whether hand-ins may come from nbgrader's exchange: there is a folder that they would be in."""
        root = os.environ.get("VERMARKTING_EXCHANGE", "")
        return bool(root) and (Path(root) / self.course.course_id / "inbound").is_dir()

    def students(self, step: str, assignment: str) -> list[Path]:
        """Give the students' folders of one of nbgrader's steps, such as ``submitted``, for an assignment."""
        pattern = str(self._folder(getattr(self.course, f"{step}_directory"), "\0", assignment))
        before, _, after = pattern.partition("\0")
        top = Path(before)
        if not top.is_dir():
            return []
        found = (entry / after.strip("/\\") for entry in sorted(top.iterdir()) if not entry.name.startswith("."))
        return [folder for folder in found if folder.is_dir()]

    def title(self, assignment: str) -> str:
        """Give the first heading of an assignment, without its name; the name when there is none."""
        own = _cells(self._folder(self.course.source_directory, ".", assignment))
        first = own[0]["source"].partition("\n")[0] if own else ""
        found = re.match(r"#+\s*(?:Opdracht\s+)?(?:\S+\.\s+)?(.+)", first)
        return found[1].strip() if found else assignment

    def rubrics(self, assignment: str) -> dict[str, Rubric]:
        """Read the rubrics anew each time: a lecturer may change a text while marking."""
        path = self.released(assignment) / rubrics.NAME
        try:
            return rubrics.read(path) if path.is_file() else {}
        except RubricError:
            return {}

    def cells(self, assignment: str) -> list[dict]:
        """Give the cells of the released notebook, none if it cannot be read."""
        return _cells(self.released(assignment))

    def model_answer(self, assignment: str, cell: str) -> str:
        """Give what the lecturer wrote in this cell of the own notebook, empty if there is none."""
        own = _cells(self._folder(self.course.source_directory, ".", assignment))
        return next((found["source"] for found in own if _grade_id(found) == cell), "")

    def _folder(self, step: str, student: str, assignment: str) -> Path:
        return Path(self.course.root) / self.course.format_path(step, student, assignment)


class Marking:
    """One question of a course, marked by one person."""

    def __init__(self, course: Course, ledger: Ledger, question: Question, marker: str):
        self.course, self.ledger, self.question, self.marker = course, ledger, question, marker
        self.rubric = course.rubrics(question.assignment).get(question.cell)
        self.digest = hashlib.sha256(repr(self.rubric).encode()).hexdigest()

    @property
    def title(self) -> str:
        return self.rubric.title if self.rubric else self.question.cell

    @property
    def task(self) -> str:
        """What was asked, in Markdown."""
        return _task(self.course.cells(self.question.assignment), self.question.cell)

    @property
    def model(self) -> str:
        """The model answer, in Markdown."""
        return self.course.model_answer(self.question.assignment, self.question.cell)

    def texts(self) -> dict[str, str]:
        """Give each answer's text by its id, in this marker's order, without what tells whose it is."""
        found = sorted(self.ledger.answers(self.question), key=self.place)
        return {answer.id: masked(self.text(answer), answer.names) for answer in found}

    def text(self, answer: Answer) -> str:
        """Give the text of an answer as it was typed."""
        kept = report.read(self.course.graded(answer.student, self.question.assignment)) or {}
        return kept.get("prose", {}).get(self.question.cell, "")

    def asked(self) -> dict:
        """Give what is the same for every answer: the task, the model answer and the rubric."""
        return {
            "assignment": self.question.assignment,
            "title": self.title,
            "of": self.question.of,
            "task": rendered(self.task),
            "model": rendered(self.model),
            "criteria": [_criterion(criterion) for criterion in self.rubric.criteria] if self.rubric else [],
        }

    def listed(self) -> dict:
        """Give all answers in this marker's own order with how far each is, and how long the rest will take."""
        found = sorted(self.answers(), key=self.place)
        entries = [
            {
                "id": answer.id,
                "done": not answer.mark.pending,
                "empty": answer.empty,
                "flagged": answer.flagged,
                "outdated": self._is_outdated(answer),
                "version": answer.mark.version,
            }
            for answer in found
        ]
        return {"answers": entries, "seconds": self.ledger.seconds_each(self.question, self.marker)}

    def shown(self, answer_id: str) -> dict:
        """Give one answer with everything a marker needs beside it. Raises ``KeyError`` for an unknown one."""
        answer = self._answer(answer_id)
        kept = report.read(self.course.graded(answer.student, self.question.assignment)) or {}
        given = {key: entry["value"] for key, entry in (kept.get("answers") or {}).items()}
        assignment = self.question.assignment
        number = cases.student_number(assignment, given) if assignment in cases.ASSIGNMENTS else None
        typed = given.get(f"{assignment}.{cases.NUMBER}")
        names = [*answer.names, number or "", typed if isinstance(typed, str) else ""]
        part = kept.get("parts", {}).get(self.question.cell, {})
        text = kept.get("prose", {}).get(self.question.cell, "")
        own = kept.get("own", []) if part.get("look") or not text else []
        return {
            "id": answer.id,
            "text": rendered(masked(text, names)),
            "words": words(text),
            "own": [rendered(masked(piece, names)) for piece in own],
            "look": masked(part["sentence"], names) if part.get("look") else "",
            "figures": _figures(assignment, number, names),
            "checked": self._checked(kept, given, names),
            "flagged": answer.flagged,
            "mark": self.mark(answer.mark),
        }

    def mark(self, mark: Mark) -> dict:
        """Give a mark as the page wants it: levels by the criterion's place, remarks, points."""
        said = levels.read(mark.comment, self.rubric)
        names = [criterion.name for criterion in self.rubric.criteria] if self.rubric else []
        sum_of_levels = said.points(self.rubric) if self.rubric else None
        return {
            "levels": [said.levels.get(name) for name in names],
            "remarks": said.remarks,
            "points": mark.points,
            "differs": None not in (sum_of_levels, mark.points) and sum_of_levels != mark.points,
            "done": not mark.pending,
            "version": mark.version,
        }

    def decide(self, answer_id: str, wanted: dict) -> dict:
        """Keep a decision: ``levels`` (1 to 4 or null per criterion), ``remarks``, ``points`` or null, ``was``.

        Points that were typed count; without them those of the levels do, once each criterion has one. When the mark
        is no longer ``was``, nothing is kept and what stands there now comes back with ``other``. Raises ``Refused``,
        and ``KeyError`` for an unknown answer.
        """
        mark, by = self.wished(wanted)
        try:
            return self.mark(self.keep(answer_id, str(wanted.get("was")), mark, by))
        except Changed as other:
            return self.mark(other.mark) | {"other": True}

    def wished(self, wanted: dict) -> tuple[Mark, By]:
        """Give the mark that a wish asks for, and who asks. Raises ``Refused``."""
        chosen, remarks, points = self._checked_wish(wanted)
        names = [criterion.name for criterion in self.rubric.criteria] if self.rubric else []
        said = {name: level for name, level in zip(names, chosen, strict=True) if level}
        lines = [f"{name}: {level} ({t(f'grading.levels.{level}')})" for name, level in said.items()]
        comment = "\n".join([*lines, *([remarks] if remarks else [])])
        if points is None and self.rubric:
            points = levels.Judged(said, "").points(self.rubric)
        by = By(self.marker, self.digest, typed=bool(wanted.get("typed")))
        return Mark(None if points is None else float(points), comment, pending=points is None), by

    def answers(self, answer_id: str | None = None) -> list[Answer]:
        """Give all answers, or the one with this id, each with the mark that this marker is to see."""
        return self.ledger.answers(self.question, answer_id)

    def keep(self, answer_id: str, was: str, mark: Mark, by: By) -> Mark:
        """Write a mark. Raises ``Changed`` and ``KeyError``."""
        return self.ledger.decide(self.question, answer_id, was, mark, by)

    def take_back(self) -> tuple[str, Mark] | None:
        """Undo this marker's last decision. Raises ``Changed``."""
        return self.ledger.undo(self.question, self.marker)

    def undo(self) -> dict | None:
        """Take back this marker's last decision: the answer's ``id`` and its ``mark``, ``None`` if there is none.

        With ``other`` nothing was taken back: somebody else changed that mark since.
        """
        try:
            back = self.take_back()
        except Changed as other:
            return {"id": other.answer, "mark": self.mark(other.mark), "other": True}
        return None if back is None else {"id": back[0], "mark": self.mark(back[1])}

    def _checked_wish(self, wanted: dict) -> tuple[list[int | None], str, float | None]:
        chosen, remarks, points = wanted.get("levels"), wanted.get("remarks"), wanted.get("points")
        criteria = len(self.rubric.criteria) if self.rubric else 0
        possible = {None, *range(1, len(LEVELS) + 1)}
        if not isinstance(chosen, list) or len(chosen) != criteria or not possible.issuperset(chosen):
            raise Refused(t("desk.other_rubric"))
        if not isinstance(remarks, str) or len(remarks) > MOST:
            raise Refused(t("desk.too_long", most=MOST))
        if points is not None:
            if isinstance(points, bool) or not isinstance(points, int | float) or not 0 <= points <= self.question.of:
                raise Refused(t("desk.bad_points", of=f"{self.question.of:g}"))
            points = float(points)
        return chosen, remarks.strip(), points

    def _answer(self, answer_id: str) -> Answer:
        found = self.answers(answer_id)
        if not found:
            raise KeyError(answer_id)
        return found[0]

    def place(self, answer: Answer) -> bytes:
        """Shuffle per marker and question; the same every time, also when hand-ins are added."""
        return hashlib.sha256(f"{self.marker}\n{self.question.id}\n{answer.id}".encode()).digest()

    def _is_outdated(self, answer: Answer) -> bool:
        return answer.rubric is not None and answer.rubric != self.digest and not answer.mark.pending

    def _checked(self, kept: dict, given: dict, names: list[str]) -> list[dict]:
        """Give the machine-checked parts: what was found, and each question with its answer."""
        found = []
        for cell in self.course.cells(self.question.assignment):
            grade_id = _grade_id(cell)
            part = kept.get("parts", {}).get(grade_id)
            if cell["cell_type"] != "code" or part is None:
                continue
            rows = []
            for question_id in questions_in(cell["source"], self.question.assignment):
                asked = asked_of(question_id)
                shown = view.rows(asked, given.get(question_id))
                rows.append([asked["prompt"], [[masked(label, names), masked(text, names)] for label, text in shown]])
            found.append({"sentence": masked(part["sentence"], names), "questions": rows})
        return found


def overview(course: Course, ledger: Ledger) -> list[dict]:
    """Give every question that a person marks, with how many answers there are and how many are marked."""
    found = []
    for question in ledger.questions().values():
        answers = ledger.answers(question)
        cells = [_grade_id(cell) for cell in course.cells(question.assignment)]
        rubric = course.rubrics(question.assignment).get(question.cell)
        found.append(
            {
                "assignment": question.assignment,
                "cell": question.cell,
                "title": rubric.title if rubric else question.cell,
                "place": cells.index(question.cell) if question.cell in cells else len(cells),
                "total": len(answers),
                "done": sum(not answer.mark.pending for answer in answers),
                "flagged": sum(answer.flagged for answer in answers),
            }
        )
    return sorted(found, key=lambda row: (row["assignment"], row["place"]))


def _cells(folder: Path) -> list[dict]:
    for path in sorted(folder.glob("*.ipynb"))[:1]:
        try:
            return read_notebook(path)["cells"]
        except ReleaseError:
            return []
    return []


def _grade_id(cell: dict) -> str | None:
    return cell["metadata"].get("nbgrader", {}).get("grade_id")


def _task(cells: list[dict], grade_id: str) -> str:
    """Give the text from the nearest heading of a part up to the cell, or up to its rubric."""
    texts: list[str] = []
    closed = False
    for cell in cells:
        if _grade_id(cell) == grade_id:
            break
        if cell["cell_type"] == "markdown" and cell["source"].startswith("## "):
            texts, closed = [cell["source"]], False
        elif cell["cell_type"] == "markdown" and not closed:
            texts.append(cell["source"])
        elif "g.rubric(" in cell["source"]:
            closed = True
    return "\n\n".join(texts)


def _figures(assignment: str, number: str | None, names: list[str]) -> list[dict]:
    """Give the tables with the student's own figures."""
    if number is None:
        return []
    return [
        {
            "caption": masked(table.caption, names),
            "columns": [masked(text, names) for text in table.columns],
            "rows": [[masked(text, names) for text in row] for row in table.rows],
        }
        for table in cases.tables(assignment, number)
    ]


def _criterion(criterion: rubrics.Criterion) -> dict:
    return {
        "name": criterion.name,
        "levels": [{"points": level.points, "text": level.text} for level in criterion.levels],
    }
