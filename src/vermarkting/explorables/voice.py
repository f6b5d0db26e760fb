"""The picture of :mod:`vermarkting.models.voice`: thresholds in order, and the line of how many already speak."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict

import traitlets

from vermarkting.explorables.drawing.plots import BLUE, GREY, INK, ORANGE, bar
from vermarkting.explorables.frame import AfterBet, Explorable, Ghost, Row, Stage, decimal, later, step
from vermarkting.models.voice import (
    HEARD_FROM,
    Cascade,
    Conditions,
    Group,
    cascade,
    fears,
    least_protection,
    least_support,
    meeting_and_survey,
    shares,
    thresholds,
)
from vermarkting.text import t
from vermarkting.widgets.chart import Chart
from vermarkting.widgets.controls import Button, SentenceSlider
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose
from vermarkting.widgets.scene import Mark, Scene, person, words

MEETING = {"a": 0, "b": 1, "c": 1, "d": 3, "e": 3}  # colleagues, and how many others each wants to hear
TEAM = 20
DOUBT = 2  # what the second colleague of the team comes to want; 1 before
CROWD, FEAR = 100, 0.35
OPENING_SPREAD = 12
DRAWS = 20
SANDBOX = {"spread": 15, "support": 0, "coalition": 0, "dependence": 0, "protected": 0}


def voice() -> Explorable:
    """Show the chain of voices: speak yourself, doubt, spread the fear, look behind a silence, then try everything."""
    return Explorable(
        "voice",
        _ByHand(),
        step("voice", "chain_bet"),
        AfterBet("09.bet_drempel", _Chain, "voice.chain"),
        step("voice", "spread_bet"),
        AfterBet("09.bet_spreiding", lambda: _Crowd({"spread": OPENING_SPREAD}), "voice.spread"),
        step("voice", "silence_bet"),
        AfterBet("09.bet_stilte", _Silence, "voice.silence"),
        later("voice.sandbox", lambda: _Sandbox(SANDBOX)),
        Prose(t("voice.model_note")),
    )


def team(second: int) -> tuple[float, ...]:
    """Give the thresholds of the team of twenty, in which the second colleague wants to hear ``second`` others."""
    return tuple((second if place == 1 else place) / TEAM for place in range(TEAM))


def _count(number: float) -> str:
    return decimal(number, 1).removesuffix(",0")


class ThresholdChart(Chart):
    """Each person a dot at the own threshold, in order, against the line of how many speak when it is their turn."""

    def __init__(self, label: str) -> None:
        super().__init__(label)
        self._ghost: Ghost[tuple[float, ...]] = Ghost()

    def show(self, group: Sequence[float], protected: int = 0) -> Cascade:
        found, size = cascade(group), len(group)
        wanted = [round(size * own, 1) for own in sorted(group)]
        places = list(range(1, size + 1))
        speaking = found.speakers
        before = [min(place - 1, speaking) for place in places]
        marker = {"size": 11 if size <= TEAM else 8}
        hover = {"hovertemplate": "%{y}<extra></extra>"}
        traces = [
            _dots(t("voice.speaks"), places[:speaking], wanted[:speaking], {**marker, "color": BLUE}, **hover),
            _dots(
                t("voice.silent"),
                places[speaking:],
                wanted[speaking:],
                {**marker, "color": ORANGE, "symbol": "diamond-open", "line": {"width": 2}},
                **hover,
            ),
            _line(t("voice.line"), places, before, INK, "solid"),
        ]
        if protected:
            look = {"size": 14, "symbol": "star", "color": INK}
            traces.append(_dots(t("voice.covered"), places[:protected], wanted[:protected], look, **hover))
        previous = self._ghost.show(tuple(wanted))
        if previous and previous != tuple(wanted):
            traces.append(_line(t("voice.previous"), places, list(previous), GREY, "dot"))
        layout = {
            "height": 380,
            "margin": {"l": 60, "r": 20, "t": 60, "b": 50},
            "xaxis": {"range": [0, size * 1.02 + 0.5], "title": {"text": t("voice.axis_place")}},
            "yaxis": {"range": [-size * 0.04, size * 1.04], "title": {"text": t("voice.axis_threshold")}},
        }
        columns = [t("voice.person"), t("voice.threshold"), t("voice.line"), t("voice.state")]
        every = max(1, size // TEAM)
        rows = [
            [str(place), _count(own), str(spoken), t("voice.speaks" if place <= speaking else "voice.silent")]
            for place, own, spoken in list(zip(places, wanted, before, strict=True))[::every]
        ]
        self.draw(traces, layout, _sentence(found, wanted), columns, rows)
        return found


class ChainScene(Scene):
    """Twenty colleagues in order of their threshold, of whom each draws the next one along; played person by person."""

    def __init__(self) -> None:
        super().__init__(t("voice.chain_chart"))
        self._ghost: Ghost[int] = Ghost()

    def show(self, group: Sequence[float]) -> Cascade:
        found, size = cascade(group), len(group)
        wanted = [round(size * own) for own in sorted(group)]
        previous = self._ghost.show(found.speakers)
        start, shown = (self._marks(wanted, speaking, previous) for speaking in (0, found.speakers))
        columns = [t("voice.person"), t("voice.threshold"), t("voice.line"), t("voice.state")]
        rows = [
            [str(place + 1), str(own), str(min(place, found.speakers)), _state(place < found.speakers)]
            for place, own in enumerate(wanted)
        ]
        self.draw(shown, 236, _sentence(found, wanted), columns, rows, start, _played(wanted, found.speakers))
        return found

    def _marks(self, wanted: list[int], speaking: int, previous: int | None) -> list[Mark]:
        marks = [words("count", 1, 20, t("voice.count", speaking=speaking, size=len(wanted)), weight="bold")]
        if previous is not None and previous != speaking:
            marks.append(words("before", 99, 20, t("voice.count_before", speaking=previous), "end"))
        for place, own in enumerate(wanted):
            row, column = divmod(place, 10)
            x, y = 5.5 + 9.9 * column, 66 + 106 * row
            marks += [
                _colleague(place, x, y, place < speaking),
                words(f"wants-{place}", x, y + 46, str(own), "middle"),
            ]
        return marks


def _colleague(place: int, x: float, y: float, speaks: bool) -> Mark:
    return person(f"person-{place}", x, y, 54, "blue" if speaks else "open", speaks=speaks)


def _state(speaks: bool) -> str:
    return t("voice.speaks" if speaks else "voice.silent")


def _played(wanted: list[int], speakers: int) -> list[dict]:
    """Give a frame for each who speaks, and one for the first who does not."""
    frames = []
    for place in range(speakers):
        count = {"id": "count", "text": t("voice.count", speaking=place + 1, size=len(wanted))}
        said = t("voice.joins", place=place + 1, wanted=wanted[place], heard=place)
        frames.append({"marks": [{"id": f"person-{place}", "look": "blue", "speaks": True}, count], "say": said})
    if speakers < len(wanted):
        said = t("voice.stays_silent", place=speakers + 1, wanted=wanted[speakers], heard=speakers)
        frames.append({"marks": [], "say": said})
    return frames


def _dots(name: str, x: list, y: list, marker: dict, **more: object) -> dict:
    return {"type": "scatter", "mode": "markers", "name": name, "x": x, "y": y, "marker": marker, **more}


def _line(name: str, x: list, y: list, color: str, dash: str) -> dict:
    line = {"color": color, "dash": dash, "width": 2}
    return {"type": "scatter", "mode": "lines", "name": name, "x": x, "y": y, "line": line, "hoverinfo": "skip"}


def _sentence(found: Cascade, wanted: list[float]) -> str:
    size, speaking = len(wanted), found.speakers
    if speaking == size:
        return t("voice.sentence_all", speaking=speaking, size=size, rounds=len(found.rounds))
    values = {"size": size, "wanted": math.ceil(wanted[speaking])}
    if speaking == 0:
        return t("voice.sentence_none", **values)
    return t("voice.sentence_break", speaking=speaking, place=speaking + 1, **values)


class _ByHand(Stack):
    """Six people in a meeting, the student one of them; a button goes from round to round."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        self.own = SentenceSlider("voice.own", max=5, value=2)
        self.chart = Scene(t("voice.hand_chart"))
        self._round = 0
        buttons = [Button(t("voice.next_round"), self._next), Button(t("voice.restart"), self._restart)]
        super().__init__([step("voice", "hand"), Stage([self.own, Row(*buttons)], [self.chart])])
        self.own.observe(self._restart, "value")
        self._show()

    def _restart(self, _change: traitlets.Bunch | None = None) -> None:
        self._round = 0
        self._show()

    def _next(self) -> None:
        self._round += 1
        self._show()

    def _show(self) -> None:
        wanted = [*MEETING.values(), int(self.own.value)]
        names = [*(t(f"voice.colleagues.{name}") for name in MEETING), t("voice.you")]
        rounds = cascade([others / len(wanted) for others in wanted]).rounds
        self._round = min(self._round, len(rounds) + 1)
        speaking = {member for joined in rounds[: self._round] for member in joined}
        sentence = self._sentence(rounds, names, len(speaking))
        states = [t("voice.speaks" if member in speaking else "voice.silent") for member in range(len(wanted))]
        marks = [words("count", 1, 20, t("voice.count", speaking=len(speaking), size=len(wanted)), weight="bold")]
        for member, (name, own) in enumerate(zip(names, wanted, strict=True)):
            x = 9 + 16.4 * member
            marks += [
                _colleague(member, x, 78, member in speaking),
                words(f"name-{member}", x, 128, name, "middle", "bold" if member == len(MEETING) else "normal"),
                words(f"wants-{member}", x, 147, t("voice.wants", others=own), "middle"),
            ]
        columns = [t("voice.person"), t("voice.threshold"), t("voice.state")]
        rows = [[name, str(own), state] for name, own, state in zip(names, wanted, states, strict=True)]
        self.chart.draw(marks, 160, sentence, columns, rows)
        self.value = {"own": wanted[-1], "round": self._round, "speaking": len(speaking)}

    def _sentence(self, rounds: tuple[tuple[int, ...], ...], names: list[str], speaking: int) -> str:
        if self._round == 0:
            return t("voice.hand_start")
        if self._round > len(rounds):
            return t("voice.hand_end", speaking=speaking)
        joined = [names[member] for member in rounds[self._round - 1]]
        key = "hand_sentence" if len(joined) > 1 else "hand_sentence_one"
        if joined == [t("voice.you")]:
            key = "hand_sentence_you"
        listed = t("voice.and").join(filter(None, [", ".join(joined[:-1]), joined[-1]]))
        return t(f"voice.{key}", round=self._round, names=listed, speaking=speaking)


