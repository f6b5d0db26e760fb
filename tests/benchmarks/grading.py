"""How fast hand-ins are graded, against two yardsticks measured in the same run.

    python tests/benchmarks/grading.py [--hand-ins 500] [--stock 5] [--rounds 3] [--growth 50 500 5000]

The hand-ins are of the largest assignment, each with its own answers and essay and with the outputs that JupyterLab
saves. Per hand-in:

stock   nbgrader's own ``autograde`` with its own steps, a kernel for each hand-in
ours    ``autograde`` as ``nbgrader_config.py`` has it
bare    a loop that reads and checks a hand-in and writes one row, each row on disk before the next
bare 2  the same, its rows put on disk together every half second, as ours are: on a slow disk the harder yardstick

Each runs in a process of its own. Start-up (importing, reading the assignment) is not counted, but shown.
"""

import argparse
import json
import os
import random
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "assignments"))
from courses import KERNELS, RELEASED, ROOT, Course, cells, graded
from model_answers import answerable, honest_answers

from vermarkting import answers as sheets
from vermarkting.grading import checks

WORDS = (ROOT / "lessons" / "01_new_public_management.ipynb").read_text(encoding="utf-8").split()
STOCK = """
c = get_config()
c.CourseDirectory.course_id = "vermarkting"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "assignments"
c.ClearHiddenTests.begin_test_delimeter = "BEGIN VERBORGEN CONTROLE"
c.ClearHiddenTests.end_test_delimeter = "EINDE VERBORGEN CONTROLE"
"""


def largest() -> str:
    """Give the assignment with the most work in it."""
    return max(answerable(RELEASED), key=lambda name: (ROOT / "solutions" / name / f"{name}.ipynb").stat().st_size)


def executed(place: Path, assignment: str) -> dict:
    """Give the released notebook with its outputs, as a student's JupyterLab leaves it."""
    import nbformat
    from nbclient import NotebookClient

    os.environ["JUPYTER_PATH"] = str(KERNELS)
    notebook = nbformat.read(place / "assignments" / assignment / f"{assignment}.ipynb", as_version=4)
    NotebookClient(notebook, resources={"metadata": {"path": str(place)}}).execute()
    for name in (sheets.NAME, f"{sheets.NAME}.lock"):
        (place / name).unlink(missing_ok=True)
    return json.loads(nbformat.writes(notebook))


def hand_in(place: Path, notebook: dict, right: dict[str, object], seed: int) -> None:
    """Write one hand-in: most answers right, an essay of 250 words, the sheet and its copy in the notebook."""
    chance = random.Random(seed)
    answers = {key: _spoilt(value, chance) if chance.random() < 0.3 else value for key, value in right.items()}
    at = f"2026-03-{chance.randint(1, 28):02}T10:00:00.000+00:00"
    sheet = {"schema": 1, "answers": {key: {"value": value, "at": at} for key, value in answers.items()}}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown" and cell["metadata"].get("nbgrader", {}).get("grade"):
            cell["source"] = " ".join(chance.choices(WORDS, k=250))
    notebook["metadata"]["vermarkting"]["answers"] = sheet
    place.mkdir(parents=True)
    (place / f"{place.name}.ipynb").write_text(json.dumps(notebook, ensure_ascii=False, indent=1), encoding="utf-8")
    (place / sheets.NAME).write_text(json.dumps(sheet, ensure_ascii=False, indent=1), encoding="utf-8")


def _spoilt(value: object, chance: random.Random) -> object:
    if isinstance(value, list):
        return chance.sample(value, len(value))
    if isinstance(value, dict):
        return dict(zip(value, chance.sample(list(value.values()), len(value)), strict=True))
    return value + 1 if isinstance(value, int | float) else f"{value} {chance.random()}"


def fresh(base: Path, place: Path, number: int, config: str | None = None) -> Path:
    """Make a course folder with the first ``number`` hand-ins of ``base``."""
    place.mkdir()
    for name in ("solutions", "assignments"):
        shutil.copytree(base / name, place / name)
    shutil.copy(base / "gradebook.db", place)
    if config is None:
        for settings in base.glob("nbgrader_config.*"):
            shutil.copy(settings, place)
    else:
        (place / "nbgrader_config.py").write_text(config)
    for student in sorted((base / "submitted").iterdir())[:number]:
        shutil.copytree(student, place / "submitted" / student.name, copy_function=os.link)
    os.sync()
    return place


# What runs in a process of its own.


def run_autograde(assignment: str) -> float:
    from nbgrader.apps.autogradeapp import AutogradeApp

    app = AutogradeApp()
    app.initialize([assignment, "--log-level=ERROR"])
    start = time.perf_counter()
    app.start()
    return time.perf_counter() - start


def run_bare(assignment: str, together: float) -> float:
    """``together`` is how many seconds rows may wait before they are put on disk."""
    from vermarkting.grading.autograde.released import load

    found = graded(cells(Path("solutions", assignment, f"{assignment}.ipynb")))
    released = load(Path("assignments", assignment), assignment, {name: cell["source"] for name, cell in found.items()})
    hidden = [cell.check for cell in released.graded.values() if cell.check]
    connection = sqlite3.connect("bare.db")
    connection.execute("create table scores (student text primary key, points real)")
    start = since = time.perf_counter()
    for folder in sorted(Path("submitted").iterdir()):
        place = folder / assignment
        notebook = json.loads((place / f"{assignment}.ipynb").read_bytes())
        sheet = sheets.parse((place / sheets.NAME).read_bytes())
        found = sheets.merge(sheet, sheets.from_notebook(notebook))
        values = {key: answer.value for key, answer in found.items()}
        points = sum(checks.evaluate(c.name, values, *c.arguments, points=c.points).points for c in hidden)
        connection.execute("insert into scores values (?, ?)", (folder.name, points))
        if time.perf_counter() - since >= together:
            connection.commit()
            since = time.perf_counter()
    connection.commit()
    return time.perf_counter() - start


