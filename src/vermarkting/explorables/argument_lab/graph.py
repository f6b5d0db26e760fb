"""The map of attacks and supports: all themes, one theme, or the neighbours of one argument; drawn and as a list."""

from functools import lru_cache

from vermarkting.explorables.argument_lab import scene, table
from vermarkting.explorables.argument_lab.browsing import row
from vermarkting.explorables.argument_lab.desk import Desk
from vermarkting.explorables.argument_lab.toulmin import Card
from vermarkting.models.argumentation import Label
from vermarkting.text import t
from vermarkting.widgets.browse import Listing
from vermarkting.widgets.controls import Choice
from vermarkting.widgets.handout import Handout
from vermarkting.widgets.network import Network
from vermarkting.widgets.part import Stack

_KINDS = ("attack", "failing", "unconvincing", "support")

Edge = tuple[str, str, str]


def relations(argument: str, arguments: table.Arguments | None = None) -> list[tuple[str, str]]:
    """Give the neighbours of an argument, each with how they relate: one of the keys of [argument_lab.relations]."""
    arguments = arguments or table.whole()
    found = arguments.rows[argument]
    return [
        *((name, "attacked_by") for name in arguments.attackers[argument]),
        *((name, "attacks") for name in found["attacks"]),
        *((name, "supported_by") for name in arguments.supporters[argument]),
        *((name, "supports") for name in found["supports"]),
    ]


def edges(desk: Desk) -> list[Edge]:
    """Give all relations, each attack as it counts for the reader."""
    convincing = desk.judged().attacks
    found = []
    for name, one in desk.table.rows.items():
        for target in one["attacks"]:
            kind = "attack" if (name, target) in convincing else "unconvincing"
            off = name in desk.off or target in desk.off
            found.append((name, target, "failing" if off or f"{name}>{target}" in desk.failing else kind))
        found += [(name, target, "support") for target in one["supports"]]
    return found


@lru_cache(maxsize=16)
def _places(arguments: table.Arguments, theme: str) -> scene.Scene:
    return scene.one_theme(arguments.rows, theme) if theme else scene.everything(arguments.rows)


