"""Who stands: the arguments by position and origin, each standing or defeated, with what stood before as a ghost."""

from vermarkting.explorables.argument_lab import table
from vermarkting.explorables.drawing.plots import BLUE, GREY, INK, ORANGE, bar, ghost
from vermarkting.models.argumentation import Label
from vermarkting.text import t
from vermarkting.widgets.chart import Chart

_LOOKS = {Label.IN: (BLUE, ""), Label.OUT: (ORANGE, "/"), Label.UNDECIDED: (GREY, "."), "off": ("#e4e8ec", "x")}

Group = tuple[str, str]


class LabelChart(Chart):
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
        names = [f"{_name(group)} " for group in groups]
        shown = [look for look in _LOOKS if look in (Label.IN, Label.OUT) or any(counts[g][look] for g in groups)]
        traces = [
            bar(
                t(f"argument_lab.looks.{look}"),
                [counts[group][look] for group in groups],
                names,
                *_LOOKS[look],
                hovertemplate="%{y}: %{x}<extra>" + t(f"argument_lab.looks.{look}") + "</extra>",
            )
            for look in shown
        ]
        before = {group: _count(arguments, group, previous)[Label.IN] for group in groups} if previous else {}
        if any(before[group] != counts[group][Label.IN] for group in before):
            ghosts = ghost(t("argument_lab.ghost"), [before[group] for group in groups], names)
            traces.append({**ghosts, "hovertemplate": "%{y}: %{x}<extra>" + t("argument_lab.ghost") + "</extra>"})
        layout = {
            "barmode": "stack",
            "height": 120 + 30 * len(groups),
            "margin": {"l": 235, "r": 20, "t": 60, "b": 45},
            "xaxis": {"title": {"text": t("argument_lab.axis"), "standoff": 4}, "range": [0, 60]},
            "yaxis": {"autorange": "reversed", "tickfont": {"color": INK}},
        }
        columns = [t("argument_lab.group"), *(t(f"argument_lab.looks.{look}") for look in shown)]
        rows = [[_name(group), *(str(counts[group][look]) for look in shown)] for group in groups]
        self.draw(traces, layout, sentence, columns, rows)


def _members(arguments: table.Arguments, position: str, origin: str) -> list[str]:
    rows = arguments.rows.items()
    return [name for name, row in rows if row["position"] == position and row["origin"] == origin]


def _count(arguments: table.Arguments, group: Group, labels: dict[str, Label]) -> dict[str, int]:
    found = [labels.get(name, "off") for name in _members(arguments, *group)]
    return {look: found.count(look) for look in _LOOKS}


def _name(group: Group) -> str:
    position, origin = group
    return f"{t(f'argument_lab.positions.{position}')} · {t(f'argument_lab.origins.{origin}')}"
