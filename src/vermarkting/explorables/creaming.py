"""The picture of :mod:`vermarkting.models.creaming`: a city pays per success, and a provider chooses whom to help."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from itertools import product

import traitlets

from vermarkting.explorables.drawing.bars import ROW, Bar, bars, before_legend
from vermarkting.explorables.drawing.plots import BLUE, ORANGE
from vermarkting.explorables.frame import AfterBet, Explorable, Ghost, Stage, decimal, later, step
from vermarkting.models.creaming import SCHEMES, Client, Contract, Outcome, Treatment, equal_split, run, run_by_hand
from vermarkting.text import t
from vermarkting.widgets.chart import Chart
from vermarkting.widgets.controls import Button, Choice, SentenceSlider
from vermarkting.widgets.dealing import Dealing
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose
from vermarkting.widgets.scene import Mark, Scene, block, line, person, words

PEOPLE = {"robin": Client(0.02), "alex": Client(0.2), "charlie": Client(0.5), "dominique": Client(0.9)}
BUDGET_BY_HAND = 6  # months of help to divide over the four people
MOST_BY_HAND = 3
OPENING = Contract()
SCORES = ("measured", "true_effect", "hardest_effect")


def creaming() -> Explorable:
    """Show the payment machine: run the provider by hand, bet on whom it helps and refuses, then write the contract."""
    return Explorable(
        "creaming",
        _ByHand(),
        step("creaming", "bet_who"),
        AfterBet("04.bet_wie", lambda: _Run("fee"), "creaming.fee"),
        step("creaming", "refuse"),
        AfterBet("04.bet_weigeren", lambda: _Run("refuse", "fee")),
        step("creaming", "equal"),
        AfterBet("04.bet_gelijk", _EqualSplit),
        later("creaming.sandbox", lambda: _Sandbox("refuse", "scheme", "fee", "lump_sum", "minimum_months")),
        Prose(t("creaming.model_note")),
    )


def _percent(share: float, places: int = 0) -> str:
    return decimal(100 * share, places)


TOP, COLUMN, MONTH = 22, 84, 11  # where the columns start, how high they are, how high a month of help is
FEET, MOST_MONTHS = TOP + COLUMN + 34, 4.0
PROFIT, EURO = 72, 0.004  # how far under the months no profit is; pixels for a euro


class ClientChart(Scene):
    """Each client as a person under a column of chances, with the months of help and the profit."""

    def __init__(self) -> None:
        super().__init__(t("creaming.chart_clients"))
        self._ghost: Ghost[Outcome] = Ghost()

    def show(
        self, outcome: Outcome, names: list[str], axis: str, sentence: str, if_accepted: Outcome | None = None
    ) -> None:
        """Draw an outcome; ``if_accepted`` also shows the loss that each refused client would have brought."""
        previous = self._ghost.show(outcome)
        each = 98 / len(names)
        bottom = round(FEET + 40 + MONTH * MOST_MONTHS)  # the floor under the months
        marks = [
            words("success", 1, 14, t("creaming.axis_success"), weight="bold"),
            words("months", 1, FEET + 34, t("creaming.axis_months"), weight="bold"),
            words("profit", 1, bottom + 32, t("creaming.axis_profit"), weight="bold"),
            line("even", 1, bottom + PROFIT, 99, bottom + PROFIT, "grey"),
        ]
        for place, (name, treatment) in enumerate(zip(names, outcome.treatments, strict=True)):
            marks += _column(place, 1 + each * place, each, treatment, name, bottom)
            lost = if_accepted.treatments[place].profit if if_accepted else None
            marks += _profit(place, 1 + each * place, each, treatment, lost, bottom)
            if previous and previous.treatments[place].accepted:
                high = COLUMN * previous.treatments[place].success
                top = TOP + COLUMN - high
                marks.append(block(f"before-{place}", 1 + each * (place + 0.08), top, 0.84 * each, high, "ghost"))
        if axis:
            marks.append(words("axis", 50, bottom + PROFIT + 44, axis, "middle"))
        legend = [
            {"shape": "block", "look": "grey", "text": t("creaming.anyway")},
            {"shape": "block", "look": "blue", "text": t("creaming.effect")},
            *([{"shape": "block", "look": "open", "text": t("creaming.refused")}] if outcome.refused else []),
            *before_legend(previous),
        ]
        height = bottom + PROFIT + (52 if axis else 30)
        self.draw(marks, height, sentence, *_client_table(outcome, names), legend=legend)


def _column(place: int, left: float, wide: float, treatment: Treatment, name: str, bottom: float) -> list[Mark]:
    middle, inner = left + wide / 2, 0.6 * wide
    x, inside = middle - inner / 2, treatment.accepted
    anyway, extra = COLUMN * treatment.client.chance, COLUMN * treatment.effect
    months = MONTH * min(treatment.months, MOST_MONTHS)
    return [
        block(f"all-{place}", x, TOP, inner, COLUMN, "pale"),
        block(f"anyway-{place}", x, TOP + COLUMN - anyway, inner, anyway, "grey" if inside else "open"),
        block(f"effect-{place}", x, TOP + COLUMN - anyway - extra, inner, extra, "blue"),
        person(f"client-{place}", middle, TOP + COLUMN + 16, 26, "blue" if inside else "open"),
        words(f"name-{place}", middle, FEET + 10, name, "middle"),
        block(f"months-{place}", x, bottom - months, inner, months, "blue"),
        words(
            f"months-of-{place}",
            middle,
            bottom + 14,
            decimal(treatment.months, 1).removesuffix(",0") if inside else "–",
            "middle",
        ),
    ]


def _profit(place: int, left: float, wide: float, treatment: Treatment, lost: float | None, bottom: int) -> list[Mark]:
    """Draw what a client brings; of who is refused, what acceptance would have brought."""
    profit = treatment.profit if treatment.accepted else lost
    if profit is None:
        return []
    high = abs(profit) * EURO
    top = bottom + PROFIT - high if profit > 0 else bottom + PROFIT
    look = "orange" if treatment.accepted else "open"
    return [
        block(f"profit-bar-{place}", left + 0.2 * wide, top, 0.6 * wide, high, look),
        words(f"profit-{place}", left + wide / 2, bottom + PROFIT + 24, _thousands(profit), "middle"),
    ]


def _thousands(euro: float) -> str:
    return f"{euro / 1000:z.1f}".replace("-", "−").replace(".", ",")


def _client_table(outcome: Outcome, names: list[str]) -> tuple[list[str], list[list[str]]]:
    columns = [t(f"creaming.{field}") for field in ("person", "success", "months", "profit")]
    rows = [
        [name, _percent(x.success), decimal(x.months, 1) if x.accepted else t("creaming.refused"), decimal(x.profit)]
        for name, x in zip(names, outcome.treatments, strict=True)
    ]
    return columns, rows


class ScoreChart(Scene):
    """What the dashboard shows above what the help adds, for all and for the hardest, with the run before."""

    def __init__(self) -> None:
        super().__init__(t("creaming.chart_scores"))
        self._ghost: Ghost[Outcome] = Ghost()

    def show(self, outcome: Outcome) -> None:
        previous = self._ghost.show(outcome)
        runs = [(t("creaming.now"), outcome), *([(t("creaming.previous"), previous)] if previous else [])]
        looks = ("orange", "blue", "blue")
        rows = [
            Bar(
                t("creaming.score_line", name=t(f"creaming.{score}"), value=_percent(getattr(outcome, score))),
                [(100 * getattr(outcome, score), look)],
                100 * getattr(previous, score) if previous else None,
            )
            for score, look in zip(SCORES, looks, strict=True)
        ]
        columns = [t("creaming.setting"), *(t(f"creaming.{score}") for score in SCORES)]
        table = [[name, *(_percent(getattr(found, score)) for score in SCORES)] for name, found in runs]
        self.draw(bars(rows, 0, 100), ROW * len(rows), _scores_in_words(outcome), columns, table)


def _scores_in_words(outcome: Outcome) -> str:
    if outcome.refused == len(outcome.treatments):
        return t("creaming.scores_empty")
    if outcome.price_of_extra_success is None:
        price = t("creaming.price_none", payment=decimal(outcome.payment))
    else:
        price = t("creaming.price", price=decimal(outcome.price_of_extra_success))
    return t(
        "creaming.scores_sentence",
        measured=_percent(outcome.measured),
        effect=_percent(outcome.true_effect),
        hardest=_percent(outcome.hardest_effect),
        deadweight=_percent(outcome.deadweight),
        price=price,
    )


def _clients_in_words(outcome: Outcome) -> str:
    most = max(outcome.treatments, key=lambda x: x.months)
    counts = {
        "parked": sum(x.accepted and x.months == 0 for x in outcome.treatments),
        "total": len(outcome.treatments),
        "refused": outcome.refused,
    }
    avoided = t("creaming.clients_avoided") if outcome.refused else ""
    if most.months == 0:
        return t("creaming.clients_none", **counts, avoided=avoided).strip()
    best = {"months": decimal(most.months, 1), "chance": _percent(most.client.chance)}
    return t("creaming.clients_sentence", **best, **counts, avoided=avoided).strip()


class _ByHand(Stack):
    """The student is the provider: accept or refuse four people, and divide six months of help."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        every = [run_by_hand(months, OPENING, tuple(PEOPLE.values())) for months in _affordable()]
        self._most_profit = max(outcome.profit for outcome in every)
        self._most_effect = max(outcome.true_effect for outcome in every)
        self.dealt = Dealing("creaming.deal", [_card(*one) for one in PEOPLE.items()], BUDGET_BY_HAND, MOST_BY_HAND)
        self.chart = ClientChart()
        self.goals = {name: Prose(live=True) for name in ("profit", "effect")}
        super().__init__([step("creaming", "hand"), Stage([self.dealt], [self.chart], self.goals.values())])
        self.dealt.observe(self._show, "value")
        self._show()

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        months = [None if given is None else float(given) for given in self.dealt.value.values()]
        outcome = run_by_hand(months, OPENING, tuple(PEOPLE.values()))
        names = [t(f"creaming.people.{name}.name") for name in PEOPLE]
        words = {
            "months": decimal(sum(filter(None, months))),
            "refused": outcome.refused,
            "profit": decimal(outcome.profit),
            "measured": _percent(outcome.measured),
            "effect": _percent(outcome.true_effect),
        }
        self.chart.show(outcome, names, "", t("creaming.hand_sentence", **words))
        _tell(self.goals["profit"], "profit", outcome.profit > self._most_profit - 1e-6, words)
        _tell(self.goals["effect"], "effect", outcome.true_effect > self._most_effect - 1e-9, words)
        self.value = _plain(outcome)


