"""The map of attacks and supports: the neighbours of one argument or everything, drawn and as a list."""

from vermarkting.explorables.argument_lab import table
from vermarkting.explorables.argument_lab.browsing import row
from vermarkting.explorables.argument_lab.desk import Desk
from vermarkting.explorables.argument_lab.toulmin import Card
from vermarkting.explorables.style import BLUE, GREY, INK, ORANGE
from vermarkting.models.argumentation import Label
from vermarkting.text import t
from vermarkting.widgets.browse import Listing
from vermarkting.widgets.chart import Chart
from vermarkting.widgets.controls import Choice
from vermarkting.widgets.part import Stack

_SYMBOLS = {Label.IN: ("circle", BLUE), Label.OUT: ("x", ORANGE), Label.UNDECIDED: ("diamond", GREY)}
_OFF = ("circle-open", INK)
_EDGES = {
    "attack": {"color": INK, "dash": "solid", "width": 1.5},
    "failing": {"color": ORANGE, "dash": "dot", "width": 2},
    "support": {"color": BLUE, "dash": "dash", "width": 1.5},
}
_A_SIDE = 12  # neighbours drawn on each side of the chosen argument; the list has all of them

Places = dict[str, tuple[float, float]]
Edge = tuple[str, str, str]


def relations(argument: str) -> list[tuple[str, str]]:
    """Give the neighbours of an argument, each with how they relate: one of the keys of [argument_lab.relations]."""
    found = table.arguments()[argument]
    return [
        *((name, "attacked_by") for name in table.attackers()[argument]),
        *((name, "attacks") for name in found["attacks"]),
        *((name, "supported_by") for name in table.supporters()[argument]),
        *((name, "supports") for name in found["supports"]),
    ]


class GraphView(Stack):
    """The picture, its neighbours as a list to walk along, and the card of the chosen argument."""

    def __init__(self, desk: Desk, card: Card) -> None:
        self._desk = desk
        options = [{"id": name, "text": t(f"argument_lab.extent.{name}")} for name in ("near", "all")]
        self.extent = Choice(t("argument_lab.extent_ask"), options)
        self.chart = Chart(t("argument_lab.map"))
        self.listing = Listing(lambda name: desk.set_trait("chosen", name))
        two = Stack([self.listing, card])
        two.add_class("vm-two")
        super().__init__([self.extent, self.chart, two])
        self.extent.observe(self.show, "value")
        self.show()

    def show(self, _change: object = None) -> None:
        """Show what the desk holds now."""
        chosen = self._desk.chosen
        found = relations(chosen)
        words: dict[str, list[str]] = {}
        for name, relation in found:
            words.setdefault(name, []).append(self._relation(name, relation))
        title = t(
            "argument_lab.neighbours" if words else "argument_lab.no_neighbours", argument=chosen, count=len(words)
        )
        self.listing.show(title, list(words), lambda name: row(self._desk, name, "; ".join(words[name])))
        near = self.extent.value == "near"
        self._draw(_around(chosen, found, self._desk) if near else _all_places())

    def _relation(self, name: str, relation: str) -> str:
        attack = {"attacked_by": f"{name}>{self._desk.chosen}", "attacks": f"{self._desk.chosen}>{name}"}.get(relation)
        failing = t("argument_lab.fails") if attack in self._desk.failing else ""
        return f"{t(f'argument_lab.relations.{relation}')}{failing}"

    def _draw(self, places: Places) -> None:
        desk = self._desk
        near = self.extent.value == "near"
        edges = [edge for edge in _edges(desk) if edge[0] in places and edge[1] in places]
        if near:
            edges = [edge for edge in edges if desk.chosen in edge[:2]]
        traces = [_lines(kind, [e for e in edges if e[2] == kind], places) for kind in _EDGES]
        traces = [trace for trace in traces if trace["x"]]
        labels = {name: desk.labels.get(name, "off") for name in places}
        for label, (symbol, color) in (*_SYMBOLS.items(), ("off", _OFF)):
            names = [name for name in places if labels[name] == label]
            if names:
                traces.append(_points(label, symbol, color, names, places, desk.chosen if near else None))
        height = 130 + 34 * max(3, *([y + 1 for _, y in places.values()] if near else [0])) if near else 760
        x, y = places[desk.chosen]
        ring = {
            "x": x,
            "y": y,
            "text": desk.chosen,
            "font": {"size": 15},
            "bgcolor": "#fff",
            "bordercolor": INK,
            "borderwidth": 2,
        }
        layout = {
            "height": int(height),
            "margin": {"l": 30, "r": 30, "t": 70, "b": 20},
            "xaxis": {"visible": False, "range": [-0.35, 2.35] if near else [-0.3, 4.5]},
            "yaxis": {"visible": False, "autorange": "reversed"},
            "annotations": [{**ring, "showarrow": False, "yshift": 20}, *([] if near else _column_names())],
            "hovermode": "closest",
        }
        self.chart.draw(traces, layout, self._sentence(places, edges), *self._rows(edges))

    def _sentence(self, places: Places, edges: list[Edge]) -> str:
        desk, chosen = self._desk, self._desk.chosen
        counts = {kind: sum(edge[2] == kind for edge in edges) for kind in _EDGES}
        if self.extent.value == "all":
            return t(
                "argument_lab.map_all",
                count=len(places),
                attacks=counts["attack"] + counts["failing"],
                supports=counts["support"],
            )
        by = [name for name in table.attackers()[chosen] if desk.labels.get(name) is Label.IN]
        label = desk.label_words(chosen)
        hidden = len({name for name, _ in relations(chosen)}) + 1 - len(places)
        more = t("argument_lab.map_more", count=hidden) if hidden > 0 else ""
        sentence = t(
            f"argument_lab.{'map_near' if table.attackers()[chosen] else 'map_safe'}",
            argument=chosen,
            label=label,
            attackers=len(table.attackers()[chosen]),
            standing=len(by),
        )
        return f"{sentence} {more}".strip()

    def _rows(self, edges: list[Edge]) -> tuple[list[str], list[list[str]]]:
        columns = [t("argument_lab.from"), t("argument_lab.relation"), t("argument_lab.to")]
        if self.extent.value == "all":
            counted: dict[str, int] = {}
            for _, target, kind in edges:
                if kind != "support":
                    counted[target] = counted.get(target, 0) + 1
            most = sorted(counted, key=lambda name: (-counted[name], name))[:12]
            return [t("argument_lab.to"), t("argument_lab.times")], [[name, str(counted[name])] for name in most]
        rows = [[source, t(f"argument_lab.edges.{kind}"), target] for source, target, kind in edges]
        return columns, rows or [["–", t("argument_lab.no_relation"), self._desk.chosen]]


