"""A scene as SVG: what ``widgets/static/scene.js`` shows once nothing moves any more. Its style sheet serves both."""

from html import escape

from vermarkting.web.stills.svg import at, node, percent

_PERSON = (
    node("circle", cx=0, cy=-0.26, r=0.2)
    + node("path", d="M-0.36 0.5C-0.36 0.1 -0.2 0 0 0S0.36 0.1 0.36 0.5Z")
    + node("path", class_="vm-balloon", d="M0.2 -0.42h0.34v-0.26h-0.5v0.26h0.08l0.02 0.12z")
)
_PATTERNS = (
    '<defs><pattern id="{name}-orange" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="6" height="6" fill="#b36b00"/>'
    '<rect width="2" height="6" fill="#ffe2b0"/></pattern>'
    '<pattern id="{name}-grey" width="5" height="5" patternUnits="userSpaceOnUse"><rect width="5" height="5" '
    'fill="#8a97a3"/><circle cx="2.5" cy="2.5" r="1" fill="#fff"/></pattern>'
    '<marker id="{name}-arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="14" markerHeight="14" '
    'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L10 5L0 10z"/></marker></defs>'
)


def draw(name: str, spec: dict) -> str:
    """Draw a scene's marks, lines behind the rest; ``spec`` as :class:`vermarkting.widgets.scene.Scene` has it."""
    unique = f"still-{name}"
    marks = sorted((one for mark in spec["marks"] for one in _singles(mark)), key=lambda mark: mark["shape"] != "line")
    drawn = "".join(_mark(unique, mark) for mark in marks)
    picture = node("svg", _PATTERNS.format(name=unique), drawn, class_="vm-scene", height=spec["height"])
    rows = "".join(f"<li>{_sample(unique, row)}{escape(row['text'])}</li>" for row in spec.get("legend", ()))
    return picture + (f'<ul class="vm-legend">{rows}</ul>' if rows else "")


def _sample(name: str, row: dict) -> str:
    at_home = {"dot": {"x": 50, "y": 8, "r": 6}, "line": {"x": 4, "y": 8, "tox": 96, "toy": 8}}
    mark = at_home.get(row["shape"], {"x": 15, "y": 2, "w": 70, "h": 12})
    shape = row["shape"] if row["shape"] in at_home else "block"
    return node("svg", _mark(name, {**mark, "shape": shape, "look": row["look"]}), width=28, height=16)


def _singles(mark: dict) -> list[dict]:
    if mark["shape"] != "pile":
        return [mark]
    shape = "block" if mark.get("w") else "dot"
    return [{**mark, "shape": shape, "x": x, "y": y, "look": mark["looks"][look]} for x, y, look in mark["points"]]


def _mark(name: str, mark: dict) -> str:
    drawn = _DRAW[mark["shape"]](mark, _look(name, mark))
    aside = mark.get("push", 0)
    return node("g", drawn, transform=f"translate({aside})") if aside and mark["shape"] != "line" else drawn


def _look(name: str, mark: dict) -> dict:
    shape, look = mark["shape"], mark.get("look", "text")
    speaks = " vm-speaks" if mark.get("speaks") else ""
    style = ""
    if look in ("orange", "grey") and shape != "line":
        style = f"fill:url(#{name}-{look})"
    if mark.get("arrow"):
        style = f"marker-end:url(#{name}-arrow)"
    return {"class_": f"vm-mark vm-{shape} vm-look-{look}{speaks}", "style": style or None}


def _line(mark: dict, look: dict) -> str:
    if mark.get("push") and mark["x"] == mark["tox"]:  # so many pixels aside
        return at(mark["x"] / 100, 0, node("line", x1=0, x2=mark["push"], y1=mark["y"], y2=mark["toy"], **look))
    return node("line", x1=_x(mark), x2=percent(mark["tox"] / 100), y1=mark["y"], y2=mark["toy"], **look)


def _block(mark: dict, look: dict) -> str:
    size = {"width": percent(max(0, mark["w"]) / 100), "height": max(0, mark["h"])}
    return node("rect", x=_x(mark), y=mark["y"], rx=2, **size, **look)


def _dot(mark: dict, look: dict) -> str:
    return node("circle", cx=_x(mark), cy=mark["y"], r=mark["r"], **look)


def _text(mark: dict, look: dict) -> str:
    letters = {"text_anchor": mark["anchor"], "font_weight": mark["weight"]}
    return node("text", escape(mark["text"]), x=_x(mark), y=mark["y"], **letters, **look)


def _shape(mark: dict, look: dict) -> str:
    corners = " ".join(f"{x:g},{y:g}" for x, y in mark["corners"])
    return at(mark["x"] / 100, mark["y"], node("polygon", points=corners, **look))


def _person(mark: dict, look: dict) -> str:
    return at(mark["x"] / 100, mark["y"], node("g", _PERSON, transform=f"scale({mark['size']})", **look))


def _x(mark: dict) -> str:
    return percent(mark["x"] / 100)


_DRAW = {"line": _line, "block": _block, "dot": _dot, "text": _text, "shape": _shape, "person": _person}
