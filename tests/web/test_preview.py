"""What other programs show of a link: with the site's address whole addresses, without it none."""

import pytest

from vermarkting.cli import main
from vermarkting.web import site

PARTS = {"deel-1/host.js": b""}


def _told(public: str) -> str:
    server = site._Server(public, home="")
    return site._html("entries.html", "begrippen/index.html", PARTS, server, title="", about="", entries=[])


def test_without_an_address_no_picture_is_promised():
    assert "og:image" not in _told("") and "og:url" not in _told("")
    assert 'property="og:url" content="https://school.be/m/begrippen/index.html"' in _told("https://school.be/m/")
    assert 'property="og:image" content="https://school.be/m/deel-1/icon-512.png"' in _told("https://school.be/m/")


@pytest.mark.parametrize(
    "address", ["school.be", "javascript:alert(1)", "file:///site", "https://", "https://a.be/?q=1"]
)
def test_what_is_no_address_is_refused_before_anything_is_made(address, tmp_path, capsys):
    assert main(["site", str(tmp_path / "site"), "--adres", address]) == 2
    assert "volledig" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()
