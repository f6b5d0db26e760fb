"""How sure a fact is, and how we read it: two grades, worked out from what ``data/sources.csv`` says of its sources.

Typed by hand are, per source: its ``kind``, its ``interest``, its ``directness``, the sources it is ``tied_to`` and our
``reading``. The grades of a row of a table and of a citation such as ``[L09; B96, middel]`` follow from these.
``python -m vermarkting.sureness`` writes them anew in the tables and the texts, after a change in ``sources.csv``.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from vermarkting import data
from vermarkting.content import folder

HIGH, MIDDLE, LOW = "hoog", "middel", "laag"
JUDGEMENT, CONVENTION = "oordeel", "afspraak"
GRADES = (HIGH, MIDDLE, LOW, JUDGEMENT, CONVENTION)

READINGS = ("geheel", "uittreksel", "naverteld")
NOT_READ = "niet gelezen"

# A law or an official definition is itself the fact that one cites it for.
THE_FACT_ITSELF = frozenset({"wet", "definitie"})
NO_FACT = {"normatief": JUDGEMENT, "strategisch": JUDGEMENT, "definitorisch": CONVENTION}

CITED = re.compile(rf"\[([ABHLS]\d{{1,3}}\b[^\[\]\n]*?,\s*(?:{'|'.join(GRADES)})(?:;[^\[\]\n]*)?)\]")
CODE = re.compile(r"\b[ABHLS]\d{1,3}\b")


def sureness(codes: Iterable[str]) -> str:
    """Grade a fact by its sources, given as codes such as ``"B96"``.

    A source *carries* a fact when it has no interest in it and saw it at first hand (own research or records), or
    brings many studies together. ``"hoog"``: a law or a definition that is itself the fact, an overview of studies, or
    a source that carries it beside one that is independent of it. ``"middel"``: a source that carries it, alone; or two
    that are independent of each other, of which one has no interest. ``"laag"``: the rest. Raises ``KeyError`` for an
    unknown code.
    """
    rows = [_sources()[code] for code in codes]
    groups = independent(row["id"] for row in rows)
    neutral = [row for row in rows if row["interest"] == "geen"]
    carrying = [row for row in neutral if row["directness"] != "verslag"]
    enough = any(row["kind"] in THE_FACT_ITSELF or row["directness"] == "overzicht" for row in carrying)
    if enough or (carrying and len(groups) > 1):
        return HIGH
    return MIDDLE if carrying or (neutral and len(groups) > 1) else LOW


def independent(codes: Iterable[str]) -> list[set[str]]:
    """Sort sources into groups that do not depend on each other.

    Two belong together when one is tied to the other (the same authors, or the one tells what the other found), when
    both are tied to a third, or when they have one publisher.
    """
    groups: list[tuple[set[str], set[str]]] = []
    for code in codes:
        row = _sources()[code]
        ties, members = {code, *row["tied_to"], row["publisher"]}, {code}
        for other in [group for group in groups if group[0] & ties]:
            groups.remove(other)
            ties, members = ties | other[0], members | other[1]
        groups.append((ties, members))
    return [members for _, members in groups]


def reading(codes: Iterable[str]) -> str:
    """Tell how we read a fact: the best reading among its sources, ``"niet gelezen"`` where there are none."""
    read = {_sources()[code]["reading"] for code in codes}
    return next((way for way in READINGS if way in read), NOT_READ)


def of_row(row: Mapping) -> str:
    """Grade a row of a table; what is no fact (a judgement, a word's meaning, a chosen figure) is called just that."""
    if row.get("nature") == "stylised" or row.get("category") == "begrip":
        return CONVENTION
    return NO_FACT.get(row.get("type") or "") or sureness(row["source_ids"])


def of_citation(codes: Iterable[str]) -> str:
    """Grade a claim by the codes it cites: judgements where each cited argument is one, and else by the sources."""
    codes = list(codes)
    kinds = {NO_FACT.get(_arguments()[code]["type"]) for code in codes if code in _arguments()}
    if len(kinds) == 1 and None not in kinds:
        return str(kinds.pop())
    return sureness(code for code in codes if code not in _arguments())


def graded(text: str) -> str:
    """Give a text with the grade of each citation that carries one worked out anew."""
    return CITED.sub(lambda match: _citation(CODE.findall(match[1])), text)


def _citation(codes: list[str]) -> str:
    return f"[{'; '.join(codes)}, {of_citation(codes)}]"


@cache
def _sources() -> dict[str, dict]:
    return {row["id"]: row for row in data.rows("sources")}


@cache
def _arguments() -> dict[str, dict]:
    return {row["id"]: row for row in data.rows("arguments")}


def tables() -> list[str]:
    """Give the names of the tables whose rows are graded."""
    return [table for table in data.tables() if "reading" in data.fields(table) and "source_ids" in data.fields(table)]


def main() -> None:
    """Write both grades in the tables, and the first in every citation of the lessons and what goes with them."""
    for table in tables():
        path = folder("data") / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            written = list(csv.DictReader(file))
        for row, parsed in zip(written, data.rows(table), strict=True):
            row |= {"sureness": of_row(parsed), "reading": reading(parsed["source_ids"])}
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(written[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(written)
    for path in texts():
        path.write_text(graded(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


def texts() -> list[Path]:
    """Give the files whose citations are graded."""
    data_folder, root = folder("data"), folder("lessons").parent
    notebooks = [*root.glob("lessons/*.ipynb"), *root.glob("solutions/*/*.ipynb"), *root.glob("solutions/*.toml")]
    return sorted([*notebooks, *data_folder.glob("questions/*.toml"), *data_folder.glob("teaching/*.md")])


if __name__ == "__main__":
    main()
