"""The class at a glance: how far each assignment is, what was hard, where markers differ, what still has to be done.

Every table is a ``DataFrame`` with Dutch headings, and has no names unless they are asked for.
"""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd
from nbgrader.api import Gradebook

from vermarkting import data
from vermarkting.grading import levels
from vermarkting.grading.autograde import report
from vermarkting.grading.autograde.released import ReleaseError, load
from vermarkting.grading.checks import question as asked_of
from vermarkting.grading.collect.students import ROSTER, ClassList, NoClassList
from vermarkting.grading.desk.ledger import Ledger
from vermarkting.grading.desk.marking import Course, Marking
from vermarkting.grading.desk.second import compared
from vermarkting.grading.export import scores
from vermarkting.grading.export.forms import STATES, Table, why, written
from vermarkting.grading.export.plugin import folders
from vermarkting.text import t

STATE_ORDER = ("marked", "look", "missed", "none", "later")
BIN = 10


def c(name: str, **values: object) -> str:
    """Give a heading."""
    return t(f"desk.klas.column.{name}", **values)


@dataclass
class Klas:
    """One class; ``with_names`` says whether tables may tell who is who."""

    course: Course
    ledger: Ledger
    with_names: bool = False

    @cached_property
    def people(self) -> ClassList:
        people = ClassList()
        roster = Path(self.course.course.root) / ROSTER
        try:
            if roster.is_file():
                people.read_roster(roster)
        except NoClassList:
            return ClassList()
        return people

    @cached_property
    def sheet(self) -> scores.Sheet:
        with Gradebook(self.course.course.db_url, self.course.course.course_id) as book:
            return scores.read(book, folders(self.course.course), (), self.people)

    @cached_property
    def markings(self) -> list[Marking]:
        return [Marking(self.course, self.ledger, found, "") for found in self.ledger.questions().values()]

    def progress(self) -> pd.DataFrame:
        """Count the class per assignment and state."""
        rows = []
        for name in self.sheet.assignments:
            found = [STATES[self.sheet.scores[student, name].reason] for student in self.sheet.students]
            counts = {t(f"export.states.{state}"): found.count(state) for state in STATE_ORDER}
            rows.append({c("assignment"): name} | counts)
        return pd.DataFrame(rows)

    def points(self) -> pd.DataFrame:
        """Count the scores per assignment in bins of a tenth of the points."""
        rows = []
        for name in self.sheet.assignments:
            shares = [100 * float(points / self.sheet.most[name]) for points in self._points(name)]
            for low in range(0, 100, BIN):
                high = low + BIN
                count = sum(low <= share < high or (high == 100 and share == 100) for share in shares)
                rows.append({c("assignment"): name, c("share"): f"{low}–{high} %", c("count"): count})
        return pd.DataFrame(rows)

    def parts(self) -> pd.DataFrame:
        """Give for each part how hard it was and how well it tells strong hand-ins from weak ones.

        Difficulty is the mean share of the points; discrimination the correlation with the rest of the assignment.
        """
        rows = []
        for name in self.sheet.assignments:
            found = [self.sheet.scores[student, name].known for student in self.sheet.students]
            frame = pd.DataFrame([parts for parts in found if parts], columns=list(self.sheet.parts[name])).astype(
                float
            )
            for part, most in self.sheet.parts[name].items():
                known = frame[frame[part].notna()]
                rest = known.drop(columns=part).sum(axis=1)
                spread = len(known) > 2 and known[part].nunique() > 1 and rest.nunique() > 1
                rows.append(
                    {
                        c("assignment"): name,
                        c("part"): part,
                        c("most"): float(most),
                        c("count"): len(known),
                        c("mean"): _round(known[part].mean() / float(most)) if len(known) and most else None,
                        c("discrimination"): _round(known[part].corr(rest)) if spread else None,
                    }
                )
        return pd.DataFrame(rows)

    def criteria(self) -> pd.DataFrame:
        """Count the levels per criterion."""
        rows = []
        for marking in self.markings:
            found = [levels.read(answer.mark.comment, marking.rubric).levels for answer in marking.answers()]
            for criterion in marking.rubric.criteria if marking.rubric else ():
                given = [said[criterion.name] for said in found if criterion.name in said]
                counts = {
                    t("grading.level", number=n, name=t(f"grading.levels.{n}")): given.count(n) for n in (1, 2, 3, 4)
                }
                head = {c("assignment"): marking.question.assignment, c("question"): marking.title}
                rows.append(head | {c("criterion"): criterion.name} | counts)
        return pd.DataFrame(rows)

    def mistakes(self) -> pd.DataFrame:
        """Count the wrong options that were chosen, beside the right one, the most chosen first."""
        counted: dict[tuple, int] = {}
        for name in self.sheet.assignments:
            reports = [report.read(folder) for folder in self.course.students("autograded", name)]
            for question_id, key in self._keys(name).items():
                asked = asked_of(question_id)
                texts = {
                    entry["id"]: entry["text"] for entry in (*asked.get("categories", []), *asked.get("items", []))
                }
                for kept in filter(None, reports):
                    value = ((kept["answers"] or {}).get(question_id) or {}).get("value")
                    for item, chosen in value.items() if isinstance(value, dict) else ():
                        if item in key and isinstance(chosen, str) and chosen in texts and chosen != key[item]:
                            row = (name, asked["prompt"], texts[item], texts[chosen], texts[key[item]])
                            counted[row] = counted.get(row, 0) + 1
        head = [c("assignment"), c("question"), c("item"), c("chosen"), c("right")]
        rows = sorted(counted.items(), key=lambda entry: -entry[1])
        return pd.DataFrame([(*row, count) for row, count in rows], columns=[*head, c("count")])

    def goals(self) -> pd.DataFrame:
        """Give for each learning goal the mean share on the assignments that assess it, and who has half or more."""
        rows = []
        for goal in data.rows("learning_goals"):
            names = [name for name in self.sheet.assignments if name in goal["assessment"]]
            shares = [float(points / self.sheet.most[name]) for name in names for points in self._points(name)]
            if names:
                rows.append(
                    {
                        c("goal"): goal["id"],
                        c("text"): goal["goal"],
                        c("assignment"): ", ".join(names),
                        c("count"): len(shares),
                        c("mean"): _round(sum(shares) / len(shares)) if shares else None,
                        c("half"): _round(sum(share >= 0.5 for share in shares) / len(shares)) if shares else None,
                    }
                )
        return pd.DataFrame(rows)

    def agreement(self) -> pd.DataFrame:
        """Give how far markers agree per criterion."""
        rows = []
        for marking in self.markings:
            for name, found in compared(marking)["criteria"]:
                if found.pairs:
                    head = {c("assignment"): marking.question.assignment, c("question"): marking.title}
                    numbers = {c("kappa"): found.kappa, c("low"): found.low, c("high"): found.high}
                    counts = {c("criterion"): name, c("pairs"): found.pairs}
                    rows.append(head | counts | {key: _round(value) for key, value in numbers.items()})
        return pd.DataFrame(rows)

    def todo(self) -> pd.DataFrame:
        """Give what a person must still do: per assignment and reason the count, or with names who."""
        table = Table(self.sheet, self.people, {}, False)
        rows = []
        for student in self.sheet.students:
            for name in self.sheet.assignments:
                score = self.sheet.scores[student, name]
                if score.reason not in ("", "later"):
                    who = {c("student"): student, c("name"): table.name(student)} if self.with_names else {}
                    rows.append(who | {c("assignment"): name, c("reason"): why(score)})
        frame = pd.DataFrame(rows)
        if frame.empty or self.with_names:
            return frame
        return frame.groupby([c("assignment"), c("reason")]).size().reset_index(name=c("count"))

    def _points(self, name: str) -> list:
        found = (self.sheet.scores[student, name].points for student in self.sheet.students)
        return [points for points in found if points is not None and self.sheet.most[name]]

    def _keys(self, assignment: str) -> dict[str, dict]:
        """Give the keys of the questions that have one for everybody."""
        try:
            released = load(self.course.released(assignment), assignment, *self.ledger.cells(assignment))
        except ReleaseError:
            return {}
        checks = [cell.check for cell in released.graded.values() if cell.check and cell.check.name == "match"]
        return {check.arguments[0]: check.arguments[1] for check in checks}


