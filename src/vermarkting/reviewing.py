"""Which questions a student meets again, and when: what was missed first, mixed over the lessons.

Kept on the answer sheet, beside the answers: how the first check of each question went (``FIRST``), and the round that
is on (``ROUND``). A question is missed by a first check that is not right, whatever is chosen after reading why; it is
won back in a review, by a first check that is right. In a round each question is asked under an id of its own, so that
it comes without the answer that was given before.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from vermarkting import pages
from vermarkting.answers import Answer
from vermarkting.personal import Draw
from vermarkting.questions import fits

PAGE = "herhaling"
FIRST = f"{PAGE}.gemist"  # id as asked to 1 (missed by its first check) or 0 (right at once)
ROUND = f"{PAGE}.ronde"  # the ids of a round, each as it is asked, parted by spaces
QUESTIONS = 6
MOST_MISSED = 4  # of one round: the others are of what went well, longest ago first

Answers = Mapping[str, Answer]


def is_right(question: dict, answer: object) -> bool:
    """Say whether an answer to a question of a self-check is right; one that does not fit the question is not."""
    kind = question["kind"]
    if not fits(question, answer):
        return False
    if kind == "single":
        return any(option["id"] == answer and option["correct"] for option in question["options"])
    if kind == "multiple":
        return {option["id"] for option in question["options"] if option["correct"]} == set(answer)
    if kind == "match":
        return all(answer.get(item["id"]) == item["answer"] for item in question["items"])
    if kind == "order":
        return list(answer) == question["solution"]
    return abs(answer - question["answer"]) <= question.get("tolerance", 0) + 1e-9


def asked_as(question_id: str, turn: int) -> str:
    """Give the id under which a question is asked for the ``turn``-th time, from 1, in a review."""
    return f"{PAGE}.{question_id}.{turn}"


def original(asked: str) -> str:
    """Give the question that is asked under an id of ``asked_as``, or itself."""
    return asked.removeprefix(f"{PAGE}.").rpartition(".")[0] if asked.startswith(f"{PAGE}.") else asked


def missed(answers: Answers) -> list[str]:
    """Give the questions that are still to be won back, in the order of the lessons: their last turn was a miss."""
    marks = _marks(answers)
    last = {original(asked): marks[asked] for asked in sorted(marks, key=_turn)}
    return [name for name in pages.checks() if last.get(name) == 1]


def is_checked(answers: Answers, asked: str) -> bool:
    """Say whether a question was checked under this id: an answer that was only kept, perhaps half, was not."""
    return asked in _marks(answers)


def checked(answers: Answers, asked: str, is_missed: bool) -> dict[str, int]:
    """Give the value of ``FIRST`` with the first check of a question."""
    return {**_marks(answers), asked: int(is_missed)}


def progress(answers: Answers) -> pages.Progress | None:
    """Give how far the round is that is on; ``None`` before the first."""
    asked = round_of(answers)
    return pages.Progress(sum(name in answers for name in asked), len(asked)) if asked else None


def round_of(answers: Answers) -> list[str]:
    """Give the ids of the round that is on, as they are asked; empty before the first."""
    kept = answers.get(ROUND)
    asked = kept.value.split() if kept and isinstance(kept.value, str) else []
    known = pages.checks()
    return [name for name in asked if name.startswith(f"{PAGE}.") and original(name) in known]


def next_round(answers: Answers) -> list[str]:
    """Choose a round: at most four questions that were missed, the rest what was not asked yet or longest ago.

    Lessons that were not begun are left out, unless none was. Neighbours are of different lessons where that can be.
    """
    last = {name: _last_asked(name, answers) for name in _begun(answers)}
    to_win_back = [name for name in missed(answers) if name in last]
    draw = Draw("herhaling", str(len(answers)))
    first = _longest_ago(to_win_back, last, draw)[:MOST_MISSED]
    others = _longest_ago([name for name in last if name not in to_win_back], last, draw)
    chosen = (first + others)[:QUESTIONS]
    chosen += [name for name in _longest_ago(to_win_back, last, draw) if name not in chosen][: QUESTIONS - len(chosen)]
    return [asked_as(name, _turns(name, answers) + 1) for name in _mixed(chosen)]


def _marks(answers: Answers) -> dict[str, int]:
    kept = answers.get(FIRST)
    return dict(kept.value) if kept and isinstance(kept.value, dict) else {}


def _begun(answers: Answers) -> list[str]:
    lessons = {name.partition(".")[0] for name in answers}
    return [name for name in pages.checks() if name.partition(".")[0] in lessons] or list(pages.checks())


def _turn(asked: str) -> int:
    turn = asked.rpartition(".")[2] if asked.startswith(f"{PAGE}.") else ""
    return int(turn) if turn.isdecimal() else 0


def _turns(question_id: str, answers: Answers) -> int:
    turn = 0
    while asked_as(question_id, turn + 1) in answers:
        turn += 1
    return turn


def _last_asked(question_id: str, answers: Answers) -> str:
    """Give the moment of the newest answer as text that sorts, empty when there is none."""
    given = [answers.get(question_id), answers.get(asked_as(question_id, _turns(question_id, answers)))]
    return max((answer.at.isoformat() for answer in given if answer), default="")


def _longest_ago(names: Iterable[str], last: Mapping[str, str], draw: Draw) -> list[str]:
    """Sort by when they were last asked, what was never asked first, and let the lessons take turns."""
    oldest = sorted(names, key=lambda name: (last[name], draw.whole(0, 999)))
    turns: Counter[str] = Counter()
    turn = {}
    for name in oldest:
        turn[name] = turns[name.partition(".")[0]]
        turns[name.partition(".")[0]] += 1
    return sorted(oldest, key=turn.__getitem__)


def _mixed(names: list[str]) -> list[str]:
    """Take turns between the lessons, the one with the most questions first."""
    left = {lesson: [name for name in names if name.startswith(f"{lesson}.")] for lesson in _lessons(names)}
    order, before = [], ""
    while any(left.values()):
        lesson = max((one for one in left if left[one]), key=lambda one: (one != before, len(left[one])))
        order.append(left[lesson].pop(0))
        before = lesson
    return order


def _lessons(names: list[str]) -> list[str]:
    return list(dict.fromkeys(name.partition(".")[0] for name in names))
