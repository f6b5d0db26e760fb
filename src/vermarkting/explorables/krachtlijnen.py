"""The picture of the dilemmas in :mod:`vermarkting.models.krachtlijnen`: each choice moves five krachtlijnen."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import traitlets

from vermarkting import data
from vermarkting.explorables.drawing.bars import before_legend
from vermarkting.explorables.drawing.star import star
from vermarkting.explorables.frame import AfterBet, Explorable, Ghost, Row, Stage, decimal, later, step
from vermarkting.models.krachtlijnen import KRACHTLIJNEN, Option, balance, every_team, follow
from vermarkting.text import t
from vermarkting.widgets.controls import Button, Choice
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose
from vermarkting.widgets.scene import Mark, Scene, dot, line, words

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


LOWEST, HIGHEST = -8, 12  # the middle and the edge of the star


class BalanceChart(Scene):
    """The five krachtlijnen as a star around zero; the state before this one stays as an outline."""

    def __init__(self, on_pick: Callable[[str], None] | None = None) -> None:
        super().__init__(t("dilemmas.chart"), on_pick)
        self._ghost: Ghost[tuple[int, ...]] = Ghost()

    def show(
        self,
        totals: tuple[int, ...],
        sentence: str,
        week: Sequence[tuple[str, tuple[int, ...]]] = (),
        day: str = "",
    ) -> None:
        """Draw the totals; ``week`` holds the days so far, each with its name and what it left the krachtlijnen at.

        With ``day``, the name of the one that is open, each can be clicked, as ``day-<name>``.
        """
        previous = self._ghost.show(totals)
        names = [name_of(krachtlijn) for krachtlijn in KRACHTLIJNEN]
        short = (name.removesuffix(" werken") for name in names)
        labels = [f"{name} {signed(total)}" for name, total in zip(short, totals, strict=True)]
        marks = star(labels, totals, LOWEST, HIGHEST, STAR, previous if previous != totals else None)
        height = STAR
        if week:
            marks += [*_through_the_week(week), *(_to_click(week, day) if day else ())]
            height += WEEK + (DAYS if day else 0)
        columns = [t("dilemmas.krachtlijn"), t("dilemmas.axis")]
        rows = [[name, signed(total)] for name, total in zip(names, totals, strict=True)]
        legend = [
            {"shape": "line", "look": "ink", "text": t("dilemmas.zero")},
            {"shape": "dot", "look": "blue", "text": t("dilemmas.stronger")},
            {"shape": "dot", "look": "orange", "text": t("dilemmas.pressed")},
            *([{"shape": "line", "look": "strong", "text": t("dilemmas.week_best")},
               {"shape": "line", "look": "fair", "text": t("dilemmas.week_worst")}] if week else []),
            *before_legend(previous if previous != totals else None),
        ]  # fmt: skip
        self.draw(marks, height, sentence, columns, rows, legend=legend)


STAR, WEEK, DAYS = 330, 96, 32  # pixels


def _at_day(place: int, week: Sequence) -> float:
    return 2 + 96 / max(1, len(week) - 1) * place


def _through_the_week(week: Sequence[tuple[str, tuple[int, ...]]]) -> list[Mark]:
    """Draw the lowest and the highest krachtlijn after each choice, as a line through the week."""
    top = STAR + 40
    low, high = (choose(choose(totals) for _, totals in week) for choose in (min, max))
    marks = [words("week", 1, STAR + 18, t("dilemmas.week"), weight="bold")]

    def at(place: int, total: int) -> tuple[float, float]:
        return _at_day(place, week), top + 44 * (1 - (total - low) / max(1, high - low))

    for name, choose, look in (("best", max, "strong"), ("worst", min, "fair")):
        spots = [at(place, choose(totals)) for place, (_, totals) in enumerate(week)]
        for place, (one, other) in enumerate(pairwise(spots)):
            marks.append(line(f"week-{name}-{place}", *one, *other, look))
        for place, spot in enumerate(spots):
            marks.append(dot(f"week-{name}-at-{place}", *spot, 5, "blue" if name == "best" else "orange"))
    return marks


def _to_click(week: Sequence[tuple[str, tuple[int, ...]]], day: str) -> list[Mark]:
    """Number the days below the line; the one that is open has an outline."""
    marks = []
    for place, (name, _) in enumerate(week[1:], start=1):
        x, y, here = _at_day(place, week), STAR + WEEK + DAYS / 2, name == day
        marks.append(dot(f"day-{name}", x, y, 13, "open" if here else "pale", pick=True))
        weight = "bold" if here else "normal"
        marks.append(words(f"day-{name}-number", x, y + 5, str(place), "middle", weight, pick=True))
    return marks


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
        chosen = [self._options[name][letter]["model"] for name, letter in letters.items()]
        totals = balance(chosen)
        days = [(name, balance(chosen[:count])) for count, name in enumerate(("", *letters))]
        self.chart.show(totals, self._sentence(len(letters), totals), days if len(days) > 1 else ())
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
    """Step 4: a whole week at once; one day opens at a time, and two goals."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        self._options, self._rows = vignettes(), {row["id"]: row for row in data.rows("vignettes")}
        days = [
            {"id": name, "text": t("dilemmas.day", number=number, title=row["title"])}
            for number, (name, row) in enumerate(self._rows.items(), start=1)
        ]
        self.day = Choice(t("dilemmas.day_ask"), days, compact=True)
        self.choices = {
            name: Choice(
                t("dilemmas.choose"),
                [{"id": letter, "text": option["name"]} for letter, option in self._options[name].items()],
            )
            for name in self._rows
        }
        self.page = Stack()
        self.chart = BalanceChart(lambda mark: self.day.set_trait("value", mark.split("-")[1]))
        self.goals = {name: Prose(live=True) for name in ("level", "voice")}
        reset = Button(t("dilemmas.reset"), self._reset)
        super().__init__([Stage([self.day, self.page, reset], [self.chart], self.goals.values())])
        for choice in (self.day, *self.choices.values()):
            choice.observe(self._show, "value")
        self._show()

    def _reset(self) -> None:
        for choice in self.choices.values():
            choice.value = "a"

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        self.page.children = [self.choices[self.day.value]]
        letters = {name: choice.value for name, choice in self.choices.items()}
        chosen = [self._options[name][letter]["model"] for name, letter in letters.items()]
        totals = balance(chosen)
        days = [(name, balance(chosen[:count])) for count, name in enumerate(("", *letters))]
        self.chart.show(totals, t("dilemmas.sandbox_sentence", totals=_in_words(totals)), days, self.day.value)
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