class GraphView(Stack):
    """The picture, the card of the chosen argument, and its neighbours as a list to walk along."""

    def __init__(self, desk: Desk, card: Card) -> None:
        self._desk = desk
        options = [{"id": name, "text": t(f"argument_lab.extent.{name}")} for name in ("all", "near")]
        options += [{"id": name, "text": t(f"argument_lab.themes.{name}")} for name in (*table.THEMES, table.OWN)]
        self.extent = Choice(t("argument_lab.extent_ask"), options, compact=True, value="all")
        looks = {look: t(f"argument_lab.looks.{look}") for look in (*map(str, Label), "off")}
        kinds = {kind: t(f"argument_lab.edges.{kind}") for kind in _KINDS}
        self.map = Network(
            t("argument_lab.map"),
            looks,
            kinds,
            lambda name: desk.set_trait("chosen", name),
            lambda theme: self.extent.set_trait("value", theme),
        )
        self.listing = Listing(lambda name: desk.set_trait("chosen", name))
        two = Stack([card, self.listing])
        two.add_class("vm-two")
        self.handout = Handout()
        super().__init__([self.extent, self.map, self.handout, two])
        self.extent.observe(self.show, "value")
        self.show()

    def show(self, _change: object = None) -> None:
        """Show what the desk holds now."""
        desk, chosen = self._desk, self._desk.chosen
        words: dict[str, list[str]] = {}
        for name, relation in relations(chosen, desk.table):
            words.setdefault(name, []).append(self._relation(name, relation))
        title = t(
            "argument_lab.neighbours" if words else "argument_lab.no_neighbours", argument=chosen, count=len(words)
        )
        self.listing.show(title, list(words), lambda name: row(self._desk, name, "; ".join(words[name])))
        self._draw()

    def _relation(self, name: str, relation: str) -> str:
        attack = {"attacked_by": f"{name}>{self._desk.chosen}", "attacks": f"{self._desk.chosen}>{name}"}.get(relation)
        failing = t("argument_lab.fails") if attack in self._desk.failing else ""
        return f"{t(f'argument_lab.relations.{relation}')}{failing}"

    def _draw(self) -> None:
        desk, chosen, extent = self._desk, self._desk.chosen, self.extent.value
        every = edges(desk)
        if extent == "all":
            drawn, shown = _places(desk.table, ""), [edge for edge in every if chosen in edge[:2]]
        elif extent == "near":
            drawn = scene.around(desk.table.rows, chosen, desk.table.attackers[chosen], desk.table.supporters[chosen])
            shown = [edge for edge in every if chosen in edge[:2]]
        else:
            drawn = _places(desk.table, extent)
            inside = {node["id"] for node in drawn["nodes"]}
            shown = [edge for edge in every if inside.issuperset(edge[:2])]
        columns, rows = self._table(every, shown)
        with self.map.hold_sync():
            self.map.names = {
                name: [t(f"argument_lab.positions.{one['position']}"), one["claim"]]
                for name, one in desk.table.rows.items()
            }
            self.map.states = {name: str(desk.labels.get(name, "off")) for name in desk.table.rows}
            self.map.edges = [list(edge) for edge in shown]
            self.map.scene, self.map.chosen = drawn, chosen
            self.map.sentence = self._sentence(every, shown)
            self.map.table = {"columns": columns, "rows": rows}
        self._give_out([node["id"] for node in drawn["nodes"]])

    def _give_out(self, inside: list[str]) -> None:
        """Give what is drawn, with each claim in full; of all themes at once only the drawing."""
        desk, extent = self._desk, self.extent.value
        told = [(f"{name} {desk.label_words(name)}", desk.claim(name)) for name in inside] if extent != "all" else []
        key = "near_title" if extent == "near" else f"{'extent' if extent == 'all' else 'themes'}.{extent}"
        self.handout.give(t(f"argument_lab.{key}", argument=desk.chosen), self.map.sentence, rows=told)

    def _sentence(self, every: list[Edge], shown: list[Edge]) -> str:
        desk, chosen, extent = self._desk, self._desk.chosen, self.extent.value
        attacks, supports = _counted(shown)
        on_chosen = [kind for _, target, kind in every if target == chosen]
        total = len(on_chosen) - on_chosen.count("support")
        here = t(
            f"argument_lab.{'map_here' if total else 'map_safe'}",
            argument=chosen,
            label=desk.label_words(chosen),
            attacks=on_chosen.count("attack"),
            total=total,
            supports=on_chosen.count("support"),
        )
        if extent == "near":
            return here
        if extent == "all":
            attacks, supports = _counted(every)
            counts = {"count": len(desk.table.rows), "attacks": attacks, "supports": supports}
            return f"{t('argument_lab.map_all', argument=chosen, **counts)} {here}"
        inside = {name for name in desk.table.rows if table.theme(name) == extent}
        out = sum(kind != "support" and len(inside.intersection((one, other))) == 1 for one, other, kind in every)
        title = t(f"argument_lab.themes.{extent}")
        title = title if title.endswith("?") else f"{title}."
        return t("argument_lab.map_theme", theme=title, count=len(inside), attacks=attacks, supports=supports, out=out)

    def _table(self, every: list[Edge], shown: list[Edge]) -> tuple[list[str], list[list[str]]]:
        if self.extent.value != "all":
            columns = [t("argument_lab.from"), t("argument_lab.relation"), t("argument_lab.to")]
            return columns, [[one, t(f"argument_lab.edges.{kind}"), other] for one, other, kind in shown]
        desk = self._desk
        columns = [t(f"argument_lab.{name}") for name in ("theme", "times", "attacks_out", "standing")]
        rows = []
        for theme in (*table.THEMES, *([table.OWN] if desk.own else [])):
            inside = {name for name in desk.table.rows if table.theme(name) == theme}
            on = sum(kind != "support" and other in inside for _, other, kind in every)
            by = sum(kind != "support" and one in inside for one, _, kind in every)
            stand = sum(desk.labels.get(name) is Label.IN for name in inside)
            rows.append([t(f"argument_lab.themes.{theme}"), str(on), str(by), f"{stand}/{len(inside)}"])
        return columns, rows


def _counted(found: list[Edge]) -> tuple[int, int]:
    supports = sum(kind == "support" for *_, kind in found)
    return len(found) - supports, supports
