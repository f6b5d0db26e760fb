"""A view on ``arguments.csv``: how many of our sources' arguments plead for the market, guessed before it is seen."""

from collections import Counter
from random import Random

import traitlets

from vermarkting import data
from vermarkting.explorables.frame import Explorable, Stage
from vermarkting.text import t
from vermarkting.widgets.question import Question
from vermarkting.widgets.scene import Mark, Scene, line, pile, words

POSITIONS = ("pro-markt", "conditioneel", "kritisch", "tegenstem")
LOOKS = {
    "tegenstem": "open",
    "kritisch": "orange",
    "conditioneel": "grey",
    "pro-markt": "blue",
}  # the last one is counted while they fall
GROUND, DOT, LANES = 186, 6, 4
SHUFFLE = 4  # the order in which they fall


def one_sided() -> Explorable:
    """Ask how many arguments plead for the market, then let all of them fall in their place."""
    return Explorable("one_sided", _Guess())


class _Guess(Stage):
    """A number asked, and the arguments as dots: one heap until there is a guess."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        asked = "00.raad_het_aantal"
        self.question, self.chart = Question(asked, data.question(asked)), Scene(t("one_sided.chart"))
        super().__init__([self.question], [self.chart])
        rows = [row["position"] for row in data.rows("arguments") if row["origin"] == "seed"]
        Random(SHUFFLE).shuffle(rows)
        self._rows = rows
        self.question.observe(self._show, "answer")
        self._show()

    def _show(self, change: traitlets.Bunch | None = None) -> None:
        counts = Counter(self._rows)
        guess = self.question.answer
        if guess is None:
            total = len(self._rows)
            sentence = t("one_sided.before", total=total)
            columns = [t("one_sided.position"), t("one_sided.count")]
            self.chart.draw([_heap(total)], GROUND + 8, sentence, columns, [[t("one_sided.unread"), str(total)]])
            return
        table = [[t(f"one_sided.{name}"), str(counts[name])] for name in POSITIONS]
        sentence = t("one_sided.after", guess=round(guess), total=len(self._rows), **_words(counts))
        tally = t("one_sided.falling", done="{done}", hits="{hits}")
        columns = [t("one_sided.position"), t("one_sided.count")]
        marks = [*_columns(counts), _fallen(self._rows)]
        self.chart.draw(marks, GROUND + 44, sentence, columns, table, tally=tally, play=change is not None)
        self.value = {"guess": guess, "pro": counts["pro-markt"]}


def _words(counts: Counter[str]) -> dict[str, int]:
    return {"pro": counts["pro-markt"], "critical": counts["kritisch"], "depends": counts["conditioneel"]}


def _heap(total: int) -> Mark:
    points = [(50 + 3 * (n % 18 - 8.5), GROUND - DOT - 13 * (n // 18), 0) for n in range(total)]
    return pile("unread", DOT, ("open",), points, w=1.6, h=9)


def _x(position: str) -> float:
    return 12.5 + 25 * POSITIONS.index(position)


def _columns(counts: Counter[str]) -> list[Mark]:
    marks = [line("ground", 1, GROUND + 1, 99, GROUND + 1, "grey")]
    for name in POSITIONS:
        x = _x(name)
        marks.append(words(f"{name}-name", x, GROUND + 20, t(f"one_sided.{name}"), "middle", "bold"))
        marks.append(words(f"{name}-count", x, GROUND + 38, str(counts[name]), "middle"))
    return marks


def _fallen(rows: list[str]) -> Mark:
    """Heap the arguments by position."""
    looks, heaps, points = list(LOOKS), Counter(), []
    for position in rows:
        row, lane = divmod(heaps[position], LANES)
        heaps[position] += 1
        x = _x(position) + 4.6 * (lane - (LANES - 1) / 2)
        points.append((x, GROUND - DOT - 12 * row, looks.index(position)))
    return pile("argument", DOT, list(LOOKS.values()), points)
