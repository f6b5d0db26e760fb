"""Answers to O5 worked out apart from the checks: the chain is counted one by one."""

from vermarkting import cases

NUMBER = "r0123456"
KRACHTLIJNEN = ("nabijheid", "procesmatig", "politiserend", "generalistisch", "verbindend")


# Told by hand: the first words of every statement, and what it is.
KINDS = {
    "Nu er toch een tender komt,": ("defensief", "meso"),
    "In onze offerte staat dat de": ("defensief", "meso"),
    "Onze organisatie leert offertes schrijven. Anders": ("defensief", "meso"),
    "We spreken met onze partners af": ("defensief", "meso"),
    "We bouwen een reserve op, zodat": ("defensief", "meso"),
    "Ik vul de registratie zo snel": ("defensief", "micro"),
    "Ik zeg aan elke bezoeker hoelang": ("defensief", "micro"),
    "Wie niet in de doelgroep van": ("defensief", "micro"),
    "Ik plan mijn huisbezoeken rond de": ("defensief", "micro"),
    "Als de wet tenders toelaat, moet": ("defensief", "macro"),
    "De Vlaamse overheid kan bij elke": ("defensief", "macro"),
    "Zolang er aanbesteed wordt, vragen we": ("defensief", "macro"),
    "Een Vlaams fonds kan de kosten": ("defensief", "macro"),
    "Ons inloophuis om de drie jaar": ("offensief", "meso"),
    "Onze vzw schrijft niet meer in": ("offensief", "meso"),
    "De tender maakt van diensten in": ("offensief", "meso"),
    "Onze koepel moet de tender weigeren": ("offensief", "meso"),
    "Een dienst die elk contract moet": ("offensief", "meso"),
    "Hulp is een recht. De wetgever": ("offensief", "macro"),
    "Wie van armoede een markt maakt,": ("offensief", "macro"),
    "De regering bespaart en noemt het": ("offensief", "macro"),
    "Haal sociale diensten uit de wet": ("offensief", "macro"),
    "De politiek gebruikt tenders om kritische": ("offensief", "macro"),
    "Ik weiger te tellen hoeveel gesprekken": ("offensief", "micro"),
    "Met de mensen die ik begeleid,": ("offensief", "micro"),
    "Ik help iedereen die binnenkomt, ook": ("offensief", "micro"),
    "Door de tender moet ik kiezen": ("offensief", "micro"),
    "Vertrouwen groeit in jaren. Een contract": ("offensief", "micro"),
}


def kind_of(text: str) -> tuple[str, str]:
    (kind,) = {kind for words, kind in KINDS.items() if words in text}
    return kind


def speaking(thresholds) -> int:
    """Count who speaks: again and again, those whose threshold is reached."""
    speak = 0
    while (joined := sum(own <= speak for own in thresholds)) > speak:
        speak = joined
    return speak


def perfect(number: str) -> dict[str, object]:
    """Give the right answers of the student with this number."""
    case = cases.case("O5", number)
    own = list(case.thresholds)
    changed = [case.moved_to if place == case.moved else one for place, one in enumerate(own)]
    in_order = sorted(own)
    content = in_order[12 - case.content :]
    unhappy = in_order[: 12 - case.content]
    assert len(content) == case.content
    kinds = {place: kind_of(text) for place, text in cases.FILES["O5"].TEXTS["houding"](case).items()}
    return {
        "O5.studentnummer": number,
        "O5.keten": {
            "nu": speaking(own),
            "na": speaking(changed),
            "steun": next(less for less in range(12) if speaking([max(0, one - less) for one in own]) == 12),
            "samen": sum(max(0, one - place) for place, one in enumerate(in_order)),
            "vergadering": speaking(unhappy),
            "enquete": len(unhappy),
        },
        "O5.houding": {place: strategy for place, (strategy, _) in kinds.items()},
        "O5.niveau": {place: level for place, (_, level) in kinds.items()},
        "O5.scan": dict(zip(KRACHTLIJNEN, ({"score": "-1", "ground": few[0]} for few in case.grounds), strict=True)),
    }


PERFECT = perfect(NUMBER)
PERFECT_POINTS = {"o5-keten": 18, "o5-houding": 9, "o5-niveau": 9, "o5-scan": 10}
