"""One thing at a time that is on or off; which of them are on is an answer, kept as a question's answer is kept."""

from collections.abc import Callable

import traitlets

from vermarkting.answers import AnswerSheet, Made
from vermarkting.text import t
from vermarkting.widgets.keeping import made, place_of, show_version
from vermarkting.widgets.part import Part


class Switch(Part, script="switch"):
    """Whether the thing that ``about`` names is on. ``status`` says how the last change went.

    ``name`` is the id of the answer. A page gives a change as a question's answer is given (see ``Question``), with the
    value ``{"id", "on"}``; ``on_switch`` hears those two, and how it was made. It says whether
    that is on disk.
    """

    name = traitlets.Unicode().tag(sync=True)
    place = traitlets.Unicode().tag(sync=True)
    legend = traitlets.Unicode().tag(sync=True)
    options = traitlets.Dict().tag(sync=True)
    about = traitlets.Unicode().tag(sync=True)
    on = traitlets.Bool(False).tag(sync=True)
    status = traitlets.Unicode().tag(sync=True)
    version = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        options: dict[str, str],
        on_switch: Callable[[str, bool, Made], bool],
        name: str,
        sheet: AnswerSheet,
        **traits: object,
    ) -> None:
        """options: what ``on`` and ``off`` are called."""
        super().__init__(options=options, name=name, place=place_of(sheet), **traits)
        self._on_switch = on_switch
        show_version(self, sheet)
        self.on_msg(self._on_message)

    def _on_message(self, _widget: object, content: object, _buffers: object) -> None:
        change = content.get("keep") if isinstance(content, dict) else None
        value = change.get("value") if isinstance(change, dict) else None
        if not isinstance(value, dict):
            return
        about, on = value.get("id"), value.get("on")
        if not isinstance(about, str) or not isinstance(on, bool):
            self.send({"refused": change.get("id"), "why": t("question.unfit"), "again": False})
        elif self._on_switch(about, on, made(change)):
            self.send({"kept": change.get("id")})
        else:
            self.send({"refused": change.get("id"), "why": self.status, "again": True})

    def plain(self) -> str:
        return f"{self.legend} {self.options['on' if self.on else 'off']}"