class _Chain(Stack):
    """Twenty colleagues who each draw the next one along, and one threshold to move."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        self.second = SentenceSlider("voice.chain", max=TEAM - 1, value=DOUBT)
        self.chart = ChainScene()
        super().__init__([Stage([self.second, Button(t("voice.reset"), self._reset)], [self.chart])])
        self.second.observe(self._show, "value")
        self._show()

    def _reset(self) -> None:
        self.second.value = DOUBT

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        found = self.chart.show(team(int(self.second.value)))
        self.value = {"second": self.second.value, "share": found.share}


class _Silence(Stack):
    """The team whose chain breaks: what a meeting shows and what a survey shows, with more or fewer who are content."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        self.content = SentenceSlider("voice.content", max=TEAM - 1, value=0)
        self.chart = Chart(t("voice.silence_chart"))
        super().__init__([Stage([self.content], [self.chart])])
        self.content.observe(self._show, "value")
        self._show()

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        content = int(self.content.value)
        counts = dict(zip(("meeting", "survey"), meeting_and_survey(team(DOUBT), content), strict=True))
        looks = {"meeting": (ORANGE, "/"), "survey": (BLUE, "")}
        traces = [
            bar(
                t(f"voice.{occasion}"), [count], [f"{t(f'voice.{occasion}')} "], *looks[occasion],
                text=[str(count)], textposition="outside",
            )
            for occasion, count in counts.items()
        ]  # fmt: skip
        layout = {
            "height": 230,
            "margin": {"l": 160, "r": 20, "t": 45, "b": 45},
            "xaxis": {"range": [0, TEAM + 2], "title": {"text": t("voice.objecting")}},
            "yaxis": {"autorange": "reversed"},
        }
        sentence = t("voice.silence_sentence", **counts, content=content)
        rows = [[t(f"voice.{occasion}"), str(count)] for occasion, count in counts.items()]
        self.chart.draw(traces, layout, sentence, [t("voice.occasion"), t("voice.objecting")], rows)
        self.value = {"content": content, **counts}


