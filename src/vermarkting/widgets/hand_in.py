"""The button at the end of an assignment: it makes the one file to upload and says what to do with it.

On a school's server that has a place for hand-ins, the same button hands it in there, and feedback is shown above it.
"""

from datetime import datetime
from pathlib import Path

import traitlets

from vermarkting.answers import AnswerSheet
from vermarkting.handing_in import HandInError, make, zip_name
from vermarkting.handing_over import FEEDBACK, bring_feedback, hand_over, inbound
from vermarkting.text import sentences, t
from vermarkting.widgets.keeping import place_of
from vermarkting.widgets.part import Part

_LABELS = ("title", "intro", "button", "busy", "silent", "download", "steps", "empty", "all_filled", "feedback")
_STEPS = ("step_1", "step_2", "step_3")


class HandIn(Part, script="hand_in"):
    """Makes the zip of one assignment. ``status`` and ``empty`` tell how it went; ``made`` counts the files made.

    A page asks for the file with a message ``{"make": saved, "held": count}``: whether it saved the notebook first, and
    how many answers are in the browser only. The bytes go back with the message ``{"file": name}``, for the download.
    ``feedback`` is the page of the newest hand-in that has one, or empty.
    """

    place = traitlets.Unicode().tag(sync=True)
    assignment = traitlets.Unicode().tag(sync=True)
    labels = traitlets.Dict().tag(sync=True)
    steps = traitlets.List(traitlets.Unicode()).tag(sync=True)
    status = traitlets.Unicode().tag(sync=True)
    warning = traitlets.Unicode().tag(sync=True)
    empty = traitlets.List(traitlets.Unicode()).tag(sync=True)
    made = traitlets.Int(0).tag(sync=True)
    feedback = traitlets.Bytes().tag(sync=True)

    def __init__(self, assignment: str) -> None:
        self._assignment = assignment
        self._inbound = inbound()
        name = zip_name(assignment)
        super().__init__(
            place=place_of(AnswerSheet()),
            assignment=assignment,
            labels={key: self._say(key, name=name) for key in _LABELS},
            steps=[self._say(step, name=name, assignment=assignment) for step in _STEPS],
            status=self._earlier(),
            feedback=self._feedback(),
        )
        self.on_msg(self._on_message)

    def _say(self, key: str, **values: object) -> str:
        """Give the sentence for where the hand-in goes: to this server, or to a platform through the student."""
        here = self._inbound is not None and key in sentences("hand_in")["here"]
        return t(f"hand_in.here.{key}" if here else f"hand_in.{key}", **values)

    def _earlier(self) -> str:
        """Say that there is a file from before; whether it still holds everything cannot be known here."""
        path = Path(zip_name(self._assignment))
        try:
            return self._say("made_earlier", name=path.name, moment=_moment(path))
        except OSError:
            return self._say("not_made")

    def _feedback(self) -> bytes:
        if self._inbound is None:
            return b""
        try:
            bring_feedback(Path().absolute().parent, self._inbound.with_name("feedback"))
            return Path(FEEDBACK).read_bytes()
        except OSError:  # none yet, or a full disk: the button must be there all the same
            return b""

    def _on_message(self, _widget: object, content: object, _buffers: object) -> None:
        if isinstance(content, dict) and isinstance(content.get("make"), bool):
            self._make(saved=content["make"], held=bool(content.get("held")))

    def _make(self, saved: bool, held: bool = False) -> None:
        try:
            zipped = make(self._assignment)
        except HandInError as problem:
            with self.hold_sync():
                self.status, self.warning, self.empty = "", str(problem), []
                self.made += 1
            return
        self.send({"file": zipped.path.name}, [zipped.content])
        trouble = ""
        if self._inbound:
            try:
                hand_over(self._assignment, zipped.content, self._inbound)
            except HandInError as problem:
                trouble = str(problem)
        with self.hold_sync():
            kilobytes = -(-len(zipped.content) // 1000)
            moment = _moment(zipped.path)
            made = {"name": zipped.path.name, "moment": moment, "size": kilobytes}
            self.status = t("hand_in.made", **made) if trouble else self._say("made", **made)
            self.warning = trouble or (self._say("held") if held else "" if saved else self._say("not_saved"))
            self.empty = list(zipped.empty)
            self.made += 1

    def plain(self) -> str:
        return "\n".join(filter(None, [self.labels["title"], self.warning, self.status, *self.empty]))


def _moment(path: Path) -> str:
    at = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    if at.date() == datetime.now().astimezone().date():
        return t("hand_in.today", time=f"{at:%H:%M}")
    return t("hand_in.earlier", date=f"{at:%d/%m/%Y}", time=f"{at:%H:%M}")
