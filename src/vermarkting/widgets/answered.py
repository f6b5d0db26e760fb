"""How much of a part of an assignment is filled in, and what in it cannot be right; it follows the student's answers.

It never says whether an answer is right.
"""

from vermarkting import cases, data
from vermarkting.answers import AnswerSheet
from vermarkting.questions import progress, used_twice
from vermarkting.text import t
from vermarkting.widgets.keeping import when_kept
from vermarkting.widgets.prose import Prose


class Answered(Prose):
    """One sentence on the questions with these ids."""

    def __init__(self, *question_ids: str, sheet: AnswerSheet | None = None) -> None:
        self._questions = {question_id: data.question(question_id) for question_id in question_ids}
        self._sheet = sheet or AnswerSheet()
        super().__init__(live=True)
        self._count()
        when_kept(self._count_if_ours)

    def _count_if_ours(self, question_id: str) -> None:
        # What cannot be right may depend on the student number and on other answers of the same assignment.
        if question_id.partition(".")[0] in {asked.partition(".")[0] for asked in self._questions}:
            self._count()

    def _count(self) -> None:
        answers = self._sheet.all()
        counts = [
            progress(question, answers[question_id].value if question_id in answers else None)
            for question_id, question in self._questions.items()
        ]
        filled, there = (sum(numbers) for numbers in zip(*counts, strict=True))
        remarks = cases.remarks(tuple(self._questions), {name: answer.value for name, answer in answers.items()})
        for question_id, question in self._questions.items():
            if question_id in answers and (twice := used_twice(question, answers[question_id].value)):
                remarks.append(t("answered.twice", names=", ".join(twice)))
        key = "all_filled" if filled == there else "filled" if there > 1 else "not_filled"
        with self.hold_sync():
            self.tone = "done" if filled == there and not remarks else "todo"
            counted = " ".join(filter(None, [t(f"answered.{key}", filled=filled, there=there), self._sheet.notice]))
            self.text = "\n\n".join([counted, *remarks])
