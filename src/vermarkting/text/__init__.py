"""Every sentence a widget shows: looked up by key in ``nl.toml``."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _sentences() -> dict:
    return tomllib.loads(files(__name__).joinpath("nl.toml").read_text(encoding="utf-8"))


def t(key: str, **values: object) -> str:
    """Give the sentence under a dotted key such as ``tender.winner``, its {placeholders} filled in.

    Raises ``KeyError`` for an unknown key or a placeholder without a value.
    """
    entry = _sentences()
    for part in key.split("."):
        entry = entry[part]
    return entry.format(**values)
