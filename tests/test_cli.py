"""The command: what it copies, what it keeps, and what it says when something is in the way."""

import errno
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from vermarkting import cli, files
from vermarkting.lab import delivery, launch


def notebook(*texts: str, **metadata) -> str:
    cells = [
        {"cell_type": "code", "id": f"c{i}", "metadata": {}, "execution_count": None, "outputs": [], "source": [text]}
        for i, text in enumerate(texts)
    ]
    return json.dumps({"cells": cells, "metadata": {"vermarkting": {"id": "00", **metadata}}, "nbformat": 4})


@pytest.fixture
def module(tmp_path, monkeypatch):
    """What is packaged: one lesson and one assignment with a picture; a test may change it."""
    root = tmp_path / "module"
    (root / "lessons").mkdir(parents=True)
    (root / "assignments" / "O1").mkdir(parents=True)
    (root / "lessons" / "00_start.ipynb").write_text(notebook("een"))
    (root / "assignments" / "O1" / "O1.ipynb").write_text(notebook("opdracht"))
    (root / "assignments" / "O1" / "kaart.svg").write_text("<svg/>")
    monkeypatch.setattr(delivery, "folder", lambda name: root / name)
    return root


@pytest.fixture
def student(tmp_path):
    return tmp_path / "student"


LESSON = "lessons/00_start.ipynb"
BESIDE = "lessons/00_start (nieuwe versie).ipynb"


def texts(path: Path) -> list[str]:
    return ["".join(cell["source"]) for cell in json.loads(path.read_text())["cells"]]


class TestDelivery:
    def test_copies_everything_once(self, module, student):
        assert delivery.deliver(student) == []
        for part in ("lessons/00_start.ipynb", "assignments/O1/O1.ipynb", "assignments/O1/kaart.svg"):
            assert (student / part).read_bytes() == (module / part).read_bytes()

    def test_leaves_out_hidden_files_and_answer_sheets(self, module, student):
        (module / "lessons" / ".ipynb_checkpoints").mkdir()
        (module / "lessons" / ".ipynb_checkpoints" / "x.ipynb").write_text("{}")
        (module / "lessons" / "antwoorden.json").write_text("{}")
        delivery.deliver(student)
        assert [path.name for path in (student / "lessons").iterdir()] == ["00_start.ipynb"]

    def test_a_second_time_changes_nothing(self, module, student):
        delivery.deliver(student)
        (student / LESSON).write_text(notebook("mijn notitie"))
        before = (student / LESSON).stat().st_mtime_ns
        assert delivery.deliver(student) == []
        assert (student / LESSON).stat().st_mtime_ns == before
        assert not (student / BESIDE).exists()

    def test_brings_back_a_removed_file(self, module, student):
        delivery.deliver(student)
        (student / LESSON).unlink()
        delivery.deliver(student)
        assert texts(student / LESSON) == ["een"]

    def test_replaces_an_unchanged_lesson(self, module, student):
        delivery.deliver(student)
        (module / LESSON).write_text(notebook("twee"))
        assert delivery.deliver(student) == []
        assert texts(student / LESSON) == ["twee"]

    def test_outputs_and_metadata_are_not_a_change_and_answers_stay(self, module, student):
        delivery.deliver(student)
        run = json.loads(notebook("een", answers={"schema": 1, "answers": {"00.a": {"value": "b"}}}))
        run["cells"][0].update(outputs=[{"output_type": "stream", "name": "stdout", "text": "x"}], execution_count=3)
        run["cells"][0]["source"] = "een"
        (student / LESSON).write_text(json.dumps(run))
        (module / LESSON).write_text(notebook("twee"))
        assert delivery.deliver(student) == []
        assert texts(student / LESSON) == ["twee"]
        kept = json.loads((student / LESSON).read_text())["metadata"]["vermarkting"]
        assert kept == {"id": "00", "answers": {"schema": 1, "answers": {"00.a": {"value": "b"}}}}

    def test_keeps_a_changed_lesson_and_puts_the_new_one_beside_it(self, module, student):
        delivery.deliver(student)
        mine = notebook("een", "mijn notitie")
        (student / LESSON).write_text(mine)
        (module / LESSON).write_text(notebook("twee"))
        assert delivery.deliver(student) == [BESIDE]
        assert (student / LESSON).read_text() == mine
        assert texts(student / BESIDE) == ["twee"]
        assert delivery.deliver(student) == []

    def test_an_unchanged_new_version_makes_way_for_a_newer_one(self, module, student):
        delivery.deliver(student)
        (student / LESSON).write_text(notebook("van mij"))
        for text in ("twee", "drie"):
            (module / LESSON).write_text(notebook(text))
            assert delivery.deliver(student) == [BESIDE]
        assert texts(student / BESIDE) == ["drie"]
        assert texts(student / LESSON) == ["van mij"]

    def test_a_changed_new_version_stays_too(self, module, student):
        delivery.deliver(student)
        (student / LESSON).write_text(notebook("van mij"))
        (module / LESSON).write_text(notebook("twee"))
        delivery.deliver(student)
        (student / BESIDE).write_text(notebook("ook van mij"))
        (module / LESSON).write_text(notebook("drie"))
        assert delivery.deliver(student) == ["lessons/00_start (nieuwe versie 2).ipynb"]
        assert texts(student / LESSON) == ["van mij"]
        assert texts(student / BESIDE) == ["ook van mij"]

    def test_a_file_that_was_there_before_us_stays(self, module, student):
        (student / "lessons").mkdir(parents=True)
        (student / LESSON).write_text("geen notebook")
        assert delivery.deliver(student) == [BESIDE]
        assert (student / LESSON).read_text() == "geen notebook"

    @pytest.mark.parametrize("note", [b"", b"[]", b"{", b'{"files": {"a": 1}}', b"\xff"])
    def test_a_damaged_note_loses_nothing(self, module, student, note):
        delivery.deliver(student)
        (student / LESSON).write_text(notebook("van mij"))
        (student / delivery.HIDDEN / "geleverd.json").write_bytes(note)
        (module / LESSON).write_text(notebook("twee"))
        assert delivery.deliver(student) == [BESIDE]
        assert texts(student / LESSON) == ["van mij"]

    def test_never_touches_the_answer_sheet(self, module, student):
        delivery.deliver(student)
        sheet = student / "assignments" / "O1" / "antwoorden.json"
        sheet.write_text("van mij")
        (module / "assignments" / "O1" / "O1.ipynb").write_text(notebook("nieuw"))
        delivery.deliver(student)
        assert sheet.read_text() == "van mij"

    def test_a_write_that_fails_leaves_the_old_file_whole(self, module, student, monkeypatch):
        delivery.deliver(student)
        (module / LESSON).write_text(notebook("twee"))

        def full(_handle):
            raise OSError(errno.ENOSPC, "full")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(OSError):
            delivery.deliver(student)
        assert texts(student / LESSON) == ["een"]
        assert [path.name for path in (student / "lessons").iterdir()] == ["00_start.ipynb"]


