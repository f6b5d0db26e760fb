"""The picture of :mod:`vermarkting.models.tender`: award one tender by hand, then change the rules that award it."""

from dataclasses import asdict, replace
from random import Random
from statistics import fmean

import ipywidgets
import traitlets

from vermarkting import data
from vermarkting.explorables.drawing.bars import ROW, Bar, bars
from vermarkting.explorables.drawing.plots import BLUE, ORANGE, bar
from vermarkting.explorables.frame import AfterBet, Explorable, Ghost, Stage, decimal, later, step
from vermarkting.models.tender import (
    EXAMPLE_BIDS,
    FORMULAS,
    Bid,
    Rules,
    Score,
    better_bid_loses,
    procedure_cost_share,
    reversals,
    score,
    simulate,
    winners,
)
from vermarkting.text import t
from vermarkting.widgets.chart import Chart
from vermarkting.widgets.controls import Button, Choice, SentenceSlider
from vermarkting.widgets.duel import Cards
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose
from vermarkting.widgets.question import Question
from vermarkting.widgets.scene import Mark, Scene, block, dot, line, words

BET_RULES = Rules(price_weight=40, formula="min_max")  # under these the fourth bid reverses the ranking
OPENING_RULES = Rules(price_weight=40, formula="rule_of_three")  # under these no bid does
NEWCOMER = "D"
THREE = tuple(bid for bid in EXAMPLE_BIDS if bid.name != NEWCOMER)
ROUNDS = 200
JURY_SPREAD = 12.0  # stylised: how far one juror tends to be off, in quality points
TRUE_LEAD = 5.0
COST_PER_BID, COST_FOR_BUYER = 15_000, 30_000  # stylised
CONTRACT_VALUE = 988_287.5  # De Vaart: 395,315 euro a year for 2.5 years (source B54)


def tender() -> Explorable:
    """Show the tender room: choose, bet, turn the rules, watch the jury, pay the procedure, then try everything."""
    award = Question("03.eigen_gunning", data.question("03.eigen_gunning"))
    return Explorable(
        "tender",
        _ByHand(award),
        _FourthBid(),
        later("tender.weight", lambda: _RulesStep(award)),
        _JuryStep(),
        _CostStep(),
        later("tender.sandbox", _Sandbox),
    )


def _name(bid: str) -> str:
    return t(f"tender.bidders.{bid}.name")


def _names(bids: tuple[str, ...]) -> str:
    return t("tender.and").join(map(_name, bids))


LOW_PRICE, HIGH_PRICE = 200, 700  # of the price line, thousand euro
LOOK = {"A": "blue", "B": "orange", "C": "grey", "D": "open"}
LINE, BARS = 40, 96  # where the price line lies and where the bars begin, in pixels


class ScoreChart(Scene):
    """The scale of the prices, and the points of each bid: the winner marked, the totals before as an outline."""

    def __init__(self) -> None:
        super().__init__(t("tender.chart"))
        self._ghost: Ghost[tuple[Score, ...]] = Ghost()

    def show(self, bids: tuple[Bid, ...], rules: Rules, before: tuple[Bid, ...] = ()) -> tuple[Score, ...]:
        """Draw the points; from the bids ``before`` where there are any, else beside those under the last rules."""
        scores = score(bids, rules)
        previous = score(before, rules) if before else self._ghost.show(scores)
        marks = [*_price_line(bids, rules), *_score_bars(scores, previous)]
        playing: dict = {}
        if before:
            first = [*_price_line(before, rules), *_score_bars(score(before, rules), None)]
            start = {mark["id"]: mark for mark in (*_parked(marks), *first)}
            stretch = _price_line(bids, rules)
            frames = [
                {"marks": stretch, "say": t("tender.stretched", newcomer=_name(NEWCOMER))},
                {"marks": marks, "say": _sentence(scores, rules)},
            ]
            playing = {"start": list(start.values()), "frames": frames, "play": True}
        ghost = t("tender.without", newcomer=_name(NEWCOMER)) if before else t("tender.previous")
        legend = [
            {"shape": "block", "look": "orange", "text": t("tender.price_points")},
            {"shape": "block", "look": "blue", "text": t("tender.quality_points")},
            *([{"shape": "block", "look": "ghost", "text": ghost}] if previous else []),
        ]
        columns = [t("tender.bidder"), t("tender.price_points"), t("tender.quality_points"), t("tender.total_points")]
        rows = [[_name(s.name), *(decimal(x, 1) for x in (s.price_points, s.quality_points, s.total))] for s in scores]
        height = BARS + ROW * len(bids)
        self.draw(marks, height, _sentence(scores, rules), columns, rows, legend=legend, **playing)
        return scores


