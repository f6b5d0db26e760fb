"""A Plotly figure as SVG: bars, lines, markers, words, shapes and arrows, as our explorables use them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from vermarkting.web.stills.axes import Axis, Tick, axis
from vermarkting.web.stills.marks import dash, pattern, symbol
from vermarkting.web.stills.svg import at, node, percent, words

_LETTER = 0.52  # the width of a letter, in letter sizes
_WIDTH = 480
_GAP = 0.2  # between bars
_LEGEND = 48
_INK = "#444"


@dataclass
class _Plot:
    """What is drawn between the axes, of ``height`` pixels; ``name`` keeps its patterns apart from another's."""

    name: str
    height: float
    layout: dict
    x: Axis
    ys: dict[str, Axis]
    has_bars: bool
    patterns: dict[str, str] = field(default_factory=dict)

    @property
    def size(self) -> float:
        """Of a letter."""
        return self.layout.get("font", {}).get("size", 14)

    def x_ticks(self) -> list[Tick]:
        return self.x.ticks(beside=self.layout["margin"]["l"] + self.layout["margin"]["r"])

    def y(self, trace: dict) -> Axis:
        return self.ys[trace.get("yaxis", "y")]

    def down(self, share: float) -> float:
        """Give the pixels from above."""
        return round(self.height * (1 - share), 2)

    def fill(self, marker: dict) -> str:
        """Give what a bar is filled with."""
        color, shape = marker.get("color", "#0b4f8a"), marker.get("pattern", {}).get("shape", "")
        if not shape:
            return color
        name = f"{self.name}-{color.strip('#')}-{ord(shape)}"
        self.patterns[name] = pattern(name, shape, color)
        return f"url(#{name})"


def draw(name: str, spec: dict) -> str:
    """Draw a figure; ``spec`` holds ``data`` and ``layout`` as plotly.js takes them, with a margin and a height."""
    layout, traces = spec["layout"], spec["data"]
    margin = layout["margin"]
    named = _in_legend(layout, traces)
    if named:  # one row of names takes its room from the plot
        margin = {**margin, "t": max(margin["t"], _LEGEND)}
    height = layout["height"] - margin["t"] - margin["b"]
    plot = _Plot(f"still-{name}", height, layout, *_axes(layout, traces), any(one["type"] == "bar" for one in traces))
    shapes = [*_shapes(plot, layout.get("shapes", ()))]
    drawn = [*_grid(plot), *shapes, *_bars(plot, [one for one in traces if one["type"] == "bar"])]
    for trace in traces:
        if trace["type"] == "scatter":
            drawn += _scatter(plot, trace)
    drawn += [*_axis_words(plot), *_notes(plot, layout.get("annotations", ()))]
    sides = f"{margin['t']}px {margin['r']}px {margin['b']}px {margin['l']}px"
    style = f"margin:{sides};width:calc(100% - {margin['l'] + margin['r']}px);height:{height}px"
    picture = node("svg", node("defs", *plot.patterns.values(), _ARROW.format(name=plot.name)), *drawn, style=style)
    return _legend(plot, named, margin) + picture


def _axes(layout: dict, traces: list[dict]) -> tuple[Axis, dict[str, Axis]]:
    sums = _stacked(layout, traces)
    along = {"x": False, "y": False}
    for trace in traces:
        if trace["type"] == "bar":
            along["x" if trace.get("orientation") == "h" else "y"] = True
    found = {}
    for key in ["xaxis", *sorted({"yaxis", *(key for key in layout if key.startswith("yaxis"))})]:
        letter, short = key[0], key.replace("axis", "")
        mine = [one for one in traces if letter == "x" or one.get("yaxis", "y") == short]
        values = [value for one in mine for value in one[letter] if value is not None]
        numbers = [value for value in values if not isinstance(value, str)] + sums.get(short, [])
        found[short] = axis(layout.get(key, {}), values, numbers, along[letter])
    return found.pop("x"), found


