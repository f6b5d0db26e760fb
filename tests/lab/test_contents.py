"""A notebook is saved whole or not at all, whatever happens in between."""

import asyncio
import errno
import json
import stat
import threading

import pytest
from tornado.web import HTTPError

from vermarkting.lab.contents import WholeFiles

NAME = "les.ipynb"


def notebook(text: str) -> dict:
    cell = {"cell_type": "markdown", "id": "tekst", "metadata": {}, "source": text}
    return {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


@pytest.fixture
def manager(tmp_path):
    return WholeFiles(root_dir=str(tmp_path))


def save(manager, text: str) -> None:
    asyncio.run(manager.save({"type": "notebook", "format": "json", "content": notebook(text)}, NAME))


def source(path) -> str:
    return "".join(json.loads(path.read_text(encoding="utf-8"))["cells"][0]["source"])


def test_a_saved_notebook_is_on_disk_with_its_letters(manager, tmp_path):
    save(manager, "één — twee")
    assert source(tmp_path / NAME) == "één — twee"
    assert "één".encode() in (tmp_path / NAME).read_bytes()
    assert b"\r" not in (tmp_path / NAME).read_bytes()


def test_whoever_reads_during_a_save_finds_a_whole_notebook(manager, tmp_path):
    save(manager, "0")
    ready, found = threading.Event(), set()

    def read() -> None:
        while not ready.is_set():
            found.add(source(tmp_path / NAME)[:1])  # a half file is not JSON

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(60):
        save(manager, f"{number % 2}" * 200_000)
    ready.set()
    reader.join()
    assert found == {"0", "1"}


@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace", "pathlib.Path.chmod"])
def test_a_save_that_fails_leaves_the_old_one_and_nothing_else(manager, tmp_path, monkeypatch, step):
    save(manager, "oud")

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "vol")

    with monkeypatch.context() as patch:
        patch.setattr(step, full)
        with pytest.raises(HTTPError):
            save(manager, "nieuw")
    assert source(tmp_path / NAME) == "oud"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [NAME]


def test_permissions_stay(manager, tmp_path):
    save(manager, "oud")
    (tmp_path / NAME).chmod(0o660)
    save(manager, "nieuw")
    assert stat.S_IMODE((tmp_path / NAME).stat().st_mode) == 0o660


def test_a_link_stays_a_link(manager, tmp_path):
    (tmp_path / "elders").mkdir()
    (tmp_path / NAME).symlink_to("elders/les.ipynb")
    save(manager, "tekst")
    assert (tmp_path / NAME).is_symlink()
    assert source(tmp_path / "elders" / NAME) == "tekst"


def test_a_file_made_read_only_is_not_replaced(manager, tmp_path, monkeypatch):
    save(manager, "oud")
    monkeypatch.setattr("os.access", lambda *_, **__: False)  # root may write everything
    with pytest.raises(HTTPError) as refused:
        save(manager, "nieuw")
    assert refused.value.status_code == 403
    assert source(tmp_path / NAME) == "oud"
