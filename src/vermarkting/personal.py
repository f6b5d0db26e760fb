"""A student's own figures: drawn from the student number, the same on every computer and at every moment.

The number is hashed together with the assignment's id, and the hash seeds the draw. Only ``Random.random`` is used:
Python promises that it gives the same sequence in every version, and promises that of no other method.
"""

import hashlib
import random
import re
from collections.abc import Sequence
from typing import TypeVar

SEPARATORS = re.compile(r"[ .-]+")
NUMBER = re.compile(r"(?=[a-z]*[0-9])[a-z0-9]{4,20}")

Thing = TypeVar("Thing")


def normalised(number: object) -> str | None:
    """Give a student number as it counts: small letters and digits (4 to 20, at least one digit), or ``None``.

    Spaces, dots and hyphens that people type in between are left out, so ``R 012.345-6`` is ``r0123456``.
    """
    if not isinstance(number, str) or len(number) > 40 or not number.isascii():
        return None
    bare = SEPARATORS.sub("", number).lower()
    return bare if NUMBER.fullmatch(bare) else None


class Draw:
    """Draws figures for one student in one assignment; ``number`` as :func:`normalised` gives it."""

    def __init__(self, assignment: str, number: str) -> None:
        digest = hashlib.sha256(f"vermarkting {assignment} {number}".encode()).digest()
        self._random = random.Random(int.from_bytes(digest[:8], "big"))

    def whole(self, low: int, high: int, step: int = 1) -> int:
        """Draw one of ``low``, ``low + step`` ... up to ``high``."""
        return low + step * int(self._random.random() * ((high - low) // step + 1))

    def pick(self, things: Sequence[Thing]) -> Thing:
        """Draw one of the things."""
        return things[self.whole(0, len(things) - 1)]
