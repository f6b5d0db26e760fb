"""An argument map of one's own: choose arguments, write what each leaves unsaid, and say why an attack fails.

The three parts stand apart in an assignment and follow each other through the answer sheet.
"""

from math import cos, pi, sin

from vermarkting import cases, data
from vermarkting.answers import AnswerSheet, Made
from vermarkting.cases import o6
from vermarkting.text import t
from vermarkting.widgets.browse import Filters, Listing, Notes
from vermarkting.widgets.chart import Chart
from vermarkting.widgets.duel import Cards
from vermarkting.widgets.keeping import Kept, when_kept
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose
from vermarkting.widgets.switch import Switch

POSITIONS = ("pro-markt", "conditioneel", "kritisch", "tegenstem")
_LOOKS = {  # by position: symbol and colour
    "pro-markt": ("square", "#b36b00"),
    "conditioneel": ("diamond", "#8a97a3"),
    "kritisch": ("circle", "#0b4f8a"),
    "tegenstem": ("triangle-up", "#1a1a1a"),
}
_LINES = {"attack": ("solid", "#1a1a1a"), "support": ("dash", "#0b4f8a")}
_FORBIDS = "L16"  # the competition authority: what it attacks is unlawful, and says so wherever it is listed
_SHOWN = 110


def _kept(question_id: str, sheet: AnswerSheet | None, empty: list | dict) -> Kept:
    return Kept(question_id, data.question(question_id), sheet or AnswerSheet(), empty)


def _picks(map_id: str, sheet: AnswerSheet | None) -> list[str]:
    return o6.on_map(_kept(map_id, sheet, []).value())


def _short(claim: str) -> str:
    return claim if len(claim) <= _SHOWN else claim[:_SHOWN].rsplit(" ", 1)[0] + " …"


def _warning(argument: str) -> str:
    return t("argument_lab.forbidden") if argument in o6.rows()[_FORBIDS]["attacks"] else ""


class MapPicks(Stack):
    """Filters, a list, the card of one argument with the choice to put it on the map, and the map itself."""

    def __init__(self, question_id: str, sheet: AnswerSheet | None = None) -> None:
        self._kept, self._assignment = _kept(question_id, sheet, []), question_id.partition(".")[0]
        self.names = o6.on_map(self._kept.value())
        self._chosen = next(iter([*self.names, *self._given(), *o6.rows()]))
        self.state = Prose(live=True)
        self.filters = Filters(legend=t("argument_map.filters"), choices=_filter_choices())
        self.listing = Listing(self._choose, per_page=5)
        self.cards = Cards()
        options = {name: t(f"argument_map.{name}") for name in ("on", "off")}
        self.place = Switch(options, self._put, question_id, self._kept.sheet)
        self.chart = Chart(t("argument_map.chart"))
        two = Stack([self.listing, Stack([self.cards, self.place])])
        two.add_class("vm-two")
        super().__init__([self.state, self.filters, two, self.chart])
        self.add_class("vm-explorable")
        self.filters.observe(lambda _change: self._show(), "chosen")
        self._show()
        when_kept(self._follow)

    def _follow(self, question_id: str) -> None:
        """Another view may have changed the map, and a student number gives arguments to begin with."""
        if question_id == self._kept.id and self.names != (names := o6.on_map(self._kept.value())):
            self.names = names
            self._show()
        if question_id == f"{self._assignment}.{cases.NUMBER}" and not self.names:
            self._chosen = next(iter([*self._given(), self._chosen]))
            self._show()

    def _given(self) -> tuple[str, ...]:
        answers = {question_id: answer.value for question_id, answer in self._kept.sheet.all().items()}
        number = cases.student_number(self._assignment, answers)
        return cases.case(self._assignment, number).given if number else ()

    def _choose(self, argument: str) -> None:
        self._chosen = argument
        self._show()

    def _put(self, argument: str, on: bool, made: Made) -> bool:
        """Put an argument on the map or take it away; say whether that is on disk."""
        if argument not in o6.rows():
            return True
        without = [name for name in self.names if name != argument]
        both = without, [*without, argument]
        done = self._kept.keep(both[on], both[not on], made)
        self.names = o6.on_map(self._kept.value())
        self._show()
        return done

    def _show(self) -> None:
        given = self._given() if self.filters.chosen.get("near") == "given" else ()
        found = [name for name in o6.rows() if self._passes(name, given)]
        key = {0: "found_none", 1: "found_one"}.get(len(found), "found")
        self.listing.show(t(f"argument_map.{key}", count=len(found)), found, self._row, self._chosen)
        self.cards.cards = [_card(self._chosen)]
        with self.place.hold_sync():
            self.place.legend = t("argument_map.place", argument=self._chosen)
            self.place.about, self.place.on = self._chosen, self._chosen in self.names
            self.place.status = self._kept.status
        self.state.text = _state(self.names)
        _draw(self.chart, self.names)

    def _passes(self, name: str, given: tuple[str, ...]) -> bool:
        row, chosen = o6.rows()[name], self.filters.chosen
        near = chosen.get("near")
        return (
            chosen.get("position") in (None, "", row["position"])
            and (not chosen.get("krachtlijn") or chosen["krachtlijn"] in row["krachtlijnen"])
            and (not chosen.get("source") or chosen["source"] in _voices(row))
            and (near != "given" or name in given)
            and (near != "on" or name in self.names)
            and (near != "linked" or bool(self._tied(name)))
        )

    def _tied(self, name: str) -> list[str]:
        return [other for other in self.names if other != name and _relations(name, other)]

    def _row(self, name: str) -> dict:
        row, tied = o6.rows()[name], self._tied(name)
        words = [
            t(f"argument_lab.positions.{row['position']}"),
            ", ".join(row["source_ids"]),
            t("argument_map.on_map") if name in self.names else "",
            t("argument_map.tied_to", names=", ".join(tied)) if tied else "",
            _warning(name),
        ]
        return {"text": _short(row["claim"]), "note": " · ".join(filter(None, words))}


