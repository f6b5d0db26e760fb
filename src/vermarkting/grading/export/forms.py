"""The CSV files that platforms import, and what makes each of them safe to open in a spreadsheet.

Where the forms come from, and how sure we are of them:

canvas       ``Student,ID,SIS User ID,SIS Login ID,Section,O1``, under it a line ``Points Possible``. Point or comma
             for decimals. A column with Canvas's own number, ``O1 (123)``, goes to that assignment; another makes a
             new one. Sure: read in Canvas's own ``lib/gradebook_importer.rb``.
brightspace  ``OrgDefinedId,Username,O1 Points Grade,End-of-Line Indicator``, the last with a ``#`` on each line. One of
             the two keys is enough. Sure: D2L's own help page on importing grades.
blackboard   ``Username`` and a column per assignment, every cell in quotation marks. A column keeps its place when its
             heading is the one that was downloaded, ``O1 [Total Pts: 100] |123456``; another makes a new text column.
             Sure of the key and the heading (Blackboard's own help page), less so of the decimal point in Dutch.
moodle       ``username,idnumber,email,O1``; the lecturer chooses at import which column says who it is. A decimal point
             is read in every language. Fairly sure: Moodle takes any columns; the point from its ``unformat_float``.
"""

import csv
import hashlib
import hmac
import io
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal

from vermarkting.grading.collect.students import ClassList, Person
from vermarkting.grading.export import scores
from vermarkting.grading.export.scores import Sheet
from vermarkting.text import t

Rows = list[list[str]]

_SIGNS = "=+\\-@\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}"
# A spreadsheet may part a line at another sign than the one it was written with.
_DANGER = re.compile(rf"(^|[,;|\t])([\s\"'\0]*)(?=[{_SIGNS}])")


class Table:
    """The results with the class list beside them, from which every form takes its columns."""

    def __init__(self, sheet: Sheet, people: ClassList, weights: Mapping[str, float], missing_is_zero: bool):
        self.sheet = sheet
        self.people = people
        self.totals = {student: scores.total(sheet, student, weights, missing_is_zero) for student in sheet.students}
        whole = not sheet.later and all(name in sheet.assignments for name, weight in weights.items() if weight > 0)
        self.total_name = t("export.total" if whole else "export.total_so_far")

    def person(self, student: str) -> Person | None:
        """Give the line of the class list of a student."""
        return self.people.by_key(student) or self.people.by_id(student)

    def name(self, student: str) -> str:
        """Give a student's name, last name first where that is known."""
        first, last = self.sheet.names.get(student, ("", ""))
        if first or last:
            return ", ".join(filter(None, (last, first)))
        person = self.person(student)
        return person.name if person else ""

    def column(self, student: str, *headings: str) -> str:
        """Give what the class list has for a student under the first of these headings."""
        person = self.person(student)
        found = (person.columns.get(heading, "") for heading in headings) if person else ()
        return next(filter(None, found), "").lstrip("#")

    def points(self, student: str, assignment: str) -> Decimal | None:
        """Give the points, or ``None``."""
        return self.sheet.scores[student, assignment].points

    def heading(self, assignment: str, pattern: str) -> str | None:
        """Give the heading that the platform itself has for an assignment in the class list."""
        headings = {heading for person in self.people.people for heading in person.columns}
        found = [
            heading
            for heading in sorted(headings)
            if re.fullmatch(pattern.format(re.escape(assignment.casefold())), heading)
        ]
        return found[0] if len(found) == 1 else None


def plain(table: Table) -> bytes:
    """For a Flemish spreadsheet: semicolons, decimal commas, and in words why a score is missing."""
    sheet = table.sheet
    head = [t("export.student"), t("export.name")]
    head += [t("export.out_of", assignment=name, points=number(sheet.most[name], ",")) for name in sheet.assignments]
    rows = [[*head, table.total_name, t("export.remark")]]
    for student in sheet.students:
        remarks = [
            t("export.remark_line", assignment=name, reason=why(sheet.scores[student, name]))
            for name in sheet.assignments
            if sheet.scores[student, name].reason
        ]
        points = [number(table.points(student, name), ",") for name in sheet.assignments]
        rows.append([student, table.name(student), *points, number(table.totals[student][0], ","), "; ".join(remarks)])
    return written(rows, delimiter=";", mark=True)


def canvas(table: Table) -> bytes:
    """See the top of this file."""
    sheet = table.sheet
    titles = []
    for name in sheet.assignments:
        known = table.heading(name, r"{}\b.*\(\d+\)")
        titles.append(f"{name} ({known.rstrip(')').rpartition('(')[2]})" if known else name)
    head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *titles, table.total_name]
    possible = [
        "    Points Possible",
        "",
        "",
        "",
        "",
        *(number(sheet.most[name], ".") for name in sheet.assignments),
        "20",
    ]
    rows = [head, possible]
    for student in sheet.students:
        own = table.column(student, "id") or (student if student.isascii() and student.isdigit() else "")
        login = table.column(student, "sis login id") or ("" if own else student)
        who = [table.name(student), own, table.column(student, "sis user id"), login, table.column(student, "section")]
        points = [number(table.points(student, name), ".") for name in sheet.assignments]
        rows.append([*who, *points, number(table.totals[student][0], ".")])
    return written(rows)


def brightspace(table: Table) -> bytes:
    """See the top of this file."""
    names = [*table.sheet.assignments, table.total_name]
    rows = [["OrgDefinedId", "Username", *(f"{name} Points Grade" for name in names), "End-of-Line Indicator"]]
    for student in table.sheet.students:
        defined = table.column(student, "orgdefinedid")
        user = table.column(student, "username", "gebruikersnaam") or ("" if defined else student)
        points = [number(table.points(student, name), ".") for name in table.sheet.assignments]
        rows.append([defined, user, *points, number(table.totals[student][0], "."), "#"])
    return written(rows)


