"""The picture of :mod:`vermarkting.models.network`: twelve services, the ties between them, and a client."""

from dataclasses import asdict
from math import cos, hypot, pi, sin

import traitlets

from vermarkting.explorables.frame import AfterBet, Explorable, Ghost, Row, Stage, decimal, later, step
from vermarkting.explorables.style import BLUE, GREY, INK, ORANGE
from vermarkting.models.network import (
    MOST_SERVICES,
    ORGANISATIONS,
    SHAPES,
    Climate,
    Region,
    Tie,
    centralisation,
    degrees,
    density,
    hub,
    path_success,
    resilience,
    run,
    toggle,
    trust,
)
from vermarkting.text import t
from vermarkting.widgets.chart import Chart
from vermarkting.widgets.controls import Button, Choice, SentenceSlider
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose

SERVICES = 3
UPKEEP = 2  # points that a tie takes, of 100
GOAL_BY_HAND, MOST_TIES_BY_HAND = 47, 15
GOAL_HELD = 35
CLASSES = (("strong", 0.8, BLUE, "solid", 4), ("fair", 0.6, ORANGE, "dash", 2.5), ("weak", 0, INK, "dot", 1.5))
Place = tuple[float, float]


def network() -> Explorable:
    """Lay ties by hand, bet on shape, paid hub and tender, then try everything together."""
    return Explorable(
        "network",
        _ByHand(),
        step("network", "bet"),
        AfterBet("06.bet_netwerk", lambda: Stack([Prose(t("network.run_text")), _ShapeRun()])),
        step("network", "hub"),
        AfterBet("06.bet_spil", _HubRun),
        step("network", "tender"),
        AfterBet("06.bet_tender", lambda: Stack([Prose(t("network.tender_run")), _TenderRun()])),
        later("network.sandbox", _Sandbox),
        Prose(t("network.model_note")),
    )


def percent(chance: float) -> str:
    return decimal(100 * chance)


def circle(count: int, radius: float = 1.0) -> list[Place]:
    """Give places on a circle, the first on top, going round with the clock."""
    turns = [2 * pi * i / count for i in range(count)]
    return [(round(radius * sin(turn), 3), round(radius * cos(turn), 3)) for turn in turns]


def tie_traces(places: list[Place], ties: tuple[Tie, ...], strengths: tuple[float, ...]) -> list[dict]:
    """Draw the ties in three classes of strength, each with its own colour, dash and width."""
    traces = []
    for name, _least, color, dash, width in CLASSES:
        drawn = [tie for tie, strength in zip(ties, strengths, strict=True) if _class_of(strength) == name]
        ends = [[places[one], places[other], (None, None)] for one, other in drawn]
        trace = {
            "type": "scatter",
            "mode": "lines",
            "name": t(f"network.{name}"),
            "x": [x for three in ends for x, _ in three],
            "y": [y for three in ends for _, y in three],
            "line": {"color": color, "dash": dash, "width": width},
            "hoverinfo": "skip",
        }
        if drawn:
            traces.append(trace)
    return traces


def _class_of(strength: float) -> str:
    return next(name for name, least, *_ in CLASSES if strength >= least)


def node_trace(name: str, places: list[Place], labels: list[str], color: str, symbol: str) -> dict:
    """Draw organisations with their names on the outer side; names within the drawing stand in ``plane``."""
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": name,
        "x": [x for x, _ in places],
        "y": [y for _, y in places],
        "text": [label if _is_outside(place) else "" for place, label in zip(places, labels, strict=True)],
        "textposition": [_outward(x, y) for x, y in places],
        "textfont": {"size": 13, "color": INK},
        "marker": {"symbol": symbol, "size": 15, "color": color, "line": {"width": 2, "color": INK}},
        "hovertext": labels,
        "hoverinfo": "text",
    }


def _is_outside(place: Place) -> bool:
    return hypot(*place) > 0.9


