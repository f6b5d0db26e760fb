"""Answers to O4 worked out apart from the checks: rules written out again, and which vignette is what by its text."""

from math import exp

from vermarkting import cases
from vermarkting.models.continuity import Market, drift

NUMBER = "r0123456"

# Told by hand: a few words of every vignette, and what it shows.
KINDS = {
    "Over prijzen en offertes spreken ze daar niet": "gewoon",
    "een eigen plan, met een eigen prijs": "gewoon",
    "een open brief aan de gemeenteraad": "gewoon",
    "Drie vzw's dienen één offerte in": "samen",
    "De overeenkomst zit bij de offerte": "samen",
    "dienen dan met zijn vijven één plan in": "samen",
    "dat een zelforganisatie een vijfde van het werk doet": "door",
    "Zoals in de offerte stond": "door",
    "welke twee partners het taalwerk doen": "door",
    "Jullie het noorden, wij het zuiden": "verboden",
    "maar duurder": "verboden",
    "enkel niet in te schrijven": "verboden",
    "wie deze keer de laagste prijs vraagt": "verboden",
    "wie inschrijft voor jongeren": "verboden",
    "onder 48 euro": "verboden",
}


def trust_after_twelve(start: float, rivalry: float, cycle: int) -> float:
    trust = start
    for year in range(1, 13):
        lost = 0.35 * rivalry * trust if year % cycle == 0 else 0
        trust = trust + 0.10 * (1 - trust) - lost
    return trust


def mean_trust(build_up: float, term: float, again: float = 0.0) -> float:
    left = exp(-term / build_up)
    return 100 * (1 - build_up / term * (1 - again) * (1 - left) / (1 - again * left))


def mission(case, floor: int):
    return drift(Market(pressure=case.pressure, floor=floor / 100), 12, case.seed)


def kind_of(text: str) -> str:
    (kind,) = {kind for words, kind in KINDS.items() if words in text}
    return kind


def perfect(number: str) -> dict[str, object]:
    """Give the right answers of the student with this number."""
    case = cases.case("O4", number)
    start, again = case.start / 100, case.wins / 100
    joint = trust_after_twelve(start, case.joint / 100, case.cycle)
    alone = trust_after_twelve(start, 1, case.cycle)
    bare = mission(case, 0)
    floors = [floor for floor in range(41) if 100 * mission(case, floor).means[-1] >= case.goal]
    texts = cases.FILES["O4"].TEXTS["gevallen"](case)
    return {
        "O4.studentnummer": number,
        "O4.vertrouwen": {
            "geen": round(100 * trust_after_twelve(start, 0, 1), 1),
            "samen": round(100 * joint, 1),
            "alleen": round(100 * alone, 1),
            "lukt_samen": round(100 * joint ** (case.services - 1), 1),
            "lukt_alleen": round(100 * alone ** (case.services - 1), 1),
        },
        "O4.klok": {
            "kort": round(mean_trust(case.build_up, case.term), 1),
            "lang": round(mean_trust(case.build_up, 2 * case.term), 1),
            "zittend": round(mean_trust(case.build_up, case.term, again), 1),
        },
        "O4.termijn": next(years for years in range(1, 41) if mean_trust(case.build_up, years) >= case.target),
        "O4.missie": {"zonder": round(100 * bare.means[-1], 1), "selectie": round(100 * bare.selected, 1)},
        "O4.vloer": floors[0],
        "O4.gevallen": {place: kind_of(text) for place, text in texts.items()},
    }


PERFECT = perfect(NUMBER)
PERFECT_POINTS = {
    "o4-vertrouwen": 15,
    "o4-klok": 12,
    "o4-termijn": 3,
    "o4-missie": 6,
    "o4-vloer": 6,
    "o4-gevallen": 18,
}
