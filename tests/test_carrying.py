"""Answers from a file: the newest of each, both of two texts, nothing that is not ours; from a laptop and into one."""

import json
import shutil

import pytest

from vermarkting import carrying, pictures
from vermarkting.answers import AnswerError, AnswerSheet
from vermarkting.carrying import is_ours, merged
from vermarkting.content import folder


def sheet(**answers: tuple[str, str]) -> str:
    entries = {f"01.{name}": {"value": value, "at": at} for name, (value, at) in answers.items()}
    return json.dumps({"schema": 1, "answers": entries})


EARLY, LATE = "2026-11-01T10:00:00.000+00:00", "2026-11-02T10:00:00.000+00:00"


def values(text: str) -> dict[str, object]:
    return {name: entry["value"] for name, entry in json.loads(text)["answers"].items()}


def test_of_each_answer_the_newest_counts():
    here = sheet(a=("oud", EARLY), b=("nieuw", LATE))
    there = sheet(a=("nieuw", LATE), b=("oud", EARLY), c=("alleen daar", EARLY))
    assert values(merged("lessons/antwoorden.json", here, there)) == {
        "01.a": "nieuw",
        "01.b": "nieuw",
        "01.c": "alleen daar",
    }
    assert values(merged("lessons/antwoorden.json", None, there)) == values(there)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"schema": 99, "answers": {}}', "<script>alert(1)</script>"])
def test_what_is_no_sheet_is_refused(text):
    with pytest.raises(AnswerError):
        merged("lessons/antwoorden.json", None, text)


@pytest.mark.parametrize(
    "path",
    ["../x.json", "lessons/../../antwoorden.json", "lessons/anders.json", 3, None, "a/O1/", "lessons/beelden.json"],
)
def test_only_answer_sheets_have_a_place(path):
    assert not is_ours(path)
    assert is_ours("lessons/antwoorden.json") and is_ours("assignments/O3/teksten.json")


def test_of_two_texts_both_stay():
    here, there = sheet(a=("Mijn lange tekst.", EARLY)), sheet(a=("Een andere tekst.", LATE))
    [entry] = json.loads(merged("assignments/O3/teksten.json", here, there))["answers"].values()
    assert entry["value"] == "Een andere tekst." and entry["also"] == ["Mijn lange tekst."]
    again = merged("assignments/O3/teksten.json", json.dumps({"schema": 2, "answers": {"01.a": entry}}), there)
    assert json.loads(again)["answers"]["01.a"]["also"] == ["Mijn lange tekst."]


PICTURE = b"\xff\xd8\xff" + bytes(30)


@pytest.fixture
def laptop(tmp_path):
    for name in ("lessons", "assignments/O3"):
        (tmp_path / name).mkdir(parents=True)
    shutil.copy(folder("assignments") / "O3" / "O3.ipynb", tmp_path / "assignments" / "O3")
    return tmp_path


def essay(student, words: str | None = None, attachments: dict | None = None) -> dict:
    path = student / "assignments" / "O3" / "O3.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = next(cell for cell in notebook["cells"] if cell["id"] == "o3-advies")
    if words is not None:
        cell |= {"source": words, "attachments": attachments or {}}
        path.write_text(json.dumps(notebook), encoding="utf-8")
    return cell


def test_what_a_laptop_has_goes_to_another_and_back(laptop, tmp_path_factory):
    AnswerSheet(laptop / "lessons" / "antwoorden.json").put("03.gent", "a")
    [(kind, content)] = pictures.attachments({"foto": PICTURE}, "attachment:foto")["foto"].items()
    essay(laptop, "Mijn advies ![tabel](attachment:image.png)", {"image.png": {kind: content}})
    packed = carrying.pack(laptop)
    other = tmp_path_factory.mktemp("other")
    for _ in range(2):  # a second time changes nothing
        assert carrying.unpack(other, packed) == 2
        assert AnswerSheet(other / "lessons" / "antwoorden.json").get("03.gent").value == "a"
        cell = essay(other)
        [name] = cell["attachments"]
        assert cell["source"] == f"Mijn advies ![tabel](attachment:{name})"
    there = carrying.pack(other)
    assert json.loads(there)["files"].keys() == json.loads(packed)["files"].keys()


def test_a_text_on_the_laptop_is_never_lost(laptop):
    packed = carrying.pack(laptop)
    assert json.loads(packed)["files"] == {}
    brought = {"form": carrying.FORM, "schema": 1, "files": {"assignments/O3/teksten.json": O3_TEXT}}
    essay(laptop, "Hier geschreven.")
    carrying.unpack(laptop, json.dumps(brought).encode())
    assert "Hier geschreven." in essay(laptop)["source"] and "Elders geschreven." in essay(laptop)["source"]


O3_TEXT = json.dumps({"schema": 1, "answers": {"O3.o3-advies": {"value": "Elders geschreven.", "at": LATE}}})
GOOD = {"lessons/antwoorden.json": sheet(a=("x", EARLY))}


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"\xff", b"{", json.dumps({"form": "iets", "files": GOOD}).encode(),
     json.dumps({"form": carrying.FORM, "files": {**GOOD, "../../etc/x.json": "{}"}}).encode(),
     json.dumps({"form": carrying.FORM, "files": {**GOOD, "assignments/O3/antwoorden.json": "<script>"}}).encode(),
     json.dumps({"form": carrying.FORM, "files": {**GOOD, "assignments/O3/beelden.json": "{}"}}).encode(),
     json.dumps({"form": carrying.FORM, "files": {"lessons/antwoorden.json": 3}}).encode()],
)  # fmt: skip
def test_a_hostile_file_changes_nothing(laptop, content):
    before = essay(laptop)
    with pytest.raises(ValueError, match=r"beeld|antwoord"):
        carrying.unpack(laptop, content)
    assert not (laptop / "lessons" / "antwoorden.json").exists() and essay(laptop) == before


def test_a_damaged_notebook_stops_all_of_it(laptop):
    notebook = laptop / "assignments" / "O3" / "O3.ipynb"
    notebook.write_text("{", encoding="utf-8")
    files = {**GOOD, "assignments/O3/teksten.json": O3_TEXT}
    with pytest.raises(AnswerError, match=r"O3\.ipynb"):
        carrying.unpack(laptop, json.dumps({"form": carrying.FORM, "schema": 1, "files": files}).encode())
    assert not (laptop / "lessons" / "antwoorden.json").exists() and notebook.read_text(encoding="utf-8") == "{"


def test_the_commands(laptop, tmp_path, capsys):
    from vermarkting.cli import main

    essay(laptop, "Mijn advies.")
    file = tmp_path / "mee.json"
    assert main(["meenemen", str(file), "--map", str(laptop)]) == 0
    assert main(["binnenhalen", str(file), "--map", str(tmp_path / "elders")]) == 0
    assert essay(tmp_path / "elders")["source"] == "Mijn advies."
    assert main(["binnenhalen", str(tmp_path / "geen.json")]) == 2
    assert "Open de website" in capsys.readouterr().out
