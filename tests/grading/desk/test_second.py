"""Marking a second time: blind, a sample that stays, how far both agree, and a settlement that keeps both originals."""

import json

import pytest
from marked import CELL, STUDENTS, decide, held

from vermarkting.grading.desk import calibration
from vermarkting.grading.desk.agreement import weighted_kappa
from vermarkting.grading.desk.second import SecondMarking, compared, settle

# From statsmodels 0.15 (cohens_kappa, wt="fc"); scikit-learn's cohen_kappa_score gives the same kappa.
BY_STATSMODELS = [
    ([[1, 0, 2, 0], [1, 3, 0, 0], [0, 2, 0, 1], [0, 0, 0, 2]], 0.5384615385, 0.1183851187, 0.9585379583),
    ([[6, 5, 2, 0], [2, 3, 3, 2], [0, 1, 3, 1], [0, 0, 6, 6]], 0.6755725191, 0.5231990272, 0.8279460110),
    ([[8, 1, 5, 2], [7, 1, 4, 7], [2, 4, 1, 7], [4, 0, 1, 6]], 0.2178988327, -0.0194330737, 0.4552307391),
    ([[38, 5, 10, 0], [4, 26, 5, 3], [0, 14, 25, 16], [0, 0, 10, 44]], 0.7963887822, 0.7372017316, 0.8555758327),
]


@pytest.mark.parametrize(("table", "kappa", "low", "high"), BY_STATSMODELS)
def test_the_weighted_kappa_and_its_interval_are_those_of_a_kept_library(table, kappa, low, high):
    cells = [(row + 1, column + 1, count) for row, line in enumerate(table) for column, count in enumerate(line)]
    found = weighted_kappa((row, column) for row, column, count in cells for _ in range(count))
    assert (found.kappa, found.low, found.high) == pytest.approx((kappa, low, high))


def test_without_spread_there_is_no_kappa():
    assert weighted_kappa([]).kappa is None
    assert weighted_kappa([(3, 3)] * 5).kappa is None


def again(desk, marker="bo", share=100):
    first = desk.marking(marker)
    marking = SecondMarking(first.course, first.ledger, first.question, marker)
    marking.share = share
    return marking


def second(desk, student, levels, marker="bo", share=100):
    marking = again(desk, marker, share)
    was = marking.shown(desk.ids[student])["mark"]["version"]
    return marking.decide(desk.ids[student], {"levels": levels, "remarks": "", "points": None, "was": was})


def test_a_second_marker_sees_nothing_of_the_first_and_changes_nothing_of_it(desk):
    decide(desk, STUDENTS[0], [3, 2, 4], "Van de eerste.")
    decide(desk, STUDENTS[1], [1, 1, 1], marker="bo")
    before = held(desk, STUDENTS[0])
    marking = again(desk)
    assert [entry["id"] for entry in marking.listed()["answers"]] == [desk.ids[STUDENTS[0]]], (
        "not one's own, nor the rest"
    )
    shown = marking.shown(desk.ids[STUDENTS[0]])
    assert shown["mark"]["levels"] == [None] * 3 and "eerste" not in json.dumps(shown)
    mark = second(desk, STUDENTS[0], [4, 2, 4])
    assert mark["done"] and held(desk, STUDENTS[0]) == before
    assert marking.undo()["id"] == desk.ids[STUDENTS[0]]
    assert not marking.listed()["answers"][0]["done"]


def test_a_sample_stays_and_a_larger_one_holds_it(desk):
    for student in STUDENTS[:5]:
        decide(desk, student, [3, 2, 4])

    def drawn(share):
        return {entry["id"] for entry in again(desk, share=share).listed()["answers"]}

    assert len(drawn(20)) == 1 and len(drawn(50)) == 3
    assert drawn(20) == drawn(20) <= drawn(50) <= drawn(100) == {desk.ids[student] for student in STUDENTS[:5]}


def test_a_settlement_counts_and_keeps_both_originals(desk):
    decide(desk, STUDENTS[0], [3, 2, 4], "Let op de bron.")
    decide(desk, STUDENTS[1], [1, 1, 1])
    second(desk, STUDENTS[0], [4, 2, 4])
    second(desk, STUDENTS[1], [1, 1, 1])
    found = compared(desk.marking())
    (one,) = found["open"]
    assert one["id"] == desk.ids[STUDENTS[0]] and [pairs.pairs for _, pairs in found["criteria"]] == [2, 2, 2]
    assert settle(desk.marking("cis"), one["id"], {"levels": [4, 2, 4], "was": "iets anders"})["other"]
    settle(desk.marking("cis"), one["id"], {"levels": [4, 2, 4], "was": one["first"]["version"]})
    assert held(desk, STUDENTS[0])[0] > 31 and "Let op de bron." in held(desk, STUDENTS[0])[2]
    after = compared(desk.marking())
    assert after["open"] == [] and after["settled"] == 1 and after["criteria"] == found["criteria"]
    first, other = desk.ledger.settled(desk.marking().question)[one["id"]]
    assert "Mechanisme: 3" in first.comment and "Mechanisme: 4" in other.comment
    with pytest.raises(KeyError):
        settle(desk.marking(), desk.ids[STUDENTS[2]], {"levels": [1, 1, 1], "was": ""})


def test_three_anchors_before_one_starts(desk):
    marking = desk.marking()
    anchors = calibration.anchors(marking)
    assert len({anchor["criterion"] for anchor in anchors}) == 3 and anchors == calibration.anchors(desk.marking())
    assert all(anchor["text"] and len(anchor["levels"]) == 4 for anchor in anchors)
    assert not marking.ledger.has_begun(marking.question, "an")
    marking.ledger.calibrate(marking.question, "an")
    assert marking.ledger.has_begun(marking.question, "an")
    assert not marking.ledger.has_begun(marking.question, "bo")
    assert marking.question.cell == CELL
