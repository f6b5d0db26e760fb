"""One thing at a time that is on or off; which of them are on is an answer, kept as a question's answer is kept."""

from collections.abc import Callable

import traitlets

from vermarkting.answers import AnswerSheet, Made
from vermarkting.widgets.keeping import place_of, show_version, take_change
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
        take_change(
            self,
            content,
            lambda value: isinstance(value.get("id"), str) and isinstance(value.get("on"), bool),
            lambda value, how: self._on_switch(value["id"], value["on"], how),
        )

    def plain(self) -> str:
        return f"{self.legend} {self.options['on' if self.on else 'off']}"
