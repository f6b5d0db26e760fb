"""A Plotly chart with one updating sentence and its numbers in a table, drawn without ``FigureWidget``.

A ``FigureWidget`` would import numpy and send its own 5 MB copy of plotly.js through the kernel for every notebook;
this part sends a figure's JSON and lets the browser take plotly.js from the server extension, once.
"""

import gzip
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import traitlets

from vermarkting.widgets.picture import Picture

LAYOUT = {
    "font": {"size": 14, "color": "#1a1a1a"},
    "margin": {"l": 60, "r": 20, "t": 40, "b": 50},
    "paper_bgcolor": "#fff",
    "plot_bgcolor": "#fff",
    "separators": ",.",
    "height": 320,
    "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
}


@cache
def _plotly_bundle() -> bytes:
    package = Path(find_spec("plotly").origin).parent
    return gzip.compress((package / "package_data" / "plotly.min.js").read_bytes())


class Chart(Picture, script="chart"):
    """A picture, the sentence that says what it shows (also to a screen reader), and the numbers behind it."""

    spec = traitlets.Dict({"data": [], "layout": {}}).tag(sync=True)

    def __init__(self, label: str) -> None:
        super().__init__(label)
        self.on_msg(self._send_plotly)

    def draw(self, traces: list[dict], layout: dict, sentence: str, columns: list[str], rows: list[list[str]]) -> None:
        """Show Plotly traces under the house layout, with their sentence and their table, in one message."""
        with self.hold_sync():
            self.spec = {"data": traces, "layout": {**LAYOUT, **layout}}
            self.say(sentence, columns, rows)

    def _send_plotly(self, _widget: object, content: object, _buffers: object) -> None:
        if content == "plotly":
            self.send("plotly", buffers=[_plotly_bundle()])
