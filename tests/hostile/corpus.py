"""Hand-ins as they come: honest ones with something odd, broken ones and hostile ones, each with its one outcome.

``python tests/hostile/corpus.py FOLDER`` writes them all to a folder, to look at.
"""

import copy
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1] / "assignments"))

from kit import AT, ESSAY, Kit

from vermarkting.answers import NAME


@dataclass(frozen=True)
class Case:
    """One hand-in. ``outcome`` is ``graded``, ``look`` (in the gradebook, named in the summary) or ``failed`` (named
    in the summary, not in the gradebook). ``points`` of the checked parts and ``prose`` of the others: ``all``,
    ``zero``, ``none`` (``None``: for a person), ``any``, or ``doubt`` (all points, and a person must look).
    ``notices`` are the keys that must be said.
    """

    name: str
    make: Callable[[Kit, Path], None]
    outcome: str = "graded"
    points: str = "all"
    prose: str = "none"
    notices: frozenset[str] = frozenset()
    student: str | None = None

    def expected(self, kit: Kit) -> dict[str, tuple[float | None, bool]]:
        """Give what the gradebook must hold, by grade_id: the points, and whether a person must look."""
        checked = {
            "all": lambda points: (points, False),
            "doubt": lambda points: (points, True),
            "zero": lambda points: (0, False),
            "none": lambda points: (None, True),
        }
        prose = {"none": (None, True), "zero": (0, False)}
        found = dict.fromkeys(kit.prose, prose[self.prose])
        if self.points != "any":
            found |= {name: checked[self.points](kit.points[name]) for name in kit.checked}
        return found


CASES: list[Case] = []


def case(outcome="graded", points="all", prose="none", notices=(), student=None, name=None):
    def add(make):
        CASES.append(
            Case(
                name or make.__name__,
                make,
                outcome,
                points,
                prose,
                frozenset(notices),
                student or name or make.__name__,
            )
        )
        return make

    return add


def look(*notices, points="none", prose="none", student=None, name=None):
    return case("look", points, prose, notices, student, name)


# Code: a cell of the student's own, and the same code in place of a locked cell. Each would leave a canary behind.

ATTACKS = {
    "reads_hidden_checks": """
        import glob
        found = [open(f).read() for f in glob.glob('/**/solutions/*', recursive=True)]
        open({canary!r}, 'w').write(str(found))""",
    "reads_gradebook": """
        import sqlite3
        open({canary!r}, 'w')
        sqlite3.connect('../../../gradebook.db').execute('update grade set auto_score = 99')""",
    "reads_other_hand_ins": """
        import pathlib
        open({canary!r}, 'w').write(str(list(pathlib.Path('../..').rglob('*.json'))))""",
    "reads_home_and_environment": """
        import os, pathlib
        open({canary!r}, 'w').write(str(dict(os.environ)) + str(list(pathlib.Path.home().iterdir())))""",
    "overwrites": """
        import pathlib
        open({canary!r}, 'w')
        [f.write_text('x') for f in pathlib.Path('../..').rglob('*.ipynb')]""",
    "forks": """
        import os
        open({canary!r}, 'w')
        while True: os.fork()""",
    "uses_the_network": """
        import urllib.request
        open({canary!r}, 'w')
        urllib.request.urlopen('http://127.0.0.1:9/')""",
    "eats_memory": """
        open({canary!r}, 'w')
        x = 'x' * 10**12""",
    "loops": """
        open({canary!r}, 'w')
        while True: pass""",
    "kills_its_parent": """
        import os
        open({canary!r}, 'w')
        os.kill(os.getppid(), 9)""",
    "patches_checks_and_builtins": """
        import builtins, vermarkting.grading as g
        open({canary!r}, 'w')
        builtins.float = lambda x: 100
        g.match = g.order = lambda *a, **k: 100""",
    "patches_ipython": """
        open({canary!r}, 'w')
        get_ipython().events.register('post_run_cell', lambda *a: None)""",
    "shell_magic": """
        !touch {canary}
        %sx touch {canary}""",
    "exits": """
        import os
        open({canary!r}, 'w')
        os._exit(0)""",
    "writes_to_stderr": """
        import sys, warnings
        open({canary!r}, 'w')
        print('fout', file=sys.stderr)
        warnings.warn('let op')""",
}


