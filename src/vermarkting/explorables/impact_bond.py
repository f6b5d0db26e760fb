"""The picture of :mod:`vermarkting.models.impact_bond`: a bond by hand, real pay-out rules, luck, a wrong baseline."""

from collections import Counter

import traitlets

from vermarkting import data
from vermarkting.explorables.drawing.plots import BLUE, GREY, INK, ORANGE, bar
from vermarkting.explorables.frame import AfterBet, Explorable, Ghost, Row, Stage, decimal, later, step
from vermarkting.models.impact_bond import (
    Bond,
    Deal,
    Flow,
    Forecast,
    Step,
    balance,
    cash_flows,
    draw,
    forecast,
    gain,
    irr,
    pay_out,
    risk_shares,
    success_probability,
    target,
)
from vermarkting.text import t
from vermarkting.widgets.chart import Chart
from vermarkting.widgets.controls import Button, Choice, SentenceSlider
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose
from vermarkting.widgets.scene import Mark, Scene, block, dot, line, pile, words

GROUP = 133  # the size of Back on Track (source B14); its chances below are made up
ANYWAY = 0.30
MARGIN = 0.10
DEAL = Deal(capital=1_000_000, years=3)
PER_HUNDRED = 100.0
SAVING_PER_COST = 8  # stylised: what a success saves elsewhere, in times the cost of one participant
ROUNDS = 200
SIZES = (20, 30, 60, 100, 133, 200, 270, 400, 600, 800, 1000)
RESULTS = {  # the sliders of step 2, in the unit of each rule
    "iod": {"min": -20, "max": 120, "step": 1, "value": 30},
    "newpin": {"min": 40, "max": 80, "step": 1, "value": 61},
    "peterborough": {"min": 0, "max": 20, "step": 0.5, "value": 9},
}


def impact_bond() -> Explorable:
    """Show the bond of Lindenrode: play it, read real rules, bet on luck and on the baseline, divide the risk."""
    return Explorable(
        "impact_bond",
        _ByHand(),
        _Rules(),
        step("impact_bond", "bet"),
        AfterBet("05.bet_nutteloos", lambda: _Luck("size"), "impact_bond.size"),
        step("impact_bond", "error"),
        AfterBet("05.bet_groter", lambda: _Luck("size", "error")),
        later("impact_bond.sandbox", _Sandbox),
        Prose(f"{t('impact_bond.saving_note')}\n\n{t('impact_bond.model_note')}"),
    )


def rule_rows(name: str) -> list[dict]:
    """Give the steps of a rule as they stand in ``payout_rules.csv``."""
    return [row for row in data.rows("payout_rules") if row["rule"] == name]


def rule_steps(name: str) -> tuple[Step, ...]:
    """Give a rule as the model wants it."""
    percent = ("capital_back_pct", "rate_pct", "rate_at_end_pct")
    return tuple(Step(row["from_result"], *(row[field] / 100 for field in percent)) for row in rule_rows(name))


# Where each role stands: its left edge and its top, in percent and pixels. Small enough for a phone.
BOXES = {
    "investor": (1, 4),
    "outcome_payer": (52.5, 4),
    "intermediary": (27, 122),
    "provider": (1, 241),
    "evaluator": (52.5, 241),
}
WIDE, HIGH = 46.5, 62
ARROWS = (  # from whom, to whom, where the arrow starts and ends
    ("investor", "intermediary", (32, 68), (32, 119)),
    ("intermediary", "provider", (36, 187), (36, 238)),
    ("intermediary", "evaluator", (64, 187), (64, 238)),
    ("outcome_payer", "intermediary", (66, 68), (66, 119)),
    ("intermediary", "investor", (41, 120), (41, 69)),
)


