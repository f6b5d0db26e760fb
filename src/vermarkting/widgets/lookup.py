"""Three lists to search: the glossary of all terms, all arguments, and all sources of the module."""

from collections.abc import Iterable

import traitlets

from vermarkting import data
from vermarkting.text import t
from vermarkting.widgets.part import Part


class Lookup(Part, script="lookup"):
    """Entries in the order of the alphabet; the browser filters them by word and by category.

    Those ``behind`` come to light when somebody searches for a word of theirs.
    """

    entries = traitlets.List(traitlets.Dict()).tag(sync=True)
    categories = traitlets.List(traitlets.Unicode()).tag(sync=True)
    labels = traitlets.Dict().tag(sync=True)

    def __init__(self, section: str, entries: list[dict], behind: Iterable[dict] = ()) -> None:
        shown = sorted(entries, key=lambda entry: entry["title"].casefold())
        hidden = [{**entry, "behind": True} for entry in behind]
        words = ("search", "kind", "all", "found", "nothing", *(["also"] if hidden else []))
        super().__init__(
            entries=[*shown, *hidden],
            categories=sorted({entry["category"] for entry in entries}),
            labels={name: t(f"{section}.{name}") for name in words},
        )

    def plain(self) -> str:
        shown = (entry for entry in self.entries if not entry.get("behind"))
        return "\n".join(f"{entry['title']}: {entry['text']} {entry['origin']}" for entry in shown)


def glossary() -> Lookup:
    """Show every term, with the lessons that treat it; a search finds arguments and sources as well."""
    lessons = _lessons("concept_places", "concept_id")
    terms = [_term(row, lessons.get(row["id"], "")) for row in data.rows("concepts")]
    return Lookup("glossary", terms, [*_arguments(), *_sources()])


def _lessons(places: str, column: str) -> dict[str, str]:
    """Give for each id in a table of places the numbers of the lessons that treat it, as words."""
    found: dict[str, set[str]] = {}
    for place in data.rows(places):
        if place["notebook"].isdecimal():
            found.setdefault(place[column], set()).add(place["notebook"])
    return {name: ", ".join(str(int(lesson)) for lesson in sorted(lessons)) for name, lessons in found.items()}


def _term(row: dict, lessons: str) -> dict:
    used = t("glossary.lessons", lessons=lessons) if lessons else ""
    origin = t(
        "glossary.origin", sources=", ".join(row["source_ids"]) or "–", sureness=row["sureness"], reading=row["reading"]
    )
    return {
        "title": row["term"],
        "category": row["category"],
        "text": row["explanation"],
        "note": row["note"] or "",
        "origin": " ".join(filter(None, [used, origin])),
        "link": "",
    }


def arguments() -> Lookup:
    """Show every argument by its code, with the lessons that treat it."""
    return Lookup("arguments", _arguments())


def _arguments() -> list[dict]:
    lessons = _lessons("argument_places", "argument_id")
    values = {row["id"]: row["label"] for row in data.rows("values")}
    return [_argument(row, lessons.get(row["id"], ""), values) for row in data.rows("arguments")]


def _argument(row: dict, lessons: str, values: dict[str, str]) -> dict:
    used = t("arguments.lessons", lessons=lessons) if lessons else ""
    origin = t(
        "arguments.origin",
        sources=", ".join(row["source_ids"]) or "–",
        sureness=row["sureness"],
        reading=row["reading"],
    )
    position = t(f"argument_lab.positions.{row['position']}")
    names = ", ".join(values[value] for value in row["values"])
    return {
        "title": f"{row['id']} · {position}",
        "category": position,
        "text": row["claim"],
        "note": t("arguments.note", speaker=row["speaker"], values=names),
        "origin": " ".join(filter(None, [used, origin])),
        "link": "",
    }


def sources() -> Lookup:
    """Show every source by the id that lessons cite it with."""
    return Lookup("sources", _sources())


def _sources() -> list[dict]:
    return [_source(row) for row in data.rows("sources")]


def _source(row: dict) -> dict:
    year = str(row["year"]) if row["year"] else t("sources.no_year")
    return {
        "title": f"{row['id']} · {row['title']}",
        "category": row["kind"],
        "text": ", ".join(dict.fromkeys(filter(None, [row["author"], row["publisher"], year]))) + ".",
        "note": row["caveat"] or "",
        "origin": "",
        "link": row["url"] or "",
    }
