"""How far two markers agree on the levels of one criterion: Cohen's kappa with quadratic weights, and its interval."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

LEVELS = 4
_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Agreement:
    """``kappa`` with the bounds of its 95 % interval, ``None`` where there is none; ``same`` is a share (0 to 1)."""

    pairs: int
    same: float
    kappa: float | None
    low: float | None = None
    high: float | None = None


def weighted_kappa(pairs: Iterable[tuple[int, int]]) -> Agreement:
    """Compare pairs of levels (1 to 4): the first marker's and the second's.

    The interval is that of Fleiss, Cohen and Everitt (1969) for large samples; with few pairs it is only a hint.
    """
    pairs = list(pairs)
    count = len(pairs)
    if not count:
        return Agreement(0, 0.0, None)
    same = sum(first == second for first, second in pairs) / count
    places = range(LEVELS)
    share = [[0.0] * LEVELS for _ in places]
    for first, second in pairs:
        share[first - 1][second - 1] += 1 / count
    weight = [[1 - (row - column) ** 2 / (LEVELS - 1) ** 2 for column in places] for row in places]
    rows = [sum(share[row]) for row in places]
    columns = [sum(share[row][column] for row in places) for column in places]
    cells = [(row, column) for row in places for column in places]
    seen = sum(weight[row][column] * share[row][column] for row, column in cells)
    chance = sum(weight[row][column] * rows[row] * columns[column] for row, column in cells)
    if 1 - chance < 1e-12:  # both gave everybody one and the same level
        return Agreement(count, same, None)
    kappa = (seen - chance) / (1 - chance)
    of_row = [sum(columns[column] * weight[row][column] for column in places) for row in places]
    of_column = [sum(rows[row] * weight[row][column] for row in places) for column in places]
    spread = sum(
        share[row][column] * (weight[row][column] - (of_row[row] + of_column[column]) * (1 - kappa)) ** 2
        for row, column in cells
    )
    variance = (spread - (kappa - chance * (1 - kappa)) ** 2) / (count * (1 - chance) ** 2)
    margin = _Z * sqrt(max(variance, 0.0))
    return Agreement(count, same, kappa, max(-1.0, kappa - margin), min(1.0, kappa + margin))