class TestSentences:
    """One Dutch sentence, no traceback, and the right exit code."""

    def run(self, capsys, *arguments) -> tuple[int, str]:
        code = cli.main([str(a) for a in arguments])
        out, err = capsys.readouterr()
        assert out == "" and err.count("\n") == 1 and err.strip().endswith(".")
        return code, err

    @pytest.fixture(autouse=True)
    def no_server(self, monkeypatch):
        monkeypatch.setattr(launch, "serve", lambda *_: pytest.fail("a server was started"))

    def test_a_file_in_place_of_the_folder(self, capsys, module, tmp_path):
        (tmp_path / "bestand").write_text("x")
        code, said = self.run(capsys, tmp_path / "bestand")
        assert code == 1 and "bestand in de weg" in said

    def test_a_file_above_the_folder(self, capsys, module, tmp_path):
        (tmp_path / "bestand").write_text("x")
        code, said = self.run(capsys, tmp_path / "bestand" / "map")
        assert code == 1 and "bestand in de weg" in said

    @pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.EPERM])
    def test_a_read_only_folder(self, capsys, module, student, monkeypatch, number):
        student.mkdir()

        def refuse(*_, **__):
            raise OSError(number, "no")

        monkeypatch.setattr(files.tempfile, "mkstemp", refuse)
        code, said = self.run(capsys, student)
        assert code == 1 and "kies een map waarin je mag schrijven" in said

    def test_a_full_disk(self, capsys, module, student, monkeypatch):
        def refuse(*_, **__):
            raise OSError(errno.ENOSPC, "full")

        monkeypatch.setattr(files.tempfile, "mkstemp", refuse)
        code, said = self.run(capsys, student)
        assert code == 1 and "schijf is vol" in said

    def test_a_taken_port_names_a_free_one(self, capsys, module, student):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            code, said = self.run(capsys, student, "--port", port)
        assert code == 2 and f"Poort {port} is al bezet" in said
        assert not student.exists()

    @pytest.mark.parametrize("port", ["0", "80", "65536", "-1", "veel", "8888.0", "²"])
    def test_not_a_port(self, capsys, module, student, port):
        code, said = self.run(capsys, student, f"--port={port}")
        assert code == 2 and "tussen 1024 en 65535" in said

    def test_an_unknown_option(self, capsys, module, student):
        code, said = self.run(capsys, student, "--poort", "8888")
        assert code == 2 and "vermarkting --help" in said

    def test_no_port_left(self, capsys, module, student, monkeypatch):
        monkeypatch.setattr(launch, "is_free", lambda port: False)
        code, said = self.run(capsys, student, "--port", "9000")
        assert code == 2 and "8888 tot 8987" in said


