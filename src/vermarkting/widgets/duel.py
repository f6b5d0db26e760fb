"""The argument duel: two arguments side by side, and the difference between them named."""

import traitlets

from vermarkting import data
from vermarkting.answers import AnswerSheet
from vermarkting.text import t
from vermarkting.widgets.part import Part, Stack
from vermarkting.widgets.question import Question

_ROWS = ("premises", "evidence", "values", "krachtlijnen", "type", "critical_question")
_CLASHES = ("value", "fact", "definition")


class Cards(Part, script="cards"):
    """Two arguments as cards, row by row comparable, with who says it and how sure it is."""

    cards = traitlets.List(traitlets.Dict()).tag(sync=True)

    def plain(self) -> str:
        return "\n\n".join(
            "\n".join(
                [card["title"], card["claim"], card["speaker"], *(f"{name}: {value}" for name, value in card["rows"])]
            )
            for card in self.cards
        )


def duel(question_id: str, sheet: AnswerSheet | None = None) -> Stack:
    """Show the duel: both cards, first the strongest form of either side in own words, then the kind of clash."""
    question = data.question(question_id)
    arguments = {row["id"]: row for row in data.rows("arguments")}
    left, right = arguments[question["left"]], arguments[question["right"]]
    cards = Cards(cards=[_card(left, t("duel.left")), _card(right, t("duel.right"))])
    steelman = Question(f"{question_id}_steelman", _steelman_question(question), sheet)
    clash = Question(question_id, clash_question(question), sheet)
    return Stack([cards, steelman, clash])


def _card(row: dict, title: str) -> dict:
    return {
        "title": f"{title} · {row['id']}",
        "claim": row["claim"],
        "speaker": t("duel.speaker", speaker=row["speaker"], origin=t(f"duel.origin.{row['origin']}")),
        "rows": [[t(f"duel.rows.{name}"), _words(row[name])] for name in _ROWS],
    }


def _words(value: object) -> str:
    text = ", ".join(value) if isinstance(value, list) else value
    return text or t("duel.none")


def _steelman_question(question: dict) -> dict:
    """Ask for the strongest form of either side; the example is written by hand for each duel, for both."""
    sides = {side: question[f"steelman_{side}"] for side in ("left", "right") if f"steelman_{side}" in question}
    return {
        "kind": "text",
        "prompt": t("duel.steelman"),
        "min_words": 20,
        "max_chars": 1500,
        **({"example": t("duel.example", **sides)} if len(sides) == 2 else {}),
    }


def clash_question(question: dict) -> dict:
    """Give the question which kind of clash it is, with an explanation for each kind."""
    options = [
        {
            "id": clash,
            "text": t(f"duel.clash.{clash}"),
            "correct": clash == question["difference"],
            "explanation": question["explanation"] if clash == question["difference"] else t(f"duel.not_clash.{clash}"),
        }
        for clash in _CLASHES
    ]
    return {"kind": "single", "prompt": question["prompt"], "options": options}
