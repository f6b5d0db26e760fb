"""The picture of the trust clock in :mod:`vermarkting.models.continuity`: contracts, providers, and a neighbourhood."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from statistics import fmean

import traitlets

from vermarkting.explorables.drawing.bars import ROW, Bar, bars, before_legend
from vermarkting.explorables.drawing.plots import BLUE, INK, ORANGE
from vermarkting.explorables.frame import AfterBet, Explorable, Ghost, Row, Stage, decimal, later, step
from vermarkting.models.continuity import Contract, Spell, history, long_run, mean_trust, trust_after, without_awards
from vermarkting.models.tender import procedure_cost_share
from vermarkting.text import t
from vermarkting.widgets.chart import Chart
from vermarkting.widgets.controls import Button, SentenceSlider
from vermarkting.widgets.part import Stack
from vermarkting.widgets.picture import Picture
from vermarkting.widgets.prose import Prose
from vermarkting.widgets.scene import Mark, Scene, block, line, words

YEARS = 20
FIRST_DRAW = {"incumbent": 1, "quality": 2}  # seeds whose history shows more than one provider
TERMS = [half / 2 for half in range(1, 31)]  # years, for the curve
GOOD_NEWCOMERS = 0.5  # stylised: half of the newcomers are good
BIDDERS, COST_PER_BID, COST_FOR_BUYER = 2, 15_000, 30_000  # stylised, as in the tender room
YEARLY_VALUE = 395_315  # euro, De Vaart (source B54)
CONTROLS = {
    "term": {"min": 1, "max": 15, "step": 0.5, "value": 2.5},
    "wins": {"max": 95, "step": 5, "value": 75},
    "good_wins": {"max": 100, "step": 5, "value": 90},
    "weak_wins": {"max": 100, "step": 5, "value": 10},
    "build_up": {"min": 0.5, "max": 6, "step": 0.5, "value": 2},
}


def trust_clock() -> Explorable:
    """Show the trust clock: plan contracts by hand, then bet on incumbents that win and on a jury that looks well."""
    return Explorable(
        "trust_clock",
        _ByHand(),
        step("trust_clock", "bet"),
        AfterBet("07.bet_klok", _Incumbent, "trust_clock.wins_again"),
        step("trust_clock", "jury"),
        AfterBet("07.bet_toets", lambda: _Quality("good_wins", "weak_wins")),
        later("trust_clock.sandbox", _sandbox),
        Prose(t("trust_clock.model_note")),
    )


def _sandbox() -> Stack:
    return _Sandbox("term", "good_wins", "weak_wins", "build_up", good_wins=50, weak_wins=50)


PARTS = 2  # columns in a year
BOTTOM, DEEP = 170, 140  # where the years lie and how high 100 is, in pixels


class ClockChart(Scene):
    """Twenty years of trust or of help in columns, which can be played year by year; the mean before as a line."""

    def __init__(self, shows: str) -> None:
        super().__init__(t(f"trust_clock.chart_{shows}"))
        self._axis = t(f"trust_clock.axis_{shows}")
        self._ghost: Ghost[float] = Ghost()

    def show(self, spells: Sequence[Spell], contract: Contract, sentence: str) -> None:
        columns = [_column(place, spells, contract) for place in range(YEARS * PARTS)]
        previous = self._ghost.show(fmean(worth for _, _, worth in columns))
        marks = [
            words("axis", 1, 14, self._axis, weight="bold"),
            line("years", 1, BOTTOM + 1, 99, BOTTOM + 1),
            *(words(f"year-{year}", _at(year), BOTTOM + 18, str(year), "middle") for year in range(0, YEARS + 1, 5)),
            words("years-name", 99, BOTTOM + 34, t("trust_clock.axis_years"), "end"),
            *(line(f"team-{n}", _at(s.start), BOTTOM - DEEP, _at(s.start), BOTTOM, "ghost")
              for n, s in enumerate(spells[1:], start=2)),
        ]  # fmt: skip
        if previous is not None:
            y = BOTTOM - DEEP * previous / 100
            marks.append(line("before", 1, y, 99, y, "grey"))
        drawn = [_drawn(place, *column) for place, column in enumerate(columns)]
        hand = [block("hand", _at(YEARS) - 0.3, BOTTOM - DEEP - 4, 0.6, DEEP + 8, "ink")]
        start = [*marks, *({**bar, "y": BOTTOM, "h": 0} for bar in drawn), {**hand[0], "x": _at(0)}]
        frames = [self._frame(year, drawn, columns, hand[0]) for year in range(1, YEARS + 1)]
        frames[-1]["say"] = sentence
        kinds = [("blue", "strong", True), ("orange", "weak", False)]
        legend = [
            *({"shape": "block", "look": look, "text": t(f"trust_clock.{name}")}
              for look, name, good in kinds if any(s.good is good for s in spells)),
            *([{"shape": "line", "look": "ghost", "text": t("trust_clock.new_team")}] if len(spells) > 1 else []),
            *([] if previous is None else
              [{"shape": "line", "look": "grey", "text": t("trust_clock.previous_mean")}]),
        ]  # fmt: skip
        heads = [t(f"trust_clock.{name}") for name in ("provider", "from", "until", "kind", "at_the_end")]
        rows = [_row(number, spell, contract) for number, spell in enumerate(spells, start=1)]
        self.draw([*marks, *drawn, *hand], BOTTOM + 40, sentence, heads, rows, start, frames, legend)

    def _frame(self, year: int, drawn: list[Mark], columns: list[tuple[int, bool, float]], hand: Mark) -> dict:
        number, _, worth = columns[year * PARTS - 1]
        say = t("trust_clock.year", year=year, team=number, axis=self._axis, worth=decimal(worth))
        new = drawn[(year - 1) * PARTS : year * PARTS]
        changed = [{"id": bar["id"], "y": bar["y"], "h": bar["h"]} for bar in new]
        return {"marks": [*changed, {"id": hand["id"], "x": round(_at(year) - 0.3, 2)}], "say": say}


def _at(year: float) -> float:
    return 2 + 96 * year / YEARS


def _column(place: int, spells: Sequence[Spell], contract: Contract) -> tuple[int, bool, float]:
    """Give for one part of a year the number of the team, whether it is strong, and what it is worth by its end."""
    end = (place + 1) / PARTS
    number, spell = next((n, s) for n, s in enumerate(spells, start=1) if s.start < end <= s.end + 1e-9)
    return number, spell.good, _worth(spell, end - spell.start, contract)


def _drawn(place: int, _number: int, good: bool, worth: float) -> Mark:
    high = round(DEEP * worth / 100, 1)
    wide = 96 / (YEARS * PARTS)
    look = "blue" if good else "orange"
    return block(f"part-{place}", 2 + wide * place + 0.15, BOTTOM - high, wide - 0.3, high, look)


def _worth(spell: Spell, years: float, contract: Contract) -> float:
    return 100 * trust_after(years, contract.build_up) * (1 if spell.good else contract.weak_quality)


def _row(number: int, spell: Spell, contract: Contract) -> list[str]:
    worth = _worth(spell, spell.end - spell.start, contract)
    kind = t("trust_clock.strong" if spell.good else "trust_clock.weak")
    return [str(number), _number(spell.start), _number(spell.end), kind, decimal(worth)]


class _ByHand(Stack):
    """The student plans the contracts of a neighbourhood in which each new contract brings a new provider."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        self.term = SentenceSlider("trust_clock.hand_term", min=1, max=20, step=0.5, value=4)
        self.chart = ClockChart("trust")
        super().__init__([step("trust_clock", "hand"), Stage([self.term], [self.chart])])
        self.term.observe(self._show, "value")
        self._show()

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        contract = Contract(term=self.term.value)
        spells = history(contract, YEARS)
        trust = 100 * mean_trust(contract.term, contract.build_up, 0)
        key = "trust_clock.hand_sentence" if len(spells) > 1 else "trust_clock.hand_sentence_one"
        words = {"term": _number(contract.term), "trust": decimal(trust), "teams": len(spells)}
        self.chart.show(spells, contract, t(key, **words, awards=len(spells) - 1))
        self.value = {"term": contract.term, "trust": trust, "teams": len(spells)}


