"""Checks of lesson 02's claims: the market profile of 12 cases, the care homes, De Vaart and the counted arguments."""

from functools import cache
from itertools import combinations, pairwise

from pytest import approx

from vermarkting.data import question, rows
from vermarkting.models.market_profile import FEATURES, Case, distance, shared_features

_TENDERS = ("vdab_tender", "fpc_gent", "de_vaart")


@cache
def _cases() -> dict[str, Case]:
    return {row["id"]: Case(row["id"], tuple(row[name] for name in FEATURES)) for row in rows("market_profiles")}


def _scores(case: str) -> dict[str, float]:
    return dict(zip(FEATURES, _cases()[case].scores, strict=True))


def _years() -> dict[int, dict]:
    return {row["year"]: row for row in rows("care_homes")}


def _broad(year: int) -> float:
    row = _years()[year]
    return 100 * (row["for_profit"] + row["nonprofit_in_group"]) / row["total"]


def _strict(year: int) -> float:
    row = _years()[year]
    return 100 * row["for_profit"] / row["total"]


def arguments_counted():
    positions = [row["position"] for row in rows("arguments") if row["origin"] == "seed"]
    assert (positions.count("pro-markt"), positions.count("kritisch")) == (15, 60)


def twelve_cases():
    assert len(_cases()) == 12


def one_shared_feature():
    assert shared_features(_cases()["general_practitioner"], _cases()["fpc_gent"]) == ("commercial_provider",)
    assert [option["id"] for option in question("02.bet_markt")["options"] if option["correct"]] == ["een"]


def opposites():
    doctor, centre = _scores("general_practitioner"), _scores("fpc_gent")
    for feature in ("client_chooses", "competition_for_contract"):
        assert abs(doctor[feature] - centre[feature]) == 1


def distance_doctor_centre():
    assert distance(_cases()["general_practitioner"], _cases()["fpc_gent"]) == 2.5


def tender_leaves_no_choice():
    assert {case for case in _cases() if _scores(case)["competition_for_contract"] == 1} == set(_TENDERS)
    assert all(_scores(case)["client_chooses"] == 0 for case in _TENDERS)


def covenant_leaves_no_choice():
    assert _scores("subsidy_covenant")["client_chooses"] == 0


def farthest_pairs():
    apart = {frozenset((a.id, b.id)): distance(a, b) for a, b in combinations(_cases().values(), 2)}
    assert max(apart.values()) == 4
    assert {pair for pair, far in apart.items() if far == 4} == {
        frozenset(("sib", other)) for other in ("general_practitioner", "personal_budget", "care_allowance")
    }


def centre_scored_partly():
    changed = dict(_scores("fpc_gent"), commercial_provider=0.5)
    again = Case("fpc_gent_again", tuple(changed[name] for name in FEATURES))
    assert distance(_cases()["general_practitioner"], again) > distance(
        _cases()["general_practitioner"], _cases()["fpc_gent"]
    )


def no_payment_by_result():
    assert _scores("general_practitioner")["payment_by_result"] == _scores("fpc_gent")["payment_by_result"] == 0
    assert _scores("sib")["payment_by_result"] == 1


def same_profile():
    assert distance(_cases()["in_house"], _cases()["subsidy_covenant"]) == 0


def broad_definition():
    assert (_broad(2013), _broad(2022)) == (approx(18.5, abs=0.05), approx(28.0, abs=0.05))


def strict_definition():
    assert (_strict(2013), _strict(2022)) == (approx(11.9, abs=0.05), approx(16.6, abs=0.05))


def growth():
    """Readers subtract the shares as they are shown, so the check does too; unrounded, the strict growth is 4.65."""
    first, last = _years()[2013], _years()[2022]
    assert last["share_broad_pct"] - first["share_broad_pct"] == approx(9.5)
    assert last["share_strict_pct"] - first["share_strict_pct"] == approx(4.7)


def definition_doubles_growth():
    assert (_broad(2022) - _broad(2013)) / (_strict(2022) - _strict(2013)) == approx(2, abs=0.1)


def both_lines_rise():
    for share in (_broad, _strict):
        assert all(share(before) < share(after) for before, after in pairwise(sorted(_years())))


def growth_per_year():
    assert (_broad(2022) - _broad(2013)) / 9 < 1.1


def relative_growth():
    first, last = _years()[2013], _years()[2022]
    assert last["share_broad_pct"] / first["share_broad_pct"] == approx(1.51, abs=0.005)


def shift_between_groups():
    before, after = _years()[2019], _years()[2020]
    assert after["nonprofit_in_group"] < before["nonprofit_in_group"]
    assert after["for_profit"] > before["for_profit"]


def five_differences():
    assert len(rows("devaart_conflicts")) == 5


def order_of_events():
    dates = {row["id"]: row["date"][:7] for row in rows("devaart_timeline")}
    events = {"plan": "T01", "toewijzing": "T05", "schorsing": "T06", "opnieuw": "T07", "blijft": "T10"}
    months = [dates[events[item]] for item in question("02.check_volgorde")["solution"]]
    assert months == ["2016-03", "2016-09", "2016-11", "2017-03", "2017-06"]


def best_twice():
    events = {row["id"]: row["event"] for row in rows("devaart_timeline")}
    assert "wijst toe aan G4S Care" in events["T05"] and "opnieuw toe aan G4S Care" in events["T11"]


def values_clash():
    left, right = (next(row for row in rows("arguments") if row["id"] == id_) for id_ in ("A027", "A066"))
    assert left["type"] == right["type"] == "normatief"
    assert not set(left["values"]) & set(right["values"])