class FlowChart(Scene):
    """Five roles as boxes, the money between them as arrows with an amount and a number, thicker where more flows."""

    def __init__(self) -> None:
        super().__init__(t("impact_bond.flow_chart"))

    def show(self, flows: tuple[Flow, ...], successes: int, sentence: str) -> None:
        marks, rows = [], []
        for role, (x, y) in BOXES.items():
            marks.append(block(f"box-{role}", x, y, WIDE, HIGH, "pale"))
            told = t(f"impact_bond.boxes.{role}", successes=successes, group=GROUP).split(" | ")
            for number, text in enumerate(told):
                weight = "bold" if number == 0 else "normal"
                down = y + 26 + 18 * number if len(told) > 1 else y + 36
                marks.append(words(f"box-{role}-{number}", x + WIDE / 2, down, text, "middle", weight))
        for number, (payer, payee, start, end) in enumerate(ARROWS, start=1):
            paid = [flow for flow in flows if (flow.payer, flow.payee) == (payer, payee)]
            euro = sum(flow.amount for flow in paid)
            why = t(f"impact_bond.purposes.{payer}_{payee}")
            told = t("impact_bond.flow_label", number=number, why=why, amount=decimal(euro))
            marks += _arrow(number, start, end, told, euro)
            ends = (t(f"impact_bond.names.{role}") for role in (payer, payee))
            rows.append([f"{number}. {_when(payer, payee)}", *ends, decimal(euro), why])
        columns = [t(f"impact_bond.{name}") for name in ("when", "from", "to", "euro", "why")]
        self.draw(marks, LISTED + 5 * 19, sentence, columns, rows)


LISTED = 318  # where the list of amounts begins, in pixels


def _arrow(number: int, start: tuple[float, float], end: tuple[float, float], told: str, euro: float) -> list[Mark]:
    x, y = start[0], (start[1] + end[1]) / 2
    return [
        line(f"arrow-{number}", *start, *end, "ink" if euro else "grey", arrow=True),
        dot(f"number-{number}", x, y, 10, "open"),
        words(f"number-{number}-is", x, y + 5, str(number), "middle", "bold"),
        words(f"amount-{number}", 1, LISTED + 19 * (number - 1) + 10, told, "start", "bold" if euro else "normal"),
    ]


def _when(payer: str, payee: str) -> str:
    moments = {"investor": "year_start", "outcome_payer": "year_end"}
    if payer == "intermediary":
        return t("impact_bond.year_during" if payee == "provider" else "impact_bond.year_end")
    return t(f"impact_bond.{moments[payer]}")


class _ByHand(Stack):
    """Step 1: the student picks or draws an outcome and follows the money. The draws are of a useless programme."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        self._bond = Bond(GROUP, ANYWAY, 0.0, ANYWAY, MARGIN)
        self._rule = rule_steps("lindenrode")
        self._seed = 0
        self.outcome = SentenceSlider("impact_bond.outcome", max=GROUP, value=45)
        self.chart, self.drawn = FlowChart(), Prose(live=True)
        button = Button(t("impact_bond.draw"), self._draw)
        super().__init__([step("impact_bond", "hand"), Stage([self.outcome, button, self.drawn], [self.chart])])
        self.outcome.observe(self._show, "value")
        self._show()

    def _draw(self) -> None:
        self._seed += 1
        [successes] = draw(self._bond, 1, self._seed)
        self.outcome.value = successes
        self.drawn.text = t("impact_bond.drawn", seed=self._seed, successes=successes)

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        successes = int(self.outcome.value)
        better = gain(self._bond, successes)
        flows = cash_flows(DEAL, pay_out(self._rule, better, DEAL.capital, DEAL.years))
        invested = balance(flows, "investor")
        won, rate = sum(invested), irr(invested)
        paid = -sum(balance(flows, "outcome_payer"))
        sentence = t(
            "impact_bond.flow_success" if paid else "impact_bond.flow_failure",
            successes=successes,
            gain=_better(better),
            payment=decimal(paid),
            amount=decimal(abs(won)),
            rate=decimal(100 * rate),
        )
        self.chart.show(flows, successes, sentence)
        self.value = {"successes": successes, "paid": paid, "investor": won, "rate": rate}


def _better(percent: float) -> str:
    if abs(percent) < 0.05:
        return t("impact_bond.gain_same")
    key = "gain_better" if percent > 0 else "gain_worse"
    return t(f"impact_bond.{key}", percent=decimal(abs(percent), 1))


class _Rules(Stack):
    """Step 2: three real rules, each with a slider in its own unit that comes when the rule is chosen."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        options = [
            {"id": name, "text": rule_rows(name)[0]["name"], "hint": t(f"impact_bond.rule_hints.{name}")}
            for name in RESULTS
        ]
        self.rule = Choice(t("impact_bond.rule"), options)
        self.chart, self.caveat = Chart(t("impact_bond.rule_chart")), Prose()
        self._heading, self._sliders = step("impact_bond", "rules"), {}
        super().__init__()
        self.rule.observe(self._choose, "value")
        self._choose()

    def _choose(self, _change: traitlets.Bunch | None = None) -> None:
        name = self.rule.value
        if name not in self._sliders:
            self._sliders[name] = SentenceSlider(f"impact_bond.results.{name}", **RESULTS[name])
            self._sliders[name].observe(self._show, "value")
        self.children = [self._heading, Stage([self.rule, self._sliders[name]], [self.chart, self.caveat])]
        self._show()

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        name = self.rule.value
        slider, rule = self._sliders[name], rule_steps(name)
        paid = pay_out(rule, slider.value, PER_HUNDRED, DEAL.years)
        title = rule_rows(name)[0]["name"]
        self.chart.draw(
            [_rule_line(rule, slider), _rule_mark(slider.value, paid.total)],
            {
                "height": 320,
                "showlegend": False,
                "xaxis": {"range": _with_room(slider), "title": {"text": t(f"impact_bond.result_axes.{name}")}},
                "yaxis": {"range": [-6, 160], "title": {"text": t("impact_bond.rule_axis")}},
            },
            _rule_sentence(title, paid.total, paid.rate),
            [t(f"impact_bond.result_axes.{name}"), t("impact_bond.rule_axis")],
            [
                [_number(result), decimal(pay_out(rule, result, PER_HUNDRED, DEAL.years).total, 1)]
                for result in _told_results(rule, slider)
            ],
        )
        self.caveat.text = _about_rule(name)
        self.value = {"rule": name, "result": slider.value, "total": paid.total}