def _at(price: float) -> float:
    return 2 + 96 * (price - LOW_PRICE) / (HIGH_PRICE - LOW_PRICE)


def scale_of(bids: tuple[Bid, ...], rules: Rules) -> tuple[float, float, float]:
    """Give the price that gets all price points, a dearer one, and the share of the points that this one gets."""
    prices = [bid.price for bid in bids]
    if rules.formula == "fixed":
        return rules.floor, rules.ceiling, 0.0
    if rules.formula == "rule_of_three":
        return min(prices), 2 * min(prices), 0.5
    return min(prices), max(prices), 0.0


def _price_line(bids: tuple[Bid, ...], rules: Rules) -> list[Mark]:
    low, high, share = scale_of(bids, rules)
    left, right = _at(max(low, LOW_PRICE)), _at(min(high, HIGH_PRICE))
    most, least = (t("tender.points", points=decimal(of * rules.price_weight)) for of in (1, share))
    short = right - left < 40  # then the points of both ends do not fit within them
    marks = [
        words("prices", 1, 14, t("tender.price_axis"), weight="bold"),
        block("scale", left, LINE - 6, max(right - left, 0.4), 12, "pale"),
        block("scale-end", right - 0.3, LINE - 9, 0.6, 18, "ink"),
        words("scale-most", left, LINE - 10, most, "end" if short and right >= 75 else "start"),
        words("scale-least", right, LINE - 10, least, "start" if short and right < 75 else "end"),
    ]
    for place, bid in enumerate(sorted(bids, key=lambda bid: bid.price)):
        x, y = _at(bid.price), LINE + (26 if place % 2 == 0 else 42)
        anchor = "start" if x < 8 else "end" if x > 80 else "middle"
        marks.append(dot(f"price-{bid.name}", x, LINE, 7, LOOK[bid.name]))
        marks.append(words(f"price-{bid.name}-name", x, y, t(f"tender.bidders.{bid.name}.short"), anchor))
    return marks


def _score_bars(scores: tuple[Score, ...], previous: tuple[Score, ...] | None) -> list[Mark]:
    best, before = winners(scores), {s.name: s.total for s in previous or ()}
    rows = [
        Bar(
            t("tender.wins_with" if s.name in best else "tender.has", name=_name(s.name), points=decimal(s.total, 1)),
            [(s.price_points, "orange"), (s.quality_points, "blue")],
            before.get(s.name),
            bold=s.name in best,
        )
        for s in scores
    ]
    return bars(rows, 0, 100, BARS)


def _parked(marks: list[Mark]) -> list[Mark]:
    """Give marks as they are before they come: without size, without words."""
    empty = {"w": 0.0, "r": 0, "text": ""}
    return [{name: empty.get(name, value) for name, value in mark.items()} for mark in marks]


def _sentence(scores: tuple[Score, ...], rules: Rules) -> str:
    first, *others = sorted(scores, key=lambda s: -s.total)
    setting = {"weight": decimal(rules.price_weight), "formula": t(f"tender.formulas.{rules.formula}")}
    best = winners(scores)
    if len(best) > 1:
        return t("tender.sentence_tie", **setting, winners=_names(best), points=decimal(first.total, 1))
    if not others:
        return t("tender.sentence_one", winner=_name(first.name), points=decimal(first.total, 1))
    return t(
        "tender.sentence",
        **setting,
        winner=_name(first.name),
        points=decimal(first.total, 1),
        second=_name(others[0].name),
        second_points=decimal(others[0].total, 1),
    )


