"""The picture of the dilemmas in :mod:`vermarkting.models.krachtlijnen`: each choice moves five krachtlijnen."""

import traitlets

from vermarkting import data
from vermarkting.explorables.drawing.plots import BLUE, ORANGE, bar, ghost
from vermarkting.explorables.frame import AfterBet, Explorable, Ghost, Row, Stage, decimal, later, step
from vermarkting.models.krachtlijnen import KRACHTLIJNEN, Option, balance, every_team, follow
from vermarkting.text import t
from vermarkting.widgets.chart import Chart
from vermarkting.widgets.controls import Button, Choice
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose

OPEN = "open"  # a dilemma without a choice yet


def krachtlijnen() -> Explorable:
    """Choose in seven dilemmas, bet on a team that always follows one krachtlijn, then look for a team that holds."""
    return Explorable(
        "dilemmas",
        _ByHand(),
        step("dilemmas", "bet"),
        AfterBet("08.bet_volgen", _Follow, "dilemmas.follow"),
        later("dilemmas.sandbox", _Sandbox),
        Prose(t("dilemmas.model_note")),
    )


def vignettes() -> dict[str, dict[str, dict]]:
    """Give per vignette its options by letter, each as its row with the model's ``Option`` under ``model``."""
    found: dict[str, dict[str, dict]] = {row["id"]: {} for row in data.rows("vignettes")}
    for row in data.rows("vignette_options"):
        option = Option(row["id"], tuple(row[name] for name in KRACHTLIJNEN))
        found[row["vignette"]][row["option"]] = {**row, "model": option}
    return found


def name_of(krachtlijn: str) -> str:
    return t(f"krachtlijnen.{krachtlijn}.name")


def signed(number: float) -> str:
    """Write a change with its sign, such as ``+2`` or ``−1``."""
    return f"{number:+.0f}".replace("-", "−") if number else "0"


def _in_words(totals: tuple[int, ...]) -> str:
    return ", ".join(f"{name_of(k).lower()} {signed(n)}" for k, n in zip(KRACHTLIJNEN, totals, strict=True))


class BalanceChart(Chart):
    """Five bars to the left or the right of zero, with the previous state as diamonds."""

    def __init__(self) -> None:
        super().__init__(t("dilemmas.chart"))
        self._ghost: Ghost[tuple[int, ...]] = Ghost()

    def show(self, totals: tuple[int, ...], sentence: str) -> None:
        previous = self._ghost.show(totals)
        names = [name_of(krachtlijn) for krachtlijn in KRACHTLIJNEN]
        labels = [f"{name}  {signed(total)} " for name, total in zip(names, totals, strict=True)]
        traces = [
            bar(t("dilemmas.stronger"), [max(0, total) for total in totals], labels, BLUE, ""),
            bar(t("dilemmas.pressed"), [min(0, total) for total in totals], labels, ORANGE, "/"),
        ]
        if previous and (moved := [n for n in range(len(totals)) if previous[n] != totals[n]]):
            before = [previous[n] for n in moved]
            traces.append(ghost(t("dilemmas.previous"), before, [labels[n] for n in moved]))
        traces = [{**trace, "hoverinfo": "skip", "hovertemplate": None} for trace in traces]
        layout = {
            "barmode": "relative",
            "height": 310,
            "margin": {"l": 200, "r": 20, "t": 45, "b": 45},
            "xaxis": {"range": [-12, 12], "title": {"text": t("dilemmas.axis")}, "zerolinewidth": 2},
            "yaxis": {"autorange": "reversed"},
        }
        columns = [t("dilemmas.krachtlijn"), t("dilemmas.axis")]
        rows = [[name, signed(total)] for name, total in zip(names, totals, strict=True)]
        self.draw(traces, layout, sentence, columns, rows)


class _Dilemma(Stack):
    """One situation, its options, and what the chosen one brings and costs."""

    letter = traitlets.Unicode(OPEN)

    def __init__(self, place: int, row: dict, options: dict[str, dict], total: int) -> None:
        self._options = options
        title = t("dilemmas.situation_title", number=place + 1, total=total, title=row["title"])
        choices = [{"id": OPEN, "text": t("dilemmas.no_choice")}]
        choices += [{"id": letter, "text": option["text"]} for letter, option in options.items()]
        self.choice, self.why = Choice(t("dilemmas.choose"), choices), Prose(tone="reveal", live=True)
        super().__init__([Prose(row["situation"], title=title, live=True), self.choice, self.why])
        self.choice.observe(self._explain, "value")

    def _explain(self, change: traitlets.Bunch) -> None:
        option = self._options.get(change.new)
        self.why.text = _explained(option) if option else ""
        self.letter = change.new


def _explained(option: dict) -> str:
    moved = ", ".join(
        f"{name_of(k).lower()} {signed(n)}" for k, n in zip(KRACHTLIJNEN, option["model"].effects, strict=True) if n
    )
    return t("dilemmas.why", explanation=option["explanation"], moved=moved)