class _Drawn(Stack):
    """Controls, a new draw of chance, the way back to the opening, and the charts that follow them."""

    value = traitlets.Dict()
    first_draw = 0

    def __init__(
        self, controls: dict[str, SentenceSlider], *pictures: Picture | Prose, tasks: Iterable[Prose] = ()
    ) -> None:
        self.seed, self.controls = self.first_draw, controls
        self._opening = _values(controls)
        buttons = [Button(t("trust_clock.new_draw"), self._new_draw), Button(t("trust_clock.reset"), self._reset)]
        super().__init__([Stage([*controls.values(), Row(*buttons)], pictures, tasks)])
        for control in controls.values():
            control.observe(self._show, "value")
        self._show()

    def _new_draw(self) -> None:
        self.seed += 1
        self._show()

    def _reset(self) -> None:
        self.seed = self.first_draw
        _set(self.controls, self._opening)
        self._show()

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        raise NotImplementedError


class _Incumbent(_Drawn):
    """The provider at work may win again: a drawn history, and the mean trust at every term."""

    first_draw = FIRST_DRAW["incumbent"]

    def __init__(self) -> None:
        self.chart, self.curve = ClockChart("trust"), Chart(t("trust_clock.chart_terms"))
        super().__init__(_sliders("term", "wins"), self.chart, self.curve)

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        term, chance = self.controls["term"].value, self.controls["wins"].value / 100
        contract = Contract(term=term, good_wins=chance)
        spells = history(contract, YEARS, self.seed)
        trust = 100 * mean_trust(term, contract.build_up, chance)
        words = {
            "seed": self.seed,
            "teams": len(spells),
            "term": _number(term),
            "wins": decimal(100 * chance),
            "stay": _number(term / (1 - chance)),
            "trust": decimal(trust),
        }
        key = "trust_clock.wins_sentence" if len(spells) > 1 else "trust_clock.wins_sentence_one"
        self.chart.show(spells, contract, t(key, **words))
        self._draw_curve(contract, trust)
        self.value = {**asdict(contract), "trust": trust, "teams": len(spells), "seed": self.seed}

    def _draw_curve(self, contract: Contract, trust: float) -> None:
        lines = (("always_new", 0.0, ORANGE, "dash"), ("may_win", contract.good_wins, BLUE, "solid"))
        values = {
            name: [100 * mean_trust(term, contract.build_up, chance) for term in TERMS] for name, chance, _, _ in lines
        }
        traces = [
            {
                "type": "scatter",
                "mode": "lines",
                "name": t(f"trust_clock.{name}"),
                "x": TERMS,
                "y": [round(value, 1) for value in values[name]],
                "line": {"color": color, "dash": dash, "width": 3},
                "hovertemplate": "%{y:.0f}<extra>" + t(f"trust_clock.{name}") + "</extra>",
            }
            for name, _, color, dash in lines
        ]
        here = {"type": "line", "x0": contract.term, "x1": contract.term, "y0": 0, "y1": 105}
        layout = {
            "height": 230,
            "margin": {"l": 60, "r": 20, "t": 30, "b": 42},
            "xaxis": {"range": [0, 15], "title": {"text": t("trust_clock.axis_term")}},
            "yaxis": {"range": [0, 105], "title": {"text": t("trust_clock.axis_trust")}},
            "shapes": [{**here, "line": {"color": INK, "width": 2, "dash": "dot"}}],
        }
        without = 100 * mean_trust(contract.term, contract.build_up, 0)
        sentence = t("trust_clock.curve_sentence", without=decimal(without), trust=decimal(trust))
        columns = [t("trust_clock.axis_term"), t("trust_clock.always_new"), t("trust_clock.may_win")]
        rows = [
            [_number(term), decimal(new), decimal(may)]
            for term, new, may in zip(TERMS, values["always_new"], values["may_win"], strict=True)
        ]
        self.curve.draw(traces, layout, sentence, columns, rows[1::2])


