"""The picture of :mod:`vermarkting.models.network`: twelve services, the ties between them, and a client."""

from collections.abc import Callable
from dataclasses import asdict
from random import Random

import traitlets

from vermarkting.explorables.drawing.bars import ROW, Bar, bars, before_legend
from vermarkting.explorables.drawing.net import Place, circle, name_beside, node, percent, tie_legend, ties
from vermarkting.explorables.drawing.plots import BLUE, GREY, INK, ORANGE
from vermarkting.explorables.drawing.referral import SERVICES, Walk, follow
from vermarkting.explorables.frame import AfterBet, Explorable, Ghost, Row, Stage, later, step
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
from vermarkting.widgets.scene import Mark, Scene, person, words

UPKEEP = 2  # points that a tie takes, of 100
GOAL_BY_HAND, MOST_TIES_BY_HAND = 47, 15
GOAL_HELD = 35
FIRST_CLIENTS = 6


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


def _name(organisation: int) -> str:
    return t(f"network.organisations.{organisation}")


class NetworkChart(Scene):
    """Twelve services and their ties, readable as a table too; a client drawn by lot can be followed along the ties."""

    def __init__(self, height: int = 380, on_pick: Callable[[int], None] | None = None) -> None:
        hear = on_pick and (lambda mark: on_pick(int(mark.removeprefix("node-"))))
        super().__init__(t("network.chart"), hear)
        self._height, self._can_pick = height, on_pick is not None
        self._clients = Random(FIRST_CLIENTS)
        self._followed, self._helped = 0, 0

    def show(self, region: Region, picked: int | None = None) -> None:
        """Draw a network; who was followed in another one no longer counts."""
        if picked is None:
            self._followed, self._helped = 0, 0
        self._region, self._picked = region, picked
        self._draw(_sentence(region))

    def follow(self) -> None:
        """Let a client look for three services, one hand-over after the other, until one fails."""
        walk = follow(self._region, self._clients)
        self._followed += 1
        self._helped += walk.is_helped
        tally = t("network.followed", followed=self._followed, helped=self._helped)
        told = f"{_told(walk, len(walk.hops))} {tally}"
        self._draw(told, walk)

    def _draw(self, sentence: str, walk: Walk | None = None) -> None:
        region, places = self._region, self._places()
        marks = [*ties(places, region.ties, region.strengths), *self._services(places)]
        chance = t("network.note", chance=percent(region.success[SERVICES - 1]))
        marks.append(words("note", 50, self._height + 18, chance, "middle", "bold"))
        playing: dict = {}
        if walk:
            stops = [_client(places, walk, done) for done in range(len(walk.hops) + 1)]
            frames = [
                {"marks": stop, "say": _told(walk, done) if done < len(walk.hops) else sentence}
                for done, stop in enumerate(stops)
            ]
            playing = {"start": [*marks, *stops[0]], "frames": frames[1:], "play": True}
            marks = [*marks, *stops[-1]]
        legend = [*tie_legend(region.strengths), *self._kinds()]
        self.draw(marks, self._height + 26, sentence, *_table(region), legend=legend, **playing)

    def _places(self) -> list[Place]:
        places = circle(ORGANISATIONS, self._height)
        if centralisation(self._region.ties) == 1:
            places[0] = (50.0, self._height / 2)  # in a star the hub stands in the middle
        return places

    def _look(self, organisation: int) -> str:
        degree = degrees(self._region.ties)
        if organisation == self._picked:
            return "ink"
        if not degree[organisation]:
            return "open"
        busiest = centralisation(self._region.ties) and organisation == hub(self._region.ties)
        return "orange" if busiest else "blue"

    def _services(self, places: list[Place]) -> list[Mark]:
        marks = []
        for number, place in enumerate(places):
            more = {"pick": True} if self._can_pick else {}
            marks.append(node(number, place, self._look(number), 11 if self._can_pick else 9, **more))
            inside = place[0] == 50 and place[1] == self._height / 2
            marks.append(name_beside(f"name-{number}", place, self._height, _name(number), inside))
        return marks

    def _kinds(self) -> list[dict]:
        kinds = {"orange": "busiest", "open": "outside"}
        seen = {self._look(number) for number in range(ORGANISATIONS)}
        return [{"shape": "dot", "look": look, "text": t(f"network.{kinds[look]}")} for look in kinds if look in seen]


