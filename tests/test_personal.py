"""A student's own figures: the same everywhere and for ever, and different for nearly everybody."""

import hashlib
import random
from collections import Counter

import pytest

from vermarkting.personal import Draw, normalised


@pytest.mark.parametrize(
    ("typed", "counts_as"),
    [
        ("r0123456", "r0123456"),
        ("R0123456", "r0123456"),
        (" r 012.345-6 ", "r0123456"),
        ("01234567", "01234567"),
        ("0140123-45", "014012345"),
        ("a1b2", "a1b2"),
        ("1" * 20, "1" * 20),
        ("1" * 21, None),
        ("123", None),
        ("abcdef", None),
        ("", None),
        ("----", None),
        ("r01234é6", None),
        ("١٢٣٤٥", None),
        ("r0123456\n", None),
        ("r0123456<b>", None),
        ("1" * 100_000, None),
        (123456, None),
        (None, None),
        (["r0123456"], None),
        (True, None),
    ],
)
def test_what_counts_as_a_student_number(typed, counts_as):
    assert normalised(typed) == counts_as


def test_the_draw_is_the_first_eight_bytes_of_the_hash():
    digest = hashlib.sha256(b"vermarkting O2 r0123456").digest()
    expected = random.Random(int.from_bytes(digest[:8], "big")).random()
    assert Draw("O2", "r0123456").whole(0, 999_999) == int(expected * 1_000_000)


def test_the_same_student_draws_the_same_and_another_assignment_something_else():
    def five(assignment, number):
        draw = Draw(assignment, number)
        return [draw.whole(0, 10**9) for _ in range(5)]

    assert five("O2", "r0123456") == five("O2", "r0123456")
    assert len({*five("O2", "r0123456"), *five("O3", "r0123456"), *five("O2", "r0123457")}) == 15


def test_every_value_is_drawn_about_as_often():
    counts = Counter(Draw("O9", f"r{number:07}").whole(10, 50, 10) for number in range(5000))
    assert set(counts) == {10, 20, 30, 40, 50}
    # Binomial with n = 5000 and p = 0.2: mean 1000, standard deviation 28.
    assert all(abs(count - 1000) < 5 * 28 for count in counts.values())


def test_one_of_one_and_a_step_that_does_not_fit():
    assert Draw("O9", "r0000").whole(7, 7) == 7
    assert Draw("O9", "r0000").pick(["enig"]) == "enig"
    assert {Draw("O9", f"r{number:04}").whole(0, 5, 2) for number in range(200)} == {0, 2, 4}
