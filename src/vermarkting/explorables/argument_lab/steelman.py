"""First the other side: the reader's own position, and the strongest case against it."""

from vermarkting import data
from vermarkting.explorables.argument_lab.desk import POSITION, STEELMAN, Desk
from vermarkting.text import t
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose
from vermarkting.widgets.question import Question


def steelman_question(position: str) -> dict:
    """Ask for the strongest case against a position: only the options that speak against it."""
    question = data.question(STEELMAN)
    return {**question, "options": [option for option in question["options"] if position in option["against"]]}


class Steelman(Stack):
    """Two questions; the second depends on the first and is there to read as soon as that is answered."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.position = Question(POSITION, data.question(POSITION), desk.sheet)
        super().__init__()
        self.position.observe(self._ask, "answer")
        self._ask()

    def _ask(self, _change: object = None) -> None:
        if not self.position.is_answered():
            self.children = [self.position, Prose(t("argument_lab.steelman_waits"), tone="todo")]
            return
        self.against = Question(STEELMAN, steelman_question(self.position.answer), self._desk.sheet)
        self.against.observe(self._picked, "answer")
        self.children = [self.position, self.against]
        self._picked()

    def _picked(self, _change: object = None) -> None:
        answered = self.against.is_answered()
        if answered and self.against.answer != self._desk.steelman:
            self._desk.chosen = self.against.answer
        self._desk.steelman = self.against.answer if answered else ""
