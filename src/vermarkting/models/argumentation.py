"""Which arguments stand when arguments attack each other, and for whom: the rules of the argument lab.

An argumentation framework holds arguments and attacks between them, nothing else. An argument is *in* when all its
attackers are out, *out* when an argument that is in attacks it. Grounded labelling says no more than that; a preferred
extension takes a largest set of arguments that do not attack each other and that answer every attack on them. Source:
Dung (1995), On the acceptability of arguments, Artificial Intelligence 77, 321-357.

In value-based argumentation every argument promotes values, and an audience ranks those values. An attack then only
defeats its target when the audience does not rank the target's value above the attacker's. Source: Bench-Capon (2003),
Persuasion in practical argument using value-based argumentation frameworks, Journal of Logic and Computation 13,
429-448. In that article every argument has one value and an audience ranks all of them. Ours, for arguments with
several values and for incomplete rankings:

- an argument counts for an audience as much as the best-ranked of its values: people hear what matters most to them.
  The attacker gets the same favour, so a value that both promote never protects the target;
- an attack fails only when the target is ranked strictly higher; in a tie it succeeds, as it does in the article;
- values that an audience leaves out share the last place, together with arguments without a value.

Facts come before values: ``facts_first`` sees to it.

Left out: support between arguments, the strength of an attack, whether a claim is true. What stands has been answered
for in this set of arguments, no more.
"""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from math import prod

from vermarkting.models.parameters import ParameterError
from vermarkting.text import t

MOST_STEPS = 10_000  # of one search: some seconds at worst, and far beyond what a debate of people needs

Attacks = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Framework:
    """Arguments by name, and attacks as pairs (attacker, target).

    Raises ``ParameterError`` for an attack by or on an argument that is not there.
    """

    arguments: frozenset[str]
    attacks: Attacks = frozenset()

    def __post_init__(self) -> None:
        object.__setattr__(self, "arguments", frozenset(self.arguments))
        object.__setattr__(self, "attacks", frozenset(self.attacks))
        for attack in self.attacks:
            if not self.arguments.issuperset(attack):
                raise ParameterError(t("parameters.unknown_argument", attacker=attack[0], target=attack[1]))

    def without(self, arguments: Collection[str] = (), attacks: Collection[tuple[str, str]] = ()) -> "Framework":
        """Give the framework with these arguments switched off and these attacks failing; unknown ones are ignored."""
        return Framework(
            self.arguments.difference(arguments),
            frozenset(attack for attack in self.attacks.difference(attacks) if not set(attack).intersection(arguments)),
        )

    def among(self, arguments: Collection[str]) -> "Framework":
        """Give the part of the framework that holds these arguments and the attacks between them."""
        return self.without(self.arguments.difference(arguments))


class Label(StrEnum):
    """What grounded labelling says of an argument: it stands, it is defeated, or neither can be said."""

    IN = "in"
    OUT = "out"
    UNDECIDED = "undecided"


class Acceptance(StrEnum):
    """For one audience: in every preferred extension, in some but not in all, or in none."""

    SCEPTICAL = "sceptical"
    CREDULOUS = "credulous"
    REJECTED = "rejected"


class Acceptability(StrEnum):
    """Over all audiences: sceptically accepted by each, acceptable to some, or accepted by none."""

    OBJECTIVE = "objective"
    SUBJECTIVE = "subjective"
    INDEFENSIBLE = "indefensible"


def grounded(framework: Framework) -> dict[str, Label]:
    """Give the grounded label of every argument; the names come sorted. Time grows with the number of attacks."""
    attackers, targets = _neighbours(framework)
    standing = {argument: len(attackers[argument]) for argument in framework.arguments}  # attackers that are not out
    labels = dict.fromkeys(sorted(framework.arguments), Label.UNDECIDED)
    safe = [argument for argument, count in standing.items() if count == 0]
    while safe:
        winner = safe.pop()
        labels[winner] = Label.IN
        for loser in targets[winner]:
            if labels[loser] is Label.OUT:
                continue
            labels[loser] = Label.OUT
            for freed in targets[loser]:
                standing[freed] -= 1
                if standing[freed] == 0:
                    safe.append(freed)
    return labels


