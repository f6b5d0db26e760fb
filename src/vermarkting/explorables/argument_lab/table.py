"""The table of arguments as the lab reads it: rows by id, who attacks and supports whom, and what to filter on."""

from functools import cache

from vermarkting import argument_table, data
from vermarkting.models.argumentation import Framework
from vermarkting.text import t

POSITIONS = ("pro-markt", "conditioneel", "kritisch", "tegenstem")
ORIGINS = ("seed", "literature")
FILTERS = ("position", "origin", "source", "speaker_role", "logic", "level", "krachtlijn")
KRACHTLIJNEN = ("nabijheid", "procesmatig", "politiserend", "generalistisch", "verbindend")
NO_KRACHTLIJN = "geen"
_SHOWN = 110


@cache
def arguments() -> dict[str, dict]:
    """Give the rows of ``arguments.csv`` by id, in the table's order."""
    return {row["id"]: row for row in data.rows("arguments")}


@cache
def value_names() -> dict[str, str]:
    """Give the label of each value by its id, in the table's order."""
    return {row["id"]: row["label"] for row in data.rows("values")}


@cache
def everything() -> Framework:
    """Give all arguments with all their attacks."""
    return argument_table.framework(arguments().values())


@cache
def of_origin(*origins: str) -> Framework:
    """Give the framework of the arguments from these origins only."""
    return everything().among([name for name, row in arguments().items() if row["origin"] in origins])


@cache
def values() -> dict[str, tuple[str, ...]]:
    """Give the values that each argument promotes."""
    return {name: tuple(row["values"]) for name, row in arguments().items()}


@cache
def facts() -> frozenset[str]:
    """Give the arguments that state a finding; no ranking of values outranks them."""
    return argument_table.facts(arguments().values())


@cache
def attackers() -> dict[str, tuple[str, ...]]:
    """Give for each argument the arguments that attack it, in the table's order."""
    return _reversed("attacks")


@cache
def supporters() -> dict[str, tuple[str, ...]]:
    """Give for each argument the arguments that support it, in the table's order."""
    return _reversed("supports")


def _reversed(column: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {name: [] for name in arguments()}
    for name, row in arguments().items():
        for target in row[column]:
            found[target].append(name)
    return {name: tuple(from_) for name, from_ in found.items()}


def entries(row: dict, name: str) -> list[str]:
    """Give what a row has for one of ``FILTERS``; sources and krachtlijnen can be several."""
    if name == "source":
        return [source for source in row["source_ids"] if source.startswith("S")] or [NO_KRACHTLIJN]
    if name == "krachtlijn":
        return row["krachtlijnen"] or [NO_KRACHTLIJN]
    return [row[name]]


def filter_choices() -> list[dict]:
    """Give all filters, each with its legend and its options."""
    return [
        {"id": name, "legend": t(f"argument_lab.filters.{name}"), "options": filter_options(name)} for name in FILTERS
    ]


@cache
def filter_options(name: str) -> list[dict]:
    """Give what one of ``FILTERS`` can be set to, with how many arguments each leaves; the first leaves all."""
    counts: dict[str, int] = {}
    for row in arguments().values():
        for entry in entries(row, name):
            counts[entry] = counts.get(entry, 0) + 1
    order = {"position": POSITIONS, "origin": ORIGINS, "krachtlijn": (*KRACHTLIJNEN, NO_KRACHTLIJN)}.get(name)
    listed = order or sorted(counts, key=lambda entry: (entry == NO_KRACHTLIJN, entry))
    every = {"id": "", "text": t("argument_lab.filter_all")}
    return [every, *({"id": entry, "text": f"{entry_name(name, entry)} ({counts[entry]})"} for entry in listed)]


def entry_name(name: str, entry: str) -> str:
    """Say in Dutch what a filter is set to."""
    if name in ("position", "origin"):
        return t(f"argument_lab.{name}s.{entry}")
    if name == "source":
        return t("argument_lab.no_seed") if entry == NO_KRACHTLIJN else f"{entry} · {_titles()[entry]}"
    if name == "krachtlijn":
        return t("argument_lab.no_krachtlijn") if entry == NO_KRACHTLIJN else t(f"krachtlijnen.{entry}.name")
    return entry


@cache
def _titles() -> dict[str, str]:
    return {row["id"]: row["title"].split(".")[0].split("(")[0].strip() for row in data.rows("sources")}


def matching(filters: dict[str, str]) -> list[str]:
    """Give the arguments that pass all filters that are set, in the table's order."""
    return [
        name
        for name, row in arguments().items()
        if all(not wanted or wanted in entries(row, column) for column, wanted in filters.items())
    ]


def short(claim: str) -> str:
    """Cut a long claim off after a whole word."""
    return claim if len(claim) <= _SHOWN else claim[:_SHOWN].rsplit(" ", 1)[0] + " …"