def _outward(x: float, y: float) -> str:
    across = "right" if x > 0.3 else "left" if x < -0.3 else "center"
    along = "top" if y > 0.3 else "bottom" if y < -0.3 else "middle"
    return f"{along} {across}"


def plane(height: int, note: str, places: list[Place], labels: list[str]) -> dict:
    """Give the layout of a drawn network: no axes, a number below it, and the names that would lie on its lines."""
    hidden = {"visible": False, "fixedrange": True}
    font = {"size": 13, "color": INK}
    names = [
        {
            "text": label,
            "x": x,
            "y": y,
            "yshift": -20,
            "bgcolor": "#fff",
            "borderpad": 1,
            "showarrow": False,
            "font": font,
        }
        for (x, y), label in zip(places, labels, strict=True)
        if not _is_outside((x, y))
    ]
    below = {"text": note, "xref": "paper", "yref": "paper", "x": 0.5, "y": 0, "yanchor": "top", "yshift": -6}
    return {
        "height": height,
        "margin": {"l": 10, "r": 10, "t": 70, "b": 40},
        "xaxis": {**hidden, "range": [-1.75, 1.75]},
        "yaxis": {**hidden, "range": [-1.2, 1.2]},
        "annotations": [{**below, "showarrow": False, "font": {**font, "size": 16}}, *names],
    }


def _name(organisation: int) -> str:
    return t(f"network.organisations.{organisation}")


class NetworkChart(Chart):
    """Twelve services and their ties; readable as a table of services too."""

    def __init__(self, height: int = 460) -> None:
        super().__init__(t("network.chart"))
        self._height = height

    def show(self, region: Region) -> None:
        degree = degrees(region.ties)
        places = circle(ORGANISATIONS)
        if centralisation(region.ties) == 1:
            places[0] = (0.0, 0.0)  # in a star the hub stands in the middle
        busiest = {hub(region.ties)} if centralisation(region.ties) else set()
        kinds = {
            "inside": ([i for i in range(ORGANISATIONS) if degree[i] and i not in busiest], BLUE, "circle"),
            "busiest": (list(busiest), ORANGE, "square"),
            "outside": (list(region.outside), "#fff", "diamond"),
        }
        traces = tie_traces(places, region.ties, region.strengths)
        for kind, (members, color, symbol) in kinds.items():
            if members:
                spots, labels = [places[i] for i in members], [_name(i) for i in members]
                traces.append(node_trace(t(f"network.{kind}"), spots, labels, color, symbol))
        chance = percent(region.success[SERVICES - 1])
        names = [_name(i) for i in range(ORGANISATIONS)]
        layout = plane(self._height, t("network.note", chance=chance), places, names)
        self.draw(traces, layout, _sentence(region), *_table(region))


def _sentence(region: Region) -> str:
    parts = [t("network.sentence", ties=len(region.ties), chance=percent(region.success[SERVICES - 1]))]
    if region.outside:
        key = "network.sentence_outside" if len(region.outside) > 1 else "network.sentence_outside_one"
        parts.append(t(key, outside=", ".join(map(_name, region.outside))))
    return " ".join(parts)


def _table(region: Region) -> tuple[list[str], list[list[str]]]:
    degree = degrees(region.ties)
    rows = []
    for organisation in range(ORGANISATIONS):
        own = [s for tie, s in zip(region.ties, region.strengths, strict=True) if organisation in tie]
        mean = percent(sum(own) / len(own)) if own else t("network.none")
        rows.append([_name(organisation), str(degree[organisation]), mean])
    return [t("network.organisation"), t("network.ties"), t("network.strength")], rows


def _portrait(ties: tuple[Tie, ...]) -> str:
    """Say the measures of a network in words."""
    busiest = hub(ties)
    key = "busiest_is" if centralisation(ties) else "all_equal"
    parts = [
        t(f"network.{key}", hub=_name(busiest), ties=degrees(ties)[busiest]),
        t(
            "network.resilience" if centralisation(ties) else "network.resilience_any",
            resilience=percent(resilience(ties)),
        ),
        t("network.shape_is", density=percent(density(ties)), central=percent(centralisation(ties))),
    ]
    return " ".join(parts)