def deciding_chain(framework: Framework, argument: str) -> list[tuple[str, tuple[str, ...], str | None]]:
    """Walk back along the attacks that decide the grounded label of an argument.

    Each step is an argument, its attackers sorted by name, and the attacker that the walk goes on with: of one that is
    out the attacker in that was decided first, of one that is in the attacker that was decided last. It ends where
    nothing attacks, or at an argument that stays undecided. Raises ``ParameterError`` for one that is not there.
    """
    if argument not in framework.arguments:
        raise ParameterError(t("parameters.unknown_argument", attacker=argument, target=argument))
    labels, attackers = grounded(framework), _neighbours(framework)[0]
    rounds = _rounds(attackers, labels)
    found: list[tuple[str, tuple[str, ...], str | None]] = []
    here: str | None = argument
    while here is not None:
        by = tuple(sorted(attackers[here]))
        next_ = None
        if labels[here] is Label.OUT:
            next_ = min((one for one in by if labels[one] is Label.IN), key=lambda one: (rounds[one], one))
        elif labels[here] is Label.IN and by:
            next_ = max(by, key=lambda one: (rounds[one], one))
        found.append((here, by, next_))
        here = next_
    return found


def preferred(framework: Framework) -> list[frozenset[str]]:
    """Give all preferred extensions, exactly, ordered by their sorted names; there is always at least one.

    Raises ``ParameterError`` when so many arguments attack each other in circles that the search would take too long.
    """
    patience = _Patience()
    won, parts = _parts(framework)
    choices = [_extensions(part, patience) for part in parts]
    patience.spend(prod(map(len, choices)))
    return sorted((won.union(*chosen) for chosen in product(*choices)), key=sorted)


def acceptance(framework: Framework) -> dict[str, Acceptance]:
    """Tell of every argument whether all, some or no preferred extensions hold it; the names come sorted.

    Raises ``ParameterError`` as ``preferred`` does, though not for many circles apart from each other.
    """
    return _acceptance(framework, _Patience())


def defeats(
    framework: Framework, values: Mapping[str, Collection[str]], audience: Sequence[Collection[str] | str]
) -> Framework:
    """Give the framework that an audience sees: the same arguments, and only the attacks that succeed for it.

    values: the values that each argument promotes; an argument without an entry has none.
    audience: values from high to low. A place may be shared: a collection of values in a place is a tie. Values that
    are not named share the last place, as do arguments without a value. So for an empty audience every attack succeeds.

    An attack fails only when the best-ranked value of its target is strictly above the best-ranked of its attacker.
    Raises ``ParameterError`` when the audience names a value twice.
    """
    places: dict[str, int] = {}
    for place, tied in enumerate(audience):
        for value in [tied] if isinstance(tied, str) else set(tied):
            if value in places:
                raise ParameterError(t("parameters.same_value", value=value))
            places[value] = place
    last = len(audience)
    best = {
        argument: min((places.get(value, last) for value in values.get(argument, ())), default=last)
        for argument in framework.arguments
    }
    return Framework(
        framework.arguments,
        frozenset(attack for attack in framework.attacks if best[attack[0]] <= best[attack[1]]),
    )


def facts_first(
    framework: Framework, values: Mapping[str, Collection[str]], facts: Collection[str]
) -> tuple[Framework, dict[str, Collection[str]]]:
    """Give the framework and the values with facts above every value, for every audience.

    Bench-Capon (2003, section 6) ranks facts first for all audiences: no preference makes a finding untrue. So an
    attack on a fact by an argument that is not one always fails, and an attack by a fact never does. Which fact holds
    when two disagree is left open: between facts every attack succeeds.
    facts: the arguments that state a finding; unknown ones are ignored. What comes back goes into any function here.
    """
    there = framework.arguments.intersection(facts)
    on_facts = {(attacker, target) for attacker, target in framework.attacks if target in there - {attacker}}
    everything = frozenset(value for argument in framework.arguments for value in values.get(argument, ()))
    kept = framework.without(attacks={pair for pair in on_facts if pair[0] not in there})
    return kept, {one: everything if one in there else values.get(one, ()) for one in framework.arguments}


