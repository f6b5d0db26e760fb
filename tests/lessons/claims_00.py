"""Checks of what the start page counts in the table of arguments."""

from collections import Counter

from vermarkting import data


def _positions(origin: str) -> Counter:
    return Counter(row["position"] for row in data.rows("arguments") if row["origin"] == origin)


def arguments_of_the_seeds():
    counted = _positions("seed")
    assert counted.total() == 106
    assert (counted["pro-markt"], counted["kritisch"]) == (15, 60)


def arguments_added():
    assert _positions("literature").total() == 22


def arguments_guessed():
    assert _positions("seed") == {"pro-markt": 15, "kritisch": 60, "conditioneel": 30, "tegenstem": 1}
