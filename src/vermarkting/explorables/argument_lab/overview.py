"""Who stands: the arguments by position and origin, each standing or defeated, with what stood before as a ghost."""

from vermarkting.explorables.argument_lab import table
from vermarkting.explorables.drawing.bars import ROW, Bar, bars, before_legend
from vermarkting.models.argumentation import Label
from vermarkting.text import t
from vermarkting.widgets.scene import Scene

_LOOKS = {Label.IN: "blue", Label.OUT: "orange", Label.UNDECIDED: "grey", "off": "open"}
_MOST = 60  # arguments, on the scale of every group, so that groups compare

Group = tuple[str, str]


class LabelChart(Scene):
    """Counts the labels of each group of arguments: a position in one origin, such as pro-market in the literature."""

    def __init__(self) -> None:
        super().__init__(t("argument_lab.chart"))

    def show(
        self,
        labels: dict[str, Label],
        previous: dict[str, Label] | None,
        origins: tuple[str, ...],
        sentence: str,
        arguments: table.Arguments | None = None,
    ) -> None:
        """Draw the labels; arguments of these origins without a label are switched off."""
        arguments = arguments or table.whole()
        groups = [
            (position, origin)
            for position in table.POSITIONS
            for origin in origins
            if _members(arguments, position, origin)
        ]
        counts = {group: _count(arguments, group, labels) for group in groups}
        stood = {group: _count(arguments, group, previous)[Label.IN] for group in groups} if previous else {}
        moved = {group: number for group, number in stood.items() if number != counts[group][Label.IN]}
        rows = [
            Bar(
                t("argument_lab.group_stands", group=_name(group), standing=found[Label.IN], total=sum(found.values())),
                [(found[look], name) for look, name in _LOOKS.items() if found[look]],
                moved.get(group),
            )
            for group, found in counts.items()
        ]
        shown = [look for look in _LOOKS if look in (Label.IN, Label.OUT) or any(counts[g][look] for g in groups)]
        legend = [{"shape": "block", "look": _LOOKS[look], "text": t(f"argument_lab.looks.{look}")} for look in shown]
        columns = [t("argument_lab.group"), *(t(f"argument_lab.looks.{look}") for look in shown)]
        cells = [[_name(group), *(str(counts[group][look]) for look in shown)] for group in groups]
        marks = bars(rows, 0, _MOST)
        self.draw(marks, ROW * len(rows), sentence, columns, cells, legend=[*legend, *before_legend(moved)])


def _members(arguments: table.Arguments, position: str, origin: str) -> list[str]:
    rows = arguments.rows.items()
    return [name for name, row in rows if row["position"] == position and row["origin"] == origin]


def _count(arguments: table.Arguments, group: Group, labels: dict[str, Label]) -> dict[str, int]:
    found = [labels.get(name, "off") for name in _members(arguments, *group)]
    return {look: found.count(look) for look in _LOOKS}


def _name(group: Group) -> str:
    position, origin = group
    return f"{t(f'argument_lab.positions.{position}')} · {t(f'argument_lab.origins.{origin}')}"
