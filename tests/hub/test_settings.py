"""The settings of a class, and what keeps it from starting."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from vermarkting.hub import places, settings, start
from vermarkting.hub.settings import SettingsError


def write(folder: Path, text: str) -> Path:
    (folder / "klas.toml").write_text(text, encoding="utf-8")
    return folder


def test_what_is_left_out_is_as_in_the_template(tmp_path):
    found = settings.read(write(tmp_path, "[grenzen]\ngeheugen_mb = 800\n"))
    assert found.memory_mb == 800 and found.processes == 300 and found.port == 8000
    assert found.inbound == tmp_path / "uitwisseling" / "vermarkting" / "inbound"


def test_the_template_is_in_order(tmp_path):
    assert settings.read(write(tmp_path, settings.TEMPLATE.read_text(encoding="utf-8"))).account == "docent"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[server]\npoorten = 1\n", "server.poorten"),
        ("[klas]\n", "klas"),
        ("mensen = 3\n", "mensen"),
        ("[server]\npoort = 'acht'\n", "server.poort"),
        ("[server]\npoort = true\n", "server.poort"),
        ("[server]\npoort = 0\n", "tussen 1 en 65535"),
        ("[mensen]\nstudenten = [1]\n", "mensen.studenten"),
        ("[server]\ncertificaat = '/x'\n", "server.sleutel"),
        ("[mensen]\nstudenten = ['docent']\n", "cursus.account"),
        ("[grenzen\n", "schrijffout"),
    ],
)
def test_a_mistake_is_named(tmp_path, text, named):
    with pytest.raises(SettingsError, match=named):
        settings.read(write(tmp_path, text))


def test_the_first_start_puts_the_settings_there_to_be_filled_in(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(SettingsError, match="Vul het in"):
        start.start(tmp_path / "klas")
    assert (tmp_path / "klas" / "klas.toml").read_bytes() == settings.TEMPLATE.read_bytes()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[server]\nproxy = ['/er/is/geen/proxy']\n", "npm install"),
        (f"[server]\nproxy = [{sys.executable!r}]\n[cursus]\naccount = 'bestaatniet'\n", "geen account 'bestaatniet'"),
        (f"[server]\nproxy = [{sys.executable!r}]\n[cursus]\naccount = 'root'\nmap = '/'\n", "geen cursus"),
    ],
)
def test_what_is_missing_on_the_server_is_said(tmp_path, monkeypatch, text, sentence):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(SettingsError, match=sentence):
        start.start(write(tmp_path, text))


@pytest.mark.parametrize(("mode", "sentence"), [(None, "geen webversie"), (0o700, "Niemand kan de webversie lezen")])
def test_a_site_that_cannot_be_read_is_said(tmp_path, mode, sentence):
    site = tmp_path / "site"
    if mode:
        tmp_path.chmod(0o755)
        site.mkdir()
        (site / "index.html").touch()
        site.chmod(mode)
    course = tmp_path / "cursus"
    course.mkdir()
    (course / "nbgrader_config.py").touch()
    ours = settings.read(write(tmp_path, f"[cursus]\naccount = 'root'\nmap = '{course}'\nsite = '{site}'\n"))
    with pytest.raises(SettingsError, match=sentence):
        places.prepare(ours)


def test_not_as_root_it_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SettingsError, match="als root"):
        start.start(tmp_path)


def test_a_folder_that_others_cannot_enter_is_found(tmp_path):
    (tmp_path / "dicht" / "binnen").mkdir(parents=True)
    tmp_path.chmod(0o755)
    (tmp_path / "dicht").chmod(0o700)
    found = places.unreachable(tmp_path / "dicht" / "binnen")
    assert found is not None and (tmp_path / "dicht").is_relative_to(found)


def test_the_command_explains_itself():
    command = [sys.executable, "-m", "vermarkting.cli", "klas", "--help"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert said.startswith("vermarkting klas [MAP]") and "root" in said
