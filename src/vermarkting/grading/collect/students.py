"""Who a hand-in is from: ids that are safe as a folder's name, and the class list that tells them from a name.

A class list is any list of students in CSV that a platform exports: Canvas's gradebook, Brightspace's grades,
Blackboard's full grade centre, Moodle's grading worksheet or participants. Columns are found by their headings.
"""

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from vermarkting.grading.collect import moments
from vermarkting.text import t

ROSTER = "klaslijst.csv"
MAX_BYTES = 20_000_000

# Headings in lower case, the best id first.
IDS = (
    "student_id",
    "username",
    "gebruikersnaam",
    "sis login id",
    "login",
    "orgdefinedid",
    "sis user id",
    "student id",
    "student-id",
    "studentnummer",
    "student number",
    "studentennummer",
    "stamnummer",
    "rolnummer",
    "nummer",
    "id number",
    "id-nummer",
    "idnumber",
    "email address",
    "e-mailadres",
    "email",
    "e-mail",
    "id",
)
# A list with one of these and no names is a class list all the same.
_SURE_IDS = IDS[: IDS.index("id number")]
_EXTRA_KEYS = ("identifier", "identificatie", "identificatienummer")
_FULL = ("student", "full name", "volledige naam", "naam", "name")
_FIRST = ("first name", "voornaam", "first_name")
_LAST = ("last name", "achternaam", "familienaam", "surname", "last_name")
# In Flanders "Naam" is the family name where "Voornaam" stands beside it.
_FULL_OR_LAST = ("naam", "name")
_MOMENT = ("last modified (submission)", "laatst gewijzigd (inzending)", "laatst gewijzigd (ingezonden taak)")

# A title, an empty line or Excel's "sep=;" may stand above the headings.
_LINES_ABOVE = 10
_SEPARATOR = re.compile(r"\ufeff?sep=([,;\t])\s*", re.I)

_SAFE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._@+-]{0,62}[A-Za-z0-9])?")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.I)


class NoClassList(ValueError):
    """A file that is no usable class list; ``str()`` says in Dutch why, and what to do."""


@dataclass
class Person:
    """One line of the class list; ``columns`` holds it by heading in lower case."""

    student_id: str
    name: str
    keys: set[str]
    columns: dict[str, str]
    moment: datetime | None = None


@dataclass
class ClassList:
    """The students we know of. Without a list every look-up gives ``None``."""

    people: list[Person] = field(default_factory=list)

    def keys(self) -> frozenset[str]:
        """Give every key in lower case."""
        return frozenset(key for person in self.people for key in person.keys)

    def by_key(self, key: str) -> Person | None:
        """Give the one student with this number or user name."""
        return _only([person for person in self.people if key.casefold() in person.keys]) if key else None

    def by_id(self, student: str) -> Person | None:
        """Give the student with this id, as it is used for folders and in the gradebook."""
        return next((person for person in self.people if person.student_id == student), None)

    def by_name(self, name: str) -> Person | None:
        """Give the one student with this name, whatever the order and the capitals."""
        wanted = _words(name)
        return _only([person for person in self.people if _words(person.name) == wanted]) if wanted else None

    def by_number(self, number: str) -> Person | None:
        """Give the one student with this participant number in Moodle's grading worksheet."""
        return _only([person for person in self.people if f"moodle:{number}" in person.keys])

    def read(self, path: Path) -> bool:
        """Add the students in a CSV; says whether it is a class list."""
        rows = table(path)
        if not rows or not _are_headings(rows[0]):
            return False
        # A name joins a line to one of an earlier list, never to another line of the same list.
        earlier = ClassList(list(self.people))
        names = Counter(_words(_name(row)) for row in rows)
        for row in rows:
            self._add(row, earlier if names[_words(_name(row))] == 1 else ClassList())
        return True

    def read_roster(self, path: Path) -> None:
        """Add the students of the lecturer's own class list, or raise ``NoClassList`` with what is wrong with it."""
        try:
            start = path.read_bytes()[:4]
        except OSError as error:
            raise NoClassList(t("collect.roster.unreadable", name=path.name)) from error
        if start.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
            raise NoClassList(t("collect.roster.spreadsheet", name=path.name))
        rows = table(path)
        if not rows:
            raise NoClassList(t("collect.roster.empty", name=path.name))
        if not _are_headings(rows[0]):
            found = ", ".join(list(rows[0])[:6])
            raise NoClassList(t("collect.roster.headings", name=path.name, found=found))
        before = len(self.people)
        self.read(path)
        if len(self.people) == before:
            raise NoClassList(t("collect.roster.empty", name=path.name))

    def _add(self, row: dict[str, str], earlier: "ClassList") -> None:
        ids = [row[heading].lstrip("#").strip() for heading in IDS if row.get(heading, "").strip("# ")]
        keys = {key.casefold() for key in ids}
        for heading in _EXTRA_KEYS:
            if number := re.search(r"(\d+)\s*$", row.get(heading, "")):
                keys.add(f"moodle:{number[1]}")
        name = _name(row)
        student_id = next(filter(None, map(safe_id, ids)), None)
        if not keys or not (student_id or name):
            return
        moment = moments.parse(_first(row, _MOMENT))
        known = _only([person for person in self.people if person.keys & keys]) or earlier.by_name(name)
        if known:
            known.keys |= keys
            known.moment = moment or known.moment
            known.columns = row | known.columns
        elif student_id or slug(name):
            self.people.append(Person(student_id or slug(name), name, keys, row, moment))


