"""Two lists to search: the glossary of all terms, and all sources of the module."""

import traitlets

from vermarkting import data
from vermarkting.text import t
from vermarkting.widgets.part import Part


class Lookup(Part, script="lookup"):
    """Entries in the order of the alphabet; the browser filters them by word and by category."""

    entries = traitlets.List(traitlets.Dict()).tag(sync=True)
    categories = traitlets.List(traitlets.Unicode()).tag(sync=True)
    labels = traitlets.Dict().tag(sync=True)

    def __init__(self, section: str, entries: list[dict]) -> None:
        super().__init__(
            entries=sorted(entries, key=lambda entry: entry["title"].casefold()),
            categories=sorted({entry["category"] for entry in entries}),
            labels={name: t(f"{section}.{name}") for name in ("search", "kind", "all", "found", "nothing")},
        )

    def plain(self) -> str:
        return "\n".join(f"{entry['title']}: {entry['text']} {entry['origin']}" for entry in self.entries)


def glossary() -> Lookup:
    """Show every term, with the lessons that treat it."""
    places: dict[str, set[str]] = {}
    for place in data.rows("concept_places"):
        if place["notebook"].isdecimal():
            places.setdefault(place["concept_id"], set()).add(place["notebook"])
    return Lookup("glossary", [_term(row, sorted(places.get(row["id"], ()))) for row in data.rows("concepts")])


def _term(row: dict, lessons: list[str]) -> dict:
    used = t("glossary.lessons", lessons=", ".join(str(int(lesson)) for lesson in lessons)) if lessons else ""
    origin = t("glossary.origin", sources=", ".join(row["source_ids"]), sureness=row["sureness"])
    return {
        "title": row["term"],
        "category": row["category"],
        "text": row["explanation"],
        "note": row["note"] or "",
        "origin": " ".join(filter(None, [used, origin])),
        "link": "",
    }


def sources() -> Lookup:
    """Show every source by the id that lessons cite it with."""
    return Lookup("sources", [_source(row) for row in data.rows("sources")])


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
