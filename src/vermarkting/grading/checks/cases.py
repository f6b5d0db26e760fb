"""More checks of parts in which every student has something of one's own: see :mod:`vermarkting.cases`.

As in :mod:`vermarkting.grading.checks`, each gives the share of the points and one Dutch sentence.
"""

from collections import Counter
from collections.abc import Callable

from vermarkting.cases import o4
from vermarkting.grading.checks.fitting import Answers, fitting
from vermarkting.grading.checks.personal import own
from vermarkting.models.krachtlijnen import KRACHTLIJNEN
from vermarkting.questions import SCORES
from vermarkting.text import t


def own_vignettes(answers: Answers, question_id: str, key: dict[str, str]) -> tuple[float, str]:
    """Share of the student's own six vignettes with the right category; ``key`` gives that of every vignette.

    As many as there are in the largest category earn nothing: that is what putting all in one place gets.
    """
    _, case, number, _ = own(answers, question_id)
    answer = fitting(answers, question_id)
    right = sum(answer.get(place) == key[name] for place, name in zip(o4.PLACES, case.vignettes, strict=True))
    largest = max(Counter(key[name] for name in case.vignettes).values())
    return (right - largest) / (len(o4.PLACES) - largest), t(
        "personal.choices", right=right, total=len(o4.PLACES), number=number
    )


def own_tags(answers: Answers, question_id: str, enough: int) -> tuple[float, str]:
    """All points from ``enough`` right items on, none for as many as there are in the largest category, and in between.

    So some items may be open to discussion, and putting everything in one category earns nothing.
    """
    file, case, number, name = own(answers, question_id)
    key, answer = file.RIGHT[name](case), fitting(answers, question_id)
    right = sum(answer.get(item) == category for item, category in key.items())
    largest = max(Counter(key.values()).values())
    share = (right - largest) / (enough - largest) if enough > largest else float(right >= enough)
    return share, t("own_case.tags", right=right, total=len(key), enough=enough, number=number)


def own_scan(answers: Answers, question_id: str) -> tuple[float, str]:
    """Share of the krachtlijnen with a score and, as ground, one of the arguments that this student chose from."""
    _, case, number, _ = own(answers, question_id)
    answer, offered = fitting(answers, question_id), dict(zip(KRACHTLIJNEN, case.grounds, strict=True))
    right = sum(
        row.get("score") in SCORES and row.get("ground") in offered.get(krachtlijn, ())
        for krachtlijn, row in answer.items()
    )
    return right / len(KRACHTLIJNEN), t("own_case.scan", right=right, total=len(KRACHTLIJNEN), number=number)


CHECKS: dict[str, Callable[..., tuple[float, str]]] = {
    "own_vignettes": own_vignettes,
    "own_tags": own_tags,
    "own_scan": own_scan,
}
