"""What is fetched is exactly the expected archive, or nothing."""

import pytest

from vermarkting.web import npm


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setattr(npm, "user_cache_path", lambda _name: tmp_path / "cache")
    return tmp_path / "cache"


def test_another_archive_than_expected_is_refused(cache, monkeypatch):
    def pack(command, **_):
        (cache.parent / "place").mkdir(exist_ok=True)
        target = command[command.index("--pack-destination") + 1]
        with open(f"{target}/other.tgz", "wb") as archive:  # noqa: PTH123
            archive.write(b"not it")

    monkeypatch.setattr(npm.subprocess, "run", pack)
    with pytest.raises(npm.FetchError, match="niet het verwachte"):
        npm.PLOTLY.read()
    assert not cache.exists() or not list(cache.iterdir())


def test_no_npm_is_one_sentence(cache, monkeypatch):
    def missing(command, **_):
        raise FileNotFoundError(command[0])

    monkeypatch.setattr(npm.subprocess, "run", missing)
    with pytest.raises(npm.FetchError, match="kon niet worden opgehaald"):
        npm.PLOTLY.read()
