"""A Social Impact Bond: who pays whom, under which rule, and how often luck or a wrong baseline passes for success.

An investor lends the capital, an intermediary passes it on to a provider and an evaluator, and the outcome payer (a
government) repays it with a premium if enough participants succeed. The number of successes is a binomial draw. The
contract compares it with a baseline: what it says would have happened anyway. The pictures take that baseline as
exact; ``success_against_control_group`` shows what changes when a control group measures it. So a
programme that does nothing may pass, by luck (the group is small) or because the baseline is too low (however large
the group is).

Sources: the pay-out rules of real bonds are data, not code: ``payout_rules.csv``, with their sources. Stylised:
participants who succeed independently and with the same chance, one outcome, one repayment at the end, costs that are
a share of the capital. Left out: selection of participants, renegotiation, outcomes that fade, several cohorts.
"""

import math
import random
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise

from vermarkting.models.parameters import ParameterError, check_range, check_whole
from vermarkting.text import t

ROUNDING = 1e-9  # smaller differences between a result and a threshold are rounding of the computer
MOST_RESULT = 1_000_000
ROLES = ("outcome_payer", "intermediary", "investor", "provider", "evaluator", "foundation")


@dataclass(frozen=True, slots=True)
class Bond:
    """The group, what the programme does for it, and what the contract compares it with.

    participants: 1 to 5,000.
    chance_without: the true chance of success without the programme, 0.01 to 1.
    effect: what the programme adds to that chance, -1 to 1; the sum must stay between 0 and 1.
    baseline: the chance without the programme according to the contract, 0.01 to 1.
    margin: how much better than the baseline counts as success, 0 to 1; 0.1 is 10 % better.

    Raises ``ParameterError`` outside these ranges.
    """

    participants: int = 133
    chance_without: float = 0.30
    effect: float = 0.0
    baseline: float = 0.30
    margin: float = 0.10

    def __post_init__(self) -> None:
        check_whole("participants", self.participants, 1, 5000)
        check_range("chance_without", self.chance_without, 0.01, 1)
        check_range("effect", self.effect, -1, 1)
        check_range("chance_with", self.chance_with, 0, 1)
        check_range("baseline", self.baseline, 0.01, 1)
        check_range("margin", self.margin, 0, 1)

    @property
    def chance_with(self) -> float:
        """The true chance of success with the programme; what rounding puts outside 0 to 1 is put back."""
        chance = self.chance_without + self.effect
        return min(1.0, max(0.0, chance)) if -ROUNDING < chance < 1 + ROUNDING else chance


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a pay-out rule. It holds from ``result`` (in the rule's own unit) up to the next step.

    result: any number, -1 million to 1 million.
    capital_back: the share of the capital that is repaid, 0 to 1.
    rate, rate_at_end: the yearly return (0.075 is 7.5 %, 0 to 1) at the start of the step and, on a straight line from
    there, at its end. In the last step the return stays ``rate``.
    """

    result: float
    capital_back: float
    rate: float
    rate_at_end: float

    def __post_init__(self) -> None:
        check_range("result", self.result, -MOST_RESULT, MOST_RESULT)
        check_range("capital_back", self.capital_back, 0, 1)
        check_range("rate", self.rate, 0, 1)
        check_range("rate", self.rate_at_end, 0, 1)


@dataclass(frozen=True, slots=True)
class Payout:
    """What a rule says the outcome payer owes: the capital given back and the premium (euro), the yearly return."""

    capital_back: float
    premium: float
    rate: float

    @property
    def total(self) -> float:
        return self.capital_back + self.premium


NOTHING = Payout(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Deal:
    """The money, and who stands in when the rule pays less than the capital.

    capital: euro, 1 to 1 billion. years: 1 to 10, after which the outcome payer pays, once.
    management, evaluation: the shares of the capital that stay with the intermediary and go to the evaluator, 0 to 0.5.
    public_guarantee: the share of the capital that the outcome payer repays whatever happens, 0 to 1.
    foundation_guarantee: the share of the capital that a foundation makes good after that, 0 to 1.

    Raises ``ParameterError`` outside these ranges, or when the guarantees together exceed the capital.
    """

    capital: float = 1_000_000.0
    years: int = 3
    management: float = 0.05
    evaluation: float = 0.05
    public_guarantee: float = 0.0
    foundation_guarantee: float = 0.0

    def __post_init__(self) -> None:
        check_range("capital", self.capital, 1, 1_000_000_000)
        check_whole("years", self.years, 1, 10)
        check_range("management", self.management, 0, 0.5)
        check_range("evaluation", self.evaluation, 0, 0.5)
        check_range("guarantee", self.public_guarantee, 0, 1)
        check_range("guarantee", self.foundation_guarantee, 0, 1)
        if self.public_guarantee + self.foundation_guarantee > 1 + ROUNDING:
            raise ParameterError(t("parameters.guarantees_above_capital"))


@dataclass(frozen=True, slots=True)
class Flow:
    """Euro from one of ``ROLES`` to another, at the end of a year (0 is the start)."""

    year: int
    payer: str
    payee: str
    amount: float


@dataclass(frozen=True, slots=True)
class Settlement:
    """Who bears what at the end, in euro: paid by the outcome payer and the foundation, won (or lost) by the investor.

    The three add up: public + foundation = capital + investor.
    """

    public: float
    foundation: float
    investor: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """The mean over all outcomes that chance may bring, in euro, and the chance (0 to 1) that the target is reached.

    savings: what the extra successes save elsewhere. public: savings minus what the outcome payer pays.
    foundation, investor: what they gain; negative is a loss.
    """

    success: float
    payment: float
    savings: float
    public: float
    foundation: float
    investor: float


def probabilities(participants: int, chance: float) -> tuple[float, ...]:
    """Give the exact binomial probability of 0, 1 … ``participants`` successes (relative error below 1e-9).

    participants: 0 to 5,000. chance: 0 to 1.
    """
    check_whole("participants", participants, 0, 5000)
    check_range("chance_with", chance, 0, 1)
    if chance in (0, 1):
        certain = 0 if chance == 0 else participants
        return tuple(float(count == certain) for count in range(participants + 1))
    yes, no, ways = math.log(chance), math.log1p(-chance), math.lgamma(participants + 1)
    return tuple(
        math.exp(ways - math.lgamma(k + 1) - math.lgamma(participants - k + 1) + k * yes + (participants - k) * no)
        for k in range(participants + 1)
    )


def at_least(successes: int, participants: int, chance: float) -> float:
    """Give the exact probability (0 to 1) of ``successes`` (-1,000,000 to 1,000,000) or more.

    The other ranges are those of ``probabilities``. Raises ``ParameterError`` outside them.
    """
    check_whole("successes", successes, -MOST_RESULT, MOST_RESULT)
    return min(1.0, math.fsum(probabilities(participants, chance)[max(0, successes) :]))


def target(bond: Bond) -> int:
    """Give the least number of successes that the contract counts as success; more than there are participants if the
    contract asks for the impossible."""
    return math.ceil(bond.participants * bond.baseline * (1 + bond.margin) - ROUNDING)


def gain(bond: Bond, successes: float) -> float:
    """Give how many percent better than the contract's baseline a number of successes is.

    successes: 0 to 1,000,000, for a contract may ask for more than there are participants (else ``ParameterError``).
    """
    check_range("successes", successes, 0, MOST_RESULT)
    return 100 * (successes / bond.participants / bond.baseline - 1)


def success_probability(bond: Bond) -> float:
    """Give the exact probability (0 to 1) that the target is reached. Without an effect it is a false success."""
    return at_least(target(bond), bond.participants, bond.chance_with)


def success_against_control_group(bond: Bond, control: int) -> float:
    """Give the exact probability (0 to 1) of success when the baseline is what a control group happens to show.

    control: the size of that group, 1 to 5,000; each member succeeds with ``chance_without``, and the bond's own
    ``baseline`` is not used. Then chance works twice, in the group that is helped and in the one that is not, so that
    a useless programme succeeds more often than ``success_probability`` says of a baseline without error.
    """
    check_whole("participants", control, 1, 5000)
    asked = Fraction(str(bond.margin)) + 1
    share, least = 0.0, [math.ceil(asked * bond.participants * count / control) for count in range(control + 1)]
    up_to = [0.0, *accumulate(probabilities(bond.participants, bond.chance_with))]
    for count, chance in enumerate(probabilities(control, bond.chance_without)):
        missed = up_to[min(least[count], bond.participants + 1)]
        share += chance * max(0.0, 1 - missed)
    return min(1.0, share)


def tipping_error(chance_without: float, margin: float) -> float:
    """Give how far below the truth (in chance, 0.01 is one point) the baseline must lie for the target to be no more
    than what happens anyway. With a larger error a larger group makes a false success surer, with a smaller one rarer.
    """
    check_range("chance_without", chance_without, 0.01, 1)
    check_range("margin", margin, 0, 1)
    return chance_without * margin / (1 + margin)


def draw(bond: Bond, rounds: int = 1, seed: int = 1) -> tuple[int, ...]:
    """Give the number of successes in each of ``rounds`` (1 to 10,000) bonds of this kind.

    The same seed gives the same luck to every bond, so that two runs differ only by what was changed.
    """
    check_whole("rounds", rounds, 1, 10_000)
    luck = random.Random(seed)
    up_to = list(accumulate(probabilities(bond.participants, bond.chance_with)))
    return tuple(min(bond.participants, bisect_left(up_to, luck.random())) for _ in range(rounds))


def pay_out(rule: Sequence[Step], result: float, capital: float, years: int) -> Payout:
    """Apply a pay-out rule (steps in rising order) to a result; below the first step nothing is paid.

    The return is compound over ``years`` and paid at the end. Ranges of capital and years as in ``Deal``, of the result
    as in ``Step``. Raises ``ParameterError`` outside them, or when a step does not come after the one before.
    """
    check_range("result", result, -MOST_RESULT, MOST_RESULT)
    if any(later.result <= step.result for step, later in pairwise(rule)):
        raise ParameterError(t("parameters.steps_not_rising"))
    check_range("capital", capital, 1, 1_000_000_000)
    check_whole("years", years, 1, 10)
    reached = [place for place, step in enumerate(rule) if result >= step.result - ROUNDING]
    if not reached:
        return NOTHING
    step, later = rule[reached[-1]], rule[reached[-1] + 1 :]
    rate = step.rate
    if later:
        along = max(0.0, result - step.result) / (later[0].result - step.result)
        rate += along * (step.rate_at_end - step.rate)
    back = capital * step.capital_back
    return Payout(back, back * ((1 + rate) ** years - 1), rate)


def settle(deal: Deal, payout: Payout) -> Settlement:
    """Give who bears what: first the rule or the public guarantee, then the foundation, the rest is the investor's."""
    public = max(payout.total, deal.public_guarantee * deal.capital)
    foundation = min(max(0.0, deal.capital - public), deal.foundation_guarantee * deal.capital)
    return Settlement(public, foundation, public + foundation - deal.capital)


def risk_shares(deal: Deal) -> dict[str, float]:
    """Give which share of the capital (0 to 1) each party loses when the rule pays nothing; together they are 1."""
    failed = settle(deal, NOTHING)
    shares = {"public": failed.public, "foundation": failed.foundation, "investor": -failed.investor}
    return {party: amount / deal.capital for party, amount in shares.items()}


def cash_flows(deal: Deal, payout: Payout) -> tuple[Flow, ...]:
    """Give every payment of the bond by year; those of nothing are left out.

    Participants get help, not money. The intermediary passes on everything but ``management``.
    """
    end, settled = deal.years, settle(deal, payout)
    work = deal.capital * (1 - deal.management - deal.evaluation)
    flows = [
        Flow(0, "investor", "intermediary", deal.capital),
        *(Flow(year, "intermediary", "provider", work / end) for year in range(end)),
        Flow(end, "intermediary", "evaluator", deal.capital * deal.evaluation),
        Flow(end, "outcome_payer", "intermediary", settled.public),
        Flow(end, "intermediary", "investor", settled.public),
        Flow(end, "foundation", "investor", settled.foundation),
    ]
    return tuple(flow for flow in flows if flow.amount > 0)


def balance(flows: Sequence[Flow], role: str) -> tuple[float, ...]:
    """Give what a role receives minus what it pays, for each year from 0 to the last; nothing without any flow."""
    years = range(max((flow.year for flow in flows), default=-1) + 1)
    return tuple(
        sum(f.amount * ((f.payee == role) - (f.payer == role)) for f in flows if f.year == year) for year in years
    )


def irr(amounts: Sequence[float]) -> float:
    """Give the yearly return (0.04 is 4 %) at which paying ``amounts[0]`` (negative) is worth what comes back later.

    amounts: one per year, no negative ones after the first. -1 when nothing comes back. Exact to 1e-9.
    Raises ``ParameterError`` for other amounts.
    """
    first, *later = amounts or (0.0,)
    if not all(map(math.isfinite, amounts)) or first >= 0 or any(amount < 0 for amount in later):
        raise ParameterError(t("parameters.no_investment"))

    def worth(rate: float) -> float:
        return first + sum(amount / (1 + rate) ** year for year, amount in enumerate(later, start=1))

    low, high = -1 + 1e-9, 1.0
    if not any(later) or worth(low) <= 0:
        return -1.0
    while worth(high) > 0:
        high *= 2
    while high - low > 1e-10:
        middle = (low + high) / 2
        low, high = (middle, high) if worth(middle) > 0 else (low, middle)
    return (low + high) / 2


def forecast(bond: Bond, deal: Deal, rule: Sequence[Step], saving: float) -> Forecast:
    """Weigh every number of successes by its probability, under a rule on the gain over the baseline (percent).

    saving: what one extra success saves elsewhere, in euro, 0 to 10 million.
    """
    check_range("saving", saving, 0, 10_000_000)
    payment = foundation = investor = 0.0
    for successes, chance in enumerate(probabilities(bond.participants, bond.chance_with)):
        if chance > 1e-15:
            settled = settle(deal, pay_out(rule, gain(bond, successes), deal.capital, deal.years))
            payment += chance * settled.public
            foundation -= chance * settled.foundation
            investor += chance * settled.investor
    savings = saving * bond.participants * bond.effect
    return Forecast(success_probability(bond), payment, savings, savings - payment, foundation, investor)
