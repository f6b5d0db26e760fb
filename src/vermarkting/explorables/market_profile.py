"""The picture of :mod:`vermarkting.models.market_profile`: two cases beside each other, and a case of your own."""

import traitlets

from vermarkting import data
from vermarkting.explorables.frame import AfterBet, Explorable, Ghost, Stage, decimal
from vermarkting.models.market_profile import FEATURES, Case, distance, nearest, shared_features
from vermarkting.text import t
from vermarkting.widgets.controls import Choice
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose
from vermarkting.widgets.question import Question
from vermarkting.widgets.scene import Mark, Scene, dot, line, words

OPENING = ("general_practitioner", "fpc_gent")
LEVELS = {"no": 0.0, "partly": 0.5, "yes": 1.0}


def market_profile() -> Explorable:
    """Show two of the twelve cases on five features after a bet, and place a case of the student's own."""
    return Explorable("market_profile", AfterBet("02.bet_markt", _Comparison), _OwnCase())


def cases() -> dict[str, dict]:
    """Give the twelve scored cases: per id its ``name``, ``reason`` and model ``case``. Stylised, see the table."""
    return {
        row["id"]: {
            "name": row["case"],
            "reason": row["reason"],
            "case": Case(row["id"], tuple(float(row[feature]) for feature in FEATURES)),
        }
        for row in data.rows("market_profiles")
    }


def _answer(score: float) -> str:
    level = next(level for level, number in LEVELS.items() if number == score)
    return t(f"market_profile.answers.{level}")


def _listed(features: tuple[str, ...]) -> str:
    return ", ".join(t(f"market_profile.feature_names.{feature}") for feature in features)


def _question_with_help(feature: str) -> str:
    return f"{t(f'market_profile.features.{feature}')} {t(f'market_profile.feature_help.{feature}')}"


ROW, HEAD = 27, 92  # pixels of one case, and of the five features above them
LOOKS = {0.0: "open", 0.5: "grey", 1.0: "blue"}
NAMES = 40.0  # percent, for the names of the cases


