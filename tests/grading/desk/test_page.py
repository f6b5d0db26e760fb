"""The page asks for sentences that are there, and for each of them."""

import re
from pathlib import Path

from vermarkting.grading import desk
from vermarkting.text import sentences

HOME = Path(desk.__file__).parent
PAGE = "\n".join(
    path.read_text(encoding="utf-8") for path in (*HOME.glob("static/*.js"), HOME / "templates" / "desk.html.j2")
)


def test_every_sentence_of_the_page_is_there_and_none_is_left_over():
    asked = set(re.findall(r'\b(?:say|p)\(\s*"(\w+)"', PAGE))
    choices = re.findall(r"say\(([^)]*\?[^)]*)\)", PAGE)
    asked |= {key for choice in choices for key in re.findall(r'"(\w+)"', choice)}
    asked |= {f"key_{name}" for name in re.findall(r'\("[^"]+", "(\w+)"\)', PAGE)}
    asked.discard("key_")
    assert asked == set(sentences("desk")["page"])
