"""Turns the clock of this Python and of every Python it starts: by the number of days in the file that is named in
``TURNED_CLOCK``, also while it runs; what is written then has that date. While the file named in ``FULL_DISK`` is
there, nothing reaches the disk.

Python imports this by itself where the folder is on its path.
"""

import datetime
import errno
import os
import time
from pathlib import Path

_real, _real_time, _real_fsync, _real_rename = datetime.datetime, time.time, os.fsync, os.replace


def _turned() -> datetime.timedelta:
    try:
        return datetime.timedelta(days=int(Path(os.environ["TURNED_CLOCK"]).read_text()))
    except (KeyError, OSError, ValueError):
        return datetime.timedelta()


class _Kind(type):
    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, _real)  # also what C code made


class Turned(_real, metaclass=_Kind):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + _turned()

    @classmethod
    def utcnow(cls):
        return cls.now(datetime.UTC).replace(tzinfo=None)


Turned.__name__ = Turned.__qualname__ = "datetime"
datetime.datetime = Turned
time.time = lambda: _real_time() + _turned().total_seconds()


def _fsync(handle: int) -> None:
    if "FULL_DISK" in os.environ and Path(os.environ["FULL_DISK"]).exists():
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    _real_fsync(handle)


os.fsync = _fsync


def _replace(new: str, path: str, **more) -> None:
    os.utime(new, (time.time(), time.time()))
    _real_rename(new, path, **more)


os.replace = _replace