class _ServicesChart(Chart):
    """The chance of getting everything, for clients who need one to five services, with the previous run behind it."""

    def __init__(self) -> None:
        super().__init__(t("network.chart_services"))
        self._ghost: Ghost[tuple[float, ...]] = Ghost()

    def show(self, success: tuple[float, ...]) -> None:
        previous = self._ghost.show(success)
        needed = list(range(1, MOST_SERVICES + 1))
        traces = [
            {
                "type": "bar",
                "name": t("network.now"),
                "x": needed,
                "y": [round(100 * chance, 1) for chance in success],
                "text": [percent(chance) for chance in success],
                "textposition": "outside",
                "cliponaxis": False,
                "marker": {"color": BLUE},
                "hovertemplate": "%{y:.0f}<extra></extra>",
            }
        ]
        if previous:
            marker = {"symbol": "diamond-open", "size": 13, "color": INK, "line": {"width": 2}}
            heights = [round(100 * chance, 1) for chance in previous]
            ghost = {"type": "scatter", "mode": "markers", "name": t("network.previous"), "x": needed, "y": heights}
            traces.append({**ghost, "marker": marker, "hovertemplate": "%{y:.0f}<extra></extra>"})
        layout = {
            "height": 210,
            "margin": {"l": 60, "r": 20, "t": 30, "b": 42},
            "xaxis": {"title": {"text": t("network.axis_services")}, "dtick": 1},
            "yaxis": {"range": [0, 112], "title": {"text": t("network.axis_chance")}},
        }
        one, _, three, _, five = map(percent, success)
        rows = [[str(k), percent(chance)] for k, chance in zip(needed, success, strict=True)]
        columns = [t("network.axis_services"), t("network.axis_chance")]
        self.draw(traces, layout, t("network.services_sentence", one=one, three=three, five=five), columns, rows)


class _TrustChart(Chart):
    """Trust over the years, a mark at each tender, the previous run as a grey line."""

    def __init__(self) -> None:
        super().__init__(t("network.chart_trust"))
        self._ghost: Ghost[tuple[float, ...]] = Ghost()

    def show(self, climate: Climate) -> None:
        found = trust(climate)
        previous = self._ghost.show(found)
        years = list(range(len(found)))
        line = {"type": "scatter", "x": years, "hovertemplate": "%{y:.0f}<extra></extra>"}
        traces = []
        if previous:
            past = [round(100 * level, 1) for level in previous]
            look = {"color": GREY, "dash": "dash", "width": 2}
            traces.append({**line, "mode": "lines", "name": t("network.previous"), "y": past, "line": look})
        now = [round(100 * level, 1) for level in found]
        traces.append(
            {**line, "mode": "lines", "name": t("network.now"), "y": now, "line": {"color": BLUE, "width": 3}}
        )
        if tenders := climate.tenders:
            marker = {"symbol": "x", "size": 11, "color": ORANGE, "line": {"width": 1, "color": INK}}
            heights = [now[year] for year in tenders]
            marks = {"type": "scatter", "mode": "markers", "name": t("network.tender_year"), "x": list(tenders)}
            traces.append({**marks, "y": heights, "marker": marker, "hoverinfo": "skip"})
        layout = {
            "height": 250,
            "margin": {"l": 60, "r": 20, "t": 30, "b": 42},
            "xaxis": {"range": [-0.3, climate.years + 0.3], "dtick": 3, "title": {"text": t("network.year")}},
            "yaxis": {"range": [0, 105], "title": {"text": t("network.trust")}},
        }
        key = {0: "trust_sentence_none", 1: "trust_sentence_one"}.get(len(climate.tenders), "trust_sentence")
        sentence = t(f"network.{key}", trust=percent(found[-1]), tenders=len(climate.tenders))
        rows = [[str(year), percent(level)] for year, level in zip(years, found, strict=True)]
        self.draw(traces, layout, sentence, [t("network.year"), t("network.trust")], rows)


