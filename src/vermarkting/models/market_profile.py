"""Marktprofiel: in what respects a way of organising care or welfare is a market.

A case is described by five features, each absent (0), partly present (0.5) or present (1). There is no total score on
purpose: two cases can be called "market" and have almost nothing in common, and a sum would hide exactly that.

Stylised: the choice of features, three levels, equal steps. The scores of the cases live in the data package and are a
proposal that readers may contest.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from vermarkting.models.parameters import ParameterError
from vermarkting.text import t

FEATURES = (
    "private_financier",
    "commercial_provider",
    "competition_for_contract",
    "client_chooses",
    "payment_by_result",
)
LEVELS = (0, 0.5, 1)


@dataclass(frozen=True, slots=True)
class Case:
    """A case and its scores, one per name in ``FEATURES``, each 0, 0.5 or 1.

    Raises ``ParameterError`` for another number of scores or another level.
    """

    id: str
    scores: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.scores) != len(FEATURES):
            raise ParameterError(t("parameters.feature_count", count=len(FEATURES), given=len(self.scores)))
        if any(isinstance(score, bool) or score not in LEVELS for score in self.scores):
            raise ParameterError(t("parameters.feature_score"))


def distance(a: Case, b: Case) -> float:
    """Give how far two cases lie apart: the summed difference over the features, 0 (same profile) to 5 (opposites)."""
    return sum(abs(x - y) for x, y in zip(a.scores, b.scores, strict=True))


def shared_features(a: Case, b: Case) -> tuple[str, ...]:
    """Give the names of the features that both cases have at least partly (0.5), in the order of ``FEATURES``."""
    return tuple(name for name, x, y in zip(FEATURES, a.scores, b.scores, strict=True) if min(x, y) >= 0.5)


def nearest(case: Case, cases: Iterable[Case]) -> tuple[Case, ...]:
    """Give the case or, at a tie, the cases closest to ``case``, in the order given; one with its own id is skipped."""
    others = tuple(other for other in cases if other.id != case.id)
    smallest = min((distance(case, other) for other in others), default=0)
    return tuple(other for other in others if distance(case, other) == smallest)
