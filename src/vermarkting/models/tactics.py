"""Three tactics of organisations under a tender, as moves on a network: dividing, merging, creating the market.

Three large organisations and nine small ones know each other in a region (``TIES``). A government tenders the work.
``participants`` organisations follow the tactic, the large ones first; the others bid alone. Each tactic sets how hard
every pair of partners fights, and so the trust after twelve years with a tender every three (:mod:`network`); how many
independent bids there are, and so the price; who has work at the end; and what the law says about it.

Source of the tactics: Kim Suyoung (2014), Street-level struggles against marketisation, Critical Social Policy, as told
by Raeymaeckers (2016); fieldwork in South Korea. Source of the law: the Belgian Competition Authority's guide of 31
January 2017, read in a law firm's summary: agreeing who bids or who gets which part is collusion, fined up to 10 % of
turnover. That a joint bid and a disclosed subcontract are usually allowed is our reading, not advice.
Ours, and stylised: the twelve organisations, their ties, the rivalry of each pair, the price rule, who has work.
Left out: what bids contain, who wins among equals, the chance to be caught, organisations that refuse or betray.

The law is part of the outcome: no outcome of a forbidden tactic can be had without its warning.
"""

from dataclasses import dataclass
from itertools import combinations

from vermarkting.models.network import (
    BEST_TIE,
    CONSORTIUM_RIVALRY,
    ORGANISATIONS,
    Climate,
    Tie,
    client_success,
    handovers,
    trust,
)
from vermarkting.models.parameters import check_choice, check_whole
from vermarkting.text import t

LARGE = 3
SMALL = ORGANISATIONS - LARGE
TACTICS = ("compete", "divide", "merge", "create")
MARK_UP = 30.0  # what a single bidder asks above 100; n bidders ask an n-th of it
CLIENT_SERVICES = 3

# Three districts: organisation 0, 1 or 2 is large, and each has three small ones around it.
_DISTRICTS = [(large, *range(LARGE + 3 * large, LARGE + 3 * large + 3)) for large in range(LARGE)]
TIES: tuple[Tie, ...] = tuple(
    sorted({*combinations(range(LARGE), 2), *(tie for district in _DISTRICTS for tie in combinations(district, 2))})
)


@dataclass(frozen=True, slots=True)
class Law:
    """What Belgian law says about a tactic.

    status: ``forbidden``, ``usually_allowed``, ``allowed_if_disclosed`` or ``allowed``.
    sentence: one or more Dutch sentences for the reader; for a forbidden tactic the warning.
    sources: ids in the tables of sources and arguments.
    alternatives: tactics that a lawyer may find lawful instead; empty unless the tactic is forbidden.
    """

    status: str
    sentence: str
    sources: tuple[str, ...]
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a tactic leaves the region after twelve years.

    strengths: the trust (0 to 1) of each of ``TIES``; trust: their mean.
    success: the chance (0 to 1) that a client who needs three services gets them all.
    bids: independent bids for a contract.
    price: what the government pays, 100 being the cost price.
    own, subcontracted, without: how many of the nine small organisations have a contract of their own or a share in a
        joint one, work handed on by a large one, or no work.
    law: what the law says; every outcome carries it.
    """

    tactic: str
    strengths: tuple[float, ...]
    trust: float
    success: float
    bids: int
    price: float
    own: int
    subcontracted: int
    without: int
    law: Law


def law(tactic: str) -> Law:
    """Give what the law says about a tactic. Raises ``ParameterError`` for an unknown one."""
    check_choice("tactic", tactic, TACTICS)
    status, sources, alternatives = {
        "compete": ("allowed", (), ()),
        "divide": ("forbidden", ("B90", "L16"), ("merge", "create")),
        "merge": ("usually_allowed", ("A015",), ()),
        "create": ("allowed_if_disclosed", ("A016",), ()),
    }[tactic]
    return Law(status, t(f"tactics.law.{tactic}"), sources, alternatives)


def play(tactic: str, participants: int = ORGANISATIONS) -> Outcome:
    """Let ``participants`` (3 to 12) organisations follow a tactic for twelve years; when they compete, nobody does."""
    check_choice("tactic", tactic, TACTICS)
    check_whole("participants", participants, LARGE, ORGANISATIONS)
    rivalries = [_rivalry(tactic, participants, tie) for tie in TIES]
    years = {rivalry: trust(Climate(rivalry=rivalry))[-1] for rivalry in set(rivalries)}
    strengths = tuple(years[rivalry] for rivalry in rivalries)
    chances = handovers(TIES, tuple(BEST_TIE * strength for strength in strengths))
    small, alone = participants - LARGE, ORGANISATIONS - participants
    bids = {"compete": ORGANISATIONS, "divide": 1 + alone, "merge": 1 + alone, "create": LARGE + alone}[tactic]
    own = small if tactic in ("divide", "merge") else 0
    subcontracted = small if tactic == "create" else 0
    return Outcome(
        tactic=tactic,
        strengths=strengths,
        trust=sum(strengths) / len(strengths),
        success=client_success(chances, CLIENT_SERVICES)[-1],
        bids=bids,
        price=100 + MARK_UP / bids,
        own=own,
        subcontracted=subcontracted,
        without=SMALL - own - subcontracted,
        law=law(tactic),
    )


def _rivalry(tactic: str, participants: int, tie: Tie) -> float:
    """Give how hard a pair fights: fully, unless both take part in the tactic."""
    _, other = tie
    if tactic == "compete" or other >= participants:
        return 1.0
    if tactic == "divide":
        return 0.0
    if tactic == "create" and other < LARGE:
        return 1.0  # the large ones go on bidding against each other
    return CONSORTIUM_RIVALRY
