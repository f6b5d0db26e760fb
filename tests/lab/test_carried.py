"""A student's answers as one file, asked from the server: what it says when that cannot be."""

import errno
import json
from types import SimpleNamespace

import pytest

from vermarkting import carrying
from vermarkting.answers import NAME, AnswerSheet
from vermarkting.lab.carried import CarriedHandler


def asked(folder, body: bytes | None = None) -> tuple[int, dict]:
    """What the server answers: status and content."""
    said = {"status": 200}
    request = SimpleNamespace(
        _folder=folder,
        request=SimpleNamespace(body=body),
        set_status=lambda status: said.update(status=status),
        finish=lambda content: said.update(content=content),
    )
    request._refuse = lambda error: CarriedHandler._refuse(request, error)
    act = CarriedHandler.get if body is None else CarriedHandler.post
    act.__wrapped__(request)  # who asks is known here
    content = said["content"]
    return said["status"], json.loads(content) if isinstance(content, bytes) else content


def test_what_one_folder_gives_another_takes_in(tmp_path):
    (tmp_path / "one" / "lessons").mkdir(parents=True)
    AnswerSheet(tmp_path / "one" / "lessons" / NAME).put("03.gent", "a")
    status, content = asked(tmp_path / "one")
    assert (status, list(content["files"])) == (200, [f"lessons/{NAME}"])
    status, told = asked(tmp_path / "other", json.dumps(content).encode())
    assert status == 200 and told["told"].startswith("Toegevoegd: 1 antwoord")
    assert AnswerSheet(tmp_path / "other" / "lessons" / NAME).get("03.gent").value == "a"


def test_a_wrong_file_and_a_full_disk_are_told_apart(tmp_path, monkeypatch):
    status, told = asked(tmp_path, b"<script>")
    assert status == 400 and "bevat geen antwoorden" in told["told"]

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(carrying, "unpack", full)
    status, told = asked(tmp_path, b"{}")
    assert status == 400 and "schijf" in told["told"] and "space" not in told["told"]


@pytest.mark.parametrize("act", [CarriedHandler.get, CarriedHandler.post])
def test_only_who_is_known_gets_answers(act):
    assert hasattr(act, "__wrapped__")  # tornado's ``authenticated`` is around it