class TestOpening:
    @pytest.fixture
    def served(self, monkeypatch):
        calls = []

        def serve(folder, port, open_browser, on_ready):
            calls.append((folder, port, open_browser))
            on_ready("http://127.0.0.1:1/lab")

        monkeypatch.setattr(launch, "serve", serve)
        return calls

    def test_help_is_dutch(self, capsys):
        with pytest.raises(SystemExit) as stopped:
            cli.main(["--help"])
        assert stopped.value.code == 0
        said = capsys.readouterr().out
        assert "toon deze uitleg" in said and "usage" not in said

    def test_the_default_folder_stands_in_the_home(self, module, served, tmp_path, monkeypatch):
        monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
        assert cli.main(["--no-browser"]) == 0
        assert served[0][0] == tmp_path / "home" / "vermarkting"
        assert (tmp_path / "home" / "vermarkting" / LESSON).exists()

    def test_a_free_port_is_passed_on(self, module, served, student, monkeypatch):
        monkeypatch.setattr(launch, "is_free", lambda port: True)
        cli.main([str(student), "--no-browser", "--port", "9000"])
        cli.main([str(student), "--no-browser"])
        assert served == [(student, 9000, False), (student, None, False)]

    def test_a_port_taken_at_the_last_moment_gets_the_same_sentence(self, module, student, capsys, monkeypatch):
        def taken(*_):
            raise launch.PortTaken

        monkeypatch.setattr(launch, "serve", taken)
        monkeypatch.setattr(launch, "is_free", lambda port: port in (9000, 9001))
        monkeypatch.setattr(launch, "FIRST_PORT", 9001)
        assert cli.main([str(student), "--no-browser", "--port", "9000"]) == 2
        assert "Poort 9000 is al bezet" in capsys.readouterr().err

    def test_says_where_things_are(self, module, served, student, capsys, monkeypatch):
        monkeypatch.setattr(launch, "has_browser", lambda: True)
        cli.main([str(student)])
        said = capsys.readouterr().out
        assert str(student) in said and "http://127.0.0.1:1/lab" in said and "Ctrl-C" in said
        assert served[0][2] is True

    def test_says_that_there_is_no_browser(self, module, served, student, capsys, monkeypatch):
        def none():
            raise launch.webbrowser.Error("none")

        monkeypatch.setattr(launch.webbrowser, "get", none)
        cli.main([str(student)])
        assert "geen browser gevonden" in capsys.readouterr().out
        assert served[0][2] is False

    def test_says_what_was_put_beside(self, module, served, student, capsys):
        delivery.deliver(student)
        (student / LESSON).write_text(notebook("van mij"))
        (module / LESSON).write_text(notebook("twee"))
        cli.main([str(student), "--no-browser"])
        assert f"'{BESIDE}'" in capsys.readouterr().out


def test_a_taken_first_port_makes_way_for_the_next(tmp_path):
    with socket.socket() as taken:
        if launch.is_free(launch.FIRST_PORT):
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a server that just left may linger
            taken.bind((launch.HOST, launch.FIRST_PORT))
            taken.listen()
        command = [sys.executable, "-m", "vermarkting.cli", str(tmp_path / "student"), "--no-browser"]
        running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        said = [running.stdout.readline() for _ in range(3)]
        running.terminate()
        running.communicate(timeout=30)
    assert "http://127.0.0.1:" in said[1] and f":{launch.FIRST_PORT}/" not in said[1]


def test_ctrl_c_stops_the_real_command_in_dutch(tmp_path):
    command = [sys.executable, "-m", "vermarkting.cli", str(tmp_path / "student"), "--no-browser"]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    said = [running.stdout.readline() for _ in range(3)]
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=30)
    assert "http://127.0.0.1:" in said[1] and "token=" in said[1]
    assert out == "De module is gestopt. Je antwoorden zijn bewaard.\n"
    assert err == ""
    assert running.returncode == 0


@pytest.mark.parametrize("home", ["/dev/null/thuis", "/proc/nergens"])
def test_a_home_folder_that_cannot_be_written_is_named_and_not_the_course_folder(tmp_path, home):
    """Jupyter keeps its own files there. These places can't be written by anybody, an administrator included."""
    folder = tmp_path / "cursus"
    command = [sys.executable, "-m", "vermarkting.cli", str(folder), "--no-browser"]
    told = subprocess.run(command, env={**os.environ, "HOME": home}, capture_output=True, text=True, timeout=60)
    assert told.returncode == 1
    assert told.stderr.startswith(f"Je persoonlijke map '{home}' kan niet beschreven worden")
    assert str(folder) not in told.stderr


@pytest.mark.parametrize("place", ["/dev/null/jupyter", "/proc/nergens/jupyter"])
def test_a_setting_that_points_where_nobody_can_write_is_named(tmp_path, place):
    command = [sys.executable, "-m", "vermarkting.cli", str(tmp_path / "cursus"), "--no-browser"]
    environment = {**os.environ, "JUPYTER_RUNTIME_DIR": place}
    told = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert told.returncode == 1
    assert told.stderr.startswith(f"De instelling JUPYTER_RUNTIME_DIR wijst naar '{place}'")
