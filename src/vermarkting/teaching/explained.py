"""What the three forms say alike about an item: its category, its points per option, and its explanation afterwards."""

from collections.abc import Iterable
from html import escape

from vermarkting.references import page
from vermarkting.teaching.items import Choice, Item
from vermarkting.text import t

TEST = "toets"


def category(lesson: str) -> str:
    """Give the place of a lesson's questions, or the test's, in a question bank."""
    name = f"{lesson} {title(lesson)}" if lesson != TEST else title(lesson)
    return f"{t('teaching.category')}/{name}"


def title(lesson: str) -> str:
    """Give the title of a lesson's page, or of the test before and after."""
    return t("teaching.test.title") if lesson == TEST else page(lesson)["title"]


def html(paragraphs: Iterable[str]) -> str:
    """Give paragraphs of plain text as HTML."""
    return "".join(f"<p>{escape(text, quote=False)}</p>" for text in paragraphs if text)


def share(item: Item, choice: Choice) -> float:
    """Give the percentage of the points that an option brings; one wrong among several takes a right one away."""
    if item.kind == "one":
        return 100 if choice.right else 0
    right = sum(other.right for other in item.choices)
    return 100 / right if choice.right else -100 / right


def pairs(item: Item) -> list[tuple[str, str]]:
    """Give what belongs to what, for a match or an order; a category that nothing belongs to stands with ``""``."""
    if item.kind == "order":
        return [(choice.text, t("teaching.place", number=n)) for n, choice in enumerate(item.choices, 1)]
    used = [(choice.text, choice.answer) for choice in item.choices]
    return used + [("", name) for name in item.categories if name not in {answer for _, answer in used}]


def afterwards(item: Item) -> list[str]:
    """Give the paragraphs that explain an item once it is answered, whatever the answer was."""
    if item.kind == "some":
        return [*(_right(choice) for choice in item.choices if choice.right), *item.why]
    if item.kind == "match":
        return [*(_belongs(choice) for choice in item.choices), *item.why]
    if item.kind == "order":
        return [t("teaching.in_order", order="; ".join(choice.text.rstrip(".") for choice in item.choices)), *item.why]
    return list(item.why)


def _right(choice: Choice) -> str:
    return t("teaching.right_one", text=choice.text)


def _belongs(choice: Choice) -> str:
    return t("teaching.belongs_to", text=choice.text, category=choice.answer, why=choice.why).strip()
