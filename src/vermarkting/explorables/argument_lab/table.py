"""The table of arguments as the lab reads it: rows by id, who attacks and supports whom, and what to filter on."""

from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from unicodedata import combining, normalize

from vermarkting import argument_table, data
from vermarkting.models.argumentation import Framework
from vermarkting.text import t

POSITIONS = ("pro-markt", "conditioneel", "kritisch", "tegenstem")
ORIGINS = ("seed", "literature")
THEMES = ("overheid", "tender", "samen", "keuze", "resultaat", "opdracht", "werkers", "stem")
OWN = "own"  # the origin and the theme of what a reader added
FILTERS = ("position", "origin", "source", "speaker_role", "logic", "level", "krachtlijn")
KRACHTLIJNEN = ("nabijheid", "procesmatig", "politiserend", "generalistisch", "verbindend")
NO_KRACHTLIJN = "geen"
_SHOWN = 110


class Arguments:
    """Arguments by id as rows of ``arguments.csv``, and what follows from them; never changed once made."""

    def __init__(self, rows: Iterable[Mapping]) -> None:
        self.rows = {row["id"]: row for row in rows}

    @cached_property
    def framework(self) -> Framework:
        """Give all arguments with all their attacks."""
        return argument_table.framework(self.rows.values())

    @cached_property
    def values(self) -> dict[str, tuple[str, ...]]:
        """Give the values that each argument promotes."""
        return {name: tuple(row["values"]) for name, row in self.rows.items()}

    @cached_property
    def facts(self) -> frozenset[str]:
        """Give the arguments that state a finding; no ranking of values outranks them."""
        return argument_table.facts(self.rows.values())

    @cached_property
    def attackers(self) -> dict[str, tuple[str, ...]]:
        """Give for each argument the arguments that attack it, in the table's order."""
        return self._reversed("attacks")

    @cached_property
    def supporters(self) -> dict[str, tuple[str, ...]]:
        """Give for each argument the arguments that support it, in the table's order."""
        return self._reversed("supports")

    def _reversed(self, column: str) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {name: [] for name in self.rows}
        for name, row in self.rows.items():
            for target in row[column]:
                found[target].append(name)
        return {name: tuple(from_) for name, from_ in found.items()}

    def matching(self, filters: Mapping[str, str]) -> list[str]:
        """Give the arguments that pass all filters that are set, in the table's order.

        Under ``"words"`` stand words that must all occur in the argument; accents and capitals do not matter.
        """
        words = _bare(filters.get("words", "")).split()
        lists = {column: wanted for column, wanted in filters.items() if column != "words" and wanted}
        return [
            name
            for name, row in self.rows.items()
            if all(wanted in entries(row, column) for column, wanted in lists.items())
            and all(word in self._texts[name] for word in words)
        ]

    @cached_property
    def _texts(self) -> dict[str, str]:
        told = ("id", "claim", "speaker", "premises", "evidence")
        return {name: _bare(" ".join(row[part] for part in told)) for name, row in self.rows.items()}


@cache
def whole() -> Arguments:
    """Give the arguments of ``arguments.csv``, in its order."""
    return Arguments(data.rows("arguments"))


def arguments() -> dict[str, dict]:
    """Give the rows of ``arguments.csv`` by id, in the table's order."""
    return whole().rows


def theme(argument: str) -> str:
    """Give the one of ``THEMES`` that an argument is mostly about; ``OWN`` for one that a reader added."""
    return _themes().get(argument, OWN)


@cache
def _themes() -> dict[str, str]:
    return {row["argument_id"]: row["theme"] for row in data.rows("argument_themes")}


@cache
def value_names() -> dict[str, str]:
    """Give the label of each value by its id, in the table's order."""
    return {row["id"]: row["label"] for row in data.rows("values")}


def everything() -> Framework:
    """Give all arguments with all their attacks."""
    return whole().framework


@cache
def of_origin(*origins: str) -> Framework:
    """Give the framework of the arguments from these origins only."""
    return everything().among([name for name, row in arguments().items() if row["origin"] in origins])


def values() -> dict[str, tuple[str, ...]]:
    """Give the values that each argument promotes."""
    return whole().values


def facts() -> frozenset[str]:
    """Give the arguments that state a finding; no ranking of values outranks them."""
    return whole().facts


def attackers() -> dict[str, tuple[str, ...]]:
    """Give for each argument the arguments that attack it, in the table's order."""
    return whole().attackers


def supporters() -> dict[str, tuple[str, ...]]:
    """Give for each argument the arguments that support it, in the table's order."""
    return whole().supporters


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


def matching(filters: Mapping[str, str]) -> list[str]:
    """Give the arguments of ``arguments.csv`` that pass all filters that are set; see ``Arguments.matching``."""
    return whole().matching(filters)


def _bare(text: str) -> str:
    return "".join(sign for sign in normalize("NFD", text.casefold()) if not combining(sign))


def short(claim: str) -> str:
    """Cut a long claim off after a whole word."""
    return claim if len(claim) <= _SHOWN else claim[:_SHOWN].rsplit(" ", 1)[0] + " …"
