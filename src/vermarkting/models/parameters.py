"""Checks that every model makes on its parameters before it computes anything."""

import math
from collections.abc import Iterable

from vermarkting.text import sentences, t


class ParameterError(ValueError):
    """A parameter that a model cannot work with; ``str()`` gives one Dutch sentence for the reader."""


def check_range(name: str, value: object, low: float, high: float) -> None:
    """Raise ``ParameterError`` unless ``value`` is an int or float with low <= value <= high.

    ``name`` is a key of [names] in text/nl/parameters.toml. Booleans, NaN and text are refused as well.
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
        raise _error("number", name, low, high)
    if not low <= value <= high:
        raise _error("range", name, low, high, value=_dutch(value))


def check_whole(name: str, value: object, low: int, high: int) -> None:
    """Raise ``ParameterError`` unless ``value`` is an int with low <= value <= high; ``name`` as in ``check_range``."""
    check_range(name, value, low, high)
    if not isinstance(value, int):
        raise _error("whole", name, low, high)


def check_choice(name: str, value: object, choices: Iterable[str]) -> None:
    """Raise ``ParameterError`` unless ``value`` is one of ``choices``.

    The sentence calls each as [choices] in text/nl/parameters.toml does; one that is not there by its own name.
    """
    choices = tuple(choices)
    if value not in choices:
        words = sentences("parameters")["choices"]
        known = ", ".join(words.get(choice, choice) for choice in choices)
        raise ParameterError(t("parameters.choice", name=t(f"parameters.names.{name}"), choices=known))


def _error(sentence: str, name: str, low: float, high: float, **values: str) -> ParameterError:
    name = t(f"parameters.names.{name}")
    return ParameterError(t(f"parameters.{sentence}", name=name, low=_dutch(low), high=_dutch(high), **values))


def _dutch(value: float) -> str:
    """Write a number with a decimal comma: 1234.5 becomes 1.234,5."""
    if math.isinf(value):
        return "∞" if value > 0 else "-∞"
    return f"{value:,.12g}".translate(str.maketrans(",.", ".,"))
