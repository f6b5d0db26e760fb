"""A text in Markdown as a page that can do nothing, and without what tells whose it is."""

import re
from collections.abc import Iterable

from vermarkting.grading.markdown import rendered
from vermarkting.text import t

__all__ = ["masked", "rendered", "words"]

_SHORTEST = 5


def words(text: str) -> int:
    """Count the words of a text."""
    return len(text.split())


def masked(text: str, names: Iterable[str]) -> str:
    """Cover names and numbers of a student in a text, whatever their capitals; those shorter than five signs stay."""
    needles = sorted({name.strip() for name in names if len(name.strip()) >= _SHORTEST}, key=len, reverse=True)
    if not needles:
        return text
    pattern = r"(?<!\w)(?:" + "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in needles) + r")(?!\w)"
    return re.sub(pattern, t("desk.covered"), text, flags=re.IGNORECASE)
