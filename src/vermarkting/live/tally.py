"""What of a class's votes may be shown. Pure: votes in, a picture out; never of fewer than five people.

A picture is a dict with ``kind`` and what that kind draws:

bars      ``rows`` of ``text``, ``value`` in words, ``share`` and ``before`` from 0 to 1 (``before`` may be ``None``)
columns   the same rows, along a scale from ``left`` to ``right``
grid      ``heads``, and ``rows`` of ``text``, ``cells`` (counts, or ``None`` for fewer than five), ``mean`` in words
"""

from collections import Counter
from collections.abc import Collection, Mapping
from statistics import fmean

from vermarkting.text import t

LEAST = 5
_BINS = 11
_NAMED = 8
_CLAIM = 60

Votes = Mapping[str, object]


def may_follow(shown: Votes, votes: Votes) -> bool:
    """Say whether ``votes`` may be shown after ``shown``: five people or more, and five or more that are new in it."""
    return len(votes) >= LEAST and len(unseen(shown, votes)) >= LEAST


def unseen(shown: Votes, votes: Votes) -> list[str]:
    """Give whose vote is not in what was shown."""
    return [voter for voter, vote in votes.items() if voter not in shown or shown[voter] != vote]


def picture(public: dict, votes: Votes, before: Votes | None = None) -> dict | None:
    """Draw votes on a question, ``before`` behind them; ``None`` for fewer than five."""
    if len(votes) < LEAST:
        return None
    earlier = before.values() if before is not None and len(before) >= LEAST else None
    return _DRAW[public["form"]](public, votes.values(), earlier)


def moved(before: Votes, after: Votes) -> str:
    """Say in words how many of those who voted twice changed their vote."""
    both = before.keys() & after.keys()
    if len(both) < LEAST:
        return t("live.screen.moved_few")
    count = sum(before[voter] != after[voter] for voter in both)
    if 0 < count < LEAST:
        return t("live.screen.moved_some", both=len(both), least=LEAST)
    return t("live.screen.moved", both=len(both), count=count)


def table(public: dict, votes: Votes) -> list[tuple[str, str, str]]:
    """Give the picture as rows of name, measure and number, for a file; empty for fewer than five."""
    drawn = picture(public, votes)
    if drawn is None:
        return []
    if drawn["kind"] == "grid":
        return [
            (row["text"], t("live.csv.score", score=head), str(cell))
            for row in drawn["rows"]
            for head, cell in zip(drawn["heads"], row["cells"] or (), strict=False)
        ]
    return [(row["text"], drawn["measure"], row["value"]) for row in drawn["rows"]]


def _choice(public: dict, votes: Collection, earlier: Collection | None) -> dict:
    now, then = Counter(votes), Counter(earlier or ())
    rows = [
        {
            "text": option["text"],
            "value": str(now[option["id"]]),
            "share": now[option["id"]] / len(votes),
            "before": then[option["id"]] / len(earlier) if earlier else None,
        }
        for option in public["options"]
    ]
    return {"kind": "bars", "measure": t("live.csv.people"), "rows": rows}


def _number(public: dict, votes: Collection, earlier: Collection | None) -> dict:
    low, high = public["min"], public["max"]
    steps = round((high - low) / public["step"])
    width = public["step"] if steps < _BINS else (high - low) / (_BINS - 1)
    places = steps + 1 if steps < _BINS else _BINS

    def counted(numbers: Collection) -> Counter:
        return Counter(min(int((number - low) / width + 0.5), places - 1) for number in numbers)

    now, then = counted(votes), counted(earlier or ())
    rows = [
        {
            "text": f"{low + place * width:g}".replace(".", ","),
            "value": str(now[place]),
            "share": now[place] / len(votes),
            "before": then[place] / len(earlier) if earlier else None,
        }
        for place in range(places)
    ]
    ends = {"left": public.get("left", ""), "right": public.get("right", "")}
    said = t("live.screen.mean", mean=_decimal(fmean(votes)))
    if earlier:
        said += " " + t("live.screen.mean_before", mean=_decimal(fmean(earlier)))
    return {"kind": "columns", "measure": t("live.csv.people"), "rows": rows, "said": said, **ends}