def _client(places: list[Place], walk: Walk, done: int) -> list[Mark]:
    """Draw the client after so many hand-overs; one that failed leaves the client halfway."""
    if not done:
        x, y = places[walk.needs[0]]
        look, said = "blue", ""
    else:
        one, other, _, worked = walk.hops[done - 1]
        (x, y), (from_x, from_y) = places[other], places[one]
        look, said = ("blue", "") if worked else ("open", t("network.walk_lost"))
        if not worked:
            x, y = (x + from_x) / 2, (y + from_y) / 2
    return [person("client", x, y, 40, look), words("client-says", x, y - 24, said, "middle", "bold")]


def _told(walk: Walk, done: int) -> str:
    names = ", ".join(_name(need) for need in walk.needs)
    if not done:
        return t("network.walk_start", names=names)
    one, other, strength, worked = walk.hops[done - 1]
    between = {"one": _name(one), "other": _name(other), "strength": percent(strength)}
    if worked:
        last = " " + t("network.walk_helped", names=names) if done == len(walk.hops) else ""
        return t("network.walk_worked", **between) + last
    return t("network.walk_failed" if strength else "network.walk_no_tie", **between)


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


class _ServicesChart(Scene):
    """The chance of getting everything, for clients who need one to five services, with the previous run behind it."""

    def __init__(self) -> None:
        super().__init__(t("network.chart_services"))
        self._ghost: Ghost[tuple[float, ...]] = Ghost()

    def show(self, success: tuple[float, ...]) -> None:
        previous = self._ghost.show(success)
        rows = [
            Bar(
                t("network.bar_services", count=count, chance=percent(chance)),
                [(100 * chance, "blue")],
                100 * previous[count - 1] if previous else None,
            )
            for count, chance in enumerate(success, start=1)
        ]
        one, _, three, _, five = map(percent, success)
        sentence = t("network.services_sentence", one=one, three=three, five=five)
        table = [[str(k), percent(chance)] for k, chance in enumerate(success, start=1)]
        columns = [t("network.axis_services"), t("network.axis_chance")]
        self.draw(bars(rows, 0, 100), ROW * len(rows), sentence, columns, table, legend=before_legend(previous))


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
        self.chart, self.said, self.goal = NetworkChart(on_pick=self._pick), Prose(live=True), Prose(live=True)
        self._picked: int | None = None
        buttons = [
            Button(t("network.toggle"), self._toggle),
            Button(t("network.follow"), self.chart.follow),
            Button(t("network.reset"), self._reset),
        ]
        stage = Stage([self.one, self.other, Row(*buttons), self.said], [self.chart], [self.goal])
        super().__init__([step("network", "hand"), stage])
        self._show()

    def _pick(self, organisation: int) -> None:
        """A first click takes one side of a tie, a second click the other."""
        if self._picked is None or self._picked == organisation:
            self._picked = organisation if self._picked is None else None
            self.said.text = t("network.hand_picked", one=_name(organisation)) if self._picked is not None else ""
            self.chart.show(self._region, picked=self._picked)
            return
        self.one.value, self.other.value = str(self._picked), str(organisation)
        self._toggle()

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
        self._region = region = run(self.ties, upkeep=UPKEEP / 100, most=SERVICES)
        self._picked = None
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
        walk = Button(t("network.follow"), self.chart.follow)
        super().__init__([Stage([self.shape, self.upkeep, walk, self.portrait], [self.chart])])
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
        walk = Button(t("network.follow"), self.chart.follow)
        super().__init__([Stage([self.hub, walk, self.portrait], [self.chart])])
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
        self.chart, self.bars = NetworkChart(270), _ServicesChart()
        self.goals = {name: Prose(live=True) for name in ("open", "dense", "hold")}
        walk, reset = Button(t("network.follow"), self.chart.follow), Button(t("network.reset"), self._reset)
        stage = Stage([*self._controls, Row(walk, reset)], [self.chart, self.bars], self.goals.values())
        super().__init__([stage])
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