def child(what: str, place: Path, assignment: str) -> dict:
    """Run one contender in a new process and give its seconds, its start-up and its largest memory in MB."""
    command = [sys.executable, __file__, "--child", what, assignment]
    environment = os.environ | {"JUPYTER_PATH": str(KERNELS), "JUPYTER_CONFIG_DIR": str(place / "no-config")}
    environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    start = time.perf_counter()
    done = subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True)
    whole = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    result = json.loads(done.stdout.splitlines()[-1])
    return result | {"startup": whole - result["seconds"]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hand-ins", type=int, default=500)
    parser.add_argument("--stock", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--growth", type=int, nargs="*", default=[50, 500, 5000])
    parser.add_argument("--child", nargs=2)
    options = parser.parse_args()
    if options.child:
        what, assignment = options.child
        bare = {"bare": 0.0, "bare 2": 0.5}
        worked = time.process_time()
        seconds = run_bare(assignment, bare[what]) if what in bare else run_autograde(assignment)
        worked = time.process_time() - worked
        used = resource.getrusage(resource.RUSAGE_SELF)
        print(json.dumps({"seconds": seconds, "worked": worked, "memory": used.ru_maxrss / 1024}))
        return
    with tempfile.TemporaryDirectory() as temporary:
        measure(Path(temporary), options)


def measure(place: Path, options: argparse.Namespace) -> None:
    assignment = largest()
    (place / "base").mkdir()
    base = Course(place / "base")
    base.nbgrader("generate_assignment", assignment)
    notebook, right = executed(base.place, assignment), honest_answers(assignment)
    most = max([options.hand_ins, *options.growth])
    for number in range(most):
        hand_in(base.place / "submitted" / f"s{number:05}" / assignment, notebook, right, number)
    size = sum(path.stat().st_size for path in (base.place / "submitted" / "s00000").rglob("*.*")) / 1000
    parts = len(graded(notebook_cells(base.place, assignment)))
    print(f"{assignment}: {parts} graded cells, {size:.0f} kB a hand-in, {os.cpu_count()} processors\n")

    def timed(what: str, number: int, config: str | None = None) -> dict:
        # A new folder each time, and none removed before the end: just after a removal, ext4 is slow to make files.
        course = fresh(base.place, Path(tempfile.mkdtemp(dir=place)) / "course", number, config)
        result = child(what, course, assignment)
        if not what.startswith("bare"):
            _check_all_graded(course, assignment, number)
        return result | {"each": result["seconds"] / number * 1000, "work": result["worked"] / number * 1000}

    stock = timed("stock", options.stock, STOCK)
    names = ("ours", "bare", "bare 2")
    rounds = [{name: timed(name, options.hand_ins) for name in names} for _ in range(options.rounds)]
    each = {name: [one[name]["each"] for one in rounds] for name in names}
    middle = {name: statistics.median(numbers) for name, numbers in each.items()}
    print(f"per hand-in, {options.hand_ins} of them, {options.rounds} rounds (stock: {options.stock} once)")
    print(f"  stock  {stock['each']:8.1f} ms   start-up {stock['startup']:.1f} s")
    for name in names:
        startup = min(one[name]["startup"] for one in rounds)
        print(f"  {name:6} {middle[name]:8.1f} ms   start-up {startup:.1f} s   ({_each(each[name])})")
    print(f"  stock / ours  = {stock['each'] / middle['ours']:.0f}   (target: at least 50)")
    for name in names[1:]:
        ratios = [one["ours"]["each"] / one[name]["each"] for one in rounds]
        work = [one["ours"]["work"] / one[name]["work"] for one in rounds]
        print(f"  ours / {name:6} = {statistics.median(ratios):.1f}   ({_each(ratios)}; target: at most 3)")
        print(f"    in processor time: {statistics.median(work):.1f}   ({_each(work)})")
    if options.growth:
        print("\ngrowth: per hand-in, largest memory")
        for number in options.growth:
            mine, theirs = timed("ours", number), timed("bare 2", number)
            print(
                f"  {number:5}   ours {mine['each']:6.1f} ms {mine['memory']:5.0f} MB"
                f"   bare 2 {theirs['each']:6.1f} ms {theirs['memory']:5.0f} MB"
            )


def notebook_cells(place: Path, assignment: str) -> list[dict]:
    return cells(place / "assignments" / assignment / f"{assignment}.ipynb")


def _check_all_graded(course: Path, assignment: str, number: int) -> None:
    with sqlite3.connect(course / "gradebook.db") as connection:
        query = "select count(distinct notebook_id), count(*) from grade where auto_score is not null"
        graded_hand_ins, scores = connection.execute(query).fetchone()
    assert graded_hand_ins == number == len(list((course / "autograded").glob(f"*/{assignment}"))), graded_hand_ins
    assert scores >= number


def _each(numbers: list[float]) -> str:
    return ", ".join(f"{number:.1f}" for number in numbers)


if __name__ == "__main__":
    main()