TABLES = {
    "voortgang": Klas.progress,
    "punten": Klas.points,
    "onderdelen": Klas.parts,
    "niveaus": Klas.criteria,
    "fouten": Klas.mistakes,
    "leerdoelen": Klas.goals,
    "overeenstemming": Klas.agreement,
    "te-doen": Klas.todo,
}
STACKED, COUNTED, PLACED = "stacked", "counted", "placed"
PICTURES = {"voortgang": STACKED, "punten": COUNTED, "onderdelen": PLACED, "niveaus": STACKED}


def table(klas: Klas, name: str) -> pd.DataFrame:
    """Give one of ``TABLES``. Raises ``KeyError``."""
    return TABLES[name](klas)


def csv(frame: pd.DataFrame) -> bytes:
    """Write a table for a Flemish spreadsheet."""
    rows = [list(frame.columns), *([_cell(value) for value in row] for row in frame.itertuples(index=False))]
    return written(rows, delimiter=";", mark=True)


def cells(frame: pd.DataFrame) -> list[list[str]]:
    """Give a table's cells as they are shown."""
    return [[_cell(value) for value in row] for row in frame.itertuples(index=False)]


def picture(frame: pd.DataFrame, name: str) -> dict | None:
    """Give the figure of a table, for plotly.js; ``None`` where it has none, or nothing to show yet."""
    kind = PICTURES.get(name)
    if kind is None or frame.empty:
        return None
    if kind == COUNTED:
        frame = frame[frame.groupby(c("assignment"))[c("count")].transform("sum") > 0]
    elif kind == PLACED:
        frame = frame.dropna(subset=[c("mean"), c("discrimination")])
    if frame.empty:
        return None
    import plotly.graph_objects as go

    if kind == STACKED:
        counts = [column for column in frame.columns if pd.api.types.is_numeric_dtype(frame[column])]
        texts = [column for column in frame.columns if column not in counts]
        labels = frame[texts].agg(" · ".join, axis=1)
        bars = [go.Bar(name=column, y=labels, x=frame[column], orientation="h") for column in counts]
        figure = go.Figure(bars).update_layout(barmode="stack", yaxis={"autorange": "reversed"})
        figure.update_layout(height=max(260, 34 * len(frame) + 130))
    elif kind == COUNTED:
        bars = [
            go.Bar(name=name, x=rows[c("share")], y=rows[c("count")]) for name, rows in frame.groupby(c("assignment"))
        ]
        figure = go.Figure(bars).update_layout(barmode="group", xaxis_title=c("share"), yaxis_title=c("count"))
    else:
        dots = [
            go.Scatter(name=name, mode="markers", x=rows[c("mean")], y=rows[c("discrimination")], text=rows[c("part")])
            for name, rows in frame.groupby(c("assignment"))
        ]
        figure = go.Figure(dots).update_layout(xaxis_title=c("mean"), yaxis_title=c("discrimination"))
    figure.update_layout(template="plotly_white", margin={"t": 40, "r": 10}, separators=",.", showlegend=True)
    # Above the picture, in the order of the bars: below it lies on the axis.
    figure.update_layout(legend={"orientation": "h", "traceorder": "normal", "y": 1, "yanchor": "bottom"})
    figure.update_yaxes(automargin=True)
    return json.loads(figure.to_json())


def _round(number: float | None) -> float | None:
    return None if number is None or pd.isna(number) else round(float(number), 2)


def _cell(value: object) -> str:
    if value is None or (isinstance(value, float) and pd.isna(value)):
        return ""
    return f"{value:g}".replace(".", ",") if isinstance(value, float) else str(value)
