"""Opdracht O6: a map of arguments around three of one's own, each with its missing premise, and attacks overruled.

What a map must have is no secret: the student sees at once what is missing. A map of somebody else misses at least one
of the three arguments that it must hold.
"""

from dataclasses import dataclass
from functools import cache

from vermarkting import data
from vermarkting.cases.parts import Demand, Given, Table, dutch
from vermarkting.personal import Draw
from vermarkting.text import t

LEAST, MOST = 8, 16
LEAST_PRO, LEAST_LITERATURE, LEAST_OVERRULED = 3, 2, 3
SEEDS = ("S0", "S1", "S2", "S3", "S4")
LEAST_PREMISES, NOTE_WORDS = 3, 4
# Who starts from what, written out: an argument that is added later changes nobody's figures. Each has enough links to
# build a map around it. The tactic of dividing the market (A014) is not given: it never stands without its warning.
STARTS = tuple(
    tuple(names.split())
    for names in (
        "A001 A005 A006 A025 A026 A027 A032 A033 A072 A075 A082 L01 L02 L03",
        "A052 A070 A008 A009 A012 A018 A019 A024 A035 A036 A037 A041 A046 A048 A050 A053 A064 A065 A066 A067 A069 A084 "
        "L11 L12",
        "A013 A015 A017 A020 A029 A073 A076 A079 A080 A086 A088 A093 A103 L09 L13",
    )
)  # for the market, critical, on conditions

Link = tuple[str, str, str]  # from, to, "attack" or "support"


@dataclass(frozen=True, slots=True)
class Case:
    """The arguments that the map must hold: one for the market, one critical, one in between."""

    given: tuple[str, str, str]


def draw(figures: Draw) -> Case:
    """Draw one argument of each position."""
    return Case(tuple(figures.pick(names) for names in STARTS))


@cache
def rows() -> dict[str, dict]:
    """Give the rows of ``arguments.csv`` by id."""
    return {row["id"]: row for row in data.rows("arguments")}


@cache
def links() -> tuple[Link, ...]:
    """Give all attacks and supports between arguments."""
    return tuple(
        (name, target, kind)
        for name, row in rows().items()
        for kind, column in (("attack", "attacks"), ("support", "supports"))
        for target in row[column]
    )


def on_map(picks: list[str]) -> list[str]:
    """Give the arguments that exist, in the order in which they were picked."""
    return [name for name in picks if name in rows()]


def links_between(names: list[str]) -> list[Link]:
    """Give the links of which both ends are among these arguments."""
    there = set(names)
    return [link for link in links() if link[0] in there and link[1] in there]


def around(case: Case, names: list[str]) -> list[str]:
    """Give the arguments that hang, directly or by others, on the three that are given; none if one of those lacks."""
    if not set(case.given) <= set(names):
        return []
    tied, found = links_between(names), set(case.given)
    while new := {end for one, other, _ in tied for end in (one, other) if {one, other} & found} - found:
        found |= new
    return [name for name in names if name in found]


def orphans(names: list[str]) -> list[str]:
    """Give the arguments that no attack and no support ties to another one of these."""
    tied = {end for link in links_between(names) for end in link[:2]}
    return [name for name in names if name not in tied]


def loose(case: Case, names: list[str]) -> list[str]:
    """Give the arguments tied to no other, or only to others that do not hang on the three that are given."""
    alone = set(names) - set(around(case, names)) if set(case.given) <= set(names) else set()
    return [name for name in names if name in alone or name in orphans(names)]


def attacks_between(names: list[str]) -> list[str]:
    """Give the attacks between these arguments, such as ``A048>A006``."""
    return [f"{one}>{other}" for one, other, kind in links_between(names) if kind == "attack"]


def seeds_on(names: list[str]) -> list[str]:
    """Give which of the five basic texts speak on the map."""
    return [seed for seed in SEEDS if any(seed in rows()[name]["source_ids"] for name in names)]


