"""A client who is handed over from service to service, along the chains of ties that work best."""

from dataclasses import dataclass
from itertools import pairwise
from random import Random

from vermarkting.models.network import ORGANISATIONS, Region, handovers

SERVICES = 3


@dataclass(frozen=True, slots=True)
class Walk:
    """A client on the way: the services that are needed, and each hand-over with its strength and whether it worked."""

    needs: tuple[int, ...]
    hops: tuple[tuple[int, int, float, bool], ...]

    @property
    def is_helped(self) -> bool:
        reached = self.hops[-1][1] if self.hops else None
        return reached == self.needs[-1] and all(worked for *_, worked in self.hops)


def follow(region: Region, lots: Random) -> Walk:
    """Let one client, drawn by lot, go by the chains that work best, until a hand-over fails or all is found."""
    needs = tuple(lots.sample(range(ORGANISATIONS), SERVICES))
    hops = []
    for start, end in pairwise(needs):
        for one, other, strength in best_chain(region, start, end):
            worked = lots.random() < strength
            hops.append((one, other, strength, worked))
            if not worked:
                return Walk(needs, tuple(hops))
    return Walk(needs, tuple(hops))


def best_chain(region: Region, start: int, end: int) -> list[tuple[int, int, float]]:
    """Give the ties of the chain with the best chance, each with its strength; without one a hand-over into nothing."""
    chances = handovers(region.ties, region.strengths)
    strength = dict(zip(region.ties, region.strengths, strict=True))
    chain, here = [], start
    while here != end:
        onward = []
        for other in range(ORGANISATIONS):
            own = strength.get((min(here, other), max(here, other)), 0.0)
            after = 1.0 if other == end else chances[other][end]
            if own and after:
                onward.append((own * after, other == end, other, own))
        if not onward or len(chain) > ORGANISATIONS:
            return [(start, end, 0.0)]
        _, _, other, own = max(onward)
        chain.append((here, other, own))
        here = other
    return chain