class _Crowd(Stack):
    """A hundred people drawn by chance, under the chosen settings; a button draws others."""

    value = traitlets.Dict()

    def __init__(self, opening: dict[str, int], tasks: Iterable[Prose] = ()) -> None:
        ranges = {
            "spread": {"max": 35},
            "support": {"max": 30},
            "coalition": {"max": 30},
            "dependence": {"min": -15, "max": 30},
            "protected": {"max": 40},
        }
        self._opening = opening
        self.controls = {
            name: SentenceSlider(f"voice.{name}", **ranges[name], value=value) for name, value in opening.items()
        }
        self._seed = 1
        self.chart, self.told = ThresholdChart(t("voice.group_chart")), Prose(live=True)
        buttons = [Button(t("voice.new_draw"), self._draw_others), Button(t("voice.reset"), self._reset)]
        super().__init__([Stage([*self.controls.values(), Row(*buttons)], [self.chart, self.told], tasks)])
        for control in self.controls.values():
            control.observe(self._show, "value")
        self._show()

    def _draw_others(self) -> None:
        self._seed += 1
        self._show()

    def _reset(self) -> None:
        self._seed = 1
        for name, control in self.controls.items():
            control.value = self._opening[name]
        self._show()

    def _setting(self) -> tuple[Group, Conditions]:
        chosen = {name: control.value for name, control in self.controls.items()}
        group = Group(fear=FEAR, spread=chosen.pop("spread") / 100, size=CROWD, seed=self._seed)
        protected = int(chosen.pop("protected", 0))
        return group, Conditions(protected=protected, **{name: points / 100 for name, points in chosen.items()})

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        group, conditions = self._setting()
        members = thresholds(fears(group), conditions)
        found = self.chart.show(members, conditions.protected)
        outcome = "heard" if found.is_heard else "stranded" if found.is_stranded else "silent"
        heard = sum(share >= HEARD_FROM for share in shares(group, conditions, DRAWS))
        self.told.text = "\n\n".join(self._words(members, outcome, heard))
        self.value = {**asdict(group), **asdict(conditions), "share": found.share, "outcome": outcome, "heard": heard}

    def _words(self, members: Sequence[float], outcome: str, heard: int) -> list[str]:
        return [t("voice.draws", heard=heard)]