def accepted(
    framework: Framework, values: Mapping[str, Collection[str]], audience: Sequence[Collection[str] | str]
) -> dict[str, Acceptance]:
    """Tell of every argument how an audience accepts it: ``acceptance`` on what ``defeats`` leaves, with its errors."""
    return acceptance(defeats(framework, values, audience))


def acceptability(framework: Framework, values: Mapping[str, Collection[str]]) -> dict[str, Acceptability]:
    """Tell of every argument whether every, some or no strict ranking of all the values accepts it; exact.

    objective: for each ranking in every preferred extension. indefensible: for each ranking in none. subjective: else.
    values: as in ``defeats``. Raises ``ParameterError`` as ``preferred`` does.
    """

    def verdict(accepted_by: tuple[str, ...] | None, refused_by: tuple[str, ...] | None) -> Acceptability:
        if refused_by is None:
            return Acceptability.OBJECTIVE
        return Acceptability.INDEFENSIBLE if accepted_by is None else Acceptability.SUBJECTIVE

    return {argument: verdict(*pair) for argument, pair in deciding_audiences(framework, values).items()}


def deciding_audiences(
    framework: Framework, values: Mapping[str, Collection[str]]
) -> dict[str, tuple[tuple[str, ...] | None, tuple[str, ...] | None]]:
    """Give for every argument two examples of audiences, exactly over all strict rankings of all the values.

    The first has the argument in some preferred extension, the second does not have it in all; ``None`` where no
    ranking does so. Each is the top of a ranking: in which order the other values follow makes no difference.
    values: as in ``defeats``. Raises ``ParameterError`` as ``preferred`` does.
    """
    patience = _Patience()
    attackers, _ = _neighbours(framework)
    promoted = {argument: frozenset(values.get(argument, ())) for argument in framework.arguments}

    def examples(argument: str) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
        near = _reach([argument], attackers.__getitem__)
        attacks = {(attacker, target) for target in near for attacker in attackers[target]}
        return _deciding_audiences(attacks, promoted, argument, patience)

    return {argument: examples(argument) for argument in sorted(framework.arguments)}


def objectively_acceptable(framework: Framework, values: Mapping[str, Collection[str]]) -> frozenset[str]:
    """Give the arguments that are in every preferred extension of every audience with a strict ranking."""
    verdicts = acceptability(framework, values)
    return frozenset(argument for argument, verdict in verdicts.items() if verdict is Acceptability.OBJECTIVE)


def subjectively_acceptable(framework: Framework, values: Mapping[str, Collection[str]]) -> frozenset[str]:
    """Give the arguments that are in some preferred extension of some audience with a strict ranking.

    By this definition of the article an objectively acceptable argument is subjectively acceptable as well.
    """
    verdicts = acceptability(framework, values)
    return frozenset(argument for argument, verdict in verdicts.items() if verdict is not Acceptability.INDEFENSIBLE)


def _rounds(attackers: Mapping[str, set[str]], labels: Mapping[str, Label]) -> dict[str, int]:
    """Tell in which round each decided argument is decided, when all that can be said at once is said at once."""
    rounds: dict[str, int] = {}
    now = 0
    while True:
        fresh = [
            one
            for one, label in labels.items()
            if one not in rounds
            and (
                (label is Label.IN and all(other in rounds for other in attackers[one]))
                or (
                    label is Label.OUT
                    and any(labels[other] is Label.IN and other in rounds for other in attackers[one])
                )
            )
        ]
        if not fresh:
            return rounds
        rounds |= dict.fromkeys(fresh, now)
        now += 1


# Preferred extensions


