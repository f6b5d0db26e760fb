"""Every sentence that stands in no notebook or table: ``nl/<part>.toml``, its {names} filled in by the code."""

import string
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


class _Filler(string.Formatter):
    """``{count:|jongere|jongeren}`` is a number with its noun, ``{count:~klopt|kloppen}`` the word that fits it."""

    def format_field(self, value: object, format_spec: str) -> str:
        if not format_spec.startswith(("|", "~")):
            return super().format_field(value, format_spec)
        if str(value).startswith("{"):  # the browser fills it in, by the same rule
            return f"{str(value)[:-1]}:{format_spec}}}"
        one, more = format_spec[1:].split("|")
        word = one if str(value) == "1" else more
        return word if format_spec.startswith("~") else f"{value} {word}"


def fill(sentence: str, /, **values: object) -> str:
    """Fill the {placeholders} of a sentence. Raises ``KeyError`` for one without a value."""
    return _Filler().vformat(sentence, (), values)


def t(key: str, /, **values: object) -> str:
    """Give the sentence under a dotted key such as ``tender.winner``, its {placeholders} filled in.

    Raises ``KeyError`` for an unknown key or a placeholder without a value.
    """
    part, *path = key.split(".")
    entry = sentences(part)
    for name in path:
        entry = entry[name]
    return fill(entry, **values)
