"""Text inside an explorable: a heading, a paragraph, a revealed outcome."""

import traitlets

from vermarkting.widgets.part import Part


class Prose(Part, script="prose"):
    """Paragraphs (parted by an empty line) under an optional heading.

    ``tone`` is ``text``, ``waiting`` (hidden until a bet), ``reveal`` (the outcome), ``done`` or ``todo`` (a goal).
    ``live`` makes a screen reader say the text when it changes.
    """

    title = traitlets.Unicode().tag(sync=True)
    level = traitlets.Int(4).tag(sync=True)
    text = traitlets.Unicode().tag(sync=True)
    tone = traitlets.Enum(["text", "waiting", "reveal", "done", "todo"], "text").tag(sync=True)
    live = traitlets.Bool(False).tag(sync=True)

    def __init__(self, text: str = "", **traits: object) -> None:
        super().__init__(text=text, **traits)

    def plain(self) -> str:
        return "\n".join(filter(None, [self.title, self.text]))
