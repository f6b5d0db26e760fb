"""The colours and patterns of every chart. Each series has a pattern or dash too: colour is never the only signal."""

BLUE = "#0b4f8a"
ORANGE = "#b36b00"
GREY = "#8a97a3"
INK = "#1a1a1a"


def bar(name: str, values: list[float], labels: list[str], color: str, pattern: str, **more: object) -> dict:
    """Give one series of horizontal bars."""
    overlay = {"shape": pattern, "fillmode": "overlay", "fgcolor": "#fff", "solidity": 0.25}
    marker = {"color": color, "pattern": overlay}
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "x": values,
        "y": labels,
        "marker": marker,
        "hovertemplate": "%{y}: %{x:.1f}<extra>" + name + "</extra>",
        **more,
    }


def ghost(name: str, values: list[float], labels: list[str]) -> dict:
    """Give the previous run as open diamonds over the bars."""
    marker = {"symbol": "diamond-open", "size": 13, "color": INK, "line": {"width": 2}}
    hover = "%{y}: %{x:.1f}<extra>" + name + "</extra>"
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": values,
        "y": labels,
        "marker": marker,
        "hovertemplate": hover,
    }
