"""How much of a part of an assignment is filled in, not whether it is right; it follows the student's answers."""

from vermarkting import data
from vermarkting.answers import AnswerSheet
from vermarkting.questions import progress
from vermarkting.text import t
from vermarkting.widgets.prose import Prose
from vermarkting.widgets.question import when_kept


class Answered(Prose):
    """One sentence on the questions with these ids."""

    def __init__(self, *question_ids: str, sheet: AnswerSheet | None = None) -> None:
        self._questions = {question_id: data.question(question_id) for question_id in question_ids}
        self._sheet = sheet or AnswerSheet()
        super().__init__(live=True)
        self._count()
        when_kept(self._count_if_ours)

    def _count_if_ours(self, question_id: str) -> None:
        if question_id in self._questions:
            self._count()

    def _count(self) -> None:
        answers = self._sheet.all()
        counts = [
            progress(question, answers[question_id].value if question_id in answers else None)
            for question_id, question in self._questions.items()
        ]
        filled, there = (sum(numbers) for numbers in zip(*counts, strict=True))
        key = "all_filled" if filled == there else "filled" if there > 1 else "not_filled"
        with self.hold_sync():
            self.tone = "done" if filled == there else "todo"
            self.text = " ".join(filter(None, [t(f"answered.{key}", filled=filled, there=there), self._sheet.notice]))