class _Sandbox(_Crowd):
    """All settings, what it would take to let everybody speak, and three goals that say when they are reached."""

    def __init__(self, opening: dict[str, int]) -> None:
        self.goals = {name: Prose(live=True) for name in ("money", "stranded", "mixed")}
        super().__init__(opening, self.goals.values())

    def _words(self, members: Sequence[float], outcome: str, heard: int) -> list[str]:
        return [t(f"voice.outcome_{outcome}"), *super()._words(members, outcome, heard), _takes(members)]

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        super()._show()
        _, conditions = self._setting()
        share = self.value["share"]
        alone = conditions.support == conditions.coalition == conditions.protected == 0
        reached = {
            "money": conditions.dependence >= 0.1 and conditions.support == 0 and share >= 0.9,
            "stranded": 0.05 <= share < HEARD_FROM,
            "mixed": alone and conditions.dependence >= 0 and share >= HEARD_FROM,
        }
        for name, goal in self.goals.items():
            tone = "done" if reached[name] else "todo"
            with goal.hold_sync():
                goal.tone, goal.text = tone, t(f"voice.goal_{name}_{tone}", speaking=decimal(100 * share))
        self.value = {**self.value, "goals": [name for name, done in reached.items() if done]}


def _takes(members: Sequence[float]) -> str:
    each = least_support(members)
    if each < 0.0005:
        return t("voice.takes_none")
    single = least_protection(members)
    return t(
        "voice.takes",
        each=decimal(100 * each, 1),
        total=decimal(100 * each * len(members)),
        targeted=decimal(100 * sum(single.values())),
        count=len(single),
    )
