"""What is right in opdracht O5."""

from vermarkting import data
from vermarkting.cases.o5 import PLACES, TEAM, Case, shares, speakers
from vermarkting.models.voice import least_protection, least_support, meeting_and_survey


def _chain(case: Case) -> dict[str, float]:
    own = shares(case.thresholds)
    spoken, survey = meeting_and_survey(own, case.content)
    return {
        "nu": speakers(case.thresholds),
        "na": speakers(case.changed),
        "steun": round(TEAM * least_support(own)),
        "samen": round(TEAM * sum(least_protection(own).values())),
        "vergadering": spoken,
        "enquete": survey,
    }


def _tags(case: Case, column: str) -> dict[str, str]:
    rows = {row["id"]: row for row in data.rows("arguments")}
    return {place: rows[name][column] for place, name in zip(PLACES, case.statements, strict=True)}


RIGHT = {
    "keten": _chain,
    "houding": lambda case: _tags(case, "strategy"),
    "niveau": lambda case: _tags(case, "level"),
}
DESIGNS = {}
