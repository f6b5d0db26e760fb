"""The first state of a picture as SVG, made while the site is built: what is seen before plotly.js, and on paper.

Widths are percents, as in a scene, and the rest is pixels: one drawing fits a phone and a wide screen, and has the size
of the live picture that takes its place.
"""

from html import escape

from vermarkting.web.stills import chart, scene

_DRAW = {"chart": chart.draw, "scene": scene.draw}


def still(widget_id: str, state: dict) -> str:
    """Give the HTML of a chart or a scene in its first state; nothing for another part."""
    if state.get("part") not in _DRAW:
        return ""
    spec = state["spec"]
    height = spec.get("layout", spec)["height"]
    told = escape(f"{state['label']}. {state['sentence']}")
    drawn = _DRAW[state["part"]](widget_id, spec)
    look = f'class="vm-still" data-of="{widget_id}" role="img" aria-label="{told}" style="min-height:{height}px"'
    return f"<div {look}>{drawn}</div>"
