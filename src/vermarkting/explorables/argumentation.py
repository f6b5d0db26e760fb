"""The picture of :mod:`vermarkting.models.argumentation`: a chain of four arguments, the whole table, an audience."""

import traitlets

from vermarkting.explorables.argument_lab import table
from vermarkting.explorables.argument_lab.desk import as_words
from vermarkting.explorables.argument_lab.overview import LabelChart
from vermarkting.explorables.argument_lab.rules import seen_by
from vermarkting.explorables.frame import AfterBet, Explorable, Stage, step
from vermarkting.models.argumentation import Framework, Label, grounded
from vermarkting.text import t
from vermarkting.widgets.controls import Choice
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose
from vermarkting.widgets.scene import Mark, Scene, block, line, words

CHAIN = ("L22", "A080", "A067", "A006")  # each attacks the next
SEED = ("seed",)


def argumentation() -> Explorable:
    """Show which arguments stand: in a chain, in the five texts, with the literature, and for an audience."""
    return Explorable(
        "argumentation",
        step("argumentation", "chain"),
        AfterBet("10.bet_ketting", _Chain),
        step("argumentation", "seeds"),
        AfterBet("10.bet_basisteksten", _Seeds),
        step("argumentation", "literature"),
        AfterBet("10.bet_literatuur", _Literature),
        step("argumentation", "values"),
        AfterBet("10.bet_waarden", _Values),
        Prose(t("argumentation.note")),
    )


class _Chain(Stack):
    """Four arguments in a row, with what the first one does to the rest; it can be left out."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        options = [{"id": name, "text": t(f"argumentation.with.{name}")} for name in ("all", "three", "two")]
        self.who = Choice(t("argumentation.who"), options)
        self.chart = Scene(t("argumentation.chain_chart"))
        super().__init__([Stage([self.who], [self.chart])])
        self.who.observe(self._show, "value")
        self._show()

    def _show(self, _change: object = None) -> None:
        left_out = {"all": (), "three": CHAIN[:1], "two": CHAIN[:2]}[self.who.value]
        labels = grounded(table.everything().among(CHAIN).without(left_out))
        here = [name for name in CHAIN if name in labels]
        standing = [name for name in here if labels[name] is Label.IN]
        fallen = [name for name in here if labels[name] is Label.OUT]
        columns = [t("argumentation.argument"), t("argumentation.claim"), t("argumentation.label")]
        rows = [[name, table.arguments()[name]["claim"], t(f"argument_lab.labels.{labels[name]}")] for name in here]
        self.chart.draw(
            [mark for place, name in enumerate(CHAIN) for mark in _link(place, name, labels.get(name))],
            STEP * (len(CHAIN) - 1) + BOX + 2,
            t("argumentation.chain_sentence", standing=as_words(standing), fallen=as_words(fallen)),
            columns,
            rows,
            legend=[
                {"shape": "block", "look": look, "text": t(f"argument_lab.looks.{label}")}
                for label, look in LOOKS.items()
                if label in {labels.get(name, "off") for name in CHAIN}
            ],
        )
        self.value = {"standing": standing}


STEP, BOX = 82, 46  # pixels: from one argument to the next, and how high one is
LOOKS = {Label.IN: "blue", Label.OUT: "orange", "off": "ghost"}


def _link(place: int, name: str, label: Label | None) -> list[Mark]:
    """Draw an argument of the chain, and under it the arrow of its attack on the next one, if it takes part."""
    top = 1 + STEP * place
    state = t(f"argument_lab.labels.{label or 'off'}")
    marks = [
        block(f"{name}-box", 1, top, 98, BOX, "pale"),
        block(f"{name}-label", 1, top, 2, BOX, LOOKS[label or "off"]),
        words(f"{name}-state", 5, top + 19, f"{name} {state}", weight="bold"),
        words(f"{name}-claim", 5, top + 38, t(f"argumentation.short.{name}")),
    ]
    if label and name != CHAIN[-1]:
        look = "ink" if label is Label.IN else "grey"
        key = "strikes" if label is Label.IN else "misses"
        marks += [
            line(f"{name}-attack", 10, top + BOX + 2, 10, top + STEP - 3, look, arrow=True),
            words(f"{name}-told", 13, top + BOX + 23, t(f"argumentation.{key}")),
        ]
    return marks


class _Labels(Stack):
    """The counted labels of a framework, and two sentences on the arguments for the market."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        self.chart = LabelChart()
        self.names = Prose(live=True)
        self._last: dict[str, Label] | None = None
        super().__init__()

    def draw(self, framework: Framework, origins: tuple[str, ...], **values: str) -> None:
        """Label the framework and say what that means for the arguments of these origins."""
        labels = grounded(framework)
        pro = [name for name in labels if table.arguments()[name]["position"] == "pro-markt"]
        standing = [name for name in pro if labels[name] is Label.IN]
        count = sum(label is Label.IN for label in labels.values())
        sentence = t(
            "argumentation.sentence", standing=count, total=len(labels), pro=len(standing), of=len(pro), **values
        )
        self.chart.show(labels, self._last, origins, sentence)
        self.names.text = t("argumentation.pro_names", names=as_words(standing))
        self._last = labels
        self.value = {"standing": [name for name, label in labels.items() if label is Label.IN]}


