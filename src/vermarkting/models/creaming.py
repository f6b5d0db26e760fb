"""De betaalmachine: who gets in, and who gets help, when a provider is paid per success.

A client has a chance of success without help, b, and a response to help, a. After ``e`` months of help the chance is

    p(e) = 1 - (1 - b) * exp(-a * e)

The provider earns a fee at each success and perhaps a lump sum at each intake. It pays for each month of help and for
each intake, and it gives every client the months that are best for itself:

    profit(e) = fee * p(e) + lump_sum - cost_per_month * e - fixed_cost
    best(e)   = max(0, ln(fee * a * (1 - b) / cost_per_month) / a)

If it may refuse, it refuses each client at a loss: creaming. An accepted client without help is parked. A payment for
a success that would have come anyway is deadweight.

Source of the direction: creaming under payment by results was found by Koning & Heinrich (2013), with little
effect on outcomes, and was systematic according to Rees, Whitworth & Carter (2014). Ours, and stylised: the formulas,
all amounts, ten clients, RESPONSE_START and RESPONSE_GROWTH (harder clients respond less), a provider that knows each
chance and wants profit only. Left out: mission and professional ethics, clients who choose or refuse themselves,
gaming of the figures, what a success is worth later, refused clients who are helped elsewhere.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from vermarkting.models.parameters import ParameterError, check_choice, check_range, check_whole
from vermarkting.text import t

SCHEMES = ("flat", "groups", "tailored")
RESPONSE_START, RESPONSE_GROWTH = 0.15, 0.9  # a client's response to a month of help: 0.15 + 0.9 * chance
GROUP_FACTOR = 1.65  # a marked client brings this many times the fee; the Work Programme paid up to 6,600 next to 3,810
HARDEST = 3
MOST_MONTHS = 60
MOST_FEE = 1e6


@dataclass(frozen=True, slots=True)
class Client:
    """One client.

    chance: of success without help, 0 to 0.99.
    marked: whether the client's benefit type puts the client in the group with the higher fee.

    Raises ``ParameterError`` outside this range.
    """

    chance: float
    marked: bool = False

    def __post_init__(self) -> None:
        check_range("chance", self.chance, 0, 0.99)

    @property
    def response(self) -> float:
        return RESPONSE_START + RESPONSE_GROWTH * self.chance

    def success(self, months: float) -> float:
        """Give the chance of success after ``months`` of help, 0 or more (``ParameterError``)."""
        check_range("months", months, 0, math.inf)
        return self.chance - (1 - self.chance) * math.expm1(-self.response * months)


# The marks follow the chances only roughly, as benefit types do: the hardest client is not marked, the seventh is.
MARKED = (0.1, 0.2, 0.3, 0.5, 0.7)
CLIENTS = tuple(Client(chance, chance in MARKED) for chance in (0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9))


@dataclass(frozen=True, slots=True)
class Contract:
    """What the city agrees with the provider. All amounts are in euro, all stylised.

    fee: for each success, 0 to 40,000; the scheme ``tailored`` ignores it.
    scheme: ``flat`` (the same fee for all), ``groups`` (GROUP_FACTOR times the fee for marked clients) or ``tailored``
        (for each client the lowest fee at which the provider makes no loss).
    lump_sum: for each accepted client, whatever comes of it, 0 to 10,000.
    may_refuse: whether the provider may refuse clients.
    minimum_months: of help that each accepted client gets at least, 0 to 12.
    fixed_cost: of each intake, 0 to 10,000.
    cost_per_month: of help, 1 to 10,000.

    Raises ``ParameterError`` outside these ranges.
    """

    fee: float = 4_000.0
    scheme: str = "flat"
    lump_sum: float = 0.0
    may_refuse: bool = False
    minimum_months: float = 0.0
    fixed_cost: float = 900.0
    cost_per_month: float = 500.0

    def __post_init__(self) -> None:
        check_range("fee", self.fee, 0, 40_000)
        check_choice("scheme", self.scheme, SCHEMES)
        check_range("lump_sum", self.lump_sum, 0, 10_000)
        check_range("minimum_months", self.minimum_months, 0, 12)
        check_range("fixed_cost", self.fixed_cost, 0, 10_000)
        check_range("cost_per_month", self.cost_per_month, 1, 10_000)


@dataclass(frozen=True, slots=True)
class Treatment:
    """What happens to one client.

    success: chance of success, which is the client's own chance when refused. effect: what the help adds to it.
    payment: what the city is expected to pay, in euro. profit: what the provider is expected to keep, in euro; for a
    refused client both are 0.
    """

    client: Client
    accepted: bool
    months: float
    success: float
    effect: float
    payment: float
    profit: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happens to the group. All shares run from 0 to 1.

    measured: successes per accepted client, as the dashboard shows; 0 when nobody is accepted.
    true_effect: what the help adds, per client of the whole group, refused clients included.
    hardest_effect: the same for the three clients with the lowest chance.
    deadweight: the part of the measured successes that would have come anyway; 0 when there are none.
    refused: the number of clients refused. payment, profit: in euro, of the whole group.
    """

    treatments: tuple[Treatment, ...]
    measured: float
    true_effect: float
    hardest_effect: float
    deadweight: float
    refused: int
    payment: float
    profit: float

    @property
    def extra_successes(self) -> float:
        return self.true_effect * len(self.treatments)

    @property
    def price_of_extra_success(self) -> float | None:
        """Euro that the city pays for each success that would not have come anyway; ``None`` without any."""
        return self.payment / self.extra_successes if self.extra_successes > 1e-9 else None