def _voices(row: dict) -> list[str]:
    return ["literature"] if row["origin"] == "literature" else row["source_ids"]


def _relations(one: str, other: str) -> bool:
    pair = {one, other}
    return any({link[0], link[1]} == pair for link in o6.links())


def _filter_choices() -> list[dict]:
    every = {"id": "", "text": t("argument_map.all")}
    titles = {row["id"]: row["title"].split(".")[0].split("(")[0].strip() for row in data.rows("sources")}
    near = [{"id": name, "text": t(f"argument_map.near_{name}")} for name in ("given", "on", "linked")]
    positions = [{"id": name, "text": t(f"argument_lab.positions.{name}")} for name in POSITIONS]
    sources = [{"id": name, "text": f"{name} · {titles[name]}"} for name in o6.SEEDS]
    sources.append({"id": "literature", "text": t("argument_map.literature")})
    used = dict.fromkeys(one for row in o6.rows().values() for one in row["krachtlijnen"])
    krachtlijnen = [{"id": name, "text": t(f"krachtlijnen.{name}.name")} for name in used]
    lists = {"position": positions, "source": sources, "krachtlijn": krachtlijnen, "near": near}
    return [
        {"id": name, "legend": t(f"argument_map.{name}"), "options": [every, *options]}
        for name, options in lists.items()
    ]


def _card(argument: str) -> dict:
    row = o6.rows()[argument]
    ends = {
        "attacks": [other for one, other, kind in o6.links() if one == argument and kind == "attack"],
        "attacked_by": [one for one, other, kind in o6.links() if other == argument and kind == "attack"],
        "supports": [other for one, other, kind in o6.links() if one == argument and kind == "support"],
        "supported_by": [one for one, other, kind in o6.links() if other == argument and kind == "support"],
    }
    told = {name: row[name] for name in ("premises", "evidence", "critical_question")}
    told |= {name: ", ".join(names) for name, names in ends.items()}
    position = t(f"argument_lab.positions.{row['position']}")
    sources = ", ".join(row["source_ids"])
    return {
        "title": t("argument_map.title", argument=argument, position=position),
        "claim": " ".join(filter(None, [row["claim"], _warning(argument)])),
        "speaker": t("argument_map.speaker", speaker=row["speaker"], sources=sources),
        "rows": [[t(f"argument_map.rows.{name}"), words or t("duel.none")] for name, words in told.items()],
    }


def _state(names: list[str]) -> str:
    if not names:
        return t("argument_map.state_empty")
    return t(
        "argument_map.state",
        count=len(names),
        pro=sum(o6.rows()[name]["position"] == "pro-markt" for name in names),
        literature=sum(o6.rows()[name]["origin"] == "literature" for name in names),
        seeds=", ".join(o6.seeds_on(names)) or t("argument_map.no_seed"),
    )


def _draw(chart: Chart, names: list[str]) -> None:
    """Draw the map as a circle, one position after the other, so that no link lies over an argument."""
    links = o6.links_between(names)
    ordered = sorted(names, key=lambda name: POSITIONS.index(o6.rows()[name]["position"]))
    turns = {name: pi / 2 - 2 * pi * place / max(len(ordered), 1) for place, name in enumerate(ordered)}
    places = {name: (cos(turn), sin(turn)) for name, turn in turns.items()}
    traces = [_line(kind, [link for link in links if link[2] == kind], places) for kind in _LINES]
    for position, (symbol, color) in _LOOKS.items():
        held = [name for name in ordered if o6.rows()[name]["position"] == position]
        traces.append(_points(position, symbol, color, held, places))
    layout = {
        "height": 460 if names else 120,
        "margin": {"l": 20, "r": 20, "t": 60, "b": 20},
        "xaxis": {"visible": False, "range": [-1.6, 1.6]},
        "yaxis": {"visible": False, "range": [-1.3, 1.3]},
        "annotations": [_arrow(places[one], places[other], kind) for one, other, kind in links],
    }
    attacks = sum(kind == "attack" for *_, kind in links)
    alone = o6.orphans(names)
    sentence = t("argument_map.sentence", count=len(names), links=len(links), attacks=attacks)
    if alone:
        sentence += " " + t("o6.remark_alone", names=", ".join(alone))
    columns = [t(f"argument_map.{name}") for name in ("from", "relation", "to")]
    rows = [[one, t(f"argument_map.{kind}"), other] for one, other, kind in links]
    chart.draw(
        [trace for trace in traces if trace["x"]],
        layout,
        sentence if names else t("argument_map.sentence_empty"),
        columns,
        rows or [["–", t("argument_map.no_relation"), "–"]],
    )