def blackboard(table: Table) -> bytes:
    """See the top of this file."""
    pattern = r"{}\b.*\|\s*\d+"
    titles = [table.heading(name, pattern) or name for name in table.sheet.assignments]
    titles = [name + title[len(name) :] for name, title in zip(table.sheet.assignments, titles, strict=True)]
    rows = [["Username", *titles, table.total_name]]
    for student in table.sheet.students:
        user = table.column(student, "username", "gebruikersnaam") or student
        points = [number(table.points(student, name), ".") for name in table.sheet.assignments]
        rows.append([user, *points, number(table.totals[student][0], ".")])
    return written(rows, mark=True)


def moodle(table: Table) -> bytes:
    """See the top of this file."""
    rows = [["username", "idnumber", "email", *table.sheet.assignments, table.total_name]]
    for student in table.sheet.students:
        mail = table.column(student, "email address", "e-mailadres", "email", "e-mail")
        mail = mail or (student if "@" in student else "")
        user = table.column(student, "username", "gebruikersnaam") or ("" if mail else student)
        who = [user, table.column(student, "id number", "id-nummer", "idnumber"), mail]
        points = [number(table.points(student, name), ".") for name in table.sheet.assignments]
        rows.append([*who, *points, number(table.totals[student][0], ".")])
    return written(rows)


# The state of a result by the reason why it has no score.
STATES = {
    "": "marked",
    "look": "look",
    "again": "look",
    "ungraded": "look",
    "missed": "missed",
    "none": "none",
    "later": "later",
}


def states(table: Table) -> bytes:
    """For a spreadsheet: a line for each student and assignment, with the state it is in and why."""
    sheet = table.sheet
    head = ("student", "name", "assignment", "state", "reason", "points", "most")
    rows = [[t(f"export.{name}") for name in head]]
    for student in sheet.students:
        for name in sheet.assignments:
            score = sheet.scores[student, name]
            state = t(f"export.states.{STATES[score.reason]}")
            points = [number(score.points, ","), number(sheet.most[name], ",")]
            rows.append([student, table.name(student), name, state, why(score), *points])
    return written(rows, delimiter=";", mark=True)


def questions(table: Table) -> bytes:
    """For a spreadsheet: the points of each part of each assignment, one line for each student."""
    sheet = table.sheet
    parts = [(name, part) for name in sheet.assignments for part in sheet.parts[name]]
    most = [number(sheet.parts[name][part], ",") for name, part in parts]
    titles = [
        t("export.part", assignment=name, part=part, points=of) for (name, part), of in zip(parts, most, strict=True)
    ]
    rows = [[t("export.student"), t("export.name"), *titles]]
    for student in sheet.students:
        earned = [number((sheet.scores[student, name].parts or {}).get(part), ",") for name, part in parts]
        rows.append([student, table.name(student), *earned])
    return written(rows, delimiter=";", mark=True)


def why(score: scores.Score) -> str:
    """Say why there is no score, nothing where there is one."""
    if not score.reason:
        return ""
    reason = t(f"export.reasons.{score.reason}")
    return t("export.with_detail", reason=reason, detail=score.detail) if score.detail else reason


def research(table: Table, secret: bytes) -> bytes:
    """For research: a code for each student, points per part, no names and no texts, in the order of the codes.

    The code is a keyed hash of the student's id: the same in every export with the same secret, and without the secret
    nobody can go from an id to a code.
    """
    sheet = table.sheet
    head = ["code"]
    for name in sheet.assignments:
        head += [f"{name}.status", f"{name}.score", f"{name}.max", *(f"{name}.{part}" for part in sheet.parts[name])]
    rows = []
    for student in sheet.students:
        row = [pseudonym(student, secret)]
        for name in sheet.assignments:
            score = sheet.scores[student, name]
            parts = [number((score.parts or {}).get(part), ".") for part in sheet.parts[name]]
            row += [score.reason or "graded", number(score.points, "."), number(sheet.most[name], "."), *parts]
        rows.append(row)
    return written([head, *sorted(rows)])


def pseudonym(student: str, secret: bytes) -> str:
    """Give the code of a student: 80 bits, so that even in a large group no two are alike."""
    return hmac.new(secret, student.casefold().encode(), hashlib.sha256).hexdigest()[:20]


def number(value: Decimal | None, point: str) -> str:
    """Write a number without needless zeros; nothing for ``None``."""
    if value is None:
        return ""
    text = f"{scores.rounded(value):f}"
    return text.rstrip("0").rstrip(".").replace(".", point)


def harmless(text: str) -> str:
    """Make a text that no spreadsheet takes for a formula, whatever sign it parts the line at."""
    shown = "".join(sign if unicodedata.category(sign)[0] != "C" or sign == "\t" else " " for sign in text)
    shown = shown.replace("\t", " ").replace("\u2028", " ").replace("\u2029", " ")
    return _DANGER.sub(r"\1'\2", shown)


def written(rows: Rows, delimiter: str = ",", mark: bool = False) -> bytes:
    """Write rows as CSV in UTF-8, every cell in quotation marks; ``mark`` puts the sign first that Excel needs."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig" if mark else "utf-8")


FORMS = {
    "gewoon": plain,
    "toestand": states,
    "vragen": questions,
    "canvas": canvas,
    "brightspace": brightspace,
    "blackboard": blackboard,
    "moodle": moodle,
}
RESEARCH = "onderzoek"
