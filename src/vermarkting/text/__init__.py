"""Every sentence that stands in no notebook or table: ``nl/<part>.toml``, its {names} filled in by the code."""

import tomllib
from functools import cache
from importlib.resources import files


def parts() -> list[str]:
    """Give the names of all parts; a model's sentences carry the name of the model."""
    return sorted(file.name.removesuffix(".toml") for file in files(__name__).joinpath("nl").iterdir())


@cache
def sentences(part: str) -> dict:
    """Give the sentences of one part, by key. Raises ``KeyError`` for an unknown part."""
    try:
        return tomllib.loads(files(__name__).joinpath("nl", f"{part}.toml").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise KeyError(part) from None


def t(key: str, **values: object) -> str:
    """Give the sentence under a dotted key such as ``tender.winner``, its {placeholders} filled in.

    Raises ``KeyError`` for an unknown key or a placeholder without a value.
    """
    part, *path = key.split(".")
    entry = sentences(part)
    for name in path:
        entry = entry[name]
    return entry.format(**values)