def _reversal_sentence(bids: tuple[Bid, ...], rules: Rules) -> str:
    found = reversals(bids, rules)
    if not found:
        return t("tender.no_reversal")
    first = next((r for r in found if len(r.winner_without) == 1), found[0])
    key = "reversal" if len(first.winner_without) == 1 else "reversal_tie"
    return t(
        f"tender.{key}",
        removed=_name(first.removed),
        winner_without=_names(first.winner_without),
        winner_with=_names(first.winner_with),
    )


def _weight_slider() -> SentenceSlider:
    return SentenceSlider("tender.weight", value=OPENING_RULES.price_weight)


def _formula_choice() -> Choice:
    options = [
        {"id": name, "text": t(f"tender.formulas.{name}"), "hint": t(f"tender.formula_meanings.{name}")}
        for name in FORMULAS
    ]
    return Choice(t("tender.formula"), options, value=OPENING_RULES.formula)


class _ByHand(Stack):
    """Step 1: three bids as cards, and the student's own award."""

    def __init__(self, award: Question) -> None:
        cards = Cards(cards=[_card(bid) for bid in THREE])
        super().__init__([step("tender", "choose"), cards, award])


def _card(bid: Bid) -> dict:
    lines = [t("tender.price_line", price=decimal(bid.price)), t("tender.quality_line", quality=decimal(bid.quality))]
    return {
        "title": _name(bid.name),
        "claim": t(f"tender.bidders.{bid.name}.portrait"),
        "speaker": " · ".join(lines),
        "rows": [],
    }


class _FourthBid(Stack):
    """Step 2: the winner among three, a bet, and in the same picture what a hopeless fourth bid does."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        chart = ScoreChart()
        scores = chart.show(THREE, BET_RULES)
        best = min(scores, key=lambda s: s.rank)
        text = t("tender.bet_text", winner=_name(best.name), points=decimal(best.total, 1), newcomer=_name(NEWCOMER))
        after = AfterBet("03.bet_omkering", _with_and_without_newcomer)
        question = Prose(text, title=t("tender.bet_title"))
        super().__init__([question, *([chart] if after.is_waiting() else []), after])
        after.when_shown(lambda: setattr(self, "children", [question, after]))
        traitlets.dlink((after, "value"), (self, "value"))


def _with_and_without_newcomer() -> ipywidgets.Widget:
    chart = ScoreChart()
    chart.show(EXAMPLE_BIDS, BET_RULES, before=THREE)
    return Stack([chart, Prose(_reversal_sentence(EXAMPLE_BIDS, BET_RULES))])


class _RulesStep(Stack):
    """Step 3: the same four bids under another weight and another formula, beside the student's own award."""

    value = traitlets.Dict()

    def __init__(self, award: Question) -> None:
        self._award = award
        self.weight, self.formula = _weight_slider(), _formula_choice()
        self.chart, self.reversal, self.own = ScoreChart(), Prose(live=True), Prose(live=True)
        super().__init__([Stage([self.weight, self.formula], [self.chart, self.reversal, self.own])])
        for control in (self.weight, self.formula):
            control.observe(self._show, "value")
        award.observe(self._show, "answer")
        self._show()

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        rules = Rules(self.weight.value, self.formula.value)
        scores = self.chart.show(EXAMPLE_BIDS, rules)
        self.reversal.text = _reversal_sentence(EXAMPLE_BIDS, rules)
        self.own.text = _beside_own_award(self._award.answer, winners(scores)) if self._award.is_answered() else ""
        self.value = {"rules": asdict(rules), "winners": list(winners(scores))}


def _beside_own_award(award: str, best: tuple[str, ...]) -> str:
    own = award.upper()  # the options are named after the bids
    if own not in {bid.name for bid in EXAMPLE_BIDS}:
        return t("tender.own_choice_none", winner=_names(best))
    key = "tender.own_choice_same" if best == (own,) else "tender.own_choice_other"
    return t(key, choice=_name(own), winner=_names(best))


class _JuryStep(Stack):
    """Step 4: how often the better of two equally priced bids loses when jurors err."""

    def __init__(self) -> None:
        super().__init__([step("tender", "jury"), AfterBet("03.bet_jury", _Jury)])


