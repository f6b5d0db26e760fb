"""Marking a second time, blind to the first: a sample or all, how far both agree, and settling where they do not."""

import hashlib
from dataclasses import replace
from math import ceil

from vermarkting.grading import levels
from vermarkting.grading.desk.agreement import Agreement, weighted_kappa
from vermarkting.grading.desk.ledger import UNMARKED, Answer, By, Changed, Mark
from vermarkting.grading.desk.marking import Marking
from vermarkting.grading.desk.prose import masked, rendered

SAMPLES = (20, 50, 100)


class SecondMarking(Marking):
    """One question, marked again by one person; ``share`` is how much of what others marked, in per cent.

    The sample is the same every time, and a larger one holds the smaller ones. Nothing of a first mark is shown.
    """

    share = 100

    def answers(self, answer_id: str | None = None) -> list[Answer]:
        own = self.ledger.second_marks(self.question, self.marker)
        by = self.ledger.first_markers(self.question)
        found, others = [], []
        for answer in self.ledger.answers(self.question):
            is_done = not answer.mark.pending and answer.mark.points is not None
            if answer.id in own:
                second = own[answer.id]
                found.append(replace(answer, mark=second.mark, rubric=second.rubric, empty=False))
            if is_done and by.get(answer.id) != self.marker:
                others.append(replace(answer, mark=UNMARKED, rubric=None, empty=False))
        drawn = sorted(others, key=self._lot)[: ceil(len(others) * self.share / 100)]
        found += [answer for answer in drawn if answer.id not in own]
        return [answer for answer in found if answer_id in (None, answer.id)]

    def keep(self, answer_id: str, was: str, mark: Mark, by: By) -> Mark:
        self._answer(answer_id)
        return self.ledger.decide_second(self.question, answer_id, was, mark, by)

    def take_back(self) -> tuple[str, Mark] | None:
        return self.ledger.undo_second(self.question, self.marker)

    def _lot(self, answer: Answer) -> bytes:
        return hashlib.sha256(f"{self.question.id}\n{answer.id}".encode()).digest()


def compared(marking: Marking) -> dict:
    """Give how far first and second marks agree per criterion, and the answers on which they do not.

    A settled answer counts with both originals.
    """
    criteria = [criterion.name for criterion in marking.rubric.criteria] if marking.rubric else []
    settled, seconds = marking.ledger.settled(marking.question), marking.ledger.second_marks(marking.question)
    pairs: dict[str, list[tuple[int, int]]] = {name: [] for name in criteria}
    open_, done = [], 0
    for number, answer in enumerate(sorted(marking.ledger.answers(marking.question), key=marking.place), 1):
        if answer.id not in seconds and answer.id not in settled:
            continue
        first, second = settled.get(answer.id) or (answer.mark, seconds[answer.id].mark)
        both = [levels.read(mark.comment, marking.rubric) for mark in (first, second)]
        for name in criteria:
            if name in both[0].levels and name in both[1].levels:
                pairs[name].append((both[0].levels[name], both[1].levels[name]))
        if answer.id in settled:
            done += 1
        elif not (first.pending or second.pending) and (both[0].levels, first.points) != (
            both[1].levels,
            second.points,
        ):
            open_.append(_open(marking, answer, number, first, second))
    return {"criteria": [(name, weighted_kappa(pairs[name])) for name in criteria], "open": open_, "settled": done}


def settle(marking: Marking, answer_id: str, wanted: dict) -> dict:
    """Write what two markers settled on: ``levels`` (one for each criterion) and ``was``, the first mark's version.

    The remarks are those of the first marker. Raises ``Refused`` and ``KeyError``.
    """
    (answer,) = marking.ledger.answers(marking.question, answer_id) or [None]
    if answer is None or answer_id not in marking.ledger.second_marks(marking.question):
        raise KeyError(answer_id)
    remarks = levels.read(answer.mark.comment, marking.rubric).remarks
    mark, by = marking.wished(wanted | {"remarks": remarks, "points": None})
    try:
        return marking.mark(marking.ledger.settle(marking.question, answer_id, str(wanted.get("was")), mark, by))
    except Changed as other:
        return marking.mark(other.mark) | {"other": True}


def _open(marking: Marking, answer: Answer, number: int, first: Mark, second: Mark) -> dict:
    text = marking.text(answer)
    return {
        "id": answer.id,
        "number": number,
        "text": rendered(masked(text, answer.names)),
        "first": marking.mark(first),
        "second": marking.mark(second),
    }


__all__ = ["SAMPLES", "Agreement", "SecondMarking", "compared", "settle"]