def _affordable() -> list[tuple[float | None, ...]]:
    choices = (None, *map(float, range(MOST_BY_HAND + 1)))
    every = product(choices, repeat=len(PEOPLE))
    return [months for months in every if sum(filter(None, months)) <= BUDGET_BY_HAND]


def _card(name: str, client: Client) -> dict:
    return {
        "id": name,
        "title": t(f"creaming.people.{name}.name"),
        "claim": t(f"creaming.people.{name}.portrait"),
        "speaker": t("creaming.hand_chance", chance=_percent(client.chance)),
    }


def _tell(goal: Prose, name: str, reached: bool, words: dict) -> None:
    tone = "done" if reached else "todo"
    with goal.hold_sync():
        goal.tone, goal.text = tone, t(f"creaming.goal_{name}_{tone}", **words)


def _plain(outcome: Outcome) -> dict:
    """Give the outcome as plain data, without the treatments."""
    shown = ("measured", "true_effect", "hardest_effect", "deadweight", "refused", "payment", "profit")
    return {name: getattr(outcome, name) for name in shown}


def _fee_slider(lowest: float = 0) -> SentenceSlider:
    return SentenceSlider("creaming.fee", min=lowest, max=8_000, step=100, value=OPENING.fee)


def _refuse_choice(compact: bool = False) -> Choice:
    options = [{"id": name, "text": t(f"creaming.refuse_{name}")} for name in ("no", "yes")]
    return Choice(t("creaming.refuse"), options, value="yes", compact=compact)