class _Jury(Stack):
    value = traitlets.Dict()

    def __init__(self) -> None:
        self.jurors = SentenceSlider("tender.jurors", min=1, max=9, value=1)
        self.seed = 1
        self.chart = Scene(t("tender.simulated_chart", rounds=ROUNDS))
        self.exact = Prose(live=True)
        draw = Button(t("tender.new_draw"), self._new_draw)
        super().__init__([Stage([self.jurors, draw], [self.chart, self.exact])])
        self.jurors.observe(self._show, "value")
        self._show()

    def _new_draw(self) -> None:
        self.seed += 1
        self._show()

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        jurors = int(self.jurors.value)
        better, other = Bid("A", 400, 70 + TRUE_LEAD), Bid("B", 400, 70)
        wins = simulate((better, other), Rules(), JURY_SPREAD, jurors, ROUNDS, self.seed).wins
        labels = [t("tender.better_bid"), t("tender.other_bid")]
        counts = [wins["A"], wins["B"]]
        rows = [
            Bar(t("tender.wins_of", bid=label, wins=count), [(count, look)])
            for label, count, look in zip(labels, counts, ("blue", "orange"), strict=True)
        ]
        marks = [*_jurors((better, other), jurors, self.seed), *bars(rows, 0, ROUNDS, JURY_HEIGHT)]
        sentence = t("tender.noise_draw", rounds=ROUNDS, losses=counts[1], seed=self.seed)
        table = [[label, str(count)] for label, count in zip(labels, counts, strict=True)]
        columns = [t("tender.bidder"), t("tender.wins")]
        legend = [
            {"shape": "dot", "look": "blue", "text": t("tender.juror_of", bid=labels[0])},
            {"shape": "dot", "look": "orange", "text": t("tender.juror_of", bid=labels[1])},
        ]
        self.chart.draw(marks, JURY_HEIGHT + 2 * ROW, sentence, columns, table, legend=legend)
        percent = decimal(100 * better_bid_loses(TRUE_LEAD, JURY_SPREAD, jurors))
        key = "tender.noise_sentence_one" if jurors == 1 else "tender.noise_sentence"
        self.exact.text = t(key, jurors=jurors, percent=percent)
        self.value = {"jurors": jurors, "losses": counts[1], "seed": self.seed}


JURY_HEIGHT = 128


def _jurors(bids: tuple[Bid, Bid], jurors: int, seed: int) -> list[Mark]:
    """Draw one tender: each juror's score of each bid, the jury's mean as an upright line."""
    lots = Random(f"jurors {seed}")
    found = [[bid.quality + lots.gauss(0, JURY_SPREAD) for _ in range(9)][:jurors] for bid in bids]
    means = [fmean(given) for given in found]
    marks = [words("one-tender", 1, 14, t("tender.one_tender"), weight="bold")]
    for row, (given, mean, look) in enumerate(zip(found, means, ("blue", "orange"), strict=True)):
        y = 44 + 46 * row
        marks.append(line(f"scale-{row}", 1, y, 99, y, "grey"))
        marks += [dot(f"juror-{row}-{n}", 1 + 0.98 * _within(x), y, 7, look) for n, x in enumerate(given)]
        at = 1 + 0.98 * _within(mean)
        marks.append(block(f"mean-{row}", at - 0.3, y - 14, 0.6, 28, "ink"))
        told = t("tender.jury_mean", points=decimal(mean, 1), star="★ " if mean == max(means) else "")
        marks.append(words(f"mean-{row}-told", at, y + 28, told, "end" if at > 60 else "middle"))
    return marks


def _within(points: float) -> float:
    return min(100.0, max(0.0, points))


