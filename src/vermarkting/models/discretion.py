"""Speelruimte in lagen: of a hundred decisions about clients, how many lie open to a worker, and how many are used?

Policy leaves a share of the decisions open, the organisation a share of those, and the worker uses a share of what is
then left. Each layer lies inside the one before, so that shares multiply.

Source: that the organisation bounds a worker's room, Hackethal & Raeymaeckers (2023); that room is needed and also a
risk to equal treatment, Lipsky (1980) as told by Gilson (2015). Ours, and stylised: that decisions can be counted and
weigh alike, that the layers multiply, and that a bolder colleague uses the room of a more careful one, and more. Left
out: an organisation that changes policy, and room that nobody sees.
"""

from dataclasses import dataclass

from vermarkting.models.parameters import check_range


@dataclass(frozen=True, slots=True)
class Layers:
    """How much each layer leaves open of what the layer above left open, each 0 to 100 percent.

    policy: what laws and rules leave open of all decisions.
    organisation: what the organisation leaves open of that.
    worker: what the worker uses of that.
    colleague: what a colleague in the same team uses of that.

    Raises ``ParameterError`` outside these ranges.
    """

    policy: float = 60.0
    organisation: float = 20.0
    worker: float = 50.0
    colleague: float = 50.0

    def __post_init__(self) -> None:
        check_range("policy_room", self.policy, 0, 100)
        check_range("organisation_room", self.organisation, 0, 100)
        check_range("worker_room", self.worker, 0, 100)
        check_range("worker_room", self.colleague, 0, 100)


@dataclass(frozen=True, slots=True)
class Room:
    """Where a hundred decisions lie; the first four add up to 100.

    closed_by_policy, closed_by_organisation: decisions that the layer takes away.
    unused: open to the worker, not used.
    used: decisions in which the worker judges for this client.
    by_colleague: decisions that would go otherwise with the colleague, 0 to 100.
    """

    closed_by_policy: float
    closed_by_organisation: float
    unused: float
    used: float
    by_colleague: float


def room(layers: Layers) -> Room:
    """Divide a hundred decisions over the layers."""
    left_by_policy = layers.policy
    left_by_organisation = left_by_policy * layers.organisation / 100
    used = left_by_organisation * layers.worker / 100
    by_colleague = left_by_organisation * abs(layers.worker - layers.colleague) / 100
    return Room(
        closed_by_policy=100 - left_by_policy,
        closed_by_organisation=left_by_policy - left_by_organisation,
        unused=left_by_organisation - used,
        used=used,
        by_colleague=by_colleague,
    )
