"""How many small mistakes in a model do its own tests notice?

Run with ``uv run --group test --with cosmic-ray python tests/benchmarks/mutants.py MODEL...`` (all models without a
name; some minutes each; needs ``os.fork``, so not on Windows). cosmic-ray's operators and two of ours make one change
at a time: a number, a comparison, an operator, a condition, a loop, a check left out, a lowest for a highest. Each
mutant runs in a child process, in memory, against ``tests/models/test_<model>.py`` (and its rows of
``test_every_model.py``) alone.

Prints every survivor. One that no test could notice stands, with the reason, in ``mutants.toml`` beside this file and
does not count; nor does one that cannot even be imported. Fails below 95 %, and when a reason fits no survivor.
"""

import contextlib
import gc
import os
import signal
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from types import ModuleType

import hypothesis
import parso
import pytest
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator, operator_names

import vermarkting.models
from vermarkting.text import t

ROOT = Path(__file__).parents[2]
MODELS = Path(vermarkting.models.__file__).parent
REASONS = Path(__file__).with_suffix(".toml")
LEAST = 0.95
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
PLAIN = ["-x", "-q", "--noconftest", "-c", os.devnull, f"--rootdir={ROOT}", "--import-mode=importlib"]
PLAIN += ["-p", "no:cacheprovider", "-p", "no:xdist"]
OPPOSITES = {"min": "max", "max": "min", "ceil": "floor", "floor": "ceil", "any": "all", "all": "any"}


class ExamplesFirst:
    """Lets property tests, which take longest, come last."""

    def pytest_collection_modifyitems(self, items):
        items.sort(key=lambda item: getattr(item.obj, "is_hypothesis_test", False))


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


def mutants(source: str) -> Iterator[Mutant]:
    """Give every mutant of a source once, in the order of the lines."""
    known = set(operator_names())
    assert known.issuperset(KINDS), sorted(set(KINDS) - known)
    found = {}
    for operator in (*(get_operator(kind)() for kind in KINDS), WithoutCall(), OppositeName()):
        place = 0
        while (mutated := mutate_code(source, operator, place)) is not None:
            place += 1
            if mutated != source:
                found.setdefault(mutated, describe(source, mutated))
    return iter(sorted(found.values(), key=lambda mutant: (mutant.line, mutant.becomes)))


def describe(source: str, mutated: str) -> Mutant:
    pairs = zip(source.splitlines(), mutated.splitlines(), strict=True)
    line, (was, becomes) = next((at, pair) for at, pair in enumerate(pairs, 1) if pair[0] != pair[1])
    return Mutant(line, " ".join(was.split()), " ".join(becomes.split()), mutated)


def outcome(model: str, source: str, seconds: int) -> str:
    """Give ``killed``, ``survived``, ``too long`` or ``stillborn``: what the model's own tests say of this source."""
    child = os.fork()
    if child == 0:
        signal.alarm(seconds)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        os._exit(run(model, source))
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return "too long"
    return {0: "survived", STILLBORN: "stillborn"}.get(os.WEXITSTATUS(status), "killed")


def run(model: str, source: str) -> int:
    """In the child: put this source in the place of the model and run its tests; 0 when they all pass."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    name = f"vermarkting.models.{model}"
    module = ModuleType(name)
    module.__file__ = str(MODELS / f"{model}.py")
    sys.modules[name] = module
    setattr(vermarkting.models, model, module)
    try:
        exec(compile(source, module.__file__, "exec"), module.__dict__)
    except Exception:
        return STILLBORN
    files = [f"{ROOT}/tests/models/test_{model}.py", f"{ROOT}/tests/models/test_every_model.py"]
    return int(pytest.main(["-k", model, *PLAIN, *files], plugins=[ExamplesFirst()]))


def prepare() -> None:
    """Let property tests be the same for every mutant and end at a failure; import here what each child would."""
    phases = [hypothesis.Phase.explicit, hypothesis.Phase.generate]
    hypothesis.settings.register_profile(
        "mutants", deadline=None, max_examples=50, derandomize=True, database=None, phases=phases
    )
    hypothesis.settings.load_profile("mutants")
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    with contextlib.redirect_stdout(None):
        pytest.main(["--collect-only", *PLAIN, f"{ROOT}/tests/models/test_parameters.py"])
    t("parameters.same_name", name="")
    gc.freeze()


def try_all(model: str, reasons: dict[tuple[str, str], str]) -> bool:
    """Try every mutant of one model, print what survives, and say whether enough were killed."""
    source = (MODELS / f"{model}.py").read_text(encoding="utf-8")
    start = monotonic()
    if outcome(model, source, 300) != "survived":
        print(f"{model}: its tests fail on the model as it is")
        return False
    seconds = 10 + int(5 * (monotonic() - start))
    counts, excused = Counter(), set()
    for mutant in mutants(source):
        found = outcome(model, mutant.source, seconds)
        if found == "survived" and mutant.change in reasons:
            found = "equivalent"
            excused.add(mutant.change)
        counts[found] += 1
        if found == "survived":
            print(f"  {model}.py:{mutant.line}\n    was     {mutant.was}\n    becomes {mutant.becomes}", flush=True)
    idle = set(reasons) - excused
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


if __name__ == "__main__":
    prepare()
    models = sys.argv[1:] or sorted(path.stem for path in MODELS.glob("[a-z]*.py"))
    with contextlib.suppress(KeyboardInterrupt):
        enough = [try_all(model, reasons_of(model)) for model in models]
        sys.exit(0 if all(enough) else 1)
    sys.exit(130)