def _stacked(layout: dict, traces: list[dict]) -> dict[str, list[float]]:
    """Give how far stacked bars reach, per axis along which they lie."""
    reach: dict[str, list[float]] = {}
    if layout.get("barmode") not in ("stack", "relative"):
        return reach
    heaps: dict[tuple, float] = {}
    for trace in (one for one in traces if one["type"] == "bar"):
        lies, stands = ("x", "y") if trace.get("orientation") == "h" else ("y", "x")
        on = trace.get(f"{lies}axis", lies)
        for place, value in zip(trace[stands], trace[lies], strict=True):
            key = (on, trace.get("yaxis", "y"), place, (value or 0) < 0)
            heaps[key] = heaps.get(key, 0) + (value or 0)
    for (on, *_), value in heaps.items():
        reach.setdefault(on, []).append(value)
    return reach


def _grid(plot: _Plot) -> Iterator[str]:
    low, high = min(one.start for one in plot.ys.values()), max(one.start + one.length for one in plot.ys.values())
    if _has_grid(plot, plot.x):
        for tick in plot.x_ticks():
            x = percent(tick.share)
            yield node(
                "line", x1=x, x2=x, y1=plot.down(high), y2=plot.down(low), stroke="#eee", class_=_only(tick.only)
            )
    for one in plot.ys.values():
        for tick in one.ticks(plot.height) if _has_grid(plot, one) else ():
            y = plot.down(tick.share)
            yield node("line", x1=0, x2="100%", y1=y, y2=y, stroke="#eee")
    yield from _zero_lines(plot)


def _has_grid(plot: _Plot, one: Axis) -> bool:
    return one.settings.get("showgrid", not (plot.has_bars and one.names))


def _zero_lines(plot: _Plot) -> Iterator[str]:
    for one in (plot.x, *plot.ys.values()):
        if one.names or one.dates or not one.is_shown() or not one.has(0) or not one.settings.get("zeroline", True):
            continue
        look = {"stroke": one.settings.get("zerolinecolor", _INK), "stroke_width": one.settings.get("zerolinewidth", 1)}
        if one is plot.x:
            x = percent(one.share(0))
            yield node("line", x1=x, x2=x, y1=0, y2=plot.height, **look)
        else:
            y = plot.down(one.share(0))
            yield node("line", x1=0, x2="100%", y1=y, y2=y, **look)


def _only(kind: str) -> str | None:
    return f"vm-{kind}" if kind else None


def _axis_words(plot: _Plot) -> Iterator[str]:
    top = plot.x.settings.get("side") == "top"
    size = plot.x.settings.get("tickfont", {}).get("size", plot.size)
    look = {"text_anchor": "middle", "font_size": size, "fill": "#1a1a1a"}
    for tick in plot.x_ticks():
        y, up = (-3, 1) if top else (plot.height + 3, 0)
        yield words(tick.share, y, tick.words, up=up, class_=_only(tick.only), **look)
    look = {"text_anchor": "middle", "font_size": round(1.2 * plot.size), "fill": "#1a1a1a"}
    if title := plot.x.settings.get("title", {}).get("text"):
        down = 29 if "standoff" in plot.x.settings["title"] else plot.layout["margin"]["b"] - 9
        yield words(0.5, plot.height + down, title, **look)
    for one in plot.ys.values():
        size = one.settings.get("tickfont", {}).get("size", plot.size)
        for tick in one.ticks(plot.height):
            y = plot.down(tick.share)
            yield words(0, y, tick.words, shift=-3, text_anchor="end", font_size=size, fill="#1a1a1a")
        if title := one.settings.get("title", {}).get("text"):
            middle = plot.down(one.start + one.length / 2)
            turned = f"translate({13 - plot.layout['margin']['l']}) rotate(-90)"
            yield at(0, middle, node("g", words(0, 0, title, **look), transform=turned))


def _bars(plot: _Plot, traces: list[dict]) -> Iterator[str]:
    piled = plot.layout.get("barmode") in ("stack", "relative")
    heaps: dict[tuple, float] = {}
    for number, trace in enumerate(traces):
        across = trace.get("orientation") == "h"
        along, over = (plot.x, plot.y(trace)) if across else (plot.y(trace), plot.x)
        values, places = (trace["x"], trace["y"]) if across else (trace["y"], trace["x"])
        wide = (1 - _GAP) / (1 if piled else len(traces))
        for i, (place, value) in enumerate(zip(places, values, strict=True)):
            heap = (trace.get("yaxis", "y"), place, (value or 0) < 0)
            base = heaps.get(heap, 0) if piled else 0
            heaps[heap] = base + (value or 0)
            at_side = over.number(place) - (1 - _GAP) / 2 + (0 if piled else number * wide)
            sides = sorted((over.share(at_side), over.share(at_side + wide)))
            ends = (along.share(base), along.share(base + (value or 0)))
            yield _bar(plot, trace["marker"], sides, sorted(ends), across)
            if "text" in trace and trace.get("textposition", "auto") != "none":
                text = trace["text"][i] if isinstance(trace["text"], list) else trace["text"]
                yield _bar_text(plot, trace, str(text), sides, ends, across)


