"""The picture of :mod:`vermarkting.models.tactics`: what each tactic does to trust, price, small ones and the law."""

from math import pi

import traitlets

from vermarkting.explorables.drawing.net import Place, circle, name_beside, node, percent, tie_legend, ties
from vermarkting.explorables.drawing.plots import BLUE, GREY, INK, ORANGE, bar
from vermarkting.explorables.frame import AfterBet, Explorable, Stage, decimal, step
from vermarkting.models.network import ORGANISATIONS
from vermarkting.models.tactics import LARGE, SMALL, TACTICS, TIES, Outcome, play
from vermarkting.text import t
from vermarkting.widgets.chart import Chart
from vermarkting.widgets.controls import Button, Choice, SentenceSlider
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose
from vermarkting.widgets.scene import Scene, words


def tactics() -> Explorable:
    """Choose as somebody at the table, bet on the tactic with the most trust, then compare all of them."""
    return Explorable(
        "tactics",
        _ByHand(),
        step("tactics", "bet"),
        AfterBet("06.bet_tactiek", _Run, "tactics.run"),
        Prose(t("tactics.model_note")),
    )


class LawNote(Prose):
    """What the law says about an outcome: always there, and a warning where the tactic is forbidden."""

    def __init__(self) -> None:
        super().__init__(tone="reveal", live=True)

    def show(self, outcome: Outcome) -> None:
        law = outcome.law
        forbidden = law.status == "forbidden"
        parts = [law.sentence]
        if law.alternatives:
            names = t("tactics.or").join(t(f"parameters.choices.{name}") for name in law.alternatives)
            parts.append(t("tactics.alternatives", alternatives=names))
        if law.sources:
            parts.append(t("tactics.sources", sources=", ".join(law.sources)))
        with self.hold_sync():
            self.title = t("tactics.warning_title" if forbidden else "tactics.law_title")
            self.text = "\n\n".join(parts)


def _name(tactic: str) -> str:
    return t(f"tactics.names.{tactic}")


def _tactic_choice(compact: bool = False) -> Choice:
    options = [{"id": name, "text": _name(name), "hint": t(f"tactics.hints.{name}")} for name in TACTICS]
    return Choice(t("tactics.tactic"), options, compact=compact)


