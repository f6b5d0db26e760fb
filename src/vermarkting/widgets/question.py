"""An answer-bound question: what a student chooses is saved at once and is there again when the page is reopened."""

import contextlib
from collections.abc import Iterator

import traitlets

from vermarkting.answers import Answer, AnswerError, AnswerSheet, Made, saved_at, version
from vermarkting.questions import fits
from vermarkting.text import t
from vermarkting.widgets.feedback import feedback, first_miss
from vermarkting.widgets.keeping import follow, heard, kept, made, place_of, refusal, was_heard, when_kept
from vermarkting.widgets.mixing import mixed, reader
from vermarkting.widgets.part import Part
from vermarkting.widgets.words import answer_in_words

_AT_ONCE = ("single", "bet", "scan")
_FILLED_IN_BROWSER = {name: f"{{{name}}}" for name in ("item", "place", "words", "min", "max", "hint", "count")}
_NUMBER = ("no_number", "which", "range", "least", "most")
_KEYS = ("correct", "explanation", "answer", "solution", "tolerance", "example", "check", "in_order", "asked_in")


class Question(Part, script="question"):
    """One question of any kind; ``answer`` is the saved value, or ``None`` while there is none.

    Where a check would give the answer away, a first miss only tells what is not right yet: the reader tries again.
    ``also`` holds what somebody wrote elsewhere at the same time.

    A page gives an answer as ``{"keep": {"id", "value", "base", "seen", "follows", "age", "clock", "since"}}``.
    base is what the reader saw, seen the ``version`` of that; the rest tells when it was entered and after which other
    (``keeping.made``). It is answered by ``{"kept": id}`` once it is on disk, else by
    ``{"refused": id, "why": sentence, "again": whether trying later may help}``.
    """

    name = traitlets.Unicode().tag(sync=True)
    place = traitlets.Unicode().tag(sync=True)
    question = traitlets.Dict().tag(sync=True)
    labels = traitlets.Dict().tag(sync=True)
    answer = traitlets.Any(None, allow_none=True).tag(sync=True)
    checkable = traitlets.Bool(False).tag(sync=True)
    status = traitlets.Unicode().tag(sync=True)
    feedback = traitlets.Dict().tag(sync=True)
    also = traitlets.List(traitlets.Unicode()).tag(sync=True)
    version = traitlets.Unicode().tag(sync=True)

    def __init__(self, question_id: str, question: dict, sheet: AnswerSheet | None = None) -> None:
        self._id = question_id
        self._full = question
        self._sheet = sheet or AnswerSheet()
        saved, place = self._saved(), place_of(self._sheet)
        super().__init__(
            name=question_id,
            place=place,
            question=_without_key(mixed(question_id, question, reader(place))),
            labels=_labels(question["kind"]),
            answer=saved.value if saved else None,
            also=list(saved.also) if saved else [],
            version=version(saved),
            checkable=not _explained_at_once(question) and _has_feedback(question),
        )
        self._taking, self._set_here = False, self.answer
        self._missed: list = []  # answers that were checked and not right
        self._say(saved)
        if saved and _explained_at_once(question):
            self._explain()
        self.observe(self._on_answer, "answer")
        self.on_msg(self._on_message)
        when_kept(self._follow)
        follow(self._sheet)

    def is_answered(self) -> bool:
        """Say whether there is an answer that fits the question."""
        return self.answer is not None and fits(self._full, self.answer)

    def explanation_of(self, option_id: str) -> str:
        """Give the explanation of one option, such as the outcome that a bet reveals."""
        return next(option["explanation"] for option in self._full["options"] if option["id"] == option_id)

    def _saved(self) -> Answer | None:
        saved = self._sheet.get(self._id)
        return saved if saved and fits(self._full, saved.value) else None

    def _on_answer(self, change: traitlets.Bunch) -> None:
        """Keep what was set from Python, as a change to what was last set so: what came from elsewhere stays."""
        if not self._taking:
            self._keep(change.new, self._set_here)
            self._set_here = self.answer

    def _on_message(self, _widget: object, content: object, _buffers: object) -> None:
        if content == "check":
            self._explain()
        elif isinstance(content, dict) and isinstance(content.get("settle"), list):
            self._settle([text for text in content["settle"] if isinstance(text, str)])
        elif isinstance(content, dict) and isinstance(content.get("keep"), dict):
            change = content["keep"]
            self._keep(change.get("value"), change.get("base"), made(change), change.get("id"))

    def _keep(self, value: object, base: object = None, made: Made | None = None, change: object = None) -> None:
        """Keep a change, and tell who made it; ``change`` is its id, where a page made it."""
        if not fits(self._full, value):
            self._refuse(change, t("question.not_saved", reason=t("question.unfit")), again=False)
            return
        if was_heard(change):
            self.send_state("answer")
            self.send({"kept": change})
            return
        keep_both = self._full["kind"] == "text"
        try:
            saved = self._sheet.put(self._id, value, base=base, made=made, keep_both=keep_both)
        except AnswerError as error:
            self._refuse(change, refusal(error), again=True)
            return
        with self.hold_sync():
            self._take(saved)
        if change is not None:
            heard(str(change), saved)
            if saved.value != value:  # somebody else's came later: the page that made this change has not seen it
                self.send_state("answer")
            self.send({"kept": change})
        kept(self._id)

    def _refuse(self, change: object, why: str, again: bool) -> None:
        self.status = why
        if change is not None:
            self.send({"refused": change, "why": why, "again": again})

    def _settle(self, seen: list) -> None:
        try:
            saved = self._sheet.settle(self._id, seen)
        except AnswerError as error:
            self.status = refusal(error)
            return
        if saved:
            with self.hold_sync():
                self._take(saved)
            kept(self._id)

    def _follow(self, question_id: str) -> None:
        """Show what was kept elsewhere: in another view of this question, or by another program."""
        if question_id != self._id:
            return
        saved = self._saved()
        if saved and (version(saved), saved.value, list(saved.also)) != (self.version, self.answer, self.also):
            with self.hold_sync():
                self._take(saved)

    def _take(self, saved: Answer) -> None:
        """Show an answer as the one that is kept."""
        with self._while_taking():
            self.answer, self.also, self.version = saved.value, list(saved.also), version(saved)
        self._say(saved)
        if _explained_at_once(self._full):
            self._explain()
        else:
            self.feedback = {}

    @contextlib.contextmanager
    def _while_taking(self) -> Iterator[None]:
        self._taking = True
        try:
            yield
        finally:
            self._taking = False

    def _explain(self) -> None:
        if not self.is_answered():
            self.feedback = {"verdict": [t("question.answer_first")]}
            return
        hint = first_miss(self._full, self.answer)
        if hint and self.answer not in self._missed:
            self._missed.append(self.answer)
        found = hint if hint and len(self._missed) == 1 else feedback(self._full, self.answer)
        self.feedback = {"verdict": found.verdict, "why": found.why}

    def _say(self, saved: Answer | None) -> None:
        self.status = " ".join(filter(None, [saved_at(saved) if saved else "", self._sheet.notice]))

    def plain(self) -> str:
        answer = answer_in_words(self._full, self.answer) if self.is_answered() else t("question.no_answer")
        return "\n".join(filter(None, [self._full["prompt"], f"{t('question.your_answer')} {answer}", self.status]))