def _bar(plot: _Plot, marker: dict, sides: list[float], ends: list[float], across: bool) -> str:
    (left, right), (low, high) = (ends, sides) if across else (sides, ends)
    line = marker.get("line", {})
    return node("rect", x=percent(left), width=percent(right - left), y=plot.down(high),
                height=round(plot.height * (high - low), 2), fill=plot.fill(marker),
                stroke=line.get("color"), stroke_width=line.get("width"))  # fmt: skip


def _bar_text(plot: _Plot, trace: dict, text: str, sides: list[float], ends: tuple[float, float], across: bool) -> str:
    middle = sum(sides) / 2
    if not across:
        return words(middle, plot.down(ends[1]), text, up=1, text_anchor="middle", fill="#1a1a1a")
    fits = abs(ends[1] - ends[0]) * _WIDTH > len(text) * plot.size * _LETTER + 6
    inside = fits and trace.get("textposition", "auto") != "outside"
    if inside and trace.get("insidetextanchor") == "start":
        return words(ends[0], plot.down(middle), text, shift=4, fill="#fff")
    if inside:
        return words(ends[1], plot.down(middle), text, shift=-4, text_anchor="end", fill="#fff")
    return words(ends[1], plot.down(middle), text, shift=4, fill="#1a1a1a")


def _scatter(plot: _Plot, trace: dict) -> Iterator[str]:
    y_axis = plot.y(trace)
    mode = trace.get("mode", "lines")
    points = [
        None if x is None or y is None else (plot.x.share(x), plot.down(y_axis.share(y)))
        for x, y in zip(trace["x"], trace["y"], strict=True)
    ]
    if "lines" in mode:
        yield _line(plot, points, trace.get("line", {}))
    for i, point in enumerate(points):
        if point and "markers" in mode:
            yield at(*point, _marker(trace.get("marker", {}), i))
        if point and "text" in mode:
            yield _point_text(trace, i, point, plot.size)


