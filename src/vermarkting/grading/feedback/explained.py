"""What was right and what was not, piece by piece, with the right value and how one gets there."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from vermarkting import cases, keys
from vermarkting.cases import o4
from vermarkting.cases.parts import Table, dutch
from vermarkting.grading.autograde.hidden import Check
from vermarkting.grading.checks import question
from vermarkting.questions import fits
from vermarkting.text import t

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Explained:
    """``verdicts``: by question id and item id ("" for a question of one part) a few words; ``how`` a sentence each."""

    verdicts: dict[str, dict[str, str]] = field(default_factory=dict)
    how: list[str] = field(default_factory=list)


def explained(check: Check | None, values: Values) -> Explained:
    """Explain a machine-checked part.

    What is right is told for figures of one's own only. A key for a text that others get as well stays unsaid.
    """
    if check is None:
        return Explained()
    if check.name in ("own_numbers", "own_choices", "own_tags"):
        return _own(check, values)
    if check.name == "own_vignettes":
        return _vignettes(*check.arguments, values)
    if check.name == "match":
        return _match(*check.arguments, values)
    if check.name == "numbers":
        verdicts = {name: {"": _near(values.get(name), *pair)} for name, pair in check.arguments[0].items()}
        return Explained(verdicts)
    return Explained()


def own_figures(assignment: str, values: Values) -> list[Table]:
    """Give the tables with the figures that the hand-in was graded with; none without a number."""
    number = cases.student_number(assignment, values) if assignment in cases.ASSIGNMENTS else None
    return cases.tables(assignment, number) if number else []


def own_texts(question_id: str, values: Values) -> dict[str, str]:
    """Give the texts of a question's items where every student has texts of one's own, by item id."""
    assignment, _, name = question_id.partition(".")
    number = cases.student_number(assignment, values) if assignment in cases.ASSIGNMENTS else None
    texts = getattr(cases.FILES[assignment], "TEXTS", {}) if number else {}
    return texts[name](cases.case(assignment, number)) if name in texts else {}


def _own(check: Check, values: Values) -> Explained:
    question_id = check.arguments[0]
    assignment, _, name = question_id.partition(".")
    number = cases.student_number(assignment, values)
    if number is None:
        return Explained()
    right = keys.file(assignment).RIGHT[name](cases.case(assignment, number))
    asked, given = question(question_id), values.get(question_id)
    given = given if fits(asked, given) else None
    if not isinstance(right, dict):
        right, given = {"": right}, {"": given}
    given = given or {}
    if check.name == "own_numbers":
        _, absolute, relative = check.arguments
        units = {item["id"]: item.get("unit", "") for item in asked.get("items", [])} or {"": asked.get("unit", "")}
        verdicts = {
            item: _verdict(
                given.get(item) is not None and abs(given[item] - value) <= max(absolute, relative * abs(value)) + 1e-9,
                f"{dutch(round(value, 2))} {units[item]}".strip(),
            )
            for item, value in right.items()
        }
    else:
        words = {one["id"]: one["text"] for one in asked["categories"]} if check.name == "own_choices" else {}
        verdicts = {item: _verdict(given.get(item) == value, words.get(value, "")) for item, value in right.items()}
    return Explained({question_id: verdicts}, _how(question_id))


def _vignettes(question_id: str, key: Mapping[str, str], values: Values) -> Explained:
    assignment = question_id.partition(".")[0]
    number = cases.student_number(assignment, values)
    if number is None:
        return Explained()
    asked, given = question(question_id), values.get(question_id)
    given = given if fits(asked, given) else {}
    own = zip(o4.PLACES, cases.case(assignment, number).vignettes, strict=True)
    right = {place: key[name] for place, name in own}
    verdicts = {place: _verdict(given.get(place) == kind) for place, kind in right.items()}
    return Explained({question_id: verdicts})


def _match(question_id: str, key: Mapping[str, str], values: Values) -> Explained:
    given = values.get(question_id)
    given = given if fits(question(question_id), given) else {}
    return Explained({question_id: {item: _verdict(given.get(item) == right) for item, right in key.items()}})


def _near(given: object, right: float, tolerance: float) -> str:
    number = isinstance(given, int | float) and not isinstance(given, bool)
    return _verdict(number and abs(given - right) <= tolerance + 1e-9)


def _verdict(is_right: bool, right: str = "") -> str:
    if is_right:
        return t("feedback_page.right")
    return t("feedback_page.wrong_was", right=right) if right else t("feedback_page.wrong")


def _how(question_id: str) -> list[str]:
    assignment, _, name = question_id.partition(".")
    try:
        return [t(f"keys.how.{assignment}.{name}")]
    except KeyError:
        return []