def _explained_at_once(question: dict) -> bool:
    """Not a slider with a key: every step of it is kept, and would be a try."""
    return question["kind"] in _AT_ONCE or (question["kind"] == "slider" and "answer" not in question)


def _has_feedback(question: dict) -> bool:
    parts = [question, *question.get("options", []), *question.get("items", [])]
    return any(key in part for part in parts for key in ("correct", "explanation", "answer", "solution", "example"))


def _without_key(question: dict) -> dict:
    """Leave out what would give the answer away in the page's source, and what the front end does not show."""
    shown = {name: value for name, value in question.items() if name not in _KEYS}
    for part in ("options", "items"):
        if part in shown:
            shown[part] = [{k: v for k, v in entry.items() if k not in _KEYS} for entry in shown[part]]
    return shown | ({"start": _start(question)} if question["kind"] == "slider" else {})


def _start(question: dict) -> float:
    """Where a slider stands before it is moved: in the middle, unless that is the answer."""
    middle = (question["min"] + question["max"]) / 2
    right = "answer" in question and abs(middle - question["answer"]) <= question.get("tolerance", 0)
    return question["min"] if right else middle


def _labels(kind: str) -> dict:
    names = {
        "bet": ("bet",),
        "order": ("top", "up", "down", "moved", "keep"),
        "ranking": ("top", "up", "down", "moved", "keep", "rank", "unrank", "unranked", "pool", "none_ranked"),
        "match": ("pick",),
        "slider": ("untouched",),
        "number": _NUMBER,
        "numbers": _NUMBER,
        "code": ("no_code",),
        "text": ("words", "also", "add", "drop"),
        "scan": ("pick", "score", "ground", "grounds", "scanned"),
    }.get(kind, ())
    labels = {name: t(f"question.labels.{name}", **_FILLED_IN_BROWSER) for name in names}
    labels["check"] = t("question.labels.example" if kind == "text" else "question.labels.check")
    if kind == "scan":
        labels["scores"] = {score: t(f"question.scores.{score}") for score in ("-2", "-1", "0", "1", "2")}
    return labels