def _scheme_choice() -> Choice:
    options = [
        {"id": name, "text": t(f"creaming.scheme_{name}"), "hint": t(f"creaming.scheme_{name}_hint")}
        for name in SCHEMES
    ]
    return Choice(t("creaming.scheme"), options, compact=True)


CONTROLS = {
    "fee": _fee_slider,
    "refuse": _refuse_choice,
    "scheme": _scheme_choice,
    "lump_sum": lambda: SentenceSlider("creaming.lump_sum", max=3_000, step=50),
    "minimum_months": lambda: SentenceSlider("creaming.minimum_months", max=4, step=0.5),
}


class _Run(Stack):
    """The provider of the model chooses, for ten clients, under the chosen contract."""

    value = traitlets.Dict()

    def __init__(self, *controls: str, tasks: Iterable[Prose] = ()) -> None:
        many = len(controls) > 3
        self.controls = {
            name: _refuse_choice(compact=True) if many and name == "refuse" else CONTROLS[name]() for name in controls
        }
        self._opening = {name: control.value for name, control in self.controls.items()}
        self.clients, self.scores, self.loss = ClientChart(), ScoreChart(), Prose(live=True)
        reset = Button(t("creaming.reset"), self._reset)
        pictures = [self.clients, self.scores, self.loss]
        super().__init__([Stage([*self.controls.values(), reset], pictures, tasks)])
        for control in self.controls.values():
            control.observe(self._show, "value")
        self._show()

    def _reset(self) -> None:
        for name, control in self.controls.items():
            control.value = self._opening[name]

    def _contract(self) -> Contract:
        chosen = {name: control.value for name, control in self.controls.items()}
        may_refuse = chosen.pop("refuse", "no") == "yes"
        return replace(OPENING, may_refuse=may_refuse, **chosen)

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        contract = self._contract()
        outcome = run(contract)
        groups = contract.scheme == "groups"
        names = [_percent(x.client.chance) + ("*" if groups and x.client.marked else "") for x in outcome.treatments]
        axis = t("creaming.axis_chance_groups" if groups else "creaming.axis_chance")
        if_accepted = run(replace(contract, may_refuse=False))
        self.clients.show(outcome, names, axis, _clients_in_words(outcome), if_accepted)
        self.scores.show(outcome)
        loss = round(-outcome.profit)
        self.loss.text = t("creaming.loss", loss=decimal(loss)) if loss > 0 else ""
        self.value = {**asdict(contract), **_plain(outcome)}


