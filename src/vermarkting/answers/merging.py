"""What counts when an answer was changed in two places: per part the newest change, and of two texts both.

The parts of an answer are the rows of a match, the numbers, the fields of a scan, the options of a choice of several:
whatever stands under a key in a dict (nested keys joined by ``/``), or once in a list of short texts. Every other value
is one part. An answer of parts without moments, as the first version kept it, was given whole: what is older and not in
it is gone. Pure functions; moments are aware and in UTC.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from vermarkting.answers.moments import STEP

Value = str | bool | int | float | list | dict
LONGEST_PART = 200
MOST_GONE = 400
MOST_ALSO = 20
GIVEN_WHOLE = ""  # among the moments of parts: when the answer was last given whole
_ABSENT = object()


@dataclass(frozen=True)
class Answer:
    """One kept answer.

    at: the moment of the newest change. parts: for an answer of parts, the moment of each that was changed at another
    one, and of each that was taken away, and under ``GIVEN_WHOLE`` when it was given whole; ``None`` for an answer that
    is one part, and for one that was given whole. also: what others wrote at the same time as this text, until the
    student settles it.
    """

    value: Value
    at: datetime
    parts: Mapping[str, datetime] | None = None
    also: tuple[str, ...] = ()


def changed(
    current: Answer | None,
    base: Value | None,
    value: Value,
    moment: datetime,
    entered: datetime | None = None,
    keep_both: bool = False,
    seen: datetime | None = None,
) -> Answer:
    """Give the answer after somebody who saw ``base`` made it ``value``.

    current: what is kept, perhaps not what was seen. moment: of this change where ``entered`` is not known; later than
    ``current``. entered: when it was made; a part that somebody else changed after that stays as it is, but what the
    maker saw always gives way. seen: the moment of the answer that they saw; without it, what equals ``base`` was seen.
    keep_both: of two texts that clash the older one stays beside the newer.
    """
    new, before = _parts(value), _parts(base) or {}
    if new is None or (isinstance(value, list) and before.keys() == new.keys()):  # a list in another order is one part
        return _whole(current, base, value, moment, entered, keep_both, seen)
    comparable = current is not None and type(current.value) is type(value)
    kept = dict(_parts(current.value) or {}) if comparable else {}
    moments = _moments(current, kept) if comparable else {}
    whole = _given_whole(current) if comparable else None
    applied = []
    for part in before.keys() | new.keys():
        known, given = before.get(part, _ABSENT), new.get(part, _ABSENT)
        if known == given:
            continue
        last = moments.get(part, whole)
        at = _moment_of(last, kept.get(part, _ABSENT) in (known, given), moment, entered, seen)
        if at is None:
            continue
        applied.append(at)
        moments[part] = at
        if part in new:
            kept[part] = new[part]
        else:
            kept.pop(part, None)
    if not applied and comparable:
        return current
    latest = max([*applied, *([current.at] if comparable else [])], default=entered or moment)
    return _answer(kept, moments, latest, whole, [new, kept] if isinstance(value, list) else None)


def merge(*sheets: Mapping[str, Answer]) -> dict[str, Answer]:
    """Join sheets, question by question and part by part; their order does not matter."""
    merged: dict[str, Answer] = {}
    for sheet in sheets:
        for question_id, answer in sheet.items():
            merged[question_id] = _newest(merged[question_id], answer) if question_id in merged else answer
    return merged


def _moment_of(
    last: datetime | None, same: bool, moment: datetime, entered: datetime | None, seen: datetime | None
) -> datetime | None:
    """Give the moment of a change to what was kept at ``last``; ``None`` where it gives way."""
    if entered is None:
        return moment
    if last is None:
        return entered
    if last <= seen if seen else same:
        return max(entered, last + STEP)
    return entered if entered > last else None


def _whole(
    current: Answer | None,
    base: Value | None,
    value: Value,
    moment: datetime,
    entered: datetime | None,
    keep_both: bool,
    seen: datetime | None,
) -> Answer:
    unseen = current is not None and current.value not in (base, value)
    at = _moment_of(current.at if current else None, not unseen, moment, entered, seen)
    if keep_both and current is not None and isinstance(value, str) and isinstance(current.value, str):
        late = at is None and current.value != value
        chosen, other = (current.value, value) if late else (value, current.value)
        clashes = (unseen or late) and other.strip() and other not in chosen
        others = tuple(dict.fromkeys((*current.also, other))) if clashes else current.also
        taken_up = f"\n\n{chosen}\n\n"
        others = tuple(text for text in others if f"\n\n{text}\n\n" not in taken_up)
        if len(others) > MOST_ALSO:
            others = (f"{others[0]}\n\n{others[1]}", *others[2:])
        same = (chosen, others) == (current.value, current.also)
        return current if same and at is None else Answer(chosen, at or current.at + STEP, also=others)
    return current if at is None else Answer(value, at, None if _parts(value) is None else {})


def _newest(one: Answer, other: Answer) -> Answer:
    if one == other:
        return one
    older, newer = sorted((one, other), key=_rank)
    new, old = _parts(newer.value), _parts(older.value)
    if new is None or old is None or type(newer.value) is not type(older.value):
        return newer
    new_moments, old_moments = _moments(newer, new), _moments(older, old)
    new_whole, old_whole = _given_whole(newer), _given_whole(older)
    kept, moments = {}, {}
    for part in new_moments.keys() | old_moments.keys():
        claims = _claim(part, new, new_moments, new_whole), _claim(part, old, old_moments, old_whole)
        moments[part], there, _, value = max(filter(None, claims), key=lambda claim: claim[:3])
        if there:
            kept[part] = value
    whole = max(filter(None, (new_whole, old_whole)), default=None)
    return _answer(kept, moments, newer.at, whole, [new, old] if isinstance(newer.value, list) else None)


def _claim(part: str, parts: dict, moments: dict[str, datetime], whole: datetime | None) -> tuple | None:
    """Say what one answer has to say on a part: since when, whether it is there, and what it is."""
    moment = moments.get(part, whole)
    return moment and (moment, part in parts, _text(parts.get(part)), parts.get(part))


def _rank(answer: Answer) -> tuple:
    """Newest last; of two as new as each other always the same one."""
    return answer.at, answer.parts is not None, _text(answer.value), answer.also, sorted((answer.parts or {}).items())


def _text(value: object) -> str:
    return json.dumps(value, sort_keys=True)


def _parts(value: object) -> dict[str, object] | None:
    """Give a value by its parts, ``None`` for one that is a single part."""
    if isinstance(value, dict):
        found = dict(_leaves(value, ""))
        return found if all(0 < len(part) <= LONGEST_PART for part in found) else None
    if isinstance(value, list) and all(isinstance(item, str) and 0 < len(item) <= LONGEST_PART for item in value):
        found = dict.fromkeys(value, True)
        return found if len(found) == len(value) else None
    return None


def _leaves(value: dict, path: str):
    for key, inner in value.items():
        part = path + key.replace("~", "~0").replace("/", "~1")
        if isinstance(inner, dict) and inner:
            yield from _leaves(inner, f"{part}/")
        else:
            yield part, inner


def _moments(answer: Answer, parts: Mapping[str, object]) -> dict[str, datetime]:
    """Give the moment of every part, and of every part that is gone."""
    explicit = {part: moment for part, moment in (answer.parts or {}).items() if part != GIVEN_WHOLE}
    return {**dict.fromkeys(parts, answer.at), **explicit}


def _given_whole(answer: Answer) -> datetime | None:
    return answer.at if answer.parts is None else answer.parts.get(GIVEN_WHOLE)


def _answer(
    kept: dict, moments: dict[str, datetime], at: datetime, whole: datetime | None, orders: list[dict] | None
) -> Answer:
    """Put an answer together; a list takes the order of the first of ``orders``, then what only the next one has."""
    gone = [part for part in moments if part not in kept and not (whole and moments[part] <= whole)]
    gone.sort(key=lambda part: (moments[part], part))
    explicit = {part: moment for part, moment in moments.items() if part in kept and moment != at}
    explicit |= {part: moments[part] for part in gone[-MOST_GONE:]}
    explicit |= {GIVEN_WHOLE: whole} if whole else {}
    value = _joined(kept) if orders is None else [*dict.fromkeys(p for order in orders for p in order if p in kept)]
    return Answer(value, at, None if whole == at else dict(sorted(explicit.items())))


def _joined(parts: dict[str, object]) -> dict:
    value: dict = {}
    for part in sorted(parts):
        *above, last = (key.replace("~1", "/").replace("~0", "~") for key in part.split("/"))
        place = value
        for key in above:
            if not isinstance(place.get(key), dict):
                place[key] = {}
            place = place[key]
        place[last] = parts[part]
    return value
