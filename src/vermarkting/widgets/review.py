"""Questions that come back: in a later self-check, and on the page *Herhaling*, chosen by what one missed."""

import contextlib

from vermarkting import data, reviewing
from vermarkting.answers import AnswerError, AnswerSheet
from vermarkting.text import t
from vermarkting.widgets.controls import Button
from vermarkting.widgets.keeping import follow, kept, refusal, when_kept
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose
from vermarkting.widgets.question import Question


class CheckQuestion(Question):
    """A question of a self-check or a review: its first check is kept, so that what was missed comes back."""

    def __init__(self, question_id: str, question: dict, sheet: AnswerSheet | None = None) -> None:
        self._is_made = False
        super().__init__(question_id, question, sheet)
        self._is_made = True
        self._is_tried = self.answer is not None

    def _explain(self) -> None:
        super()._explain()
        if self._is_made and self.is_answered() and not self._is_tried:
            self._is_tried = True
            self._mark(not reviewing.is_right(self._full, self.answer))

    def _mark(self, missed: bool) -> None:
        """Keep a miss; what was missed before is won back by a first try in a review alone."""
        if missed or self._id.startswith(f"{reviewing.PAGE}."):
            marks = reviewing.marked(self._sheet.all(), reviewing.original(self._id), missed)
            with contextlib.suppress(AnswerError):  # the answer's own status tells when nothing can be kept
                self._sheet.put(reviewing.MISSED, marks)
                kept(reviewing.MISSED)


class Review(Stack):
    """A round of questions on all lessons, and a button for the next; the round stays until that is pressed."""

    def __init__(self, sheet: AnswerSheet | None = None) -> None:
        self._sheet = sheet or AnswerSheet()
        self._told = Prose(live=True)
        self._ended = Prose(live=True)
        self._button = Button(t("review.start"), self._begin)
        self._round: list[str] = []
        super().__init__([self._told, self._button])
        self.add_class("vm-review")
        self._show()
        follow(self._sheet)
        when_kept(self._follow)

    def _begin(self) -> None:
        try:
            self._sheet.put(reviewing.ROUND, " ".join(reviewing.next_round(self._sheet.all())))
        except AnswerError as error:
            self._told.text = refusal(error)
            return
        kept(reviewing.ROUND)

    def _follow(self, question_id: str) -> None:
        if question_id.startswith(f"{reviewing.PAGE}."):
            self._show()

    def _show(self) -> None:
        answers = self._sheet.all()
        asked = reviewing.round_of(answers)
        if asked != self._round:
            self._round = asked
            questions = [CheckQuestion(name, _named(name), self._sheet) for name in asked]
            self._button.label = t("review.next")
            self.children = [self._told, *questions, self._ended, self._button]
        self._tell(answers)

    def _tell(self, answers: dict) -> None:
        to_win_back = reviewing.missed(answers)
        lessons = list(dict.fromkeys(str(int(name.partition(".")[0])) for name in to_win_back))
        if to_win_back:
            told = t("review.missed", count=len(to_win_back), lessons=_listed(lessons))
        else:
            told = t("review.none_missed" if self._round else "review.first")
        self._told.text = " ".join(filter(None, [told, self._sheet.notice]))
        given = [name for name in self._round if name in answers]
        right = sum(reviewing.is_right(data.question(reviewing.original(name)), answers[name].value) for name in given)
        done = bool(self._round) and len(given) == len(self._round)
        self._ended.tone = "done" if done else "todo"
        self._ended.text = t(
            "review.done" if done else "review.going", given=len(given), there=len(self._round), right=right
        )


def looking_back(question_id: str, question: dict, page: str) -> dict:
    """Give a question with its lesson before the prompt, where that is another than ``page``."""
    lesson = question_id.partition(".")[0]
    if lesson == page:
        return question
    return {**question, "prompt": t("review.looking_back", lesson=int(lesson), prompt=question["prompt"])}


def _named(asked: str) -> dict:
    name = reviewing.original(asked)
    return looking_back(name, data.question(name), reviewing.PAGE)


def _listed(words: list[str]) -> str:
    """Join words as a sentence does: les 2, les 5 en les 7."""
    *first, last = (t("review.lesson", lesson=word) for word in words)
    return t("review.and", first=", ".join(first), last=last) if first else last