def _attack(source):
    def make(kit, place):
        code = dedent(source).strip().format(canary=str(kit.canary))
        notebook = kit.notebook
        for name in kit.checked:
            kit.cell(notebook, name)["source"] = code
        notebook["cells"].insert(0, kit.code(code))
        notebook["cells"].append(kit.code(code))
        kit.write(place, notebook)

    return make


for attack, source in ATTACKS.items():
    case(notices={"own_code", "changed"}, name=f"code_{attack}")(_attack(source))


@case(notices={"changed"})
def forged_outputs(kit, place):
    """Nobody answered, but every test cell shows full points."""
    notebook = kit.notebook
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [
                {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/plain": "1000"}}
            ]
    kit.cell(notebook, kit.checked[0])["source"] += "\n1000"
    kit.write(place, notebook)


@case(points="zero", prose="zero", notices={"empty"})
def forged_outputs_and_no_answers(kit, place):
    notebook = copy.deepcopy(kit.released)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [
                {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/plain": "12"}}
            ]
    kit.write(place, notebook, sheet=False)


@case(notices={"own_code"})
def error_and_stderr_outputs(kit, place):
    notebook = kit.notebook
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [
                {"output_type": "stream", "name": "stderr", "text": "DeprecationWarning"},
                {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["t"]},
            ]
    notebook["cells"].append(kit.code("1/0"))
    kit.write(place, notebook)


# Files that would be taken for modules or settings.


@case(notices={"other_files"})
def modules_that_shadow(kit, place):
    kit.write(place)
    payload = f"open({str(kit.canary)!r}, 'w')\n"
    for name in ("json.py", "vermarkting.py", "sitecustomize.py", "nbgrader_config.py", "alembic.py", "conftest.py"):
        (place / name).write_text(payload)
    (place / "vermarkting").mkdir()
    (place / "vermarkting" / "__init__.py").write_text(payload)
    (place / "alembic").write_text(f"#!/bin/sh\ntouch {kit.canary}\n")
    (place / "alembic").chmod(0o755)


@case(points="all")
def a_rubric_of_its_own(kit, place):
    kit.write(place)
    (place / "rubriek.toml").write_text("x = " + "[" * 1000)


# nbgrader's metadata.


def _metadata(change, name, notices=("relabelled",), **more):
    def make(kit, place):
        notebook = kit.notebook
        change(kit, notebook)
        kit.write(place, notebook)

    case(name=name, notices=notices, **more)(make)


def _of(kit, notebook, part):
    return kit.cell(notebook, getattr(kit, part)[0])["metadata"]["nbgrader"]


_metadata(lambda k, n: _of(k, n, "checked").update(points=10_000), "points_raised")
_metadata(lambda k, n: _of(k, n, "checked").update(points="NaN"), "points_a_word")
_metadata(lambda k, n: _of(k, n, "prose").update(points=-5), "points_negative")
_metadata(lambda k, n: _of(k, n, "checked").update(grade_id="verzonnen"), "grade_id_unknown")
_metadata(lambda k, n: _of(k, n, "checked").update(grade_id=["a"]), "grade_id_a_list")
_metadata(lambda k, n: _of(k, n, "checked").update(grade=False), "no_longer_graded")
_metadata(lambda k, n: _of(k, n, "checked").update(locked=False), "unlocked")
_metadata(lambda k, n: _of(k, n, "checked").update(checksum="0" * 32), "checksum_changed")
_metadata(lambda k, n: _of(k, n, "checked").update(schema_version=1), "schema_old")
_metadata(lambda k, n: _of(k, n, "checked").update(schema_version=99), "schema_new")
_metadata(lambda k, n: _of(k, n, "checked").update(schema_version=None), "schema_none")
_metadata(lambda k, n: _of(k, n, "prose").update(solution=False, locked=True), "manual_becomes_automatic")
_metadata(lambda k, n: _of(k, n, "prose").update(task=True), "manual_becomes_task")
_metadata(lambda k, n: [cell["metadata"].pop("nbgrader", None) for cell in n["cells"]], "nbgrader_metadata_stripped")
_metadata(lambda k, n: [cell.update(metadata={}) for cell in n["cells"]], "cell_metadata_stripped")
_metadata(lambda k, n: [cell.update(metadata=None) for cell in n["cells"]], "cell_metadata_null")
_metadata(lambda k, n: [cell.update(metadata={"nbgrader": 7}) for cell in n["cells"]], "cell_metadata_a_number")
_metadata(lambda k, n: n["cells"].reverse(), "cells_reversed", notices=())
_metadata(lambda k, n: k.cell(n, k.prose[0]).update(cell_type="code", outputs=[]), "answer_cell_made_code", notices=())
_metadata(lambda k, n: k.cell(n, k.prose[0]).update(cell_type="raw"), "answer_cell_made_raw", notices=())
_metadata(lambda k, n: k.cell(n, k.checked[0]).update(cell_type="markdown"), "test_cell_made_text", notices=())
_metadata(lambda k, n: n["cells"].append(copy.deepcopy(k.cell(n, k.checked[0]))), "test_cell_doubled", notices=())
_metadata(lambda k, n: n["cells"].remove(k.cell(n, k.checked[0])), "test_cell_deleted", notices=())
_metadata(
    lambda k, n: n.update(cells=[c for c in n["cells"] if c["cell_type"] == "markdown"]), "all_code_cells_deleted", ()
)
_metadata(lambda k, n: n["cells"].append(copy.deepcopy(k.cell(n, k.prose[0]))), "answer_cell_doubled_same", notices=())
_metadata(
    lambda k, n: n["cells"].append(copy.deepcopy(k.cell(n, k.prose[0])) | {"source": "Nog een stuk tekst."}),
    "answer_cell_doubled_other",
    outcome="look",
    notices=("answer_twice",),
)
_metadata(
    lambda k, n: n["cells"].remove(k.cell(n, k.prose[0])),
    "answer_cell_deleted",
    outcome="look",
    notices=("answer_missing",),
)
_metadata(
    lambda k, n: k.cell(n, k.prose[0]).update(source=None), "source_null", outcome="look", notices=("answer_missing",)
)
_metadata(
    lambda k, n: k.cell(n, k.prose[0]).update(source={"a": 1}),
    "source_a_dict",
    outcome="look",
    notices=("answer_missing",),
)
_metadata(lambda k, n: [k.cell(n, p).update(source=list(ESSAY)) for p in k.prose], "source_a_letter_a_line", notices=())
_metadata(
    lambda k, n: n["cells"].extend([None, 7, "x", [], {}, {"cell_type": 5, "source": 5, "metadata": []}]),
    "cells_that_are_none",
    notices=(),
)
_metadata(
    lambda k, n: n.update(metadata=n["metadata"] | {"kernelspec": 5, "x": {"y": [None]}}), "kernelspec_a_number", ()
)


@case(notices={"own_text"})
def typed_in_a_new_cell_as_well(kit, place):
    notebook = kit.notebook
    notebook["cells"].append(kit.text("Nog een gedachte."))
    kit.write(place, notebook)


@look("written_elsewhere", points="all")
def typed_in_a_new_cell_only(kit, place):
    notebook = kit.notebook
    for name in kit.prose:
        kit.cell(notebook, name)["source"] = kit.cell(kit.released, name)["source"]
    notebook["cells"].append(kit.text(ESSAY))
    kit.write(place, notebook)


@case(prose="zero")
def no_prose(kit, place):
    notebook = kit.notebook
    for name in kit.prose:
        kit.cell(notebook, name)["source"] = " \n "
    kit.write(place, notebook)


@case(points="zero", prose="zero", notices={"empty"})
def never_filled_in(kit, place):
    kit.write(place, kit.released, sheet=False)


@case(notices={"own_code"})
def scratch_cell_and_deleted_setup(kit, place):
    notebook = kit.notebook
    first_code = next(c for c in notebook["cells"] if c["cell_type"] == "code" and "nbgrader" not in c["metadata"])
    notebook["cells"].remove(first_code)
    notebook["cells"].append(kit.code("2 + 2"))
    kit.write(place, notebook)


# Broken files. With a sheet beside them the checked parts still count.


def _broken(name, content, *notices, sheet=None, **more):
    def make(kit, place):
        kit.write(place, content(kit) if callable(content) else content, sheet)

    look(*notices, name=name, **({"points": "all"} if sheet is None else {"points": "none"}) | more)(make)


def _bytes(kit):
    return json.dumps(kit.notebook).encode()


_broken("truncated", lambda k: _bytes(k)[:-200], "damaged")
_broken("truncated_without_sheet", lambda k: _bytes(k)[:-200], "damaged", sheet=False)
_broken("empty_file", b"", "empty_file")
_broken("empty_file_without_sheet", b"", "empty_file", sheet=False)
_broken("blanks", b" \n\t ", "empty_file")
_broken("zeros", bytes(4096), "damaged")
_broken("random_bytes", bytes(range(256)) * 20, "encoding")
_broken("latin_1", lambda k: json.dumps(_accents(k), ensure_ascii=False).encode("latin-1", "replace"), "encoding")
_broken("format_3", lambda k: {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": []}, "other_version")
_broken("format_99", lambda k: k.notebook | {"nbformat": 99}, "other_version")
_broken("format_a_word", lambda k: k.notebook | {"nbformat": "4"}, "other_version")
_broken("format_true", lambda k: k.notebook | {"nbformat": True}, "other_version")
_broken("format_missing", lambda k: {k_: v for k_, v in k.notebook.items() if k_ != "nbformat"}, "other_version")
_broken("a_word_file", b"PK\x03\x04" + b"word/document.xml" * 9, "word")
_broken("a_pdf", b"%PDF-1.7 ...", "word")
_broken("a_web_page", b"<!DOCTYPE html><html><script>alert(1)</script></html>", "html")
_broken("a_web_page_after_a_mark", b"\xef\xbb\xbf\n<html></html>", "html")
_broken("conflict_markers", lambda k: _conflict(k), "conflict")
_broken("nested_deep", b"[" * 200_000 + b"]" * 200_000, "damaged")
_broken(
    "nested_deep_in_metadata", lambda k: _bytes(k)[:-1] + b', "x": ' + b"[" * 90_000 + b"]" * 90_000 + b"}", "damaged"
)
_broken("many_brackets", b"[" + b"[]," * 2_000_000 + b"[]]", "too_complex")
_broken("a_list", b"[1, 2, 3]", "not_a_notebook")
_broken("a_word", b'"tekst"', "not_a_notebook")
_broken("null", b"null", "not_a_notebook")
_broken("cells_a_dict", lambda k: k.notebook | {"cells": {"a": 1}}, "not_a_notebook")
_broken("cells_missing", lambda k: {"nbformat": 4, "metadata": {}}, "not_a_notebook")
_broken("metadata_a_list", lambda k: k.notebook | {"metadata": []}, "not_a_notebook")
_broken("many_cells", lambda k: k.notebook | {"cells": [{}] * 6_000}, "too_complex")
_broken("a_huge_number", lambda k: _bytes(k)[:-1] + b', "x": ' + b"9" * 10_000 + b"}", "damaged")
_broken("saved_output_of_60_mb", lambda k: _heavy(k, 60_000_000), "too_big")
_broken("saved_output_of_60_mb_without_sheet", lambda k: _heavy(k, 60_000_000), "too_big", sheet=False)
_broken("another_assignment", lambda k: _other(k), "other_assignment")
_broken("another_assignment_without_sheet", lambda k: _other(k), "other_assignment", sheet=False)


def _accents(kit):
    notebook = kit.notebook
    for name in kit.prose:
        kit.cell(notebook, name)["source"] = "Eén coöperatie, naïef maar reëel."
    return notebook


def _conflict(kit):
    text = json.dumps(kit.notebook, indent=1)
    middle = text.index("\n", len(text) // 2)
    return f"{text[:middle]}\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> main{text[middle:]}".encode()


def _heavy(kit, size):
    notebook = kit.notebook
    code = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    code["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * size}]
    return notebook


def _other(kit):
    notebook = kit.notebook
    notebook["metadata"]["vermarkting"]["id"] = "X9"
    return notebook


@case()
def saved_output_of_10_mb(kit, place):
    kit.write(place, _heavy(kit, 10_000_000))


@case()
def byte_order_mark(kit, place):
    kit.write(place, b"\xef\xbb\xbf" + json.dumps(_accents(kit), ensure_ascii=False).encode())


@case()
def utf_16(kit, place):
    kit.write(place, json.dumps(_accents(kit), ensure_ascii=False).encode("utf-16"))


@case()
def utf_32(kit, place):
    kit.write(place, json.dumps(_accents(kit), ensure_ascii=False).encode("utf-32"))


@case()
def nan_and_half_an_emoji(kit, place):
    notebook = kit.notebook
    notebook["cells"][0]["metadata"]["x"] = float("nan")
    for name in kit.prose:
        kit.cell(notebook, name)["source"] = "Half een emoji \ud83d, een nul \x00, een bel \x07 en terug \x1b[2J."
    kit.write(place, notebook)


@look("text_cut", points="all")
def an_essay_of_two_million_letters(kit, place):
    notebook = kit.notebook
    for name in kit.prose:
        kit.cell(notebook, name)["source"] = "woord " * 400_000
    kit.write(place, notebook)


@case(notices={"pictures"})
def markup_a_picture_in_the_answer(kit, place):
    notebook = kit.notebook
    for name in kit.prose:
        cell = kit.cell(notebook, name)
        cell["source"] = "Zie ![foto](attachment:foto.png) en ![weg](attachment:weg.png)"
        cell["attachments"] = {"foto.png": {"image/png": "iVBORw0KGgo="}}
    kit.write(place, notebook)


# Names.


@case(notices={"other_name"})
def downloaded_twice(kit, place):
    kit.write(place, name=f"{kit.assignment} (1).ipynb")


@case(notices={"other_name"})
def upper_case_extension(kit, place):
    kit.write(place, name=f"{kit.assignment}.IPYNB")


@case(notices={"other_name"})
def markup_in_the_notebook_s_name(kit, place):
    kit.write(place, name="mijn opdracht <b>definitief \u202e.ipynb")


@case(notices={"other_name"})
def in_a_folder_of_its_own(kit, place):
    kit.write(place / "mijn map")


@look("second_notebook", points="all")
def two_versions(kit, place):
    kit.write(place)
    kit.write(place, kit.released, name=f"{kit.assignment}-Copy1.ipynb")


@look("which_notebook", points="all")
def two_versions_and_none_is_called_right(kit, place):
    kit.write(place, name=f"{kit.assignment} (1).ipynb")
    kit.write(place, kit.released, name=f"{kit.assignment} (2).ipynb")


@case(notices={"other_files"})
def a_lesson_came_along(kit, place):
    kit.write(place)
    (place / "01_new_public_management.ipynb").write_text("{}")


@look("only_reserve")
def only_a_checkpoint(kit, place):
    kit.write(place / ".ipynb_checkpoints", sheet=False, name=f"{kit.assignment}-checkpoint.ipynb")


@case()
def a_checkpoint_too(kit, place):
    kit.write(place)
    kit.write(place / ".ipynb_checkpoints", kit.released, sheet=False, name=f"{kit.assignment}-checkpoint.ipynb")


@look("no_notebook")
def an_empty_folder(kit, place):
    place.mkdir(parents=True)


@look("no_notebook", points="all")
def only_a_sheet(kit, place):
    kit.write(place, False)


@look("no_notebook")
def something_else_entirely(kit, place):
    place.mkdir(parents=True)
    (place / "verslag.docx").write_bytes(b"PK\x03\x04")


@look("no_file")
def a_folder_in_place_of_a_file(kit, place):
    (place / kit.file).mkdir(parents=True)
    (place / kit.file / "x.txt").write_text("x")


@look("sheet_lost", points="doubt")
def a_folder_in_place_of_the_sheet(kit, place):
    kit.write(place, sheet=False)
    (place / NAME).mkdir()


@look("no_file", points="all")
def a_pipe_in_place_of_a_file(kit, place):
    kit.write(place, False)
    os.mkfifo(place / kit.file)


@look("sheet_lost", points="doubt")
def a_pipe_in_place_of_the_sheet(kit, place):
    kit.write(place, sheet=False)
    os.mkfifo(place / NAME)


@case(notices={"bad_moment"})
def a_pipe_in_place_of_the_moment(kit, place):
    kit.write(place)
    os.mkfifo(place / "timestamp.txt")


@look("link", points="all")
def a_link_to_the_solution(kit, place):
    kit.write(place, False)
    (place / kit.file).symlink_to(Path("../../../solutions") / kit.assignment / kit.file)


@look("link", points="all")
def a_link_to_nothing(kit, place):
    kit.write(place, False)
    (place / kit.file).symlink_to("bestaat niet")


@look("link", points="all")
def a_link_to_zeros(kit, place):
    kit.write(place, False)
    (place / kit.file).symlink_to("/dev/zero")


@look("sheet_lost", points="doubt")
def a_link_to_another_sheet(kit, place):
    kit.write(place, sheet=False)
    (place / NAME).symlink_to(Path("../../eerlijk-1") / kit.assignment / NAME)


@look("sheet_lost", points="doubt")
def a_sheet_of_3_gb(kit, place):
    kit.write(place, sheet=False)
    with (place / NAME).open("wb") as file:
        file.truncate(3_000_000_000)


@look("too_big", points="all")
def a_notebook_of_3_gb(kit, place):
    kit.write(place, False)
    with (place / kit.file).open("wb") as file:
        file.truncate(3_000_000_000)


@look("folder_is_link")
def the_folder_is_a_link(kit, place):
    place.parent.mkdir(parents=True)
    place.symlink_to(Path("..") / "eerlijk-1" / kit.assignment)


@case(notices={"other_files"})
def links_that_lead_out_and_round(kit, place):
    kit.write(place)
    (place / "rond").symlink_to(".")
    (place / "uit").symlink_to("/etc")
    (place / "wachtwoord.txt").symlink_to("/etc/passwd")


@case(notices={"other_files"})
def an_attachment_of_3_gb(kit, place):
    kit.write(place)
    with (place / "film.mp4").open("wb") as file:
        file.truncate(3_000_000_000)


@case(notices={"other_files_cut"})
def five_thousand_files(kit, place):
    kit.write(place)
    (place / "map").mkdir()
    for number in range(5_000):
        (place / "map" / f"{number}.txt").touch()


@case(notices={"other_files"})
def markup_in_file_names(kit, place):
    kit.write(place)
    for name in ("<img src=x onerror=alert(1)>.txt", "[a](javascript:alert(1)).txt", "=HYPERLINK(1).csv", "a\nb.txt"):
        (place / name).write_text("x")
    Path(os.fsdecode(os.fsencode(place) + b"/\xff\xfe.txt")).write_text("x")


# The moment of handing in.


def _moment(name, content, *notices):
    def make(kit, place):
        kit.write(place)
        (place / "timestamp.txt").write_bytes(content)

    case(name=name, notices=notices)(make)


_moment("moment", b"2026-03-12 10:00:00.000000 UTC")
_moment("moment_with_zone", b"2026-03-12 10:00:00.000000 Europe/Brussels")
_moment("moment_a_poem", b"gisteren rond de middag", "bad_moment")
_moment("moment_empty", b"", "bad_moment")
_moment("moment_impossible", b"2026-13-45 99:99:99 UTC", "bad_moment")
_moment("moment_in_year_one", b"0001-01-01 00:00:00 +2300", "bad_moment")
_moment("moment_binary", bytes(range(256)), "bad_moment")
_moment("moment_huge", b"2026-03-12 10:00:00 " + b"9" * 5_000, "bad_moment")
_moment("markup_in_moment", b"<script>alert(1)</script>", "bad_moment")


# Answer sheets. Every notebook here comes without a copy of the answers, so that the sheet alone counts.


def _sheet(name, content, *notices, outcome="look", points="none", bare=True, **more):
    def make(kit, place):
        kit.write(place, kit.bare if bare else None, content(kit) if callable(content) else content)

    case(outcome=outcome, points=points, notices=notices, name=name, **more)(make)


def _answers(kit, value, at=AT):
    return {"schema": 1, "answers": {key: {"value": value, "at": at} for key in kit.answers}}


_sheet("sheet_empty", b"", "sheet_lost")
_sheet("sheet_no_json", b"{'schema': 1}", "sheet_lost")
_sheet("sheet_truncated", lambda k: json.dumps(k.sheet).encode()[:-20], "sheet_lost")
_sheet(
    "sheet_truncated_but_copied", lambda k: json.dumps(k.sheet).encode()[:-20], "sheet_lost", points="doubt", bare=False
)
_sheet("sheet_too_big", b" " * 1_000_001, "sheet_lost")
_sheet("sheet_nested", lambda k: b'{"schema": 1, "answers": ' + b"[" * 200_000 + b"]" * 200_000 + b"}", "sheet_lost")
_sheet("sheet_value_nested", lambda k: _answers(k, [[[[[["x"]]]]]]), "sheet_lost")
_sheet(
    "sheet_many_answers",
    lambda k: {"schema": 1, "answers": {f"{k.assignment}.x{i}": {"value": 1, "at": AT} for i in range(3_000)}},
    "sheet_lost",
)
_sheet("sheet_of_later_version", lambda k: k.sheet | {"schema": 3}, "sheet_lost")
_sheet("sheet_schema_a_word", lambda k: k.sheet | {"schema": "1"}, "sheet_lost")
_sheet("sheet_with_more", lambda k: k.sheet | {"points": 100}, "sheet_lost")
_sheet(
    "sheet_with_points",
    lambda k: {"schema": 1, "answers": {q: {"value": 1, "at": AT, "points": 9} for q in k.answers}},
    "sheet_lost",
)
_sheet("sheet_a_list", lambda k: [k.sheet], "sheet_lost")
_sheet("sheet_nan", b'{"schema": 1, "answers": {"O1.a": {"value": NaN, "at": "%s"}}}' % AT.encode(), "sheet_lost")
_sheet(
    "sheet_infinite",
    lambda k: json.dumps(_answers(k, 1)).replace('"value": 1', '"value": 1e999').encode(),
    "sheet_lost",
)
_sheet("sheet_half_an_emoji", lambda k: _answers(k, "\ud83d"), "sheet_lost")
_sheet("sheet_long_text", lambda k: _answers(k, "x" * 20_001), "sheet_lost")
_sheet("sheet_bad_moment", lambda k: _answers(k, 1, at="gisteren"), "sheet_lost")
_sheet("sheet_far_moment", lambda k: _answers(k, 1, at="9999-01-01T00:00:00.000+00:00"), "sheet_lost")
_sheet("sheet_odd_ids", lambda k: {"schema": 1, "answers": {"../../etc": {"value": 1, "at": AT}}}, "sheet_lost")
_sheet(
    "sheet_same_question_twice",
    lambda k: (
        b'{"schema": 1, "answers": {"O1.a": {"value": 1, "at": "%s"}, "O1.a": {"value": 2, "at": "%s"}}}'
        % (AT.encode(), AT.encode())
    ),
    "sheet_lost",
)
_sheet(
    "sheet_of_another_assignment",
    lambda k: {"schema": 1, "answers": {"X9.termen": {"value": "x", "at": AT}}},
    "other_sheet",
)
_sheet("sheet_missing", False, "no_sheet")
_sheet("sheet_utf_16", lambda k: json.dumps(k.sheet).encode("utf-16"), "sheet_lost")
_sheet("sheet_with_mark", lambda k: b"\xef\xbb\xbf" + json.dumps(k.sheet).encode(), outcome="graded", points="all")
_sheet("sheet_alone_counts", None, outcome="graded", points="all")
_sheet("sheet_lives_in_notebook", False, outcome="graded", points="all", bare=False)
for wrong, value in {
    "a_number": 7,
    "a_word": "<script>alert(1)</script>",
    "true": True,
    "an_empty_list": [],
    "a_dict": {"t1": "<img src=x onerror=alert(1)>"},
    "a_list_of_lists": [["u1"]],
}.items():
    _sheet(f"markup_answers_all_{wrong}", lambda k, v=value: _answers(k, v), outcome="graded", points="any")


@case(points="any")
def markup_in_answers(kit, place):
    """Half an answer that fits and holds markup wherever words may stand."""
    sheet = kit.sheet
    for entry in sheet["answers"].values():
        if isinstance(entry["value"], str):
            entry["value"] = "</td></table><script>alert(1)</script> " + "woord " * 30
    kit.write(place, kit.bare, sheet)


@case(notices={"copy_lost"})
def a_spoilt_copy_beside_a_good_sheet(kit, place):
    notebook = kit.notebook
    notebook["metadata"]["vermarkting"]["answers"] = {"schema": 1, "answers": 7}
    kit.write(place, notebook)


@look("copy_lost", points="none")
def a_spoilt_copy_and_no_sheet(kit, place):
    notebook = kit.notebook
    notebook["metadata"]["vermarkting"]["answers"] = {"schema": 1, "answers": 7}
    kit.write(place, notebook, sheet=False)


@case()
def the_copy_is_newer(kit, place):
    """An old sheet with wrong answers, a newer copy with the right ones: per answer the newest counts."""
    old = _answers(kit, 7, at="2026-03-11T10:00:00.000+00:00")
    kit.write(place, kit.notebook, old)


@case()
def answers_of_all_lessons_in_one_sheet(kit, place):
    sheet = kit.sheet
    sheet["answers"] |= {f"{n:02}.weddenschap": {"value": "a", "at": AT} for n in range(10)}
    kit.write(place, kit.bare, sheet)


# Markup in the text of an answer.

MARKUP = {
    "script": "<script>alert(1)</script>",
    "handler": "<img src=x onerror=alert(1)><svg/onload=alert(1)>",
    "closing": "</div></div></body></html><script>alert(1)</script>",
    "link": "[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](javascript&colon;alert(1)) <javascript:alert(1)>",
    "split_link": "[klik][1]\n\n[1]: javascript:alert(1)",
    "data": "[klik](data:text/html;base64,PHNjcmlwdD4=) ![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "fence": "```mermaid\n</pre><script>alert(1)</script>\n```\n\n```html\n<script>alert(1)</script>\n```",
    "fence_info": '```<script>alert(1)</script>\nx\n```\n\n~~~" onload=alert(1)\nx\n~~~',
    "tex": "$\\href{javascript:alert(1)}{a}$ $$</p><script>alert(1)</script>$$ \\\\[<img src=x onerror=alert(1)>\\\\]",
    "environment": "\\begin{equation}<script>alert(1)</script>\\end{equation}",
    "blank_lines": "een\n\n<script>alert(1)</script>\n\n\n<iframe src=javascript:alert(1)>\r\n\r\n<style>*{}</style>",
    "template": "{{ 7*7 }} {% raw %} {% import os %} ${7*7} #{7*7}",
    "entities": "&lt;script&gt;alert(1)&lt;/script&gt; &#60;script&#62;",
    "missing_attachment": "![x](attachment:nergens.png)",
    "heading": "# <a href=javascript:alert(1)>kop</a>\n\n| a | b |\n|---|---|\n| <script>alert(1)</script> | x |",
}


def _markup(text):
    def make(kit, place):
        notebook = kit.notebook
        for name in kit.prose:
            kit.cell(notebook, name)["source"] = text
        notebook["cells"].append(kit.text(text))
        notebook["cells"].append(kit.text(text, id="o1-<script>"))
        html = [
            {"output_type": "display_data", "metadata": {}, "data": {"text/html": text, "application/javascript": text}}
        ]
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                cell["outputs"] = html
        notebook["metadata"]["title"] = text
        kit.write(place, notebook)

    return make


for kind, text in MARKUP.items():
    case(notices={"own_text"}, name=f"markup_{kind}")(_markup(text))


# Names of students' folders.


def _named(name, student, outcome="failed"):
    points, prose = ("all", "none") if outcome == "graded" else ("any", "any")
    case(outcome, points, prose, name=name, student=student)(lambda kit, place: kit.write(place))


_named("student_a_pattern", "[x]*")
_named("student_markup", "<img src=x onerror=alert(1)>")
_named("student_formula", "=HYPERLINK(1)")
_named("student_formula_plus", "+1")
_named("student_formula_at", "@SUM(A1)")
_named("student_quote", 'a"b')
_named("student_query", "a?b#c")
_named("student_line_break", "a\nb")
_named("student_space_at_end", "spatie ")
_named("student_long", "x" * 150)
_named("student_accents", "Zoë Ñandú-van 't Hof (r0123456)", "graded")
_named("student_with_at", "an.peeters+sw@student.example", "graded")


if __name__ == "__main__":
    target = Path(sys.argv[1])
    for one in CASES:
        kit = Kit("O1", target / "canary")
        one.make(kit, target / "submitted" / one.student / kit.assignment)
    print(len(CASES))
