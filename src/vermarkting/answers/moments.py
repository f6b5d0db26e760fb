"""What time it is on a sheet: a clock that was ahead or behind decides nothing about which answer counts.

A change is of the moment at which it was entered, not at which it arrived: so a message that comes late or twice never
takes the place of what was entered after it. A clock may be turned meanwhile: what was entered before that is of the
clock as it stood then, and a clock that is put back counts on from where it was. A sheet with moments that lie ahead
goes on from those at the pace of time, by the moment at which its file was written, also when a next program writes on
it.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

STEP = timedelta(milliseconds=1)  # a sheet writes moments in whole milliseconds
TURNED = timedelta(seconds=1)  # a clock that differs more from what it should be was turned
UNKNOWN = timedelta(seconds=5)  # a change this young comes after what was written before the clock was put back
_MOST_TURNS = 50


@dataclass(frozen=True)
class Made:
    """How a change was made: how long ago, and the version of the answer that its maker saw (``None`` where that is not
    known)."""

    age: timedelta = timedelta()
    seen: datetime | None = None


def _counting() -> float:
    """Give seconds that only count up, also while the computer sleeps where the system tells that."""
    try:
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    except (AttributeError, OSError):  # Windows and macOS; a browser, which names that clock but has none
        return time.monotonic()


class Clock:
    """The computer's clock, that never goes back; it knows where it stood before it was turned.

    shown: what the computer shows. counting: seconds that only count up.
    """

    def __init__(
        self, shown: Callable[[], datetime] = lambda: datetime.now(UTC), counting: Callable[[], float] = _counting
    ) -> None:
        self._shown, self._counting = shown, counting
        self._zeros: list[tuple[float, datetime]] = []  # since when, and what it would have shown at zero
        self.look()

    def look(self) -> datetime:
        """Give the time; notices whether the clock was put forward."""
        counted, shown = self._counting(), self._shown()
        zero = shown - timedelta(seconds=counted)
        if not self._zeros or zero - self._zeros[-1][1] > TURNED:
            self._zeros = [*self._zeros, (counted, zero)][-_MOST_TURNS:]
        return shown if abs(zero - self._zeros[-1][1]) <= TURNED else self._at(counted)

    def ago(self, age: timedelta) -> datetime:
        """Give what the time was so long ago."""
        now, counted = self.look(), self._counting()
        before = counted - age.total_seconds()
        return now - age if before >= self._zeros[-1][0] or len(self._zeros) == 1 else self._at(before)

    def _at(self, counted: float) -> datetime:
        zero = next((zero for since, zero in reversed(self._zeros) if since <= counted), self._zeros[0][1])
        return zero + timedelta(seconds=counted)


def on_sheet(now: datetime, latest: datetime | None, written: datetime | None) -> datetime:
    """Give the time on a sheet whose last moment is ``latest``, and whose file was ``written`` then by this clock."""
    if latest is None or latest < now:
        return now
    if latest <= now + TURNED:
        return latest + STEP
    if written is None or written > now + TURNED:  # the clock was put back since
        return latest + UNKNOWN
    return latest + max(STEP, now - written)


def dated(now: datetime, latest: datetime | None, written: datetime | None, newest: datetime) -> datetime | None:
    """Give the date for the file once its last moment is ``newest``, so that a sheet that is ahead keeps its pace.

    ``None`` where the date at which it is written will do.
    """
    ahead = on_sheet(now, latest, written)
    return now - (ahead - newest) if ahead > now + TURNED else None


def entered_at(made: Made, clock: Clock, latest: datetime | None, written: datetime | None) -> datetime:
    """Give the moment of a change on a sheet, in whole milliseconds."""
    now = clock.look()
    return whole(clock.ago(made.age) + (on_sheet(now, latest, written) - now))


def whole(moment: datetime) -> datetime:
    """Round down to whole milliseconds."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