def _line(plot: _Plot, points: list[tuple[float, float] | None], line: dict) -> str:
    """A line has no percents: it is drawn 1000 wide and stretched, and keeps its thickness."""
    runs: list[list[str]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(f"{1000 * point[0]:.1f} {point[1]:.1f}")
    way = "".join(f"M{'L'.join(run)}" for run in runs if run)
    look = {"fill": "none", "stroke": line.get("color"), "stroke_width": line.get("width", 2)}
    path = node("path", d=way, vector_effect="non-scaling-stroke", stroke_dasharray=dash(line), **look)
    stretched = {"viewBox": f"0 0 1000 {plot.height:g}", "preserveAspectRatio": "none", "overflow": "visible"}
    return node("svg", path, width="100%", height=plot.height, **stretched)


def _each(value: object, i: int) -> object:
    return value[i] if isinstance(value, list) else value


def _marker(marker: dict, i: int) -> str:
    line = {name: _each(value, i) for name, value in marker.get("line", {}).items()}
    return symbol(_each(marker.get("symbol", "circle"), i), _each(marker.get("size", 6), i),
                  _each(marker.get("color", "#0b4f8a"), i), line)  # fmt: skip


def _point_text(trace: dict, i: int, point: tuple[float, float], size: float) -> str:
    below, _, aside = str(_each(trace.get("textposition", "middle center"), i)).partition(" ")
    mode = trace.get("mode", "")
    far = _each(trace.get("marker", {}).get("size", 6), i) / 2 if "markers" in mode else 0
    up, down = {"top": (1, -far), "bottom": (0, far), "middle": (0.5, 0)}[below]
    anchor, shift = {"left": ("end", -far - 3), "right": ("start", far + 3), "center": ("middle", 0)}[aside]
    font = trace.get("textfont", {})
    look = {"font_size": font.get("size", size), "fill": _each(font.get("color", "#1a1a1a"), i)}
    return words(point[0], point[1] + down, str(_each(trace["text"], i)), shift, up, text_anchor=anchor, **look)


def _shapes(plot: _Plot, shapes: list[dict]) -> Iterator[str]:
    for shape in shapes:
        x0, x1 = (plot.x.share(shape[name]) for name in ("x0", "x1"))
        y0, y1 = (plot.down(plot.ys["y"].share(shape[name])) for name in ("y0", "y1"))
        line = shape.get("line", {})
        look = {"stroke": line.get("color", _INK), "stroke_width": line.get("width", 2), "stroke_dasharray": dash(line)}
        if shape["type"] == "line":
            yield node("line", x1=percent(x0), x2=percent(x1), y1=y0, y2=y1, **look)
        else:
            corner = {"x": percent(min(x0, x1)), "y": min(y0, y1)}
            size = {"width": percent(abs(x1 - x0)), "height": abs(y1 - y0)}
            yield node("rect", **corner, **size, fill=shape.get("fillcolor", "none"), **look)


_ARROW = (
    '<marker id="{name}-head" viewBox="0 0 6 6" refX="5" refY="3" markerWidth="6" markerHeight="6" orient="auto">'
    '<path d="M1 0L6 3L1 6Z" fill="context-stroke"/></marker>'
)


def _notes(plot: _Plot, notes: list[dict]) -> Iterator[str]:
    """Arrows first, then words, which stand over them."""
    for note in notes:
        if note.get("axref") == "x":
            (x1, y1), (x2, y2) = _place(plot, note, "ax", "ay"), _place(plot, note, "x", "y")
            yield node("line", x1=percent(x1), y1=y1, x2=percent(x2), y2=y2, stroke=note.get("arrowcolor", _INK),
                       stroke_width=note.get("arrowwidth", 1), marker_end=f"url(#{plot.name}-head)")  # fmt: skip
    for note in notes:
        if note.get("text"):
            x, y = _place(plot, note, "x", "y")
            up = {"top": 0, "bottom": 1, "middle": 0.5}[note.get("yanchor", "middle")]
            anchor = {"left": "start", "right": "end"}.get(note.get("xanchor", ""), "middle")
            font = note.get("font", {})
            behind = (
                {"stroke": note["bgcolor"], "stroke_width": 6, "paint_order": "stroke"} if "bgcolor" in note else {}
            )
            yield words(x, y - note.get("yshift", 0), note["text"], note.get("xshift", 0), up, text_anchor=anchor,
                        font_size=font.get("size", plot.size), fill=font.get("color", "#1a1a1a"), **behind)  # fmt: skip


def _place(plot: _Plot, note: dict, x: str, y: str) -> tuple[float, float]:
    across = note[x] if note.get("xref") == "paper" else plot.x.share(note[x])
    up = note[y] if note.get("yref") == "paper" else plot.ys["y"].share(note[y])
    return across, plot.down(up)


def _in_legend(layout: dict, traces: list[dict]) -> list[dict]:
    named = [one for one in traces if one.get("name") and one.get("showlegend", True) and one["x"]]
    alone = len(traces) < 2 and not any(one.get("showlegend") for one in traces)
    return named if layout.get("showlegend", not alone) else []


def _legend(plot: _Plot, named: list[dict], margin: dict) -> str:
    if not named:
        return ""
    rows = "".join(f"<li>{_sample(plot, trace)}{escape(trace['name'])}</li>" for trace in named)
    above = margin["b"] + 1.02 * plot.height
    return f'<ul style="bottom:{above:g}px;left:{margin["l"]}px;right:{margin["r"]}px">{rows}</ul>'


def _sample(plot: _Plot, trace: dict) -> str:
    if trace["type"] == "bar":
        drawn = node("rect", x=9, y=3, width=12, height=12, fill=plot.fill(trace["marker"]))
    else:
        line = trace.get("line", {})
        look = {"stroke": line.get("color"), "stroke_width": line.get("width", 2), "stroke_dasharray": dash(line)}
        drawn = node("line", x1=0, x2=30, y1=9, y2=9, **look) if "lines" in trace.get("mode", "lines") else ""
        if "markers" in trace.get("mode", ""):
            marker = {**trace.get("marker", {}), "size": min(14, _each(trace.get("marker", {}).get("size", 6), 0))}
            drawn += node("g", _marker(marker, 0), transform="translate(15 9)")
    return node("svg", drawn, width=34, height=18)
