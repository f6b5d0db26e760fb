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
    'fill="#8a97a3"/><circle cx="2.5" cy="2.5" r="1" fill="#fff"/></pattern></defs>'
)


def draw(name: str, spec: dict) -> str:
    """Draw a scene's marks; ``spec`` as :class:`vermarkting.widgets.scene.Scene` has it."""
    unique = f"still-{name}"
    drawn = "".join(_mark(unique, single) for mark in spec["marks"] for single in _singles(mark))
    return node("svg", _PATTERNS.format(name=unique), drawn, class_="vm-scene", height=spec["height"])


def _singles(mark: dict) -> list[dict]:
    if mark["shape"] != "pile":
        return [mark]
    shape = "block" if mark.get("w") else "dot"
    return [{**mark, "shape": shape, "x": x, "y": y, "look": mark["looks"][look]} for x, y, look in mark["points"]]


def _mark(name: str, mark: dict) -> str:
    shape, look, share = mark["shape"], mark.get("look", "text"), mark["x"] / 100
    known = {"class_": f"vm-mark vm-{shape} vm-look-{look}" + (" vm-speaks" if mark.get("speaks") else "")}
    if look in ("orange", "grey") and shape != "line":
        known["style"] = f"fill:url(#{name}-{look})"
    if shape == "line":
        ends = {"x1": percent(share), "x2": percent(mark["tox"] / 100)}
        return node("line", **ends, y1=mark["y"], y2=mark["toy"], **known)
    if shape == "block":
        size = {"width": percent(max(0, mark["w"]) / 100), "height": max(0, mark["h"])}
        return node("rect", x=percent(share), y=mark["y"], rx=2, **size, **known)
    if shape == "dot":
        return node("circle", cx=percent(share), cy=mark["y"], r=mark["r"], **known)
    if shape == "text":
        look = {"text_anchor": mark["anchor"], "font_weight": mark["weight"]}
        return node("text", escape(mark["text"]), x=percent(share), y=mark["y"], **look, **known)
    return at(share, mark["y"], node("g", _PERSON, transform=f"scale({mark['size']})", **known))
