"""A scene: blocks, dots, people and words that keep their identity, so that the browser moves them to a new place.

Horizontal places and widths are given in percent of the picture's width, vertical ones and radii in pixels, so that
words keep their size on a phone. Each look has its own pattern or outline: colour is never the only signal.
"""

from collections.abc import Callable, Iterable, Sequence

import traitlets

from vermarkting.text import t
from vermarkting.widgets.picture import Picture

LOOKS = ("blue", "orange", "grey", "ink", "open", "ghost", "pale", "best")
LINES = ("strong", "fair", "weak")
SHAPES = ("edge", "zero", "star")
Mark = dict[str, object]


def block(name: str, x: float, y: float, w: float, h: float, look: str, **more: object) -> Mark:
    """Give a rectangle whose upper left corner stands at ``x`` (percent) and ``y`` (pixels)."""
    return {"id": name, "shape": "block", "x": _short(x), "y": _short(y), "w": _short(w), "h": _short(h),
            "look": look, **more}  # fmt: skip


def dot(name: str, x: float, y: float, r: float, look: str, **more: object) -> Mark:
    """Give a circle of ``r`` pixels around its middle."""
    return {"id": name, "shape": "dot", "x": _short(x), "y": _short(y), "r": r, "look": look, **more}


def person(name: str, x: float, y: float, size: float, look: str, **more: object) -> Mark:
    """Give head and shoulders, ``size`` pixels high, around their middle; ``speaks`` adds a speech balloon."""
    return {"id": name, "shape": "person", "x": _short(x), "y": _short(y), "size": size, "look": look, **more}


def words(
    name: str, x: float, y: float, text: str, anchor: str = "start", weight: str = "normal", **more: object
) -> Mark:
    """Give one line of text whose baseline is at ``y``; ``anchor`` is ``start``, ``middle`` or ``end``."""
    return {"id": name, "shape": "text", "x": _short(x), "y": _short(y), "text": text, "anchor": anchor,
            "weight": weight, **more}  # fmt: skip


def line(name: str, x: float, y: float, to_x: float, to_y: float, look: str = "ink", **more: object) -> Mark:
    """Give a straight line; ``look`` is ``ink``, ``grey``, ``ghost`` (dashed) or one of ``LINES``.

    With ``arrow`` it ends in a head. ``push`` moves its end (other marks: the whole) aside by some pixels.
    """
    ends = {"x": _short(x), "y": _short(y), "tox": _short(to_x), "toy": _short(to_y)}
    return {"id": name, "shape": "line", **ends, "look": look, **more}


def shape(name: str, corners: Sequence[tuple[float, float]], look: str) -> Mark:
    """Give a closed shape whose corners are pixels from the middle of the width and from the top."""
    return {"id": name, "shape": "shape", "x": 50, "y": 0, "corners": list(corners), "look": look}


def pile(name: str, r: float, looks: Sequence[str], points: Sequence[tuple[float, float, int]], **size: float) -> Mark:
    """Give many circles of ``r`` pixels in few bytes: each its ``x``, its ``y`` and the number of its look.

    They fall into their place one by one, in this order, when the scene is played. With a width and a height as
    ``size`` they are rectangles, and nothing falls.
    """
    return {"id": name, "shape": "pile", "r": r, "looks": list(looks),
            "points": [(_short(x), _short(y), look) for x, y, look in points], **size}  # fmt: skip


def _short(number: float) -> float:
    return round(number, 2)


class Scene(Picture, script="scene"):
    """A scene with its sentence and its table; one with frames or a pile can be played, stepped through and put back.

    ``spec`` holds ``height`` (pixels), ``marks`` and ``frames``. A frame is the marks that change in it, each with its
    ``id`` and what is new of it, and ``say``: the sentence while it is seen. The marks are what the last frame shows,
    and ``start`` what is seen before the first one. ``tally`` is the sentence while a pile falls, with ``{done}`` and
    ``{hits}`` (those of its last look); with ``play`` it falls, or the frames start, at once.

    ``legend`` says what looks mean, each with a ``shape``, a ``look`` and a ``text``. A mark with ``pick`` can be
    clicked, which ``on_pick`` hears with the mark's id; there must be another control that does the same by keyboard.
    """

    spec = traitlets.Dict({"height": 0, "marks": [], "start": [], "frames": []}).tag(sync=True)
    labels = traitlets.Dict().tag(sync=True)

    def __init__(self, label: str, on_pick: Callable[[str], None] | None = None) -> None:
        names = ("play", "pause", "step", "restart")
        super().__init__(label, labels={name: t(f"scene.{name}") for name in names})
        self._on_pick = on_pick
        self.on_msg(self._on_message)

    def _on_message(self, _widget: object, content: object, _buffers: object) -> None:
        picked = content.get("pick") if isinstance(content, dict) else None
        if self._on_pick and picked in [mark["id"] for mark in self.spec["marks"] if mark.get("pick")]:
            self._on_pick(picked)

    def draw(
        self,
        marks: Sequence[Mark],
        height: int,
        sentence: str,
        columns: list[str],
        rows: list[list[str]],
        start: Iterable[Mark] = (),
        frames: Iterable[dict] = (),
        legend: Iterable[dict] = (),
        **playing: str | bool,
    ) -> None:
        """Show marks, with their sentence and their table, in one message; ``playing`` is ``tally`` and ``play``."""
        with self.hold_sync():
            self.spec = {
                "height": height,
                "marks": list(marks),
                "start": list(start),
                "frames": list(frames),
                "legend": list(legend),
                **playing,
            }
            self.say(sentence, columns, rows)
