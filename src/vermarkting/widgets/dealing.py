"""A stock of equal things to deal out over people, by dragging or by button; a person can also be turned away."""

import traitlets

from vermarkting.text import t
from vermarkting.widgets.part import Part

Dealt = dict[str, int | None]


class Dealing(Part, script="dealing"):
    """``value`` says how many things each person has, or ``None`` for who is turned away.

    ``people`` have ``id``, ``title``, ``claim`` and ``speaker``, as on a card. There are ``stock`` things in all, and
    nobody gets more than ``most``: another value is refused.
    """

    people = traitlets.List(traitlets.Dict()).tag(sync=True)
    stock = traitlets.Int().tag(sync=True)
    most = traitlets.Int().tag(sync=True)
    labels = traitlets.Dict().tag(sync=True)
    value = traitlets.Dict().tag(sync=True)

    def __init__(self, section: str, people: list[dict], stock: int, most: int) -> None:
        """section: where ``text/nl`` has the labels, such as ``"creaming.deal"``."""
        names = ("left", "none_left", "thing", "more", "less", "refuse")
        labels = {name: t(f"{section}.{name}", count="{count}") for name in names}
        nothing: Dealt = {person["id"]: 0 for person in people}
        super().__init__(people=people, stock=stock, most=most, labels=labels, value=nothing)

    @traitlets.validate("value")
    def _dealt(self, proposal: traitlets.Bunch) -> Dealt:
        dealt = proposal.value
        known = list(dealt) == [person["id"] for person in self.people]
        whole = all(n is None or (type(n) is int and 0 <= n <= self.most) for n in dealt.values())
        if not known or not whole or sum(n or 0 for n in dealt.values()) > self.stock:
            raise traitlets.TraitError(f"not to be dealt: {dealt!r}")
        return dealt

    def plain(self) -> str:
        def had(count: int | None) -> str:
            return self.labels["refuse"] if count is None else f"{count} × {self.labels['thing']}"

        people = (f"{person['title']} ({person['speaker']}): {had(self.value[person['id']])}. {person['claim']}"
                  for person in self.people)  # fmt: skip
        return "\n".join(people)