def _acceptance(framework: Framework, patience: "_Patience") -> dict[str, Acceptance]:
    won, parts = _parts(framework)
    always, ever = set(won), set(won)
    for part in parts:
        choice = _extensions(part, patience)
        always |= frozenset.intersection(*choice)
        ever |= frozenset.union(*choice)

    def verdict(argument: str) -> Acceptance:
        if argument in always:
            return Acceptance.SCEPTICAL
        return Acceptance.CREDULOUS if argument in ever else Acceptance.REJECTED

    return {argument: verdict(argument) for argument in sorted(framework.arguments)}


def _parts(framework: Framework) -> tuple[frozenset[str], list[Framework]]:
    """Give what the grounded labelling accepts, and what it leaves undecided, in parts that do not touch.

    A preferred extension is the accepted part plus one preferred extension of each undecided part.
    """
    labels = grounded(framework)
    won = frozenset(argument for argument, label in labels.items() if label is Label.IN)
    left = framework.among([argument for argument, label in labels.items() if label is Label.UNDECIDED])
    attackers, targets = _neighbours(left)
    parts, seen = [], set()
    for argument in sorted(left.arguments):
        if argument not in seen:
            part = _reach([argument], lambda one: attackers[one] | targets[one])
            seen |= part
            parts.append(left.among(part))
    return won, parts


def _extensions(framework: Framework, patience: "_Patience") -> list[frozenset[str]]:
    """Give the preferred extensions circle by circle: first where the attacks come from, then what they reach.

    Behind a first choice, an argument that the choice attacks is gone. One that is attacked by an argument neither
    chosen nor attacked cannot be defended any more; an attack on itself says the same.
    """
    found = []
    waiting = [(frozenset(), framework)]
    while waiting:
        chosen, rest = waiting.pop()
        labels = grounded(rest)
        chosen |= {argument for argument, label in labels.items() if label is Label.IN}
        rest = rest.among([argument for argument, label in labels.items() if label is Label.UNDECIDED])
        if not rest.arguments:
            found.append(chosen)
            continue
        source = _source(rest)
        for choice in _largest_admissible(rest.among(source), patience):
            beaten = {target for attacker, target in rest.attacks if attacker in choice}
            behind = rest.without(source | beaten)
            doubtful = source - choice - beaten
            hopeless = {(target, target) for attacker, target in rest.attacks if attacker in doubtful}
            kept = {pair for pair in hopeless if pair[0] in behind.arguments}
            waiting.append((chosen | choice, Framework(behind.arguments, behind.attacks | kept)))
    return found


def _source(framework: Framework) -> frozenset[str]:
    """Give a strongly connected set of arguments that nothing outside it attacks."""
    attackers, targets = _neighbours(framework)
    reached: set[str] = set()
    for argument in sorted(framework.arguments):
        if argument not in reached:
            root = argument  # the last root: what reaches it was not reached before, so it is reached by the root
            reached |= _reach([root], targets.__getitem__)
    return frozenset(_reach([root], attackers.__getitem__))


def _largest_admissible(framework: Framework, patience: "_Patience") -> list[frozenset[str]]:
    """Give the largest sets without attacks inside that attack all their attackers, by trying and turning back."""
    attackers, targets = _neighbours(framework)
    itself = {argument for argument in framework.arguments if argument in targets[argument]}
    found: list[frozenset[str]] = []
    # Each case: chosen so far, and barred. Cases with an argument come before those that bar it, so that no later
    # set holds an earlier one whole, and a case that can only end inside an earlier set is dropped.
    waiting = [(frozenset(), frozenset(itself))]
    while waiting:
        patience.spend()
        chosen, barred = waiting.pop()
        if any(framework.arguments - barred <= earlier for earlier in found):
            continue
        beaten = {target for argument in chosen for target in targets[argument]}
        unanswered = {attacker for argument in chosen for attacker in attackers[argument]} - beaten
        if unanswered:
            options = min((sorted(attackers[one] - barred - chosen) for one in sorted(unanswered)), key=len)
        else:
            options = sorted(framework.arguments - barred - chosen)[:1]
            if not options:
                found.append(chosen)
                continue
        cases = []
        for option in options:
            conflict = targets[option] | attackers[option]
            if not conflict & chosen:
                cases.append((chosen | {option}, barred | conflict))
            barred |= {option}
        if not unanswered:
            cases.append((chosen, barred))
        waiting += reversed(cases)
    return found