def _rule_line(rule: tuple[Step, ...], slider: SentenceSlider) -> dict:
    """A line with upright jumps: just below each step stands a point as well."""
    grid = [slider.min + place * (slider.max - slider.min) / 40 for place in range(41)]
    results = sorted({*grid, *(s.result for s in rule), *(s.result - 1e-6 for s in rule)})
    inside = [result for result in results if slider.min <= result <= slider.max]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [round(result, 6) for result in inside],
        "y": [round(pay_out(rule, result, PER_HUNDRED, DEAL.years).total, 2) for result in inside],
        "line": {"color": BLUE, "width": 3},
        "hovertemplate": "%{x:.1f}: %{y:.1f}<extra></extra>",
    }


def _rule_mark(result: float, total: float) -> dict:
    marker = {"symbol": "diamond", "size": 16, "color": ORANGE, "line": {"color": INK, "width": 2}}
    place = {"x": [result], "y": [round(total, 2)]}
    return {"type": "scatter", "mode": "markers", "name": t("impact_bond.rule_here"), **place, "marker": marker,
            "cliponaxis": False, "hoverinfo": "skip"}  # fmt: skip


def _with_room(slider: SentenceSlider) -> list[float]:
    room = (slider.max - slider.min) / 50
    return [slider.min - room, slider.max + room]


def _told_results(rule: tuple[Step, ...], slider: SentenceSlider) -> list[float]:
    starts = [s.result for s in rule if slider.min <= s.result <= slider.max]
    return sorted({slider.min, *starts, slider.value, slider.max})


def _rule_sentence(name: str, total: float, rate: float) -> str:
    if not total:
        return t("impact_bond.rule_sentence_nothing", name=name)
    if not rate:
        return t("impact_bond.rule_sentence_capital", name=name)
    return t("impact_bond.rule_sentence", name=name, total=decimal(total, 1), rate=_number(100 * rate))


def _about_rule(name: str) -> str:
    rows = rule_rows(name)
    known = {row["id"]: row["publisher"] for row in data.rows("sources")}
    ids = dict.fromkeys(source for row in rows for source in row["source_ids"])
    sources = "; ".join(f"{known[source]} ({source})" for source in ids)
    told = t("impact_bond.rule_source", sources=sources, sureness=rows[0]["sureness"], reading=rows[0]["reading"])
    return "\n\n".join([*(row["caveat"] for row in rows if row["caveat"]), told])


def _number(number: float) -> str:
    """Write a number with at most two decimals, and none that say nothing."""
    return decimal(number, 2).rstrip("0").rstrip(",")


