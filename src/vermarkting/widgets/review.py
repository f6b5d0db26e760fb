"""Questions that come back: in a later self-check, and on the page *Herhaling*, chosen by what one missed."""

import contextlib

import traitlets

from vermarkting import data, reviewing
from vermarkting.answers import AnswerError, AnswerSheet
from vermarkting.text import t
from vermarkting.widgets.controls import Button
from vermarkting.widgets.keeping import follow, kept, refusal, when_kept
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose
from vermarkting.widgets.question import Question
from vermarkting.widgets.way_on import page_of, progress_row


class CheckQuestion(Question):
    """A question of a self-check or a review: its first check is kept, so that what was missed comes back."""

    def _explain(self) -> None:
        super()._explain()
        answers = self._sheet.all()
        if not self.is_answered() or reviewing.is_checked(answers, self._id):
            return
        first = reviewing.checked(answers, self._id, not reviewing.is_right(self._full, self.answer))
        with contextlib.suppress(AnswerError):  # the answer's own status tells when nothing can be kept
            self._sheet.put(reviewing.FIRST, first)
            kept(reviewing.FIRST)


class Review(Stack):
    """A round of questions on all lessons, and a button for the next; the round stays until that is pressed.

    ``lessons`` is its row in a list of pages, as a ``WayOn`` has them of all lessons; empty before the first round.
    """

    lessons = traitlets.List(traitlets.Dict()).tag(sync=True)

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
        found = reviewing.progress(answers)
        self.lessons = [progress_row(page_of(reviewing.PAGE), found)] if found else []
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
