"""Answers to O6 made as a student would: from the three arguments on, along attacks and supports."""

from vermarkting import cases, data

NUMBER = "r0123456"
ROWS = {row["id"]: row for row in data.rows("arguments")}
SEEDS = {"S0", "S1", "S2", "S3", "S4"}


def tied(one: str, other: str) -> bool:
    return other in (*ROWS[one]["attacks"], *ROWS[one]["supports"]) or one in (
        *ROWS[other]["attacks"],
        *ROWS[other]["supports"],
    )


def attacks(names) -> list[str]:
    return [f"{one}>{other}" for one in names for other in ROWS[one]["attacks"] if other in names]


def hanging(names) -> set[str]:
    """Follow attacks and supports from the first three on, which are those given."""
    found, waiting = set(names[:3]), list(names[:3])
    while waiting:
        near = [name for name in names if name not in found and tied(waiting[-1], name)]
        waiting.pop()
        found |= set(near)
        waiting += near
    return found


def lacking(names) -> int:
    """Count how much a map still lacks; 0 is a map that is good."""
    voices = {source for name in names for source in ROWS[name]["source_ids"]}
    together = hanging(names)
    alone = sum(
        name not in together or not any(tied(name, other) for other in names if other != name) for name in names
    )
    return (
        max(0, 8 - len(names))
        + 2 * alone
        + 2 * len(SEEDS - voices)
        + 2 * max(0, 3 - sum(ROWS[name]["position"] == "pro-markt" for name in names))
        + 2 * max(0, 2 - sum(ROWS[name]["origin"] == "literature" for name in names))
        + 2 * max(0, 3 - len(attacks(names)))
    )


def good_map(number: str) -> list[str]:
    """Add the argument that helps most, alone or with one more, until nothing lacks."""
    names = list(cases.case("O6", number).given)
    while lacking(names):
        new = [name for name in ROWS if name not in names]
        best = min(([*names, one] for one in new), key=lacking)
        if lacking(best) >= lacking(names):
            best = min(([*names, one, other] for one in new for other in new if one < other), key=lacking)
        assert lacking(best) < lacking(names), names
        names = best
    return names


def perfect(number: str) -> dict[str, object]:
    """Give the right answers of the student with this number."""
    names = good_map(number)
    fillers = "en dat staat nergens in de tekst zelf, terwijl het toch waar moet zijn voor deze stap"
    return {
        "O6.studentnummer": number,
        "O6.kaart": names,
        "O6.aannames": {name: f"Hier moet je geloven wat {name} niet zegt." for name in names},
        "O6.aanvallen": {attack: f"{attack} gaat over iets anders, {fillers}." for attack in attacks(names)[:3]},
    }


PERFECT = perfect(NUMBER)
PERFECT_POINTS = {"o6-kaart": 16}