class _Luck(Stack):
    """Steps 3 and 4: how often a programme without any effect reaches the target."""

    value = traitlets.Dict()

    def __init__(self, *controls: str) -> None:
        ranges = {"size": {"min": 20, "max": 1000, "value": GROUP}, "error": {"max": 10, "value": 5}}
        self.controls = {name: SentenceSlider(f"impact_bond.{name}", **ranges[name]) for name in controls}
        self._opening = {name: control.value for name, control in self.controls.items()}
        self._seed = 1
        self.spread, self.line = Scene(t("impact_bond.spread_chart")), Chart(t("impact_bond.size_chart"))
        self._ghost: Ghost[tuple[int, tuple[float, ...]]] = Ghost()
        again = Button(t("impact_bond.new_draw"), self._new_draw)
        reset = Button(t("impact_bond.reset"), self._reset)
        super().__init__([Stage([*self.controls.values(), Row(again, reset)], [self.spread, self.line])])
        for control in self.controls.values():
            control.observe(self._show, "value")
        self._show()

    def _new_draw(self) -> None:
        self._seed += 1
        self._show()

    def _reset(self) -> None:
        for name, control in self.controls.items():
            control.value = self._opening[name]

    def _bond(self, size: int | None = None) -> Bond:
        error = self.controls["error"].value if "error" in self.controls else 0
        return Bond(size or int(self.controls["size"].value), ANYWAY, 0.0, ANYWAY - error / 100, MARGIN)

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        bond = self._bond()
        chance = success_probability(bond)
        drawn = draw(bond, ROUNDS, self._seed)
        hits = sum(successes >= target(bond) for successes in drawn)
        self._draw_spread(bond, chance, drawn, play=_change is None and self._seed > 1)
        self._draw_line(bond, chance)
        self.value = {"size": bond.participants, "baseline": bond.baseline, "chance": chance, "hits": hits}

    def _draw_spread(self, bond: Bond, chance: float, drawn: tuple[int, ...], play: bool) -> None:
        needed = target(bond)
        hits = sum(successes >= needed for successes in drawn)
        sentence = t(
            "impact_bond.spread_sentence",
            size=decimal(bond.participants),
            baseline=decimal(100 * bond.baseline),
            target=needed,
            chance=decimal(100 * chance),
            seed=self._seed,
            hits=hits,
        )
        rows = [
            [t("impact_bond.missed"), decimal(100 * (1 - chance), 1)],
            [t("impact_bond.reached"), decimal(100 * chance, 1)],
        ]
        columns = [t("impact_bond.outcome_kind"), t("impact_bond.chance")]
        tally = t("impact_bond.falling", done="{done}", hits="{hits}", total=ROUNDS)
        self.spread.draw(_fallen(drawn, needed), 240, sentence, columns, rows, tally=tally, play=play)

    def _draw_line(self, bond: Bond, chance: float) -> None:
        chances = tuple(success_probability(self._bond(size)) for size in SIZES)
        previous = self._ghost.show((bond.participants, chances))
        traces = [_curve(t("impact_bond.size_line"), SIZES, chances, BLUE, "solid", "circle")]
        if previous and previous[1] != chances:
            traces.append(_curve(t("impact_bond.previous"), SIZES, previous[1], GREY, "dot", "x"))
        mark = {"symbol": "diamond", "size": 16, "color": ORANGE, "line": {"color": INK, "width": 2}}
        here = {"x": [bond.participants], "y": [round(100 * chance, 1)], "marker": mark, "cliponaxis": False}
        traces.append({"type": "scatter", "mode": "markers", "name": t("impact_bond.now"), **here, "hoverinfo": "skip"})
        layout = {
            "height": 210,
            "margin": {"l": 60, "r": 20, "t": 30, "b": 42},
            "xaxis": {"range": [0, 1010], "title": {"text": t("impact_bond.size_axis")}, "tickformat": ",d"},
            "yaxis": {"range": [0, 100], "title": {"text": t("impact_bond.size_axis_chance")}},
        }
        small, large = (decimal(100 * success_probability(self._bond(size))) for size in (30, 1000))
        rises = success_probability(self._bond(1000)) > success_probability(self._bond(30))
        sentence = t("impact_bond.size_sentence_up" if rises else "impact_bond.size_sentence", small=small, large=large)
        rows = [[decimal(size), decimal(100 * p)] for size, p in zip(SIZES, chances, strict=True)]
        columns = [t("impact_bond.size_axis"), t("impact_bond.size_axis_chance")]
        self.line.draw(traces, layout, sentence, columns, rows)


LANES, GROUND, DOT = 42, 196, 3.4  # places beside each other; where the lowest circles lie; their radius


