"""A duel or a neighbourhood by itself: on the whole screen for a projector, or on paper."""

from collections.abc import Sequence

import traitlets

from vermarkting.text import t
from vermarkting.widgets.part import Part


class Handout(Part, script="handout"):
    """A button that shows what it was given by itself, with the map of the same explorable if one is in view.

    ``content`` holds a title, a sentence, cards as those of ``Cards``, and rows of a code and its words.
    """

    content = traitlets.Dict({"title": "", "sentence": "", "cards": [], "rows": []}).tag(sync=True)
    labels = traitlets.Dict().tag(sync=True)

    def __init__(self) -> None:
        super().__init__(labels={name: t(f"handout.{name}") for name in ("open", "print", "close")})

    def give(self, title: str, sentence: str, cards: Sequence[dict] = (), rows: Sequence[tuple[str, str]] = ()) -> None:
        """Take what it shows when the button is pressed."""
        self.content = {"title": title, "sentence": sentence, "cards": list(cards), "rows": [list(row) for row in rows]}

    def plain(self) -> str:
        return ""