# All rankings


def _deciding_audiences(
    attacks: Collection[tuple[str, str]], promoted: Mapping[str, frozenset[str]], argument: str, patience: "_Patience"
) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
    """Try what the rankings make of one argument, short tops first.

    A ranking is built from the top. The value placed next decides every attack between two arguments of which one
    promotes it: the attack fails when only the target does. What was decided may decide more; what can no longer reach
    the argument is forgotten; cases that end alike are looked at once. So only the orders that matter are tried.
    """
    settled, open_ = set(), set()
    for attacker, target in attacks:
        if promoted[target] <= promoted[attacker]:
            settled.add((attacker, target))  # no value of the target's own: it always succeeds
        elif promoted[attacker]:
            open_.add((attacker, target))
    accepted_by = refused_by = None
    waiting = deque([((), frozenset(settled), frozenset(open_))])
    seen = set()
    while waiting and (accepted_by is None or refused_by is None):
        top, *decided_or_not = waiting.popleft()
        case = _what_matters(argument, *decided_or_not)
        if case in seen:
            continue
        seen.add(case)
        patience.spend()
        settled, open_ = case
        if not open_:
            verdict = _acceptance(Framework(frozenset({argument}.union(*settled)), settled), patience)[argument]
            if accepted_by is None and verdict is not Acceptance.REJECTED:
                accepted_by = top
            if refused_by is None and verdict is not Acceptance.SCEPTICAL:
                refused_by = top
        for value in sorted({value for attack in open_ for one in attack for value in promoted[one]}):
            decided = {attack for attack in open_ if value in promoted[attack[0]] | promoted[attack[1]]}
            succeeding = {attack for attack in decided if value in promoted[attack[0]]}
            waiting.append(((*top, value), settled | succeeding, open_ - decided))
    return accepted_by, refused_by


def _what_matters(argument: str, settled: Attacks, open_: Attacks) -> tuple[Attacks, Attacks]:
    """Keep the attacks that can still decide about the argument, whichever of the open ones succeed.

    What a safe argument attacks for certain is out, and its own attacks with it, which may make others safe. When the
    argument itself is out, one settled attack on itself is left; when it is safe, nothing is.
    """
    attacks = frozenset(settled | open_)
    attackers, targets = _neighbours(Framework(frozenset({argument}.union(*attacks)), attacks))
    standing = {one: len(attackers[one]) for one in attackers}  # attackers that are not out for certain
    safe = [one for one, count in standing.items() if count == 0]
    out = set()
    while safe:
        winner = safe.pop()
        for loser in {target for target in targets[winner] if (winner, target) in settled} - out:
            out.add(loser)
            for freed in targets[loser]:
                standing[freed] -= 1
                if standing[freed] == 0:
                    safe.append(freed)
    if argument in out:
        return frozenset({(argument, argument)}), frozenset()
    near = _reach([argument], lambda one: attackers[one] - out)
    return tuple(frozenset(attack for attack in kept if near.issuperset(attack)) for kept in (settled, open_))


def _neighbours(framework: Framework) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Give for every argument its attackers, and the arguments that it attacks."""
    attackers, targets = {one: set() for one in framework.arguments}, {one: set() for one in framework.arguments}
    for attacker, target in framework.attacks:
        attackers[target].add(attacker)
        targets[attacker].add(target)
    return attackers, targets


def _reach(starts: Iterable[str], following: Callable[[str], Iterable[str]]) -> set[str]:
    """Give the starts and all that can be reached from them."""
    reached = set(starts)
    waiting = list(reached)
    while waiting:
        new = set(following(waiting.pop())) - reached
        reached |= new
        waiting += new
    return reached


class _Patience:
    """Counts the steps of one search and gives up after ``MOST_STEPS``."""

    def __init__(self) -> None:
        self.steps = 0

    def spend(self, steps: int = 1) -> None:
        self.steps += steps
        if self.steps > MOST_STEPS:
            raise ParameterError(t("parameters.too_many_circles"))