class _Quality(_Drawn):
    """Strong and weak providers, and a jury that may or may not tell them apart."""

    first_draw = FIRST_DRAW["quality"]

    def __init__(
        self, *controls: str, more: Iterable[Prose] = (), tasks: Iterable[Prose] = (), **openings: float
    ) -> None:
        self.chart, self.bars = ClockChart("help"), Scene(t("trust_clock.chart_compare"))
        self._ghost: Ghost[list[float]] = Ghost()
        super().__init__(_sliders(*controls, **openings), self.bars, self.chart, *more, tasks=tasks)

    def _contract(self) -> Contract:
        chosen = _values(self.controls)
        return Contract(
            term=chosen.get("term", CONTROLS["term"]["value"]),
            build_up=chosen.get("build_up", CONTROLS["build_up"]["value"]),
            good_wins=chosen["good_wins"] / 100,
            weak_wins=chosen["weak_wins"] / 100,
            good_newcomers=GOOD_NEWCOMERS,
        )

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        contract = self._contract()
        spells = history(contract, YEARS, self.seed)
        weak = sum(not spell.good for spell in spells)
        drawn = t("trust_clock.draw_sentence", seed=self.seed, teams=len(spells), weak=weak)
        self.chart.show(spells, contract, drawn)
        mean, stays = long_run(contract), 100 * without_awards(contract)
        self._draw_bars(contract, 100 * mean.help, stays)
        self.value = {**asdict(contract), **asdict(mean), "without": stays / 100, "seed": self.seed}

    def _draw_bars(self, contract: Contract, worth: float, stays: float) -> None:
        labels, values = [t("trust_clock.with_tender"), t("trust_clock.first_stays")], [worth, stays]
        previous = self._ghost.show(values)
        shown = [decimal(value) for value in values]
        rows = [
            Bar(t("trust_clock.help_of", choice=label, help=told), [(value, look)], previous[n] if previous else None)
            for n, (label, told, value, look) in enumerate(zip(labels, shown, values, ("blue", "grey"), strict=True))
        ]
        mean = long_run(contract)
        verdict = "same" if shown[0] == shown[1] else "better" if worth > stays else "worse"
        words = {"help": shown[0], "without": shown[1], "good": decimal(100 * mean.good)}
        sentence = t(f"trust_clock.compare_{verdict}", **words, trust=decimal(100 * mean.trust))
        table = [[label, value] for label, value in zip(labels, shown, strict=True)]
        columns = [t("trust_clock.choice"), t("trust_clock.axis_help")]
        self.bars.draw(bars(rows, 0, 100), 2 * ROW, sentence, columns, table, legend=before_legend(previous))