def _scores(public: dict, votes: Collection, earlier: Collection | None) -> dict:
    rows = []
    for option in public["options"]:
        given = [vote[option["id"]] for vote in votes if option["id"] in vote]
        then = [int(vote[option["id"]]) for vote in earlier or () if option["id"] in vote]
        cells, mean = None, t("live.screen.too_few_row")
        if len(given) >= LEAST:
            counts = Counter(given)
            cells = [counts[score] for score in public["scores"]]
            mean = _signed(fmean(map(int, given)))
            if len(then) >= LEAST:
                mean = t("live.screen.from_to", before=_signed(fmean(then)), now=mean)
        rows.append({"text": option["text"], "cells": cells, "mean": mean})
    heads = [_signed(int(score), 0) for score in public["scores"]]
    return {"kind": "grid", "heads": heads, "rows": rows, "said": t("live.screen.scores_said")}


def _order(public: dict, votes: Collection, earlier: Collection | None) -> dict:
    options = public["options"]
    places = len(options)
    now, then = _mean_places(options, votes), _mean_places(options, earlier or ())
    ranked = sorted(options, key=lambda option: now[option["id"]])
    rows = [
        {
            "text": option["text"],
            "value": _decimal(now[option["id"]]),
            "share": (places + 1 - now[option["id"]]) / places,
            "before": (places + 1 - then[option["id"]]) / places if earlier else None,
        }
        for option in ranked
    ]
    drawn = {"kind": "bars", "measure": t("live.csv.place"), "rows": rows, "said": t("live.screen.order_said")}
    if public["id"] == "10.lab_rangorde":
        drawn["said"] = _standing_for([option["id"] for option in ranked])
    return drawn


def _mean_places(options: list[dict], votes: Collection) -> dict[str, float]:
    """Give per item its mean place; what somebody left out shares the mean of the places that are left."""
    places = {option["id"]: [] for option in options}
    for vote in votes:
        rest = (len(vote) + 1 + len(options)) / 2
        for name, given in places.items():
            given.append(vote.index(name) + 1 if name in vote else rest)
    return {name: fmean(given) if given else 0.0 for name, given in places.items()}


def _standing_for(ranking: list[str]) -> str:
    from vermarkting.explorables.argument_lab import rules, table  # a second: only where arguments are weighed

    whole = table.whole()
    groups = rules.survivors(whole.framework, ranking)
    return t(
        "live.screen.standing",
        mine=len(groups["mine"]),
        all=len(whole.rows),
        gained=", ".join(groups["gained"][:_NAMED]) or t("live.screen.none"),
        lost=", ".join(groups["lost"][:_NAMED]) or t("live.screen.none"),
    )


def _attacks(public: dict, votes: Collection, earlier: Collection | None) -> dict:
    """Merge the maps: which attacks at least five let fail, and what stands when the class lets those of most fail."""
    from vermarkting.explorables.argument_lab import rules, table

    now = Counter(attack for vote in votes for attack in vote)
    then = Counter(attack for vote in earlier or () for attack in vote)
    often = [(attack, count) for attack, count in now.most_common() if count >= LEAST]
    rows = [
        {
            "text": _attack_in_words(attack, table.arguments()),
            "value": str(count),
            "share": count / len(votes),
            "before": then[attack] / len(earlier) if earlier and then[attack] >= LEAST else None,
        }
        for attack, count in often[:_NAMED]
    ]
    whole = table.whole().framework
    failing = [tuple(attack.split(">")) for attack, count in often if count * 2 > len(votes)]
    stand, before = rules.standing(whole.without((), failing)), rules.standing(whole)
    said = t(
        "live.screen.merged",
        failing=len(failing),
        gained=", ".join(sorted(stand - before)[:_NAMED]) or t("live.screen.none"),
        lost=", ".join(sorted(before - stand)[:_NAMED]) or t("live.screen.none"),
    )
    return {"kind": "bars", "measure": t("live.csv.people"), "rows": rows, "said": said}


def _attack_in_words(attack: str, rows: Mapping[str, dict]) -> str:
    attacker, target = attack.split(">")
    claim = rows[target]["claim"]
    short = claim if len(claim) <= _CLAIM else f"{claim[: _CLAIM - 1].rsplit(' ', 1)[0]} …"
    return t("live.screen.attack", attacker=attacker, target=target, claim=short)


def _decimal(number: float) -> str:
    return f"{number:.1f}".replace(".", ",")


def _signed(number: float, places: int = 1) -> str:
    return f"{number:+z.{places}f}".replace(".", ",").replace("-", "−") if number else "0"


_DRAW = {"choice": _choice, "number": _number, "scores": _scores, "order": _order, "attacks": _attacks}