def best_months(client: Client, fee: float, cost_per_month: float = 500.0) -> float:
    """Give the months of help that bring the provider the most at this fee; 0 where the first day already costs.

    fee: 0 to 1 million euro; cost_per_month as in ``Contract``. Raises ``ParameterError`` outside these ranges.
    """
    check_range("fee", fee, 0, MOST_FEE)
    check_range("cost_per_month", cost_per_month, 1, 10_000)
    worth = fee * client.response * (1 - client.chance) / cost_per_month
    return math.log(worth) / client.response if worth > 1 else 0.0


def run(contract: Contract, clients: tuple[Client, ...] = CLIENTS) -> Outcome:
    """Let the provider choose, under the contract, whom to accept and how much help to give.

    Raises ``ParameterError`` without clients.
    """
    return _outcome(_chosen(client, contract) for client in clients)


def run_by_hand(
    choices: Iterable[float | None], contract: Contract | None = None, clients: tuple[Client, ...] = CLIENTS
) -> Outcome:
    """Give the outcome of one's own choice per client: months of help (0 to 60), or ``None`` to refuse.

    Raises ``ParameterError`` for months outside that range, without clients, or unless there is one choice per client.
    """
    contract, choices = contract or Contract(), tuple(choices)
    check_whole("choices", len(choices), len(clients), len(clients))
    return _outcome(
        _refused(client) if months is None else _helped(client, months, contract)
        for client, months in zip(clients, choices, strict=True)
    )


def equal_split(contract: Contract, clients: tuple[Client, ...] = CLIENTS) -> Outcome:
    """Give the outcome when all clients are accepted and share the months of ``run`` equally: the counterfactual."""
    given = run(contract, clients).treatments
    months = sum(treatment.months for treatment in given) / len(given)
    return run_by_hand([months] * len(clients), contract, clients)


def break_even_fee(client: Client, contract: Contract) -> float:
    """Give the lowest fee, to a cent and at most 1e6 euro, at which the provider makes no loss on this client."""
    low, high = 0.0, MOST_FEE
    if _profit_at(client, low, contract) >= 0:
        return low
    while high - low > 0.005:
        middle = (low + high) / 2
        if _profit_at(client, middle, contract) >= 0:
            high = middle
        else:
            low = middle
    return high


def _profit_at(client: Client, fee: float, contract: Contract) -> float:
    months = max(contract.minimum_months, best_months(client, fee, contract.cost_per_month))
    cost = contract.cost_per_month * months + contract.fixed_cost
    return fee * client.success(months) + contract.lump_sum - cost


def _fee(client: Client, contract: Contract) -> float:
    if contract.scheme == "tailored":
        return break_even_fee(client, contract)
    return contract.fee * (GROUP_FACTOR if contract.scheme == "groups" and client.marked else 1)


def _chosen(client: Client, contract: Contract) -> Treatment:
    fee = _fee(client, contract)
    # The profit is concave in the months, so a minimum above the best months is the best that is left.
    months = max(contract.minimum_months, best_months(client, fee, contract.cost_per_month))
    treatment = _helped(client, months, contract, fee)
    return _refused(client) if contract.may_refuse and treatment.profit < 0 else treatment


def _helped(client: Client, months: float, contract: Contract, fee: float | None = None) -> Treatment:
    check_range("months", months, 0, MOST_MONTHS)
    success = client.success(months)
    payment = (_fee(client, contract) if fee is None else fee) * success + contract.lump_sum
    profit = payment - contract.cost_per_month * months - contract.fixed_cost
    return Treatment(client, True, months, success, success - client.chance, payment, profit)


def _refused(client: Client) -> Treatment:
    return Treatment(client, False, 0.0, client.chance, 0.0, 0.0, 0.0)


def _outcome(treatments: Iterable[Treatment]) -> Outcome:
    treatments = tuple(treatments)
    if not treatments:
        raise ParameterError(t("parameters.no_clients"))
    accepted = [treatment for treatment in treatments if treatment.accepted]
    successes = sum(treatment.success for treatment in accepted)
    hardest = sorted(treatments, key=lambda treatment: treatment.client.chance)[:HARDEST]
    return Outcome(
        treatments,
        measured=successes / len(accepted) if accepted else 0.0,
        true_effect=sum(treatment.effect for treatment in treatments) / len(treatments),
        hardest_effect=sum(treatment.effect for treatment in hardest) / len(hardest),
        deadweight=sum(treatment.client.chance for treatment in accepted) / successes if successes else 0.0,
        refused=len(treatments) - len(accepted),
        payment=sum(treatment.payment for treatment in treatments),
        profit=sum(treatment.profit for treatment in treatments),
    )