class _CostStep(Stack):
    """What the procedure eats of a contract like De Vaart's, with stylised costs."""

    def __init__(self) -> None:
        self.bidders = SentenceSlider("tender.cost_bidders", min=1, max=14, value=2)
        self.chart = Chart(t("tender.cost_title"))
        super().__init__([step("tender", "cost"), Stage([self.bidders], [self.chart]), Prose(t("tender.cost_note"))])
        self.bidders.observe(self._show, "value")
        self._show()

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        bidders = int(self.bidders.value)
        bids, buyer = bidders * COST_PER_BID, COST_FOR_BUYER
        share = procedure_cost_share(bidders, COST_PER_BID, COST_FOR_BUYER, CONTRACT_VALUE)
        label = [t("tender.cost_label")]
        traces = [
            bar(t("tender.cost_bids"), [bids], label, ORANGE, "/"),
            bar(t("tender.cost_buyer"), [buyer], label, BLUE, ""),
        ]
        layout = {
            "barmode": "stack",
            "height": 190,
            "margin": {"l": 130, "r": 20, "t": 40, "b": 45},
            "xaxis": {"range": [0, 260_000], "tickformat": ",d", "title": {"text": t("tender.cost_axis")}},
        }
        sentence = t("tender.cost_sentence", cost=decimal(bids + buyer), share=decimal(100 * share, 1))
        rows = [[t("tender.cost_bids"), decimal(bids)], [t("tender.cost_buyer"), decimal(buyer)]]
        self.chart.draw(traces, layout, sentence, [t("tender.cost_part"), t("tender.cost_axis")], rows)


class _Sandbox(Stack):
    """Step 5: every rule and every bid is free; two goals to reach."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        self._bids = {bid.name: bid for bid in EXAMPLE_BIDS}
        self.weight, self.formula = _weight_slider(), _formula_choice()
        self.bidder = Choice(
            t("tender.which_bid"), [{"id": name, "text": _name(name)} for name in self._bids], compact=True
        )
        self.price = SentenceSlider("tender.bid_price", min=200, max=700, step=5)
        self.quality = SentenceSlider("tender.bid_quality", min=0, max=100)
        self.chart, self.reversal = ScoreChart(), Prose(live=True)
        self.goals = [Prose(tone="todo", live=True), Prose(tone="todo", live=True)]
        reset = Button(t("tender.reset"), self._reset)
        controls = [self.weight, self.formula, self.bidder, self.price, self.quality]
        super().__init__([Stage([*controls, reset], [self.chart, self.reversal], self.goals, tasks_below=True)])
        self._follow_bidder()
        self.bidder.observe(self._follow_bidder, "value")
        for control in (self.weight, self.formula):
            control.observe(self._show, "value")
        for control in (self.price, self.quality):
            control.observe(self._change_bid, "value")
        self._show()

    def _follow_bidder(self, _change: traitlets.Bunch | None = None) -> None:
        bid = self._bids[self.bidder.value]
        self.price.value, self.quality.value = bid.price, bid.quality

    def _change_bid(self, change: traitlets.Bunch) -> None:
        field = "price" if change.owner is self.price else "quality"
        name = self.bidder.value
        self._bids[name] = replace(self._bids[name], **{field: change.new})
        self._show()

    def _reset(self) -> None:
        self._bids = {bid.name: bid for bid in EXAMPLE_BIDS}
        self.weight.value, self.formula.value = OPENING_RULES.price_weight, OPENING_RULES.formula
        self._follow_bidder()
        self._show()

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        bids, rules = tuple(self._bids.values()), Rules(self.weight.value, self.formula.value)
        scores = self.chart.show(bids, rules)
        self.reversal.text = _reversal_sentence(bids, rules)
        found = next((r for r in reversals(bids, rules) if len(r.winner_with) == len(r.winner_without) == 1), None)
        if found:
            names = {"removed": _name(found.removed), "winner_without": _names(found.winner_without)}
            self._goal(0, "done", t("tender.goal_reversal_done", **names, winner_with=_names(found.winner_with)))
        else:
            self._goal(0, "todo", t("tender.goal_reversal_todo"))
        stable = {"fixed": "done"}.get(rules.formula, "todo")
        almost = " " + t("tender.goal_stable_almost") if stable == "todo" and not found else ""
        self._goal(1, stable, t(f"tender.goal_stable_{stable}") + almost)
        self.value = {
            "rules": asdict(rules),
            "bids": [asdict(bid) for bid in bids],
            "winners": list(winners(scores)),
            "reversal": found is not None,
        }

    def _goal(self, number: int, tone: str, text: str) -> None:
        with self.goals[number].hold_sync():
            self.goals[number].tone, self.goals[number].text = tone, text
