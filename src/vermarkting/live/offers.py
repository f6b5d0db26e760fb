"""What a lesson offers to a conversation: questions that are there already, without what would give an answer away.

========  ==========================  ===========================================
form      of which questions          one student's vote
========  ==========================  ===========================================
choice    a bet                       the id of an option
number    a slider without an answer  a number on its scale
scores    a krachtlijnenscan          krachtlijn to ``"-2"`` .. ``"2"``
order     a ranking                   item ids, highest first; of an open one some
attacks   attacks that fail, les 10   ids of attacks such as ``"A048>A006"``
========  ==========================  ===========================================

A vote holds ids and numbers and never what somebody wrote: nothing in it can name a person.
"""

from functools import cache

from vermarkting import data
from vermarkting.questions import SCORES, fits
from vermarkting.scans import scan_question
from vermarkting.text import t

_FORMS = {"bet": "choice", "slider": "number", "scan": "scores", "ranking": "order"}
ATTACKS = "10.lab_aanvallen"
MOST_ATTACKS = 60


@cache
def offered() -> dict[str, list[str]]:
    """Give the ids of what can be asked, by the title of its lesson, in the order of the lessons."""
    found = {}
    for page in data.rows("pages"):
        if page["kind"] == "lesson":
            names = data.questions(page["id"]).items()
            found[page["title"]] = [f"{page['id']}.{name}" for name, one in names if _form(f"{page['id']}.{name}", one)]
    return found


def is_offered(question_id: object) -> bool:
    """Say whether this can be asked."""
    return isinstance(question_id, str) and any(question_id in names for names in offered().values())


@cache
def asked(question_id: str) -> dict:
    """Give a question as a student gets it: ``id``, ``form``, ``prompt``, and what the form needs to fill it in.

    Raises ``KeyError`` for what is not offered.
    """
    if not is_offered(question_id):
        raise KeyError(question_id)
    lesson = question_id.partition(".")[0]
    question = data.question(question_id)
    form = _form(question_id, question)
    public = {"id": question_id, "form": form, "prompt": question["prompt"]}
    if form == "choice":
        return public | {"options": [_named(option) for option in question["options"]]}
    if form == "number":
        scale = {name: question[name] for name in ("min", "max", "step", "left", "right") if name in question}
        return public | {"step": 1} | scale
    if form == "scores":
        return public | {"options": [_named(item) for item in scan_question(lesson)["items"]], "scores": list(SCORES)}
    if form == "order":
        return public | {"options": [_named(item) for item in question["items"]], "open": bool(question.get("open"))}
    return public | {"known": sorted(attacks())}


def is_vote(question_id: str, vote: object) -> bool:
    """Say whether this is a possible vote on a question that is offered; ``vote`` may be any JSON."""
    public = asked(question_id)
    form = public["form"]
    if form == "scores":
        rows = {name: {"score": score} for name, score in vote.items()} if isinstance(vote, dict) else None
        good = isinstance(vote, dict) and all(isinstance(score, str) and score for score in vote.values())
        return good and bool(vote) and fits({"kind": "scan", "items": public["options"]}, rows)
    if form == "attacks":
        return (
            isinstance(vote, list)
            and len(vote) <= MOST_ATTACKS
            and all(isinstance(one, str) and one in attacks() for one in vote)
            and len(set(vote)) == len(vote)
        )
    if form == "order" and vote == []:
        return False
    return fits(data.question(question_id), vote)


@cache
def attacks() -> frozenset[str]:
    """Give the attacks between arguments of the table."""
    from vermarkting import argument_table

    return frozenset(f"{one}>{other}" for one, other in argument_table.framework(data.rows("arguments")).attacks)


def label(question_id: str) -> str:
    """Give the words by which a lecturer finds a question in a list."""
    public = asked(question_id)
    return t("live.screen.label", form=t(f"live.forms.{public['form']}"), prompt=public["prompt"])


def explained(question_id: str) -> list[dict]:
    """Give per option of a bet its ``text``, its ``explanation`` and whether it is ``right``; else what is there."""
    question = data.question(question_id)
    options = [
        {"text": option["text"], "explanation": option["explanation"], "right": bool(option.get("correct"))}
        for option in question.get("options", [])
        if "explanation" in option
    ]
    whole = question.get("explanation")
    return options + ([{"text": "", "explanation": whole, "right": False}] if whole else [])


def _form(question_id: str, question: dict) -> str | None:
    if question_id == ATTACKS:
        return "attacks"
    if "answer" in question:
        return None
    return _FORMS.get(question["kind"])


def _named(option: dict) -> dict:
    return {"id": option["id"], "text": option["text"]}
