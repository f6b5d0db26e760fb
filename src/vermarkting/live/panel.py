"""How a student takes part, in any page: one script with its style, and its sentences."""

from importlib.resources import files

from vermarkting.text import sentences

FILES = ("panel.js", "panel.css")


def words() -> dict[str, str]:
    """Give the sentences that the script shows."""
    return sentences("live")["panel"]


def read(name: str) -> bytes:
    """Give one of ``FILES``."""
    if name not in FILES:
        raise KeyError(name)
    return files(__package__).joinpath("static", name).read_bytes()
