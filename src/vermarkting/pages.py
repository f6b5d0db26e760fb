"""The lessons and assignments in their order, and how far a student is in each. Standard library only."""

from dataclasses import dataclass
from pathlib import Path

from vermarkting import answers, data, handing_in
from vermarkting.answers import AnswerSheet
from vermarkting.questions import progress
from vermarkting.scans import scan_question


@dataclass(frozen=True, slots=True)
class Progress:
    """How many questions are ``filled`` in of those that are ``there``, and the words of those that are not."""

    filled: int
    there: int
    still_open: tuple[str, ...] = ()

    @property
    def state(self) -> str:
        """``done``, ``begun`` or ``open``."""
        return "done" if self.filled == self.there else "begun" if self.filled else "open"


def of_lesson(lesson: str, kept: dict[str, object]) -> Progress:
    """Give the progress in a lesson, where ``kept`` are the values of the answers by question id."""
    asked = data.questions(lesson)
    if "scan" in asked:
        asked["scan"] |= scan_question(lesson)
    open_ones = []
    for name, question in asked.items():
        filled, there = progress(question, kept.get(f"{lesson}.{name}"))
        if filled < there:
            open_ones.append(question["prompt"])
    return Progress(len(asked) - len(open_ones), len(asked), tuple(open_ones))


def overview(folder: Path) -> list[dict]:
    """Give the rows of ``data/pages.csv`` that a student's folder has, each with its ``progress``.

    That is ``None`` for a page without questions, and for an assignment that cannot be read.
    """
    kept = {name: answer.value for name, answer in AnswerSheet(folder / "lessons" / answers.NAME).all().items()}
    return [
        page | {"progress": _of(page, folder, kept)} for page in data.rows("pages") if (folder / page["path"]).is_file()
    ]


def _of(page: dict, folder: Path, kept: dict[str, object]) -> Progress | None:
    if page["kind"] == "lesson":
        return of_lesson(page["id"], kept)
    if page["kind"] == "assignment":
        try:
            return Progress(*handing_in.filled(page["id"], (folder / page["path"]).parent))
        except handing_in.HandInError:
            return None
    return None
