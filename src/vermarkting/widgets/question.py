"""An answer-bound question: what a student chooses is saved at once and is there again when the page is reopened."""

from collections.abc import Callable

import traitlets

from vermarkting.answers import Answer, AnswerError, AnswerSheet, saved_at
from vermarkting.questions import fits
from vermarkting.text import t
from vermarkting.widgets.feedback import feedback
from vermarkting.widgets.part import Part
from vermarkting.widgets.words import answer_in_words

_AT_ONCE = ("single", "bet", "slider", "scan")
_FILLED_IN_BROWSER = {name: f"{{{name}}}" for name in ("item", "place", "words", "min")}
_KEYS = ("correct", "explanation", "answer", "solution", "tolerance", "example", "check")


_when_kept: list[Callable[[str], None]] = []


def when_kept(tell: Callable[[str], None]) -> None:
    """Ask to be told the id of every question whose answer is kept from now on."""
    _when_kept.append(tell)


def kept(question_id: str) -> None:
    """Tell who asked that the answer to this question was kept."""
    for tell in _when_kept:
        tell(question_id)


class Question(Part, script="question"):
    """One question of any kind; ``answer`` is the saved value, or ``None`` while there is none.

    ``saves`` counts what was saved since the question was shown, so that the page knows that the notebook may follow.
    """

    question = traitlets.Dict().tag(sync=True)
    labels = traitlets.Dict().tag(sync=True)
    answer = traitlets.Any(None, allow_none=True).tag(sync=True)
    checkable = traitlets.Bool(False).tag(sync=True)
    status = traitlets.Unicode().tag(sync=True)
    feedback = traitlets.Dict().tag(sync=True)
    saves = traitlets.Int(0).tag(sync=True)

    def __init__(self, question_id: str, question: dict, sheet: AnswerSheet | None = None) -> None:
        self._id = question_id
        self._full = question
        self._sheet = sheet or AnswerSheet()
        saved = self._sheet.get(question_id)
        if saved and not fits(question, saved.value):
            saved = None
        super().__init__(
            question=_without_key(question),
            labels=_labels(question["kind"]),
            answer=saved.value if saved else None,
            checkable=question["kind"] not in _AT_ONCE and _has_feedback(question),
        )
        self._say(saved)
        if saved and question["kind"] in _AT_ONCE:
            self._explain()
        self.observe(self._keep, "answer")
        self.on_msg(self._on_message)

    def is_answered(self) -> bool:
        """Say whether there is an answer that fits the question."""
        return self.answer is not None and fits(self._full, self.answer)

    def explanation_of(self, option_id: str) -> str:
        """Give the explanation of one option, such as the outcome that a bet reveals."""
        return next(option["explanation"] for option in self._full["options"] if option["id"] == option_id)

    def _keep(self, change: traitlets.Bunch) -> None:
        if not fits(self._full, change.new):
            self.status = t("question.not_saved", reason=t("question.unfit"))
            return
        try:
            saved = self._sheet.put(self._id, change.new)
        except AnswerError as error:
            self.status = t("question.not_saved", reason=error)
            return
        kept(self._id)
        with self.hold_sync():
            self.saves += 1
            self._say(saved)
            if self._full["kind"] in _AT_ONCE:
                self._explain()
            else:
                self.feedback = {}

    def _on_message(self, _widget: object, content: object, _buffers: object) -> None:
        if content == "check":
            self._explain()

    def _explain(self) -> None:
        if not self.is_answered():
            self.feedback = {"verdict": [t("question.answer_first")]}
            return
        found = feedback(self._full, self.answer)
        self.feedback = {"verdict": found.verdict, "why": found.why}

    def _say(self, saved: Answer | None) -> None:
        self.status = " ".join(filter(None, [saved_at(saved) if saved else "", self._sheet.notice]))

    def plain(self) -> str:
        answer = answer_in_words(self._full, self.answer) if self.is_answered() else t("question.no_answer")
        return "\n".join(filter(None, [self._full["prompt"], f"{t('question.your_answer')} {answer}", self.status]))


def _has_feedback(question: dict) -> bool:
    parts = [question, *question.get("options", []), *question.get("items", [])]
    return any(key in part for part in parts for key in ("correct", "explanation", "answer", "solution", "example"))


def _without_key(question: dict) -> dict:
    """Leave out what would give the answer away in the page's source, and what the front end does not show."""
    shown = {name: value for name, value in question.items() if name not in _KEYS}
    for part in ("options", "items"):
        if part in shown:
            shown[part] = [{k: v for k, v in entry.items() if k not in _KEYS} for entry in shown[part]]
    return shown


def _labels(kind: str) -> dict:
    names = {
        "bet": ("bet",),
        "order": ("top", "up", "down", "moved", "keep"),
        "ranking": ("top", "up", "down", "moved", "keep"),
        "match": ("pick",),
        "slider": ("untouched",),
        "text": ("words",),
        "scan": ("pick", "score", "ground"),
    }.get(kind, ())
    labels = {name: t(f"question.labels.{name}", **_FILLED_IN_BROWSER) for name in names}
    labels["check"] = t("question.labels.example" if kind == "text" else "question.labels.check")
    if kind == "scan":
        labels["scores"] = {score: t(f"question.scores.{score}") for score in ("-2", "-1", "0", "1", "2")}
    return labels