class _ByHand(Stack):
    """Step 1: a ring of services, to which the student lays ties."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        options = [{"id": str(i), "text": _name(i)} for i in range(ORGANISATIONS)]
        self.one = Choice(t("network.from"), options, compact=True, value="0")
        self.other = Choice(t("network.to"), options, compact=True, value="6")
        self.ties = SHAPES["ring"]
        self.chart, self.said, self.goal = NetworkChart(), Prose(live=True), Prose(live=True)
        buttons = [Button(t("network.toggle"), self._toggle), Button(t("network.reset"), self._reset)]
        stage = Stage([self.one, self.other, Row(*buttons), self.said], [self.chart], [self.goal])
        super().__init__([step("network", "hand"), stage])
        self._show()

    def _toggle(self) -> None:
        one, other = int(self.one.value), int(self.other.value)
        if one == other:
            self.said.text = t("network.hand_same")
            return
        before = self._chance
        self.ties = toggle(self.ties, one, other)
        self._show()
        key = "better" if self._chance > before else "worse" if self._chance < before else "equal"
        change = t(f"network.hand_{key}", before=before, after=self._chance)
        did = "laid" if (min(one, other), max(one, other)) in self.ties else "cut"
        self.said.text = t(f"network.hand_{did}", one=_name(one), other=_name(other), change=change)

    def _reset(self) -> None:
        self.ties = SHAPES["ring"]
        self.said.text = ""
        self._show()

    def _show(self) -> None:
        region = run(self.ties, upkeep=UPKEEP / 100, most=SERVICES)
        self.chart.show(region)
        self._chance = round(100 * region.success[-1])
        reached = self._chance >= GOAL_BY_HAND and len(self.ties) <= MOST_TIES_BY_HAND
        tone = "done" if reached else "todo"
        with self.goal.hold_sync():
            self.goal.tone = tone
            self.goal.text = t(f"network.goal_hand_{tone}", after=self._chance, ties=len(self.ties))
        self.value = {"ties": [list(tie) for tie in self.ties], "chance": self._chance}


def _shape_choice(*names: str, compact: bool = False) -> Choice:
    options = [
        {"id": name, "text": t(f"network.shapes.{name}"), "hint": t(f"network.shape_hints.{name}")} for name in names
    ]
    return Choice(t("network.shape"), options, value="moderate" if "moderate" in names else names[0], compact=compact)


def _hub_choice(value: str, compact: bool = False) -> Choice:
    options = [{"id": name, "text": t(f"network.hub_{name}")} for name in ("no", "yes")]
    return Choice(t("network.hub"), options, value=value, compact=compact)


class _ShapeRun(Stack):
    """Step 2: four shapes, and what a tie costs."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        self.shape = _shape_choice("ring", "star", "moderate", "full")
        self.upkeep = SentenceSlider("network.upkeep", max=4, step=0.5, value=UPKEEP)
        self.chart, self.portrait = NetworkChart(), Prose(live=True)
        super().__init__([Stage([self.shape, self.upkeep], [self.chart, self.portrait])])
        for control in (self.shape, self.upkeep):
            control.observe(self._show, "value")
        self._show()

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        ties = SHAPES[self.shape.value]
        region = run(ties, upkeep=self.upkeep.value / 100, most=SERVICES)
        self.chart.show(region)
        self.portrait.text = _portrait(ties)
        self.value = {"shape": self.shape.value, "upkeep": self.upkeep.value, "success": list(region.success)}


