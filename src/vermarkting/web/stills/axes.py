"""The axes of a figure: which numbers they go from and to, and where their ticks stand, by plotly.js's own rules."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_PAD = 0.055  # plotly.js leaves this much of an axis free beside what is drawn
_WIDTHS = {"narrow": 330, "wide": 560}  # of a picture on a phone, and beside controls (pixels)


@dataclass(frozen=True, slots=True)
class Tick:
    """A share of the whole plot, and its words; ``only`` says that it is for a narrow or a wide picture."""

    share: float
    words: str
    only: str = ""


@dataclass(frozen=True, slots=True)
class Axis:
    """From ``first`` to ``last``, on the part of the plot from ``start`` on, ``length`` long (shares, from below)."""

    first: float
    last: float
    names: tuple[str, ...]
    dates: bool
    start: float
    length: float
    settings: dict

    def share(self, value: float | str) -> float:
        """Give where a value stands in the whole plot: 0 is left or below, 1 right or above."""
        return self.start + self.length * (self.number(value) - self.first) / (self.last - self.first)

    def number(self, value: float | str) -> float:
        if self.names:
            return self.names.index(value) if isinstance(value, str) else value
        return _days(value) if self.dates else value

    def is_shown(self) -> bool:
        return self.settings.get("visible", True)

    def ticks(self, pixels: float = 0, beside: float = 0) -> list[Tick]:
        """Give the ticks of a vertical axis of so many pixels, or of a horizontal one beside such margins."""
        if not self.is_shown():
            return []
        if self.names:
            names = self.settings.get("tickvals", self.names)
            return [
                Tick(self.share(name), told)
                for name, told in zip(names, self.settings.get("ticktext", names), strict=True)
            ]
        if pixels:
            return [Tick(self.share(value), told) for value, told in self._steps(self.length * pixels / 40)]
        wide, narrow = (dict(self._steps((_WIDTHS[name] - beside) / 80)) for name in ("wide", "narrow"))
        kinds = {value: "" if value in narrow and value in wide else "wide" if value in wide else "narrow"
                 for value in {**wide, **narrow}}  # fmt: skip
        return [Tick(self.share(value), {**narrow, **wide}[value], only) for value, only in sorted(kinds.items())]

    def has(self, value: float) -> bool:
        return min(self.first, self.last) <= value <= max(self.first, self.last)

    def _steps(self, fit: float) -> Iterable[tuple[float, str]]:
        rough = abs(self.last - self.first) / (min(max(fit, 4), 9) + 1)
        if self.dates:
            return self._months(rough)
        step = self.settings.get("dtick") or _round_up(rough)
        places = max(0, -math.floor(math.log10(step)))
        first = math.ceil(round(min(self.first, self.last) / step, 6))
        last = math.floor(round(max(self.first, self.last) / step, 6))
        thousands = "tickformat" in self.settings
        return [(round(step * at, 9), _written(step * at, places, thousands)) for at in range(first, last + 1)]

    def _months(self, rough: float) -> list[tuple[float, str]]:
        every = next((n for n in (1, 2, 3, 6) if rough <= n * 30.4), 12)
        months = [divmod(number, 12) for number in range(1970 * 12, 2100 * 12) if number % every == 0]
        starts = [date(year, month + 1, 1) for year, month in months]
        form = self.settings.get("tickformat", "%m/%Y")
        return [(day.toordinal(), day.strftime(form)) for day in starts if self.has(day.toordinal())]


def axis(settings: dict, values: Sequence[float | str], spread: Sequence[float], bars: bool) -> Axis:
    """Make an axis.

    values: what the traces have on it; spread: the numbers that an axis without a range must show, such as the sum of
    bars; bars: whether they start at zero.
    """
    texts = [value for value in values if isinstance(value, str)]
    dates = bool(texts) and settings.get("type") != "category" and all(map(_DATE.match, texts))
    names = tuple(settings.get("categoryarray") or dict.fromkeys(texts)) if texts and not dates else ()
    if settings.get("type") == "category" and not names:
        names = tuple(settings.get("categoryarray", ()))
    start, end = settings.get("domain", (0, 1))
    first, last = _ends(settings, names, dates, spread, bars)
    if settings.get("autorange") == "reversed":
        first, last = last, first
    return Axis(first, last, names, dates, start, end - start, settings)


def _ends(
    settings: dict, names: tuple[str, ...], dates: bool, spread: Sequence[float], bars: bool
) -> tuple[float, float]:
    if "range" in settings:
        first, last = settings["range"]
        return (_days(first), _days(last)) if dates or isinstance(first, str) else (first, last)
    if names:
        return -0.5, len(names) - 0.5
    low, high = min(spread, default=-1), max(spread, default=6)
    if bars or settings.get("rangemode") == "tozero":
        low, high = min(low, 0), max(high, 0)
    if low == high:
        low, high = (0, 1) if bars else (low - 1, high + 1)
    pad = _PAD * (high - low)
    return low - pad * (low < 0 or not bars), high + pad


def _days(value: float | str) -> float:
    return date.fromisoformat(value[:10]).toordinal() if isinstance(value, str) else value


def _round_up(rough: float) -> float:
    base = 10 ** math.floor(math.log10(rough))
    return base * next(step for step in (2, 5, 10) if rough < step * base)


def _written(value: float, places: int, thousands: bool) -> str:
    text = f"{abs(value):,.{places}f}" if thousands else f"{abs(value):.{places}f}"
    text = text.rstrip("0").rstrip(".") if places else text
    sign = "−" if value < 0 and text.strip("0.,") else ""
    return sign + text.translate(str.maketrans(",.", ".,"))
