"""What is right in opdracht O5."""

from vermarkting.cases.o5 import PLACES, TEAM, Case, shares, speakers
from vermarkting.models.voice import least_protection, least_support, meeting_and_survey

_KINDS = {
    ("defensief", "meso"): "s01 s04 s16 s18 s21",
    ("defensief", "micro"): "s12 s17 s19 s27",
    ("defensief", "macro"): "s05 s06 s09 s25",
    ("offensief", "meso"): "s03 s10 s13 s20 s22",
    ("offensief", "macro"): "s14 s15 s23 s24 s28",
    ("offensief", "micro"): "s02 s07 s08 s11 s26",
}
_KIND_OF = {name: kind for kind, names in _KINDS.items() for name in names.split()}


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


def _tags(case: Case, place_in_kind: int) -> dict[str, str]:
    return {place: _KIND_OF[name][place_in_kind] for place, name in zip(PLACES, case.statements, strict=True)}


RIGHT = {
    "keten": _chain,
    "houding": lambda case: _tags(case, 0),
    "niveau": lambda case: _tags(case, 1),
}
DESIGNS = {}