class _Comparison(Stack):
    """All twelve cases as rows of five dots, the most alike on top; pick two to compare them."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        self._cases = cases()
        options = [{"id": name, "text": t(f"market_profile.short.{name}")} for name in self._cases]
        self.left = Choice(t("market_profile.pick_left"), options, compact=True, value=OPENING[0])
        self.right = Choice(t("market_profile.pick_right"), options, compact=True, value=OPENING[1])
        self.chart = Scene(t("market_profile.chart"), self._pick)
        self.why, self.previous = Prose(), Prose()
        self._ghost: Ghost[tuple[str, str]] = Ghost()
        note = Prose(f"{t('market_profile.note_stylised')} {t('market_profile.distance_help')}")
        tasks = Prose(t("market_profile.tasks"), title=t("market_profile.tasks_title"))
        super().__init__([Stage([self.left, self.right, self.previous], [self.chart], [tasks]), self.why, note])
        for pick in (self.left, self.right):
            pick.observe(self._show, "value")
        self._show()

    def _pick(self, mark: str) -> None:
        """A click on a case puts it first, and the rest in the order of their distance to it."""
        name = mark.split("-")[1]
        if name == self.left.value:
            return
        if self.right.value == name:
            self.right.value = self.left.value
        self.left.value = name

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        left, right = self._cases[self.left.value], self._cases[self.right.value]
        far = {name: distance(left["case"], case["case"]) for name, case in self._cases.items()}
        order = sorted(
            self._cases, key=lambda name: (name != self.left.value, far[name], list(self._cases).index(name))
        )
        chosen = (self.left.value, self.right.value)
        previous = self._ghost.show(chosen)
        before = previous if previous and previous != chosen else ()
        marks = _heading()
        for place, name in enumerate(order):
            marks += _row(place, name, self._cases[name], far[name], chosen)
            marks += _rings(place, name) if name in before else ()
        questions = [t(f"market_profile.features.{feature}") for feature in FEATURES]
        columns = [t("market_profile.feature"), left["name"], right["name"]]
        scores = zip(questions, left["case"].scores, right["case"].scores, strict=True)
        legend = [{"shape": "dot", "look": LOOKS[score], "text": _answer(score)} for score in (1.0, 0.5, 0.0)]
        legend += [{"shape": "dot", "look": "ghost", "text": t("scene.before")}] if before else []
        table = [[q, _answer(a), _answer(b)] for q, a, b in scores]
        height = HEAD + ROW * len(order)
        self.chart.draw(marks, height, _sentence(left, right), columns, table, legend=legend)
        reasons = [f"{side['name']}: {side['reason']}" for side in (left, right)]
        absent = tuple(
            f for f, a, b in zip(FEATURES, left["case"].scores, right["case"].scores, strict=True) if a == b == 0
        )
        neither = [t("market_profile.neither", names=_listed(absent))] if absent else []
        self.why.text = "\n\n".join([*neither, *reasons])
        self.previous.text = self._in_words(*before) if before else ""
        self.value = {
            "left": self.left.value,
            "right": self.right.value,
            "distance": distance(left["case"], right["case"]),
        }

    def _in_words(self, left: str, right: str) -> str:
        one, other = self._cases[left], self._cases[right]
        shared, gap = shared_features(one["case"], other["case"]), distance(one["case"], other["case"])
        words = {"left": one["name"], "right": other["name"], "distance": decimal(gap, 1)}
        return t("market_profile.previous", shared=len(shared), **words)


def _x(feature: int) -> float:
    return NAMES + (92 - NAMES) * (feature + 0.5) / len(FEATURES)


def _heading() -> list[Mark]:
    """Write the features slantwise in steps, each over its own column."""
    marks = []
    for place, feature in enumerate(FEATURES):
        y = 14 + 15 * place
        last = {"anchor": "end", "push": 38} if feature == FEATURES[-1] else {"anchor": "middle"}  # room on a phone
        marks.append(words(f"feature-{place}", _x(place), y, t(f"market_profile.heads.{feature}"), **last))
        marks.append(line(f"column-{place}", _x(place), y + 4, _x(place), HEAD + ROW * 12 - 8, "grey"))
    marks.append(words("far", 99, HEAD - 3, t("market_profile.far"), "end"))
    return marks


def _row(place: int, name: str, case: dict, far: float, chosen: tuple[str, str]) -> list[Mark]:
    y = HEAD + ROW * (place + 0.5)
    bold = "bold" if name in chosen else "normal"
    short = t(f"market_profile.short.{name}")
    marks = [words(f"name-{name}", 1, y + 5, short, weight=bold, pick=True)]
    for feature, score in enumerate(case["case"].scores):
        marks.append(dot(f"case-{name}-{feature}", _x(feature), y, 9 if name in chosen else 7, LOOKS[score], pick=True))
    marks.append(words(f"far-{name}", 99, y + 5, decimal(far, 1) if place else "", "end"))
    return marks


def _rings(place: int, name: str) -> list[Mark]:
    """Mark a case of the previous choice, where it stands now."""
    y = HEAD + ROW * (place + 0.5)
    return [dot(f"before-{name}-{feature}", _x(feature), y, 12, "ghost") for feature in range(len(FEATURES))]


def _sentence(left: dict, right: dict) -> str:
    if left is right:
        return t("market_profile.sentence_same_case")
    shared = shared_features(left["case"], right["case"])
    key = "market_profile.sentence" if shared else "market_profile.sentence_none"
    gap = decimal(distance(left["case"], right["case"]), 1)
    return t(key, left=left["name"], right=right["name"], shared=len(shared), names=_listed(shared), distance=gap)


class _OwnCase(Stack):
    """Five answers about a service the student knows; the nearest of the twelve follows."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        question = {
            "kind": "match",
            "prompt": t("market_profile.own_intro"),
            "items": [{"id": feature, "text": _question_with_help(feature)} for feature in FEATURES],
            "categories": [{"id": level, "text": t(f"market_profile.answers.{level}")} for level in LEVELS],
        }
        self.question = Question("02.eigen_case", question)
        self.nearest = Prose(tone="reveal", live=True)
        super().__init__([Prose(title=t("market_profile.own_title")), self.question, self.nearest])
        self.question.observe(self._show, "answer")
        self._show()

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        answers = self.question.answer or {}
        missing = len(FEATURES) - len(answers)
        if missing:
            key = "own_incomplete_one" if missing == 1 else "own_incomplete"
            self.nearest.text = t(f"market_profile.{key}", count=missing)
            return
        own = Case("own", tuple(LEVELS[answers[feature]] for feature in FEATURES))
        known = cases()
        found = nearest(own, (entry["case"] for entry in known.values()))
        names = ", ".join(known[case.id]["name"] for case in found)
        gap = decimal(distance(own, found[0]), 1)
        self.nearest.text = t(
            "market_profile.own_sentence", own=t("market_profile.own_default"), names=names, distance=gap
        )
        self.value = {"nearest": [case.id for case in found]}