def _line(kind: str, links: list[o6.Link], places: dict[str, tuple[float, float]]) -> dict:
    x, y = [], []
    for one, other, _ in links:
        x += [round(places[one][0], 3), round(places[other][0], 3), None]
        y += [round(places[one][1], 3), round(places[other][1], 3), None]
    dash, color = _LINES[kind]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": t(f"argument_map.{kind}"),
        "x": x,
        "y": y,
        "line": {"dash": dash, "color": color, "width": 1.5},
        "hoverinfo": "skip",
    }


def _points(position: str, symbol: str, color: str, names: list[str], places: dict) -> dict:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": t(f"argument_lab.positions.{position}"),
        "x": [round(places[name][0], 3) for name in names],
        "y": [round(places[name][1], 3) for name in names],
        "text": names,
        "textposition": ["middle right" if places[name][0] >= 0 else "middle left" for name in names],
        "marker": {"symbol": symbol, "size": 15, "color": color},
        "hovertemplate": "%{text}<extra>" + t(f"argument_lab.positions.{position}") + "</extra>",
    }


def _arrow(start: tuple[float, float], end: tuple[float, float], kind: str) -> dict:
    """Give the head of a link, a little before its end."""
    near, far = (tuple(a + share * (b - a) for a, b in zip(start, end, strict=True)) for share in (0.8, 0.93))
    head = {"showarrow": True, "arrowhead": 2, "arrowsize": 1.3, "arrowwidth": 1.5, "arrowcolor": _LINES[kind][1]}
    refs = {"xref": "x", "yref": "y", "axref": "x", "ayref": "y"}
    return {**head, **refs, "text": "", "x": far[0], "y": far[1], "ax": near[0], "ay": near[1]}


class _MapNotes(Stack):
    """Notes on what stands on the map; follows the map."""

    section = ""
    ask = ""
    empty = "nothing_yet"

    def __init__(self, question_id: str, sheet: AnswerSheet | None = None) -> None:
        self._kept, self._assignment = _kept(question_id, sheet, {}), question_id.partition(".")[0]
        self._map_id = f"{self._assignment}.kaart"
        self.about = Prose()
        self.notes = Notes(t(f"argument_map.{self.ask}"), self._note, question_id, self._kept.sheet)
        super().__init__([self.about, self.notes])
        self.add_class("vm-explorable")
        self._show()
        when_kept(lambda changed: self._show() if changed in (self._map_id, self._kept.id) else None)

    def _note(self, name: str, words: str, made: Made) -> bool:
        before = self._kept.value()
        notes = {key: note for key, note in before.items() if key != name}
        if words.strip():
            notes[name] = words.strip()
        done = self._kept.keep(notes, before, made)
        self._show()
        return done

    def _show(self) -> None:
        names = _picks(self._map_id, self._kept.sheet)
        notes = self._kept.value()
        items = [{"id": name, "text": text, "note": notes.get(name, "")} for name, text in self._items(names)]
        key = f"{self.section}_text" if items else self.empty if names else "nothing_yet"
        self.about.text = t(f"argument_map.{key}")
        with self.notes.hold_sync():
            self.notes.items, self.notes.status = items, self._kept.status

    def _items(self, names: list[str]) -> list[tuple[str, str]]:
        raise NotImplementedError


class MapPremises(_MapNotes):
    """For each argument on the map: the premise that is missing."""

    section, ask = "premises", "premise_ask"

    def _items(self, names: list[str]) -> list[tuple[str, str]]:
        return [(name, f"{name} · {o6.rows()[name]['claim']}") for name in names]


class MapAttacks(_MapNotes):
    """For each attack between arguments on the map: the reason why it fails."""

    section, ask, empty = "attacks", "reason_ask", "no_attacks_yet"

    def _items(self, names: list[str]) -> list[tuple[str, str]]:
        found = []
        for attack in o6.attacks_between(names):
            attacker, target = attack.split(">")
            claim, attacked = (_short(o6.rows()[name]["claim"]) for name in (attacker, target))
            text = t("argument_map.attack_item", attacker=attacker, target=target, claim=claim, attacked=attacked)
            found.append((attack, text))
        return found