class _ByHand(Stack):
    """Step 1: the student chooses what the organisations do, and reads what it asks and what the law says."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        self.tactic = _tactic_choice()
        self.effect, self.law = Prose(live=True), LawNote()
        super().__init__([step("tactics", "hand"), Stage([self.tactic], [self.effect, self.law])])
        self.tactic.observe(self._show, "value")
        self._show()

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        outcome = play(self.tactic.value)
        self.effect.text = t(f"tactics.at_table.{outcome.tactic}")
        self.law.show(outcome)
        self.value = {"tactic": outcome.tactic, "status": outcome.law.status}


HEIGHT = 230


def _places() -> list[Place]:
    """Put the large organisations in a triangle, each with its three small ones fanned out behind it."""
    large = circle(LARGE, HEIGHT, 0.42)
    small = circle(SMALL, HEIGHT, 1.0, turn=-2 * pi / SMALL)
    return [*large, *small]


class RegionChart(Scene):
    """The region after twelve years: who still trusts whom, and who has work."""

    def __init__(self) -> None:
        super().__init__(t("tactics.chart_network"))

    def show(self, outcome: Outcome) -> None:
        places, names, kinds = _places(), _organisations(), _work(outcome)
        marks = ties(places, TIES, outcome.strengths)
        for number, place in enumerate(places):
            marks.append(node(number, place, LOOKS[kinds[number]], 12 if number < LARGE else 8))
            marks.append(name_beside(f"name-{number}", place, HEIGHT, names[number], inside=number < LARGE))
        status = t(f"tactics.status.{outcome.law.status}")
        shown = {"trust": percent(outcome.trust), "success": percent(outcome.success), "law": status}
        sentence = t("tactics.sentence", tactic=_name(outcome.tactic), **shown)
        note = t("tactics.note", trust=percent(outcome.trust), law=status)
        marks.append(words("note", 50, HEIGHT + 16, note, "middle", "bold"))
        rows = [[names[i], t(f"tactics.{kinds[i]}"), percent(_mean_trust(outcome, i))] for i in range(ORGANISATIONS)]
        columns = [t("tactics.organisation"), t("tactics.kind"), t("tactics.mean_trust")]
        seen = [kind for kind in LOOKS if kind in kinds]
        legend = [{"shape": "dot", "look": LOOKS[kind], "text": t(f"tactics.{kind}")} for kind in seen]
        self.draw(marks, HEIGHT + 24, sentence, columns, rows, legend=[*tie_legend(outcome.strengths), *legend])


LOOKS = {"large": "orange", "small_own": "blue", "small_sub": "grey", "small_none": "open"}


def _organisations() -> list[str]:
    large = [t("tactics.large_name", number=i + 1) for i in range(LARGE)]
    return [*large, *(t("tactics.small_name", number=i + 1) for i in range(SMALL))]


def _work(outcome: Outcome) -> list[str]:
    """Say what kind of organisation each one is; the first small ones are those that take part."""
    small = ["small_own"] * outcome.own + ["small_sub"] * outcome.subcontracted + ["small_none"] * outcome.without
    return ["large"] * LARGE + small


def _mean_trust(outcome: Outcome, organisation: int) -> float:
    own = [s for tie, s in zip(TIES, outcome.strengths, strict=True) if organisation in tie]
    return sum(own) / len(own)


class EffectsChart(Chart):
    """All tactics side by side, for the same number of participants."""

    def __init__(self) -> None:
        super().__init__(t("tactics.chart_effects"))

    def show(self, participants: int, chosen: Outcome) -> None:
        outcomes = [play(tactic, participants) for tactic in TACTICS]
        labels = [t(f"tactics.short.{o.tactic}") for o in outcomes]
        small = [o.own + o.subcontracted for o in outcomes]
        traces = [
            bar(t("tactics.effect_trust"), [round(100 * o.trust, 1) for o in outcomes], labels, BLUE, ""),
            bar(t("tactics.effect_small"), [round(100 * n / SMALL, 1) for n in small], labels, ORANGE, "/"),
            bar(t("tactics.effect_price"), [round(o.price - 100, 1) for o in outcomes], labels, GREY, "."),
        ]
        layout = {
            "barmode": "group",
            "height": 250,
            "margin": {"l": 120, "r": 20, "t": 30, "b": 42},
            "xaxis": {"range": [0, 105], "title": {"text": t("tactics.axis_effect"), "standoff": 4}},
            "yaxis": {"autorange": "reversed", "tickfont": {"color": INK}},
        }
        columns = [t("tactics.tactic_column"), *(t(f"tactics.effect_{name}") for name in _EFFECTS)]
        rows = [[t(f"tactics.table_names.{o.tactic}"), *_effects(o)] for o in outcomes]
        key = "compare_one" if chosen.bids == 1 else "compare"
        numbers = {"own": chosen.own, "sub": chosen.subcontracted, "without": chosen.without}
        price = _price(chosen.price)
        self.draw(traces, layout, t(f"tactics.{key}", bids=chosen.bids, price=price, **numbers), columns, rows)


def _price(price: float) -> str:
    return decimal(price, 1).removesuffix(",0")


_EFFECTS = ("trust", "success", "small", "price", "law")


def _effects(outcome: Outcome) -> list[str]:
    return [
        percent(outcome.trust),
        percent(outcome.success),
        t("tactics.small_of", number=outcome.own + outcome.subcontracted, total=SMALL),
        _price(outcome.price - 100),
        t(f"tactics.status_short.{outcome.law.status}"),
    ]


class _Run(Stack):
    """Step 3: tactic and participants free, with three goals."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        self.tactic = _tactic_choice(compact=True)
        self.participants = SentenceSlider("tactics.participants", min=LARGE, max=ORGANISATIONS, value=ORGANISATIONS)
        self.law, self.region, self.effects = LawNote(), RegionChart(), EffectsChart()
        self.goals = {name: Prose(live=True) for name in ("best", "lawful", "merge")}
        reset = Button(t("tactics.reset"), self._reset)
        controls = [self.tactic, self.participants, reset, self.law]
        super().__init__([Stage(controls, [self.region, self.effects], self.goals.values())])
        for control in (self.tactic, self.participants):
            control.observe(self._show, "value")
        self._show()

    def _reset(self) -> None:
        self.tactic.value, self.participants.value = TACTICS[0], ORGANISATIONS

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        participants = int(self.participants.value)
        outcome = play(self.tactic.value, participants)
        self.law.show(outcome)
        self.region.show(outcome)
        self.effects.show(participants, outcome)
        lawful = outcome.law.status != "forbidden"
        reached = {
            "best": outcome.tactic == "divide" and participants == ORGANISATIONS,
            "lawful": lawful and outcome.without == 0 and outcome.price < 115,
            "merge": outcome.tactic == "merge" and outcome.price <= 108 and outcome.trust >= 0.5,
        }
        shown = {"trust": percent(outcome.trust), "price": _price(outcome.price), "without": outcome.without}
        for name, goal in self.goals.items():
            tone = "done" if reached[name] else "todo"
            with goal.hold_sync():
                goal.tone, goal.text = tone, t(f"tactics.goal_{name}_{tone}", **shown)
        self.value = {
            "tactic": outcome.tactic,
            "participants": participants,
            "trust": outcome.trust,
            "price": outcome.price,
            "status": outcome.law.status,
            "goals": [name for name, done in reached.items() if done],
        }
