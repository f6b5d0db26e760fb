"""How many small mistakes in a model do its own tests notice?

Run with ``uv run --group test --with cosmic-ray python tests/benchmarks/mutants.py [NUMBER] [MODEL...]``: all models
without a name, all mutants without a number, else so many of each model, drawn by lot. All of everything takes half an
hour; it needs ``os.fork``, so not on Windows. cosmic-ray's operators and two of ours make one change at a time: a
number, a comparison, an operator, a condition, a loop, a check left out, a lowest for a highest. Each mutant runs in a
child process, in memory, against ``tests/models/test_<model>.py`` (and its rows of ``test_every_model.py``) alone,
until it is noticed. What noticed the last ones is tried first: mutants of one line often die of one test.

Prints every survivor. One that no test could notice stands, with the reason, in ``mutants.toml`` beside this file and
does not count; nor does one that cannot even be imported. Fails below 95 %, and when a reason fits no survivor.
"""

import contextlib
import gc
import inspect
import os
import random
import signal
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path
from time import monotonic
from types import ModuleType

import hypothesis
import parso
import pytest
from _pytest.mark import ParameterSet
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator, operator_names

import vermarkting.models

TESTS = Path(__file__).parents[1] / "models"
MODELS = Path(vermarkting.models.__file__).parent
REASONS = Path(__file__).with_suffix(".toml")
LEAST = 0.95
MADE: dict[object, object] = {}  # what fixtures gave that all tests of a file share; a child has its own
Arguments = Callable[[pytest.MonkeyPatch], dict[str, object]]
STILLBORN = 86  # the exit code of a child whose mutant could not be imported

ORDER = ("Eq", "NotEq", "Lt", "LtE", "Gt", "GtE")
SUMS = ("Add", "Sub", "Mul", "Div", "FloorDiv", "Mod", "Pow")
KINDS = [
    *(f"core/ReplaceComparisonOperator_{one}_{other}" for one in ORDER for other in ORDER if one != other),
    *(f"core/ReplaceComparisonOperator_{one}_{other}" for one, other in (("Is", "IsNot"), ("IsNot", "Is"))),
    *(f"core/ReplaceBinaryOperator_{one}_{other}" for one in SUMS for other in SUMS[:4] if one != other),
    *(f"core/ReplaceBinaryOperator_{one}_{other}" for one, other in (("BitOr", "BitAnd"), ("BitAnd", "BitOr"))),
    "core/ReplaceUnaryOperator_Delete_USub",
    "core/ReplaceUnaryOperator_Delete_Not",
    *("core/AddNot", "core/ReplaceTrueWithFalse", "core/ReplaceFalseWithTrue"),
    *("core/ReplaceAndWithOr", "core/ReplaceOrWithAnd"),
    *("core/ReplaceBreakWithContinue", "core/ReplaceContinueWithBreak", "core/ZeroIterationForLoop"),
    "core/NumberReplacer",
]
OPPOSITES = {"min": "max", "max": "min", "ceil": "floor", "floor": "ceil", "any": "all", "all": "any"}


class WithoutCall(Operator):
    """Leaves out a statement that is nothing but a call, such as a check of a parameter."""

    def mutation_positions(self, node):
        if node.type == "simple_stmt" and node.children[0].type == "atom_expr":
            yield node.start_pos, node.end_pos

    def mutate(self, node, index):
        node.children[0] = parso.parse(node.get_first_leaf().prefix + "pass")
        return node

    @classmethod
    def examples(cls):
        return ()


class OppositeName(Operator):
    """Puts the highest in the place of the lowest, any for all, and the other way round."""

    def mutation_positions(self, node):
        if node.type == "name" and node.value in OPPOSITES:
            yield node.start_pos, node.end_pos

    def mutate(self, node, index):
        node.value = OPPOSITES[node.value]
        return node

    @classmethod
    def examples(cls):
        return ()


@dataclass(frozen=True)
class Mutant:
    """A changed model: the line that changed (from 1), what it was, what it became, and the whole source."""

    line: int
    was: str
    becomes: str
    source: str

    @property
    def change(self) -> tuple[str, str]:
        return self.was, self.becomes