class _ByHand(Stack):
    """Step 1: one dilemma at a time; the bars keep what was chosen before."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        self._options = vignettes()
        self._rows = data.rows("vignettes")
        self._pages: dict[int, _Dilemma] = {}
        self._place = 0
        self.page, self.chart = Stack(), BalanceChart()
        buttons = [
            Button(t("dilemmas.on"), lambda: self._turn(1)),
            Button(t("dilemmas.back"), lambda: self._turn(-1)),
            Button(t("dilemmas.reset"), self._reset),
        ]
        super().__init__([step("dilemmas", "hand"), Stage([self.page, Row(*buttons)], [self.chart])])
        self._turn(0)

    def _turn(self, by: int) -> None:
        self._place = (self._place + by) % len(self._rows)
        if self._place not in self._pages:
            row = self._rows[self._place]
            found = _Dilemma(self._place, row, self._options[row["id"]], len(self._rows))
            found.observe(self._show, "letter")
            self._pages[self._place] = found
        self.page.children = [self._pages[self._place]]
        self._show()

    def _reset(self) -> None:
        for page in self._pages.values():
            page.choice.value = OPEN
        self._place = 0
        self._turn(0)

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        letters = {self._rows[place]["id"]: page.letter for place, page in self._pages.items() if page.letter != OPEN}
        totals = balance(self._options[name][letter]["model"] for name, letter in letters.items())
        self.chart.show(totals, self._sentence(len(letters), totals))
        self.value = {"chosen": letters, "balance": list(totals)}

    def _sentence(self, count: int, totals: tuple[int, ...]) -> str:
        if not count:
            return t("dilemmas.hand_start", total=len(self._rows))
        end = " " + t("dilemmas.hand_end") if count == len(self._rows) else ""
        return t("dilemmas.hand_sentence", count=count, total=len(self._rows), totals=_in_words(totals)) + end


class _Follow(Stack):
    """Step 3: a team that always takes what is best for one krachtlijn."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        self._vignettes = _models()
        options = [{"id": krachtlijn, "text": name_of(krachtlijn)} for krachtlijn in KRACHTLIJNEN]
        self.first, self.chart, self.counts = Choice(t("dilemmas.first"), options), BalanceChart(), Prose()
        super().__init__([Stage([self.first], [self.chart, self.counts])])
        self.counts.text = _counted(self._vignettes)
        self.first.observe(self._show, "value")
        self._show()

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        totals = balance(follow(self._vignettes, self.first.value))
        lowest = min(range(len(totals)), key=lambda place: totals[place])
        sentence = t(
            "dilemmas.follow_sentence",
            first=name_of(self.first.value).lower(),
            score=signed(totals[KRACHTLIJNEN.index(self.first.value)]),
            lowest=name_of(KRACHTLIJNEN[lowest]).lower(),
            low=signed(totals[lowest]),
            below=sum(total < 0 for total in totals),
        )
        self.chart.show(totals, sentence)
        self.value = {"follows": self.first.value, "balance": list(totals)}


def _models() -> list[tuple[Option, ...]]:
    return [tuple(option["model"] for option in options.values()) for options in vignettes().values()]


def _counted(found: list[tuple[Option, ...]]) -> str:
    worst = [min(balance(team)) for team in every_team(found)]
    above, level = sum(low > 0 for low in worst), sum(low >= 0 for low in worst)
    return t("dilemmas.counted", teams=decimal(len(worst)), level=level, above=above)


class _Sandbox(Stack):
    """Step 4: all choices at once, and two goals."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        self._options = vignettes()
        self.choices = {
            row["id"]: Choice(
                row["title"],
                [{"id": letter, "text": option["name"]} for letter, option in self._options[row["id"]].items()],
                compact=True,
            )
            for row in data.rows("vignettes")
        }
        self.chart = BalanceChart()
        self.goals = {name: Prose(live=True) for name in ("level", "voice")}
        reset = Button(t("dilemmas.reset"), self._reset)
        super().__init__([Stage([*self.choices.values(), reset], [self.chart], self.goals.values(), tasks_below=True)])
        for choice in self.choices.values():
            choice.observe(self._show, "value")
        self._show()

    def _reset(self) -> None:
        for choice in self.choices.values():
            choice.value = "a"

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        letters = {name: choice.value for name, choice in self.choices.items()}
        totals = balance(self._options[name][letter]["model"] for name, letter in letters.items())
        self.chart.show(totals, t("dilemmas.sandbox_sentence", totals=_in_words(totals)))
        by_name = dict(zip(KRACHTLIJNEN, totals, strict=True))
        reached = {
            "level": min(totals) >= 0,
            "voice": by_name["politiserend"] >= 4 and by_name["nabijheid"] >= 0,
        }
        words = {name: signed(total) for name, total in by_name.items()}
        for name, goal in self.goals.items():
            tone = "done" if reached[name] else "todo"
            with goal.hold_sync():
                goal.tone, goal.text = tone, t(f"dilemmas.goal_{name}_{tone}", **words)
        self.value = {
            "chosen": letters,
            "balance": list(totals),
            "goals": [name for name, done in reached.items() if done],
        }