def _fallen(drawn: tuple[int, ...], needed: int) -> list[Mark]:
    """Pile up programmes by the number of their successes, those that reach the target to the right of its line."""
    low, high = min(*drawn, needed - 1), max(*drawn, needed)
    width = -(-(high - low + 1) // (LANES - 1))  # results that share a heap
    heaps = [(successes - needed) // width for successes in drawn]
    first, last = (low - needed) // width, (high - needed) // width
    lanes = max(1, LANES // (last - first + 1))
    lane = 96 / (lanes * (last - first + 1))
    rise = min(7.6, 160 / max(-(-heaps.count(heap) // lanes) for heap in heaps))
    points, size = [], Counter()
    for successes, heap in zip(drawn, heaps, strict=True):
        row, aside = divmod(size[heap], lanes)
        size[heap] += 1
        x = 2 + lane * ((heap - first) * lanes + aside + 0.5)
        points.append((x, GROUND - DOT - rise * row, int(successes >= needed)))
    at = 2 - lane * lanes * first
    return [
        line("target", at, 24, at, GROUND + 6),
        words("target-name", at + 1 if at < 60 else at - 1, 18, t("impact_bond.target_is", target=needed),
              "start" if at < 60 else "end", "bold"),
        line("ground", 1, GROUND + 1, 99, GROUND + 1, "grey"),
        words("least", 2, GROUND + 18, str(low)),
        words("most", 98, GROUND + 18, str(high), "end"),
        words("axis", 50, GROUND + 36, t("impact_bond.spread_axis"), "middle"),
        pile("programme", DOT, ("open", "orange"), points),
    ]  # fmt: skip


def _curve(name: str, sizes: tuple, chances: tuple, color: str, dash: str, symbol: str) -> dict:
    line, marker = {"color": color, "dash": dash, "width": 3}, {"symbol": symbol, "size": 8}
    numbers = {"x": list(sizes), "y": [round(100 * p, 1) for p in chances]}
    return {"type": "scatter", "mode": "lines+markers", "name": name, **numbers, "line": line, "marker": marker,
            "hovertemplate": "%{x}: %{y:.0f}<extra></extra>"}  # fmt: skip


# Each party: how the model calls it, its color and its pattern.
PARTIES = {"bank": ("investor", BLUE, ""), "foundation": ("foundation", ORANGE, "/"), "city": ("public", GREY, ".")}


class RiskChart(Chart):
    """Who loses what of 100 euro if the target is missed, over what each gains on average; the last setting too."""

    def __init__(self) -> None:
        super().__init__(t("impact_bond.risk_chart"))
        self._ghost: Ghost[tuple[dict[str, float], Forecast]] = Ghost()

    def show(self, shares: dict[str, float], mean: Forecast, sentence: str) -> None:
        previous = self._ghost.show((shares, mean))
        runs = [(t("impact_bond.now"), shares, mean)]
        if previous:
            runs.append((t("impact_bond.previous"), *previous))
        labels = [f"{name} " for name, _, _ in runs]
        traces = [
            bar(_party(p), [round(100 * risk[field], 2) for _, risk, _ in runs], labels, color, pattern)
            for p, (field, color, pattern) in PARTIES.items()
        ]
        names = [f"{_party(p)} " for p in PARTIES]
        for (name, _, means), color, pattern in zip(runs, (INK, GREY), ("", "x"), strict=False):
            values = [round(getattr(means, field), 2) for field, _, _ in PARTIES.values()]
            below = {"xaxis": "x2", "yaxis": "y2", "text": [decimal(value) for value in values],
                     "textposition": "outside", "cliponaxis": False}  # fmt: skip
            traces.append(bar(name, values, names, color, pattern, offsetgroup=name, showlegend=False, **below))
        layout = {
            "barmode": "relative",
            "height": 360,
            "margin": {"l": 110, "r": 25, "t": 45, "b": 45},
            "xaxis": {"range": [0, 100], "title": {"text": t("impact_bond.risk_axis"), "standoff": 4}, "anchor": "y"},
            "yaxis": {"domain": [0.66, 1], "autorange": "reversed"},
            "xaxis2": {"range": [-130, 130], "title": {"text": t("impact_bond.mean_axis"), "standoff": 4},
                       "anchor": "y2", "zeroline": True, "zerolinecolor": INK},
            "yaxis2": {"domain": [0, 0.4], "autorange": "reversed"},
        }  # fmt: skip
        self.draw(traces, layout, sentence, *self._table(runs))

    def _table(self, runs: list[tuple[str, dict[str, float], Forecast]]) -> tuple[list[str], list[list[str]]]:
        rows = [[t("impact_bond.success"), *(decimal(100 * m.success) for _, _, m in runs)]]
        for p, (field, _, _) in PARTIES.items():
            risk = [decimal(100 * shares[field]) for _, shares, _ in runs]
            rows.append([t("impact_bond.risk_of", party=_party(p)), *risk])
        for p, (field, _, _) in PARTIES.items():
            gains = [decimal(getattr(mean, field), 1) for _, _, mean in runs]
            rows.append([t("impact_bond.mean_of", party=_party(p)), *gains])
        return [t("impact_bond.state"), *(name for name, _, _ in runs)], rows


def _party(role: str) -> str:
    return t(f"impact_bond.parties.{role}")


class _Sandbox(Stack):
    """Step 5: effect, group, baseline and two guarantees; three goals that say themselves when they are reached."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        ranges = {
            "effect": {"max": 30, "value": 10},
            "size": {"min": 20, "max": 1000, "value": GROUP},
            "error": {"max": 10, "value": 0},
            "foundation_guarantee": {"max": 100, "value": 0},
            "public_guarantee": {"max": 100, "value": 0},
        }
        self.controls = {name: SentenceSlider(f"impact_bond.{name}", **ranges[name]) for name in ranges}
        self._opening = {name: control.value for name, control in self.controls.items()}
        self._rule = rule_steps("lindenrode")
        self.chart = RiskChart()
        self.goals = {name: Prose(live=True) for name in ("luck", "newyork", "fair")}
        reset = Button(t("impact_bond.reset"), self._reset)
        super().__init__([Stage([*self.controls.values(), reset], [self.chart], self.goals.values(), tasks_below=True)])
        guarantees = ("foundation_guarantee", "public_guarantee")
        for name, control in self.controls.items():
            control.observe(self._make_room if name in guarantees else self._show, "value")
        self._show()

    def _reset(self) -> None:
        for name, control in self.controls.items():
            control.value = self._opening[name]

    def _make_room(self, change: traitlets.Bunch) -> None:
        foundation, public = self.controls["foundation_guarantee"], self.controls["public_guarantee"]
        other = public if change.owner is foundation else foundation
        other.value = min(other.value, 100 - change.new)
        self._show()

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        chosen = {name: control.value for name, control in self.controls.items()}
        size, baseline = int(chosen["size"]), ANYWAY - chosen["error"] / 100
        bond = Bond(size, ANYWAY, chosen["effect"] / 100, baseline, MARGIN)
        guarantees = {name: chosen[name] / 100 for name in ("public_guarantee", "foundation_guarantee")}
        deal = Deal(PER_HUNDRED, DEAL.years, **guarantees)
        mean = forecast(bond, deal, self._rule, SAVING_PER_COST * PER_HUNDRED / size)
        shares = risk_shares(deal)
        words = {
            "bank": decimal(100 * shares["investor"]),
            "foundation": decimal(100 * shares["foundation"]),
            "public": decimal(100 * shares["public"]),
            "chance": decimal(100 * mean.success),
            "mean_bank": decimal(mean.investor, 1),
            "mean_public": decimal(mean.public, 1),
        }
        self.chart.show(shares, mean, t("impact_bond.risk_sentence", **words))
        useless = success_probability(Bond(size, ANYWAY, 0.0, baseline, MARGIN))
        reached = {
            "luck": chosen["effect"] == 0 and mean.investor >= 0.05,
            "newyork": chosen["public_guarantee"] == 0 and chosen["foundation_guarantee"] >= 83,
            "fair": useless <= 0.05 and shares["investor"] >= 0.5 and mean.public >= 0.05,
        }
        words |= {"loss": decimal(-mean.public, 1), "false": decimal(100 * useless)}
        for name, goal in self.goals.items():
            tone = "done" if reached[name] else "todo"
            with goal.hold_sync():
                goal.tone, goal.text = tone, t(f"impact_bond.goal_{name}_{tone}", **words)
        goals = [name for name, done in reached.items() if done]
        self.value = {**chosen, "success": mean.success, "investor": mean.investor, "goals": goals}