def mutants(source: str, most: int | None = None) -> list[Mutant]:
    """Give every mutant of a source once, in the order of the lines, or ``most`` of them drawn by lot, always alike."""
    known = set(operator_names())
    assert known.issuperset(KINDS), sorted(set(KINDS) - known)
    nodes = list(ast_nodes(get_ast(source)))
    changes = [
        (operator, place)
        for operator in (*(get_operator(kind)() for kind in KINDS), WithoutCall(), OppositeName())
        for place in range(sum(len(list(operator.mutation_positions(node))) for node in nodes))
    ]
    if most and most < len(changes):
        changes = random.Random(most).sample(changes, most)
    changed = {mutate_code(source, operator, place) for operator, place in changes} - {source, None}
    found = [describe(source, mutated) for mutated in changed]
    return sorted(filter(lambda one: not without_slots(one), found), key=lambda one: (one.line, one.becomes))


def describe(source: str, mutated: str) -> Mutant:
    pairs = zip(source.splitlines(), mutated.splitlines(), strict=True)
    line, (was, becomes) = next((at, pair) for at, pair in enumerate(pairs, 1) if pair[0] != pair[1])
    return Mutant(line, " ".join(was.split()), " ".join(becomes.split()), mutated)


def outcome(model: str, source: str, seconds: int, killers: list[int]) -> str:
    """Give ``killed``, ``survived``, ``too long`` or ``stillborn``: what the model's own tests say of this source.

    killers: which tests, by number, noticed a mutant before, the last one first; brought up to date here.
    """
    heard, told = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(seconds)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        os._exit(run(model, source, killers, told))
    os.close(told)
    _, status = os.waitpid(child, 0)
    with os.fdopen(heard, "rb") as words:
        if killer := words.read():
            number = int(killer)
            killers[:] = [number, *(other for other in killers if other != number)]
    if os.WIFSIGNALED(status):
        return "too long"
    return {0: "survived", STILLBORN: "stillborn"}.get(os.WEXITSTATUS(status), "killed")


def run(model: str, source: str, killers: list[int], told: int) -> int:
    """In the child: put this source in the place of the model and run its tests; 0 when they all pass.

    Tells the number of the test that fails.
    """
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    try:
        setattr(vermarkting.models, model, loaded(f"vermarkting.models.{model}", MODELS / f"{model}.py", source))
    except Exception:
        return STILLBORN
    try:
        tests = dict(enumerate(tests_of(model)))
    except Exception:
        return 1
    for number in [*(number for number in killers if number in tests), *(tests.keys() - set(killers))]:
        test, arguments = tests[number]
        try:
            with pytest.MonkeyPatch.context() as patch:
                test(**arguments(patch))
        except BaseException:  # also what pytest raises where an error was expected and none came
            os.write(told, str(number).encode())
            return 1
    return 0


def loaded(name: str, path: Path, source: str | None = None) -> ModuleType:
    """Run a module's source, that of its file where there is no other, under its name."""
    module = ModuleType(name)
    module.__file__ = str(path)
    sys.modules[name] = module
    exec(compile(path.read_text(encoding="utf-8") if source is None else source, path, "exec"), module.__dict__)
    return module


def tests_of(model: str) -> list[tuple[Callable, Arguments]]:
    """Give the tests of a model and what makes their arguments; property tests, which take longer, come last.

    pytest itself needs half a second for each mutant, so this reads its marks: parametrised values and fixtures.
    """
    own, every = (loaded(f"test_{name}", TESTS / f"test_{name}.py") for name in (model, "every_model"))
    rows = [(test, one) for test in functions(own) for _, one in calls(test, own)]
    rows += [(test, one) for test in functions(every) for name, one in calls(test, every) if name.startswith(model)]
    return sorted(rows, key=lambda row: getattr(row[0], "is_hypothesis_test", False))


def functions(module: ModuleType) -> list[Callable]:
    return [one for name, one in vars(module).items() if name.startswith("test_")]


def calls(test: Callable, module: ModuleType) -> Iterator[tuple[str, Arguments]]:
    """Give the name of each call of a test, as pytest would make it, and what makes its arguments."""
    marks = [mark for mark in getattr(test, "pytestmark", ()) if mark.name == "parametrize"]
    for values in product(*(named_values(mark) for mark in marks)):
        given = {name: value for _, row in values for name, value in row.items()}
        wanted = [] if getattr(test, "is_hypothesis_test", False) else inspect.signature(test).parameters
        yield "".join(name for name, _ in values), partial(arguments_of, given, {*wanted} - {*given}, module)


