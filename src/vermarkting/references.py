"""What the codes and terms of a lesson stand for: arguments such as ``A041``, sources such as ``B98``, and concepts."""

import json
import re

from vermarkting import data
from vermarkting.content import folder
from vermarkting.sureness import sureness
from vermarkting.text import t

CODE = re.compile(r"\b[ABHLS]\d{1,3}\b")


def page(page_id: str) -> dict:
    """Give the row of the table ``pages`` for a lesson or assignment such as ``"03"``. Raises ``KeyError``."""
    return next((row for row in data.rows("pages") if row["id"] == page_id), None) or _unknown(page_id)


def _unknown(page_id: str) -> dict:
    raise KeyError(f"There is no page {page_id!r} in data/pages.csv.")


def cards(lesson: str) -> dict[str, dict]:
    """Give a card for each code in the text and the questions of a lesson, and for those that such a card names.

    A card has an ``id``, a ``title``, a ``text``, ``rows`` of a name and words, and a ``link`` or ``""``. Sources come
    last.
    """
    arguments = {row["id"]: row for row in data.rows("arguments")}
    sources = {row["id"]: row for row in data.rows("sources")}
    used = sorted(set(CODE.findall(_written(lesson))))
    found = {code: argument(arguments[code]) for code in used if code in arguments}
    cited = {code for card in found.values() for name, words in card["rows"] for code in CODE.findall(words)}
    cited |= set(used) | {code for one in terms(lesson) for code in CODE.findall(one["rows"][0][1])}
    return found | {code: source(row) for code, row in sources.items() if code in cited}


def terms(lesson: str) -> list[dict]:
    """Give a card for each term that a lesson treats; ``words`` are those it has in the text."""
    rows = {row["id"]: row for row in data.rows("concepts")}
    places = {}
    for place in data.rows("concept_places"):
        if place["notebook"] == lesson:
            places.setdefault(place["concept_id"], place["words"])
    return [{"words": words, **term(rows[name])} for name, words in places.items()]


def _written(lesson: str) -> str:
    notebook = json.loads((folder("lessons").parent / page(lesson)["path"]).read_text(encoding="utf-8"))
    cells = ("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    return "\n".join([*cells, (folder("data") / "questions" / f"{lesson}.toml").read_text(encoding="utf-8")])


def argument(row: dict) -> dict:
    """Give the card of a row of the table ``arguments``."""
    names = ("premises", "evidence", "critical_question")
    rows = [[t(f"duel.rows.{name}"), row[name]] for name in names if row[name]]
    return {
        "id": row["id"],
        "title": t("references.title", code=row["id"], position=row["position"]),
        "text": row["claim"],
        "rows": [
            [t("references.speaker"), t("references.says", speaker=row["speaker"], role=row["speaker_role"])],
            *rows,
            [t("references.source"), ", ".join(row["source_ids"]) or "–"],
            *_grades(row, row["caveat"]),
        ],
        "link": row["url"] or "",
    }


def source(row: dict) -> dict:
    """Give the card of a row of the table ``sources``."""
    year = str(row["year"]) if row["year"] else t("sources.no_year")
    told = ", ".join(dict.fromkeys(filter(None, [row["author"], row["publisher"], year])))
    rows = [
        [t("references.kind"), row["kind"]],
        [t("references.interest"), t(f"references.interests.{row['interest']}")],
        [t("references.directness"), t(f"references.near.{row['directness']}")],
        [t("references.tied_to"), ", ".join(row["tied_to"])],
        [t("references.alone"), t(f"references.sure.{sureness([row['id']])}")],
        [t("references.reading"), t(f"references.read.{row['reading']}")],
        [t("references.note"), row["caveat"]],
    ]
    return {
        "id": row["id"],
        "title": t("references.source_title", code=row["id"]),
        "text": f"{row['title']}. {told}.",
        "rows": [[name, words] for name, words in rows if words],
        "link": row["url"] or "",
    }


def term(row: dict) -> dict:
    """Give the card of a row of the table ``concepts``."""
    return {
        "id": row["id"],
        "title": row["term"],
        "text": row["explanation"],
        "rows": [
            [t("references.source"), ", ".join(row["source_ids"]) or "–"],
            *_grades(row, row["note"]),
        ],
        "link": "",
    }


def _grades(row: dict, note: str | None) -> list[list[str]]:
    rows = [
        [t("references.sureness"), t(f"references.sure.{row['sureness']}")],
        [t("references.reading"), t(f"references.read.{row['reading']}")],
        [t("references.note"), note or ""],
    ]
    return [[name, words] for name, words in rows if words]
