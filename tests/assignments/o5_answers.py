"""Answers to O5 worked out apart from the checks: the chain is counted one by one."""

from vermarkting import cases, data

NUMBER = "r0123456"
KRACHTLIJNEN = ("nabijheid", "procesmatig", "politiserend", "generalistisch", "verbindend")


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
    rows = {row["id"]: row for row in data.rows("arguments")}
    statements = dict(zip([f"u{n}" for n in range(1, 11)], case.statements, strict=True))
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
        "O5.houding": {place: rows[name]["strategy"] for place, name in statements.items()},
        "O5.niveau": {place: rows[name]["level"] for place, name in statements.items()},
        "O5.scan": dict(zip(KRACHTLIJNEN, ({"score": "-1", "ground": few[0]} for few in case.grounds), strict=True)),
    }


PERFECT = perfect(NUMBER)
PERFECT_POINTS = {"o5-keten": 18, "o5-houding": 9, "o5-niveau": 9, "o5-scan": 10}
