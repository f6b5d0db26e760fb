"""Checks of lesson 03's claims about the tender room."""

import random

from vermarkting.models import tender

_A, _B, _C, _D = tender.EXAMPLE_BIDS
_CONTRACT = 395_315 * 2.5  # euro, De Vaart
_GENT = tender.Bid("Sodexo-Parnassia", 29.75, 0), tender.Bid("platform", 33.25, 0)


def _rules(formula, weight=40.0, **limits):
    return tender.Rules(price_weight=weight, formula=formula, **limits)


def _scores(bids, rules):
    return {score.name: score for score in tender.score(bids, rules)}


def _totals(bids, rules):
    return {name: round(score.total, 1) for name, score in _scores(bids, rules).items()}


def _price_points(prices, rules):
    bids = [tender.Bid(str(number), price, 50) for number, price in enumerate(prices)]
    return [round(score.price_points, 2) for score in tender.score(bids, rules)]


def _winner(bids, rules):
    (name,) = tender.winners(tender.score(bids, rules))
    return name


def _errors(jurors):
    return round(100 * tender.better_bid_loses(lead=5, sd=12, jurors=jurors))


def _random_bids(draw):
    return [tender.Bid(name, draw.uniform(100, 900), draw.uniform(0, 100)) for name in "VWXYZ"]


def formula_example():
    assert _price_points([100, 125], _rules("rule_of_three")) == [40, 32]
    assert _price_points([100, 125], _rules("min_max")) == [40, 0]
    assert _price_points([100, 125], _rules("fixed", floor=80, ceiling=160)) == [30, 17.5]


def price_points():
    assert _price_points([200, 250], _rules("rule_of_three", 50)) == [50, 40]
    assert _price_points([200, 250], _rules("min_max", 50)) == [50, 0]


def first_three():
    assert _totals([_A, _B, _C], _rules("min_max")) == {"A": 52.8, "B": 59.1, "C": 58.0}


def fourth_joins():
    assert _totals([_A, _B, _C, _D], _rules("min_max")) == {"A": 76.3, "B": 72.6, "C": 58.0, "D": 36.0}


def cheap_domination():
    assert _C.quality == 30
    assert _winner([_A, _B, _C], _rules("min_max", 50)) == "C"


def cheap_loser():
    rules = _rules("rule_of_three", 60)
    for others in ([_A, _B], [_A, _B, _D]):
        assert _winner(others, rules) == "B"
        with_c = _totals([*others, _C], rules)
        assert (with_c["A"], with_c["B"]) == (74.2, 73.9)
        assert _winner([*others, _C], rules) == "A"


def fixed_never_reverses():
    draw = random.Random(3)
    for _ in range(500):
        bids = _random_bids(draw)
        assert tender.reversals(bids, _rules("fixed", draw.uniform(0, 100))) == ()


def fixed_goal():
    fixed_never_reverses()
    assert tender.reversals([_A, _B, _C, _D], _rules("min_max")) != ()


def twice_as_dear():
    assert _price_points([300, 600], _rules("rule_of_three")) == [40, 20]


def min_max_ends():
    assert _price_points([300, 470, 500], _rules("min_max")) == [40, 6, 0]


def newcomer_last():
    newcomer = _scores([_A, _B, _C, _D], _rules("min_max"))["D"]
    assert (newcomer.price_points, newcomer.total, newcomer.rank) == (0, 36, 4)


def last_becomes_first():
    before = _scores([_A, _B, _C], _rules("min_max"))["A"]
    after = _scores([_A, _B, _C, _D], _rules("min_max"))["A"]
    assert (before.price_points, before.rank) == (0, 3)
    assert (round(after.price_points, 1), after.rank) == (23.5, 1)


def cheapest_has_all():
    assert _scores([_A, _B, _C], _rules("min_max"))["C"].price_points == 40


def quality_stays():
    for bids in ([_A, _B, _C], [_A, _B, _C, _D]):
        assert round(_scores(bids, _rules("min_max"))["A"].quality_points, 1) == 52.8


def scale_stretches():
    gaps = []
    for bids in ([_A, _B, _C], [_A, _B, _C, _D]):
        scores = _scores(bids, _rules("min_max"))
        gaps.append(round(scores["B"].price_points - scores["A"].price_points))
    assert _A.price - _B.price == 60
    assert gaps == [17, 7]


def both_gain():
    before, after = (_scores(bids, _rules("min_max")) for bids in ([_A, _B, _C], [_A, _B, _C, _D]))
    gain = {name: after[name].price_points - before[name].price_points for name in "AB"}
    assert round(gain["B"]) == 13
    assert gain["A"] > gain["B"]


def light_weight():
    assert _winner([_A, _B], _rules("min_max", 20)) == "B"
    assert _winner([_A, _B, _C], _rules("min_max", 20)) == "A"


def equal_prices():
    draw = random.Random(4)
    for formula in tender.FORMULAS:
        for _ in range(100):
            price = draw.uniform(100, 900)
            bids = [tender.Bid(bid.name, price, bid.quality) for bid in _random_bids(draw)]
            rules = _rules(formula, draw.uniform(0, 99))
            assert len(set(_price_points([price] * 5, rules))) == 1
            assert _winner(bids, rules) == max(bids, key=lambda bid: bid.quality).name


def equal_prices_again():
    equal_prices()


def gent():
    assert round(tender.extra_quality_needed(*_GENT, _rules("rule_of_three")), 1) == 7.0
    assert round(tender.extra_quality_needed(*_GENT, _rules("min_max")), 1) == 66.7


def gent_points():
    prices = [bid.price for bid in _GENT]
    assert [round(40 - points, 1) for points in _price_points(prices, _rules("rule_of_three"))] == [0, 4.2]
    assert _price_points(prices, _rules("min_max")) == [40, 0]


def jury():
    assert [_errors(jurors) for jurors in (1, 5, 9)] == [38, 26, 19]


def jury_bet():
    assert _errors(1) == 38


def jury_of_nine():
    assert _errors(9) == 19
    assert _errors(8) >= 20


def jury_of_five():
    assert (_errors(1), _errors(5)) == (38, 26)


def jury_in_lindenrode():
    bids, rules = [_A, _B, _C, _D], _rules("rule_of_three")
    assert _winner(bids, rules) == "A"
    for jurors, share in ((1, 72), (5, 91)):
        played = tender.simulate(bids, rules, sd=12, jurors=jurors, rounds=10_000, seed=3)
        assert abs(100 * played.wins["A"] / played.rounds - share) < 1.5


def procedure_of_two():
    assert abs(_CONTRACT - 988_288) <= 0.5
    assert round(100 * tender.procedure_cost_share(2, 15_000, 30_000, _CONTRACT), 1) == 6.1


def procedure_of_fourteen():
    share = tender.procedure_cost_share(14, 15_000, 30_000, _CONTRACT)
    assert round(share * _CONTRACT) == 240_000
    assert round(100 * share, 1) == 24.3


def check_points():
    assert _price_points([300, 400], _rules("rule_of_three")) == [40, 30]
    assert _price_points([300, 400], _rules("min_max")) == [40, 0]


def the_winner_is_void():
    bids = tender.Bid("A", 100, 80), tender.Bid("B", 190, 90), tender.Bid("C", 150, 65)
    rules = _rules("rule_of_three", 60)
    assert _totals(bids, rules)["B"] == 67.6 and _totals(bids, rules)["C"] == 66
    assert _totals(bids[1:], rules) == {"B": 83.4, "C": 86}
    assert tender.voided_winner(bids, rules) == tender.Reversal("A", ("B",), ("C",))