class _Sandbox(_Run):
    """The whole contract, and three goals that say themselves when they are reached."""

    def __init__(self, *controls: str) -> None:
        self.goals = {name: Prose(live=True) for name in ("shine", "good", "mixed")}
        super().__init__(*controls, tasks=self.goals.values())

    def _show(self, change: traitlets.Bunch | None = None) -> None:
        super()._show(change)
        contract = self._contract()
        outcome = run(contract)
        self.controls["fee"].disabled = contract.scheme == "tailored"
        price = outcome.price_of_extra_success
        everybody = outcome.refused == 0 and outcome.profit > -0.01
        reached = {
            "shine": contract.may_refuse and outcome.measured > 0.7499 and outcome.true_effect <= 0.05,
            "good": everybody and contract.lump_sum == 0 and outcome.hardest_effect >= 0.45,
            "mixed": everybody
            and contract.may_refuse
            and outcome.true_effect >= 0.24
            and price is not None
            and price <= 9_000,
        }
        words = {
            "measured": _percent(outcome.measured),
            "effect": _percent(outcome.true_effect),
            "hardest": _percent(outcome.hardest_effect),
            "price": decimal(price or 0),
        }
        for name, goal in self.goals.items():
            _tell(goal, name, reached[name], words)


def _series(field: str, names: list[str], values: list[float], color: str, pattern: str) -> dict:
    fill = {"shape": pattern, "fillmode": "overlay", "fgcolor": "#fff", "solidity": 0.25}
    marker = {"color": color, **({"pattern": fill} if pattern else {})}
    return {"type": "bar", "name": t(f"creaming.{field}"), "x": names, "y": values, "marker": marker}


class _EqualSplit(Stack):
    """Beside each other: the months as the fee divides them, and the same months in equal parts."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        self.fee = _fee_slider(lowest=2_000)  # below 1,600 euro nobody gets a month of help to divide
        self.chart = Chart(t("creaming.chart_equal"))
        super().__init__([Stage([self.fee], [self.chart])])
        self.fee.observe(self._show, "value")
        self._show()

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        contract = replace(OPENING, fee=self.fee.value)
        by_result, equal = run(contract), equal_split(contract)
        names = [_percent(x.client.chance) for x in by_result.treatments]
        series = (("by_result", by_result, BLUE, ""), ("equally", equal, ORANGE, "/"))
        traces = [
            _series(field, names, [round(100 * x.effect, 1) for x in found.treatments], color, pattern)
            for field, found, color, pattern in series
        ]
        layout = {
            "barmode": "group",
            "height": 320,
            "xaxis": {"type": "category", "title": {"text": t("creaming.axis_chance")}},
            "yaxis": {"range": [0, 70], "title": {"text": t("creaming.axis_effect")}},
        }
        sentence = t(
            "creaming.equal_sentence",
            fee=decimal(contract.fee),
            result=_percent(by_result.hardest_effect),
            equal=_percent(equal.hardest_effect),
            result_all=_percent(by_result.true_effect),
            equal_all=_percent(equal.true_effect),
        )
        columns = [t("creaming.person"), t("creaming.by_result"), t("creaming.equally")]
        effects = zip(names, by_result.treatments, equal.treatments, strict=True)
        rows = [[name, _percent(one.effect), _percent(other.effect)] for name, one, other in effects]
        self.chart.draw(traces, layout, sentence, columns, rows)
        self.value = {"fee": contract.fee, "by_result": _plain(by_result), "equally": _plain(equal)}