def safe_id(text: str) -> str | None:
    """Give the id as it can be a folder's name on every system, ``None`` for one that cannot.

    Only plain letters, digits and ``. _ @ + -``: two ids that look the same would be two students.
    """
    text = text.strip()
    if not _SAFE.fullmatch(text) or _RESERVED.match(text) or ".." in text:
        return None
    return text


def slug(name: str) -> str | None:
    """Make an id of a person's name: "Renée De Bruyne" becomes ``renee-de-bruyne``."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return safe_id("-".join(re.findall(r"[a-z0-9]+", plain))[:64].strip("-"))


def table(path: Path) -> list[dict[str, str]]:
    """Read a CSV as rows by heading in lower case; empty when it is none. Knows UTF-8, UTF-16 and Windows's signs."""
    try:
        if path.stat().st_size > MAX_BYTES:
            return []
        data = path.read_bytes()
    except OSError:
        return []
    text = None
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeError:
            continue
    if not text or "\0" in text:
        return []
    lines = _below_title(text)
    if not lines:
        return []
    headings = [heading.strip().casefold() for heading in lines[0]]
    return [dict(zip(headings, (cell.strip() for cell in line), strict=False)) for line in lines[1:] if any(line)]


def _below_title(text: str) -> list[list[str]]:
    """Give the lines from the headings on, parted at the sign that they use."""
    named = _SEPARATOR.match(text)
    if named:
        text = text[named.end() :]
    rest = text
    while rest and text.count("\n") - rest.count("\n") < _LINES_ABOVE:
        lines = _parted(rest, named[1] if named else None)
        if lines and _are_headings(heading.strip().casefold() for heading in lines[0]):
            return lines
        rest = rest.partition("\n")[2]
    return _parted(text, named[1] if named else None)


def _parted(text: str, delimiter: str | None) -> list[list[str]]:
    try:
        return list(
            csv.reader(
                io.StringIO(text, newline=""), delimiter=delimiter or max(",;\t", key=text.partition("\n")[0].count)
            )
        )
    except csv.Error:
        return []


def _are_headings(headings: Iterable[str]) -> bool:
    found = set(headings)
    return bool(found & {*IDS, *_EXTRA_KEYS} and found & {*_FULL, *_FIRST, *_LAST, *_SURE_IDS})


def _name(row: dict[str, str]) -> str:
    first, last = _first(row, _FIRST), _first(row, _LAST)
    if first and not last:
        last = _first(row, _FULL_OR_LAST)
        return f"{first} {last}" if last else _first(row, _FULL) or first
    return _first(row, _FULL) or " ".join(filter(None, (first, last)))


def _first(row: dict[str, str], headings: tuple[str, ...]) -> str:
    return next((row[heading] for heading in headings if row.get(heading)), "")


def _words(name: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return tuple(sorted(re.findall(r"\w+", plain)))


def _only(found: list[Person]) -> Person | None:
    return found[0] if len(found) == 1 else None
