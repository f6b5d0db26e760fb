"""A question or a scan whose items are the student's own: they follow the student number, at once."""

from vermarkting import cases, data
from vermarkting.answers import AnswerSheet
from vermarkting.text import t
from vermarkting.widgets.keeping import when_kept
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose
from vermarkting.widgets.question import Question
from vermarkting.widgets.scan import Scan


class OwnPart(Stack):
    """What is one's own in an assignment, made anew for each student number; first a sentence that asks for it."""

    def __init__(self, question_id: str, sheet: AnswerSheet | None = None) -> None:
        self._id = question_id
        self._assignment, _, self._name = question_id.partition(".")
        self._sheet = sheet or AnswerSheet()
        self._number: str | None = None
        super().__init__([Prose(t("own_case.texts_first"), tone="waiting")])
        self._show()
        when_kept(self._follow)

    def _follow(self, question_id: str) -> None:
        if question_id == f"{self._assignment}.{cases.NUMBER}":
            self._show()

    def _show(self) -> None:
        answers = {question_id: answer.value for question_id, answer in self._sheet.all().items()}
        number = cases.student_number(self._assignment, answers)
        if number and number != self._number:
            self._number = number
            self.children = [self._own(cases.case(self._assignment, number))]

    def _own(self, case: object) -> Question:
        raise NotImplementedError


class OwnQuestion(OwnPart):
    """A question with the texts of one's own case in place of its items'."""

    def _own(self, case: object) -> Question:
        own, question = cases.FILES[self._assignment].TEXTS[self._name](case), data.question(self._id)
        items = [{**item, "text": own[item["id"]]} for item in question["items"]]
        return Question(self._id, {**question, "items": items}, self._sheet)


class OwnScan(OwnPart):
    """A krachtlijnenscan that offers the arguments of one's own case, a few for each krachtlijn."""

    def __init__(self, assignment: str, sheet: AnswerSheet | None = None) -> None:
        super().__init__(f"{assignment}.scan", sheet)

    def _own(self, case: object) -> Question:
        return Scan(self._assignment, self._sheet, offered=case.grounds)
