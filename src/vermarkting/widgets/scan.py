"""The krachtlijnenscan: per krachtlijn a score from -2 to +2 and one argument that grounds it."""

from vermarkting import data
from vermarkting.text import t

KRACHTLIJNEN = ("nabijheid", "procesmatig", "politiserend", "generalistisch", "verbindend")
_SHOWN = 90


def scan_question(lesson: str) -> dict:
    """Build the scan of a lesson: its prompt, the five krachtlijnen, and the core arguments that may ground each."""
    theme = data.question(f"{lesson}.scan")["prompt"]
    items = [
        {
            "id": krachtlijn,
            "text": t(f"krachtlijnen.{krachtlijn}.name"),
            "hint": t(f"krachtlijnen.{krachtlijn}.meaning"),
            "grounds": _grounds(krachtlijn),
        }
        for krachtlijn in KRACHTLIJNEN
    ]
    return {"kind": "scan", "prompt": theme, "items": items}


def _grounds(krachtlijn: str) -> list[dict]:
    rows = (row for row in data.rows("arguments") if row["core"] and krachtlijn in row["krachtlijnen"])
    return [{"id": row["id"], "text": f"{row['id']} · {_short(row['claim'])}"} for row in rows]


def _short(claim: str) -> str:
    return claim if len(claim) <= _SHOWN else claim[:_SHOWN].rsplit(" ", 1)[0] + " …"