def premises_written(names: list[str], notes: dict[str, str]) -> list[str]:
    """Give the arguments with a missing premise of enough words that stands with no other argument."""
    return _of_enough_words({name: notes.get(name, "") for name in names}, NOTE_WORDS)


def attacks_overruled(names: list[str], notes: dict[str, str]) -> list[str]:
    """Give the attacks on the map with a reason of enough words that stands with no other attack."""
    return _of_enough_words({attack: notes.get(attack, "") for attack in attacks_between(names)}, NOTE_WORDS)


def _of_enough_words(notes: dict[str, str], least: int) -> list[str]:
    """Of notes that say the same only the first counts."""
    first: dict[str, str] = {}
    for name, note in notes.items():
        words = note.casefold().split()
        if len(words) >= least:
            first.setdefault(" ".join(words), name)
    return list(first.values())


def tables(case: Case) -> list[Table]:
    listed = tuple(
        (name, t(f"argument_lab.positions.{rows()[name]['position']}"), rows()[name]["claim"]) for name in case.given
    )
    return [Table(t("o6.given"), tuple(t(f"o6.{name}") for name in ("argument", "position", "claim")), listed)]


def demands_on_map(case: Case, given: Given) -> list[Demand]:
    """Give what the map must have, and whether it has it."""
    names = on_map(given.get("kaart", []))
    # Who puts everything on the map, or leaves out the own three, makes no choice: then the size alone is looked at.
    few = len(names) <= MOST and set(case.given) <= set(names)
    pro = sum(rows()[name]["position"] == "pro-markt" for name in names)
    literature = sum(rows()[name]["origin"] == "literature" for name in names)
    return [
        Demand(LEAST <= len(names) <= MOST, t("o6.demand_size", least=LEAST, most=MOST), 2),
        Demand(few, t("o6.demand_given"), 3),
        Demand(few and pro >= LEAST_PRO, t("o6.demand_pro", least=LEAST_PRO), 2),
        Demand(few and len(seeds_on(names)) == len(SEEDS), t("o6.demand_seeds"), 2),
        Demand(few and literature >= LEAST_LITERATURE, t("o6.demand_literature", least=LEAST_LITERATURE), 2),
        Demand(few and not loose(case, names), t("o6.demand_linked"), 3),
    ]


def _remarks_on_map(case: Case, given: Given) -> list[str]:
    """Tell what is still needed, and of two demands which arguments it is about."""
    names = on_map(given.get("kaart", []))
    missing = [name for name in case.given if name not in names]
    alone = loose(case, names) if len(names) > 1 else []
    needed = [demand.text for demand in demands_on_map(case, given) if not demand.met]
    found = [t("o6.remark_todo", demands="; ".join(needed))] if needed else []
    if missing:
        found.append(t("o6.remark_given", names=", ".join(missing)))
    if alone:
        found.append(t("o6.remark_alone", names=", ".join(alone)))
    return found


def _remarks_on_premises(case: Case, given: Given) -> list[str]:
    names = around(case, on_map(given.get("kaart", [])))
    written = premises_written(names, given.get("aannames", {}))
    if not names:
        return [t("o6.remark_empty")]
    if len(written) >= LEAST_PREMISES:
        return []
    return [t("o6.remark_premises", written=len(written), total=LEAST_PREMISES, least=NOTE_WORDS)]


def _remarks_on_attacks(case: Case, given: Given) -> list[str]:
    names = around(case, on_map(given.get("kaart", [])))
    there = attacks_between(names)
    if len(there) < LEAST_OVERRULED:
        return [t("o6.remark_few_attacks", count=dutch(len(there)), least=LEAST_OVERRULED)]
    written = attacks_overruled(names, given.get("aanvallen", {}))
    if len(written) >= LEAST_OVERRULED:
        return []
    return [t("o6.remark_attacks", written=len(written), total=LEAST_OVERRULED, least=NOTE_WORDS)]


REMARKS = {"kaart": _remarks_on_map, "aannames": _remarks_on_premises, "aanvallen": _remarks_on_attacks}