def _edges(desk: Desk) -> list[Edge]:
    found = []
    for name, one in table.arguments().items():
        found += [
            (name, target, "failing" if f"{name}>{target}" in desk.failing else "attack") for target in one["attacks"]
        ]
        found += [(name, target, "support") for target in one["supports"]]
    return found


def _around(chosen: str, found: list[tuple[str, str]], desk: Desk) -> Places:
    """Put who speaks about the chosen argument on the left, what it speaks about on the right, who stands first."""
    standing = {name: desk.labels.get(name) is Label.IN for name, _ in found}
    left = dict.fromkeys(name for name, relation in found if relation in ("attacked_by", "supported_by"))
    right = dict.fromkeys(name for name, relation in found if name not in left)
    sides = [sorted(side, key=lambda name: not standing[name])[:_A_SIDE] for side in (left, right)]
    tall = max(1, *map(len, sides))
    places = {chosen: (1.0, (tall - 1) / 2)}
    for x, side in zip((0.0, 2.0), sides, strict=True):
        places |= {name: (x, y + (tall - len(side)) / 2) for y, name in enumerate(side)}
    return places


def _all_places() -> Places:
    """Give every argument a place: a column for each position, the large one split over two."""
    columns = [[n for n, r in table.arguments().items() if r["position"] == p] for p in table.POSITIONS]
    pro, conditional, critical, dissent = columns
    half = (len(critical) + 1) // 2
    spread = [(0, pro), (1, conditional), (2, critical[:half]), (3, critical[half:]), (4, dissent)]
    return {name: (float(x), 100 * (y + 0.5) / len(column)) for x, column in spread for y, name in enumerate(column)}


def _column_names() -> list[dict]:
    spread = zip((0, 1, 2.5, 4), table.POSITIONS, strict=True)
    return [{"x": x, "y": -4, "text": t(f"argument_lab.positions.{name}"), "showarrow": False} for x, name in spread]


def _lines(kind: str, edges: list[Edge], places: Places) -> dict:
    x, y = [], []
    for source, target, _ in edges:
        x += [places[source][0], places[target][0], None]
        y += [places[source][1], places[target][1], None]
    name = t(f"argument_lab.edges.{kind}")
    return {"type": "scatter", "mode": "lines", "name": name, "x": x, "y": y, "line": _EDGES[kind], "hoverinfo": "skip"}


def _points(label: str, symbol: str, color: str, names: list[str], places: Places, middle: str | None) -> dict:
    """Give the points of one label; around an argument in the middle the others carry their names."""
    near = middle is not None
    return {
        "type": "scatter",
        "mode": "markers+text" if near else "markers",
        "name": t(f"argument_lab.looks.{label}"),
        "x": [places[name][0] for name in names],
        "y": [round(places[name][1], 2) for name in names],
        "text": ["" if name == middle else name for name in names],
        "customdata": names,
        "textposition": ["middle left" if places[name][0] < 1 else "middle right" for name in names]
        if near
        else "top center",
        "marker": {"symbol": symbol, "size": 14 if near else 9, "color": color},
        "hovertemplate": "%{customdata}<extra>" + t(f"argument_lab.looks.{label}") + "</extra>",
    }
