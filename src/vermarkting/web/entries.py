"""A page for each argument and each term: one address that stays, to send to somebody or to cite."""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from vermarkting import data, references
from vermarkting.text import t

ARGUMENTS, TERMS = "argumenten", "begrippen"  # folders of the site


@dataclass(frozen=True, slots=True)
class Link:
    """Words, and an address from the root of the site; a whole address leads elsewhere, an empty one nowhere."""

    words: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """What is told under one name: words, or links under each other."""

    name: str
    words: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One page: its ``id`` in the table, its folder, and what it tells."""

    id: str
    folder: str
    title: str
    lead: str
    rows: tuple[Row, ...] = field(default=())

    @property
    def address(self) -> str:
        return f"{self.folder}/{self.id}.html"


def address(entry_id: str) -> str:
    """Give the address of an argument or a term from the root of the site."""
    return f"{TERMS if entry_id.startswith('C') else ARGUMENTS}/{entry_id}.html"


def all_entries() -> list[Entry]:
    """Give every argument in the order of its code, then every term in the order of the alphabet."""
    terms = [_term(row) for row in data.rows("concepts")]
    return [*_arguments(), *sorted(terms, key=lambda entry: entry.title.casefold())]


def _arguments() -> list[Entry]:
    rows = {row["id"]: row for row in data.rows("arguments")}
    answered = _turned(rows, "attacks"), _turned(rows, "supports")
    return [_argument(row, rows, *(found[row["id"]] for found in answered)) for row in rows.values()]


def _turned(rows: dict[str, dict], relation: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name, row in rows.items():
        for other in row[relation]:
            found[other].append(name)
    return found


def _argument(row: dict, rows: dict[str, dict], attacked_by: list[str], supported_by: list[str]) -> Entry:
    card = references.argument(row)
    values = {one["id"]: one["label"] for one in data.rows("values")}
    related = {"attacks": row["attacks"], "attacked_by": attacked_by, "supports": row["supports"],
               "supported_by": supported_by}  # fmt: skip
    told = [
        *_told(card),
        Row(t("duel.rows.values"), ", ".join(values[value] for value in row["values"])),
        *(
            Row(t(f"web.{name}"), links=tuple(_to(rows[one]) for one in ids if one in rows))
            for name, ids in related.items()
        ),
        *_sources(row["source_ids"]),
        Row(t("web.treated"), links=_lessons("argument_places", "argument_id", row["id"])),
    ]
    position = t(f"argument_lab.positions.{row['position']}")
    return Entry(row["id"], ARGUMENTS, f"{row['id']} · {position}", row["claim"], _filled(told))


def _to(row: dict) -> Link:
    return Link(f"{row['id']}: {row['claim']}", address(row["id"]))


def _term(row: dict) -> Entry:
    told = [
        *_told(references.term(row)),
        *_sources(row["source_ids"]),
        Row(t("web.treated"), links=_lessons("concept_places", "concept_id", row["id"])),
    ]
    return Entry(row["id"], TERMS, row["term"], row["explanation"], _filled(told))


def _told(card: dict) -> list[Row]:
    """The rows of a card, but for its sources, which stand in full on a page."""
    return [Row(name, words) for name, words in card["rows"] if name != t("references.source")]


def _sources(ids: list[str]) -> list[Row]:
    found = {row["id"]: references.source(row) for row in data.rows("sources") if row["id"] in ids}
    return [Row(t("references.source"), links=tuple(Link(f"{one}: {found[one]['text']}", found[one]["link"])
                for one in ids if one in found))]  # fmt: skip


def _lessons(places: str, column: str, entry_id: str) -> tuple[Link, ...]:
    lessons = {place["notebook"] for place in data.rows(places) if place[column] == entry_id}
    return tuple(
        Link(row["title"], str(PurePosixPath(row["path"]).with_suffix(".html")))
        for row in data.rows("pages")
        if row["id"] in lessons
    )


def _filled(rows: list[Row]) -> tuple[Row, ...]:
    return tuple(row for row in rows if row.words or row.links)
