"""The krachtlijnenscan: per krachtlijn a score from -2 to +2 and one argument that grounds it."""

from collections.abc import Collection, Sequence

from vermarkting import data
from vermarkting.answers import Answer
from vermarkting.questions import fits
from vermarkting.text import t

KRACHTLIJNEN = ("nabijheid", "procesmatig", "politiserend", "generalistisch", "verbindend")


def scan_question(lesson: str, offered: Sequence[Collection[str]] | None = None) -> dict:
    """Build the scan of a lesson: its prompt, the five krachtlijnen, and the core arguments that may ground each.

    A ground is an ``id``, the argument in full as ``text``, its ``caveat``, and as ``direction`` what it says of this
    krachtlijn: ``"druk"``, ``"versterkt"``, or ``None`` where it can be read both ways. ``offered`` limits them: for
    each krachtlijn the ids of those that may be chosen.
    """
    theme = data.question(f"{lesson}.scan")["prompt"]
    directions = {(row["argument_id"], row["krachtlijn"]): row["direction"] for row in data.rows("scan_directions")}
    items = [
        {
            "id": krachtlijn,
            "text": t(f"krachtlijnen.{krachtlijn}.name"),
            "hint": t(f"krachtlijnen.{krachtlijn}.meaning"),
            "grounds": [
                {
                    "id": row["id"],
                    "text": row["claim"],
                    "caveat": row["caveat"] or "",
                    "direction": directions.get((row["id"], krachtlijn)),
                }
                for row in data.rows("arguments")
                if row["core"]
                and krachtlijn in row["krachtlijnen"]
                and (offered is None or row["id"] in offered[place])
            ],
        }
        for place, krachtlijn in enumerate(KRACHTLIJNEN)
    ]
    return {"kind": "scan", "prompt": theme, "items": items}


def speaks_against(ground: dict, score: str) -> bool:
    """Say whether an argument says the opposite of a score: under pressure where it is above 0, or stronger below."""
    return ground.get("direction") == ("druk" if int(score) > 0 else "versterkt" if int(score) < 0 else "")


def earlier_scans(lesson: str, kept: dict[str, Answer]) -> list[dict]:
    """Give the scans of the lessons before this one that have a score: ``name`` and the score per krachtlijn."""
    found = []
    for page in data.rows("pages"):
        if page["id"] == lesson:
            break
        answer = kept.get(f"{page['id']}.scan")
        if page["kind"] != "lesson" or answer is None or not fits(scan_question(page["id"]), answer.value):
            continue
        scores = {krachtlijn: row["score"] for krachtlijn, row in answer.value.items() if row.get("score")}
        if scores:
            found.append({"name": t("question.scan_lesson", lesson=int(page["id"])), "scores": scores})
    return found
