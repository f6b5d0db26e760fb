"""A new assignment or lesson that works from the start, with examples to replace: ``vermarkting nieuw``.

It is a notebook, questions, for an assignment also a rubric and a weight, and a line in the list of pages.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from vermarkting.files import write_whole
from vermarkting.text import fill, sentences, t

POINTS, MINUTES, WORDS = 100, 90, 300
_ASSIGNMENT, _LESSON = re.compile(r"O[1-9]\d?"), re.compile(r"\d\d")
_WEIGHTS = re.compile(r"^(c\.ScoreExport\.weights = \{[^}]*)\}", re.MULTILINE)
_HIDDEN = {"jupyter": {"source_hidden": True}}


class NewPageError(ValueError):
    """Nothing was made; ``str()`` is one Dutch sentence."""


@dataclass
class _Files:
    """What is to be written, by path in the course: all of it is worked out before the first file changes."""

    course: Path
    content: dict[str, str] = field(default_factory=dict)

    def read(self, name: str) -> str:
        return (self.course / name).read_text(encoding="utf-8")

    def write(self) -> list[str]:
        for name, content in self.content.items():
            (self.course / name).parent.mkdir(parents=True, exist_ok=True)
            write_whole(self.course / name, content.encode())
        return list(self.content)


def assignment(course: Path, name: str, title: str, weight: float = 0, kinds: Sequence[str] = ()) -> list[str]:
    """Make an assignment such as ``O7``; gives the files, the notebook, questions and rubric first.

    ``kinds`` are those of ``parts`` in ``text/nl/new_page.toml``, by default all. Raises ``NewPageError``, ``OSError``.
    """
    made = _Files(course)
    _check(made, name, _ASSIGNMENT)
    known = sentences("new_page")["parts"]
    kinds = list(kinds or known)
    for kind in kinds:
        if kind not in known:
            raise NewPageError(t("new_page.bad_kind", kind=kind, known=", ".join(known)))
    if weight < 0:
        raise NewPageError(t("new_page.bad_weight"))
    each = POINTS // (2 * len(kinds))
    essay = POINTS - each * len(kinds)
    title_line = f"Opdracht {name}. {title}"
    cells = list(_assignment_cells(name, title, weight, kinds, each, essay))
    made.content[f"solutions/{name}/{name}.ipynb"] = _notebook(name, "assignment", MINUTES, cells)
    made.content[f"data/questions/{name}.toml"] = _questions(
        title_line, [_example("questions", kind) for kind in kinds]
    )
    made.content[f"solutions/{name}/rubriek.toml"] = _rubric(f"{name.lower()}-tekst", essay)
    _list(made, name, "assignment", f"assignments/{name}/{name}.ipynb", title_line)
    config, found = _WEIGHTS.subn(rf'\g<1>, "{name}": {weight:g}}}', made.read("nbgrader_config.py"))
    if found != 1:
        raise NewPageError(t("new_page.no_weights"))
    made.content["nbgrader_config.py"] = config
    return made.write()


def lesson(course: Path, name: str, title: str) -> list[str]:
    """Make a lesson such as ``11``; gives the files, the notebook and questions first. Raises as ``assignment``."""
    made = _Files(course)
    _check(made, name, _LESSON)
    title_line = f"Les {int(name)}. {title}"
    path = f"lessons/{name}_{_slug(title)}.ipynb"
    cells = [
        _prose(f"{name}-titel", t("new_page.lesson.title", name=int(name), title=title)),
        _prose(f"{name}-doelen", t("new_page.lesson.goals")),
        _prose(f"{name}-uitleg", t("new_page.lesson.ask")),
        _code(f"{name}-vraag", f'from vermarkting import widgets as w; w.question("{name}.voorbeeld")'),
        _prose(f"{name}-samenvatting", t("new_page.lesson.summary")),
    ]
    made.content[path] = _notebook(name, "lesson", 30, cells)
    made.content[f"data/questions/{name}.toml"] = _questions(title_line, [_example("lesson", "example")])
    _list(made, name, "lesson", path, title_line)
    return made.write()


def _check(made: _Files, name: str, form: re.Pattern) -> None:
    if not (made.course / "nbgrader_config.py").is_file() or not (made.course / "data" / "pages.csv").is_file():
        raise NewPageError(t("new_page.no_module", folder=made.course))
    if not form.fullmatch(name):
        raise NewPageError(t("new_page.bad_name", name=name))
    if (made.course / "data" / "questions" / f"{name}.toml").exists() or (made.course / "solutions" / name).exists():
        raise NewPageError(t("new_page.taken", name=name))


def _assignment_cells(name: str, title: str, weight: float, kinds: list[str], each: int, essay: int) -> Iterator[dict]:
    low = name.lower()
    parts = [(t(f"new_page.parts.{kind}"), each) for kind in kinds]
    parts.append((t("new_page.assignment.essay_part", words=WORDS), essay))
    rows = [f"| {number} | {what} | {points} |" for number, (what, points) in enumerate(parts, start=1)]
    told = {"name": name, "title": title, "minutes": MINUTES, "weight": f"{weight:g}"}
    yield _prose(f"{low}-titel", t("new_page.assignment.title", **told))
    table = "\n".join([t("new_page.assignment.parts_head"), *rows])
    yield _prose(f"{low}-werkwijze", t("new_page.assignment.way", parts=table))
    for number, kind in enumerate(kinds, start=1):
        what = {"number": number, "what": t(f"new_page.parts.{kind}"), "points": each}
        yield _prose(f"{low}-uitleg-{kind}", t("new_page.assignment.part_title", **what))
        yield _code(f"{low}-vraag-{kind}", f'from vermarkting import widgets as w; w.question("{name}.{kind}")')
        yield _checked(f"{low}-{kind}", f"{name}.{kind}", fill(_example("keys", kind), name=name, points=each), each)
    yield _prose(f"{low}-uitleg-tekst", t("new_page.assignment.essay", number=len(parts), words=WORDS))
    yield _code(f"{low}-rubriek", f'from vermarkting import grading as g; g.rubric("{name}")')
    yield _prose(f"{low}-schrijven", t("new_page.assignment.write"))
    answer = _prose(f"{low}-tekst", t("new_page.assignment.model"))
    answer["metadata"] = {"nbgrader": _graded(f"{low}-tekst", essay, solution=True), "vermarkting": {"words": WORDS}}
    yield answer
    yield _prose(f"{low}-indienen", t("new_page.assignment.done"))
    yield _code(f"{low}-inleveren", f'from vermarkting import widgets as w; w.hand_in("{name}")')


def _checked(grade_id: str, question_id: str, key: str, points: int) -> dict:
    lines = [
        f'from vermarkting import widgets as w; w.answered("{question_id}")',
        "### BEGIN VERBORGEN CONTROLE",
        "from vermarkting import grading as g",
        key,
        "### EINDE VERBORGEN CONTROLE",
    ]
    cell = _code(grade_id, "\n".join(lines))
    cell["metadata"] = {**_HIDDEN, "nbgrader": _graded(grade_id, points, solution=False)}
    return cell


def _graded(grade_id: str, points: int, solution: bool) -> dict:
    return {
        "grade": True,
        "grade_id": grade_id,
        "locked": not solution,
        "points": points,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }


def _prose(cell_id: str, text: str) -> dict:
    return {"cell_type": "markdown", "id": cell_id, "metadata": {}, "source": _lines(text)}


def _code(cell_id: str, text: str) -> dict:
    cell = {"cell_type": "code", "execution_count": None, "id": cell_id, "metadata": dict(_HIDDEN), "outputs": []}
    return {**cell, "source": _lines(text)}


def _lines(text: str) -> list[str]:
    return text.strip().splitlines(keepends=True)


def _notebook(name: str, kind: str, minutes: int, cells: list[dict]) -> str:
    metadata = {
        "kernelspec": {"display_name": "Vermarkting", "language": "python", "name": "vermarkting"},
        "language_info": {"name": "python"},
        "vermarkting": {"id": name, "kind": kind, "minutes": minutes},
    }
    document = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _questions(title: str, examples: list[str]) -> str:
    return f"# {title}\n" + "".join(f"\n{fill(example).strip()}\n" for example in examples)


def _example(part: str, name: str) -> str:
    text = files("vermarkting").joinpath("new_page_examples.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)[part][name]


def _rubric(cell: str, points: int) -> str:
    lines = [f"[{cell}]", f"title = {json.dumps(t('new_page.rubric.title'), ensure_ascii=False)}"]
    for name, top in (("first", points - points // 2), ("second", points // 2)):
        lines += ["", f"[[{cell}.criteria]]", f"name = {json.dumps(t(f'new_page.rubric.{name}'))}", "levels = ["]
        for level in range(4):
            text = json.dumps(t(f"new_page.rubric.level_{level + 1}"), ensure_ascii=False)
            lines.append(f"  {{ points = {round(top * level / 3)}, text = {text} }},")
        lines.append("]")
    return "\n".join(lines) + "\n"


def _list(made: _Files, name: str, kind: str, path: str, title: str) -> None:
    """Add the page to the list of pages and its questions to the data package."""
    quoted = f'"{title.replace(chr(34), chr(34) * 2)}"' if re.search('[",]', title) else title
    made.content["data/pages.csv"] = f"{made.read('data/pages.csv').rstrip()}\n{name},{kind},{path},{quoted}\n"
    package = json.loads(made.read("data/datapackage.json"))
    like = next(one for one in package["resources"] if one["name"].startswith("questions_"))
    own = {
        "name": f"questions_{name.lower()}",
        "path": f"questions/{name}.toml",
        "title": t("new_page.question_title", page=title.partition(".")[0].lower()),
        "sources": [{"title": t("new_page.example_source")}],
    }
    last = max(n for n, one in enumerate(package["resources"]) if one["name"].startswith("questions_"))
    package["resources"].insert(last + 1, like | own)
    made.content["data/datapackage.json"] = json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _slug(title: str) -> str:
    return "_".join(re.findall(r"[a-z0-9]+", title.lower().translate(str.maketrans("éèëïöüç", "eeeiouc"))))[:40]