class _HubRun(Stack):
    """Step 3: the star, with and without a paid hub."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        self.hub = _hub_choice("yes")
        self.chart, self.portrait = NetworkChart(), Prose()
        super().__init__([Stage([self.hub, self.portrait], [self.chart])])
        self.hub.observe(self._show, "value")
        self.portrait.text = _portrait(SHAPES["star"])
        self._show()

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        region = run(SHAPES["star"], upkeep=UPKEEP / 100, hub_paid=self.hub.value == "yes", most=SERVICES)
        self.chart.show(region)
        self.value = {"hub": self.hub.value, "success": list(region.success)}


def _rivalry_slider() -> SentenceSlider:
    return SentenceSlider("network.rivalry", max=100, step=5, value=100)


def _cycle_slider() -> SentenceSlider:
    return SentenceSlider("network.cycle", max=12, value=3)


class _TenderRun(Stack):
    """Step 4: twelve years of tenders, and what clients with one to five services notice."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        self.rivalry, self.cycle = _rivalry_slider(), _cycle_slider()
        self.line, self.bars = _TrustChart(), _ServicesChart()
        super().__init__([Stage([self.rivalry, self.cycle], [self.line, self.bars])])
        for control in (self.rivalry, self.cycle):
            control.observe(self._show, "value")
        self._show()

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        climate = Climate(rivalry=self.rivalry.value / 100, cycle=int(self.cycle.value))
        self.line.show(climate)
        level = trust(climate)[-1]
        success = tuple(path_success(level, services) for services in range(1, MOST_SERVICES + 1))
        self.bars.show(success)
        self.value = {**asdict(climate), "trust": level, "success": list(success)}


class _Sandbox(Stack):
    """Step 5: shape, time, hub and tender together, and three goals."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        self.shape = _shape_choice(*SHAPES, compact=True)
        self.rivalry, self.cycle = _rivalry_slider(), _cycle_slider()
        self.upkeep = SentenceSlider("network.upkeep", max=4, step=0.5, value=UPKEEP)
        self.hub = _hub_choice("no", compact=True)
        self._controls = [self.shape, self.rivalry, self.cycle, self.upkeep, self.hub]
        self._opening = [control.value for control in self._controls]
        self.chart, self.bars = NetworkChart(310), _ServicesChart()
        self.goals = {name: Prose(live=True) for name in ("open", "dense", "hold")}
        reset = Button(t("network.reset"), self._reset)
        super().__init__([Stage([*self._controls, reset], [self.chart, self.bars], self.goals.values())])
        for control in self._controls:
            control.observe(self._show, "value")
        self._show()

    def _reset(self) -> None:
        for control, value in zip(self._controls, self._opening, strict=True):
            control.value = value

    def _three(self, shape: str, climate: Climate) -> float:
        """Give the chance of three services in another shape or climate, all else as it is set now."""
        return run(SHAPES[shape], climate, self.upkeep.value / 100, self.hub.value == "yes", SERVICES).success[-1]

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        shape, climate = self.shape.value, Climate(self.rivalry.value / 100, int(self.cycle.value))
        region = run(SHAPES[shape], climate, self.upkeep.value / 100, self.hub.value == "yes")
        self.chart.show(region)
        self.bars.show(region.success)
        chance = round(100 * region.success[SERVICES - 1])
        without = round(100 * self._three(shape, Climate(cycle=0)))
        ring = round(100 * self._three("ring", climate))
        often = 1 <= climate.cycle <= 3
        reached = {
            "open": shape == "closed" and chance > without,
            "dense": shape == "full" and chance < ring,
            "hold": often and climate.rivalry >= 0.15 and self.upkeep.value >= UPKEEP and chance >= GOAL_HELD,
        }
        for name, goal in self.goals.items():
            tone = "done" if reached[name] else "todo"
            with goal.hold_sync():
                goal.tone = tone
                goal.text = t(f"network.goal_{name}_{tone}", chance=chance, without=without, ring=ring)
        self.value = {
            "shape": shape,
            **asdict(climate),
            "upkeep": self.upkeep.value,
            "hub": self.hub.value,
            "success": list(region.success),
            "goals": [name for name, done in reached.items() if done],
        }