def arguments_of(
    given: dict[str, object], asked: set[str], module: ModuleType, patch: pytest.MonkeyPatch
) -> dict[str, object]:
    return given | {name: fixture(name, module, patch) for name in asked}


def named_values(mark: pytest.Mark) -> Iterator[tuple[str, dict[str, object]]]:
    names, rows = mark.args[:2]
    names = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    label = mark.kwargs.get("ids")
    for row in rows:
        values = row.values if isinstance(row, ParameterSet) else row if len(names) > 1 else (row,)
        told = row.id if isinstance(row, ParameterSet) else label(row) if callable(label) else row
        yield str(told), dict(zip(names, values, strict=True))


def fixture(name: str, module: ModuleType, patch: pytest.MonkeyPatch) -> object:
    """Give what a test asks for by name: a fixture of its own file, or pytest's way of changing a module."""
    if name == "monkeypatch":
        return patch
    definition = vars(module)[name]
    made = definition._get_wrapped_function()
    shared = definition._fixture_function_marker.scope != "function"
    if shared and definition in MADE:
        return MADE[definition]
    found = made(**{asked: fixture(asked, module, patch) for asked in inspect.signature(made).parameters})
    if shared:
        MADE[definition] = found
    return found


def prepare() -> None:
    """Let property tests be the same for every mutant and end at a failure; import here what each child would."""
    phases = [hypothesis.Phase.explicit, hypothesis.Phase.generate]
    hypothesis.settings.register_profile(
        "mutants", deadline=None, max_examples=50, derandomize=True, database=None, phases=phases
    )
    hypothesis.settings.load_profile("mutants")
    for name in ("argumentation", "every_model"):  # they import what the others do
        loaded(f"test_{name}", TESTS / f"test_{name}.py")
    gc.freeze()


def try_all(model: str, reasons: dict[tuple[str, str], str], most: int | None) -> bool:
    """Try every mutant of one model, print what survives, and say whether enough were killed."""
    source = (MODELS / f"{model}.py").read_text(encoding="utf-8")
    start = monotonic()
    killers: list[int] = []
    if outcome(model, source, 300, killers) != "survived":
        print(f"{model}: its tests fail on the model as it is")
        return False
    seconds = 10 + int(5 * (monotonic() - start))
    counts, excused = Counter(), set()
    for mutant in mutants(source, most):
        found = outcome(model, mutant.source, seconds, killers)
        if found == "survived" and mutant.change in reasons:
            found = "equivalent"
            excused.add(mutant.change)
        counts[found] += 1
        if found == "survived":
            print(f"  {model}.py:{mutant.line}\n    was     {mutant.was}\n    becomes {mutant.becomes}", flush=True)
    idle = set() if most else set(reasons) - excused
    for was, becomes in sorted(idle):
        print(f"  a reason for what does not survive: {was} -> {becomes}")
    noticed = counts["killed"] + counts["too long"]
    share = noticed / (noticed + counts["survived"])
    told = ", ".join(f"{count} {word}" for word, count in sorted(counts.items()))
    print(f"{model}: {100 * share:.1f} % noticed ({told}), {monotonic() - start:.0f} s", flush=True)
    return share >= LEAST and not idle


def reasons_of(model: str) -> dict[tuple[str, str], str]:
    """Give why a change makes no difference that a test could see, by what was and what it becomes."""
    tables = tomllib.loads(REASONS.read_text(encoding="utf-8"))
    return {(one["was"], becomes): one["why"] for one in tables.get(model, []) for becomes in one["becomes"]}


def without_slots(mutant: Mutant) -> bool:
    """Say whether only ``slots=True`` changed: that saves memory, and no test of a rule could tell."""
    return mutant.becomes == mutant.was.replace("slots=True", "slots=False") != mutant.was


if __name__ == "__main__":
    prepare()
    names = sys.argv[1:]
    most = int(names.pop(0)) if names and names[0].isdecimal() else None
    names = names or sorted(path.stem for path in MODELS.glob("[a-z]*.py"))
    with contextlib.suppress(KeyboardInterrupt):
        enough = [try_all(name, reasons_of(name), most) for name in names]
        sys.exit(0 if all(enough) else 1)
    sys.exit(130)