class _Seeds(_Labels):
    """The five texts by themselves."""

    def __init__(self) -> None:
        super().__init__()
        self.children = [Stage([self.names], [self.chart])]
        self.draw(table.of_origin(*SEED), SEED)


class _Literature(_Labels):
    """The five texts, and what the wider literature changes."""

    def __init__(self) -> None:
        super().__init__()
        options = [{"id": name, "text": t(f"argumentation.texts.{name}")} for name in ("seed", "all")]
        self.texts = Choice(t("argumentation.texts_ask"), options, value="all")
        self.moved = Prose(live=True)
        self.children = [Stage([self.texts, self.names, self.moved], [self.chart])]
        self.texts.observe(self._show, "value")
        self._show()

    def _show(self, _change: object = None) -> None:
        everything = self.texts.value == "all"
        origins = table.ORIGINS if everything else SEED
        self.draw(table.of_origin(*origins), origins)
        before, now = grounded(table.of_origin(*SEED)), grounded(table.of_origin(*table.ORIGINS))
        risen = [name for name in before if before[name] is not Label.IN and now[name] is Label.IN]
        fallen = [name for name in before if before[name] is Label.IN and now[name] is not Label.IN]
        words = t("argumentation.moved", risen=as_words(risen), fallen=as_words(fallen), count=len(fallen))
        self.moved.text = words if everything else t("argumentation.only_seeds")


class _Values(_Labels):
    """One value comes first for this audience; the other fifteen share the second place."""

    def __init__(self) -> None:
        super().__init__()
        options = [{"id": name, "text": label} for name, label in table.value_names().items()]
        self.first = Choice(t("argumentation.first_ask"), options, compact=True)
        rules = [{"id": name, "text": t(f"argument_lab.facts.{name}")} for name in ("first", "values")]
        self.rule = Choice(t("argument_lab.facts_ask"), rules, compact=True, value="first")
        self.central = Prose(tone="reveal", live=True)
        self.children = [Stage([self.rule, self.first, self.central, self.names], [self.chart])]
        self.first.observe(self._show, "value")
        self.rule.observe(self._show, "value")
        self._show()

    def _show(self, _change: object = None) -> None:
        facts = table.facts() if self.rule.value == "first" else frozenset()
        framework = seen_by(table.everything(), [self.first.value], facts)
        self.draw(framework, table.ORIGINS)
        attackers = sorted(attacker for attacker, target in framework.attacks if target == "A006")
        everyone = len(table.attackers()["A006"])
        key = "central" if len(attackers) > 1 else "central_one"
        first = table.value_names()[self.first.value]
        self.central.text = t(
            f"argumentation.{key}", value=first, count=len(attackers), total=everyone, name=attackers[0]
        )
