"""A map of named things and the relations between them, to look through by mouse, touch and keyboard."""

from collections.abc import Callable

import traitlets

from vermarkting.text import t
from vermarkting.widgets.part import Part

_LABELS = ("search", "nothing", "more", "less", "whole", "help", "table")


class Network(Part, script="network"):
    """A drawing with a name on demand, a search field and zoom.

    scene: where everything stands, see ``explorables/argument_lab/scene.py``. names: id to ``[short words, text]``.
    states: id to one of ``looks``, whose words go with a sign. edges: ``[from, to, kind]``, kinds are those of
    ``kinds``. ``on_choose`` hears the id of a node, ``on_open`` where a box leads to.
    """

    scene = traitlets.Dict({"width": 1, "height": 1, "boxes": [], "nodes": []}).tag(sync=True)
    names = traitlets.Dict().tag(sync=True)
    states = traitlets.Dict().tag(sync=True)
    looks = traitlets.Dict().tag(sync=True)
    edges = traitlets.List().tag(sync=True)
    kinds = traitlets.Dict().tag(sync=True)
    chosen = traitlets.Unicode().tag(sync=True)
    label = traitlets.Unicode().tag(sync=True)
    sentence = traitlets.Unicode().tag(sync=True)
    table = traitlets.Dict({"columns": [], "rows": []}).tag(sync=True)
    labels = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        label: str,
        looks: dict[str, str],
        kinds: dict[str, str],
        on_choose: Callable[[str], None],
        on_open: Callable[[str], None],
    ) -> None:
        labels = {name: t(f"map_view.{name}") for name in _LABELS}
        super().__init__(label=label, looks=looks, kinds=kinds, labels=labels)
        self._on_choose, self._on_open = on_choose, on_open
        self.on_msg(self._on_message)

    def _on_message(self, _widget: object, content: object, _buffers: object) -> None:
        if not isinstance(content, dict):
            return
        if content.get("choose") in [*self.names]:
            self._on_choose(content["choose"])
        elif content.get("open") in [box["open"] for box in self.scene["boxes"] if box.get("open")]:
            self._on_open(content["open"])

    def plain(self) -> str:
        return f"{self.label}. {self.sentence}"
