"""Moments as learning platforms write them in names of files and in lists, in Dutch and in English."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

_MONTHS = (
    ("jan", "januari", "january"),
    ("feb", "februari", "february"),
    ("mrt", "maart", "mar", "march"),
    ("apr", "april"),
    ("mei", "may"),
    ("jun", "juni", "june"),
    ("jul", "juli", "july"),
    ("aug", "augustus", "august"),
    ("sep", "sept", "september"),
    ("okt", "oktober", "oct", "october"),
    ("nov", "november"),
    ("dec", "december"),
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_WORD = "(?P<month>" + "|".join(sorted(_MONTH, key=len, reverse=True)) + r")\b\.?"
_ISO = re.compile(r"(?<!\d)(?P<year>\d{4})[-_/](?P<month>\d{1,2})[-_/](?P<day>\d{1,2})(?!\d)", re.ASCII)
_FLEMISH = re.compile(r"(?<!\d)(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})(?!\d)", re.ASCII)
_DAY_FIRST = re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})[ .]+{_WORD}[ ,]+(?P<year>\d{{4}})(?!\d)", re.ASCII)
_MONTH_FIRST = re.compile(rf"\b{_WORD}[ ]+(?P<day>\d{{1,2}})[ ,]+(?P<year>\d{{4}})(?!\d)", re.ASCII)
# After the date: 14:05, 14.05, 14u05, 14-05-33, 1405 or 612 PM.
_TIME = re.compile(
    r"\D*?(?P<hour>\d{1,2})(?:[:.uh_-]?(?P<minute>\d{2}))(?:[:._-](?P<second>\d{2}))?(?!\d)\s*(?P<half>[ap]\.?m\b)?",
    re.ASCII,
)
_LONGEST = 200


def parse(text: str) -> datetime | None:
    """Read a moment without time zone, such as "donderdag 12 maart 2026 om 14:05"; ``None`` if there is none in it.

    A date without a time gives ``None`` as well: lateness cannot be told from it.
    """
    text = " ".join(text[:_LONGEST].casefold().split())
    for pattern in (_ISO, _FLEMISH, _DAY_FIRST, _MONTH_FIRST):
        if date := pattern.search(text):
            time = _TIME.match(text, date.end())
            return _moment(date, time) if time else None
    return None


def in_utc(moment: datetime, zone: str) -> datetime:
    """Give the moment in UTC, aware, for a clock in the time zone ``zone``."""
    return moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _moment(date: re.Match, time: re.Match) -> datetime | None:
    month = date["month"]
    hour = int(time["hour"])
    half = (time["half"] or "").replace(".", "")
    if half:
        if hour > 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return datetime(
            int(date["year"]),
            _MONTH.get(month) or int(month),
            int(date["day"]),
            hour,
            int(time["minute"]),
            int(time["second"] or 0),
        )
    except ValueError:
        return None