class _Sandbox(_Quality):
    """All controls, what the procedures cost, and three goals that say themselves when they are reached."""

    def __init__(self, *controls: str, **openings: float) -> None:
        self.cost = Prose(live=True)
        self.goals = {name: Prose(live=True) for name in ("short", "doubt", "cheap")}
        super().__init__(*controls, more=[self.cost], tasks=self.goals.values(), **openings)

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        super()._show()
        contract = self._contract()
        mean, stays = long_run(contract), without_awards(contract)
        cost = procedure_cost_share(BIDDERS, COST_PER_BID, COST_FOR_BUYER, YEARLY_VALUE * contract.term)
        reached = {
            "short": contract.term <= 3 and contract.build_up >= 2 and mean.trust >= 0.8,
            "doubt": contract.weak_wins >= 0.3 and mean.help > stays,
            "cheap": cost < 0.03 and mean.help > stays,
        }
        words = {
            "term": _number(contract.term),
            "cost": decimal(100 * cost, 1),
            "trust": decimal(100 * mean.trust),
            "help": decimal(100 * mean.help),
            "good": decimal(100 * mean.good),
            "without": decimal(100 * stays),
        }
        self.cost.text = t("trust_clock.cost_sentence", **words)
        for name, goal in self.goals.items():
            tone = "done" if reached[name] else "todo"
            with goal.hold_sync():
                goal.tone, goal.text = tone, t(f"trust_clock.goal_{name}_{tone}", **words)
        self.value = {**self.value, "cost": cost, "goals": [name for name, done in reached.items() if done]}


def _number(number: float) -> str:
    """Write a number of years with at most one decimal: 4 and 2,5."""
    return decimal(number, 1).removesuffix(",0")


def _sliders(*names: str, **openings: float) -> dict[str, SentenceSlider]:
    """Give sliders at their usual opening, or at another one."""
    ranges = {name: {**CONTROLS[name], "value": openings.get(name, CONTROLS[name]["value"])} for name in names}
    return {name: SentenceSlider(f"trust_clock.{name}", **ranges[name]) for name in names}


def _values(controls: dict[str, SentenceSlider]) -> dict[str, float]:
    return {name: control.value for name, control in controls.items()}


def _set(controls: dict[str, SentenceSlider], values: dict[str, float]) -> None:
    for name, control in controls.items():
        control.value = values[name]
