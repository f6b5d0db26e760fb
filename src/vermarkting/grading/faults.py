"""What can go wrong around a command: two at once, a disk or a gradebook that refuses. One Dutch sentence each."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from vermarkting.files import InUse, only_one
from vermarkting.text import t

LOCK = ".nakijken.slot"
FULL = (errno.ENOSPC, errno.EDQUOT)
REFUSES = (errno.EROFS, errno.EACCES, errno.EPERM)


def about(error: OSError) -> str:
    """Name the cause of an error of the file system; its own text is in English."""
    if error.errno in FULL:
        return t("grading.disk.full")
    if error.errno in REFUSES:
        return t("grading.disk.refuses")
    return t("grading.notice.broke", kind=type(error).__name__)


def about_books(error: DatabaseError) -> str:
    """Name the cause of an error of the gradebook."""
    cause = str(error.orig)
    if "is full" in cause:
        return t("grading.disk.full")
    if "readonly" in cause or "unable to open" in cause or "disk I/O" in cause:
        return t("grading.disk.refuses")
    return t("grading.books.unusable")


@contextmanager
def alone(root: str, kind: type[Exception]) -> Iterator[None]:
    """Let one command at a time write in a course; what stops it becomes an error of this kind, with one sentence."""
    try:
        with only_one(Path(root) / LOCK):
            yield
    except InUse as error:
        raise kind(t("grading.summary.in_use")) from error
    except OSError as error:
        raise kind(about(error)) from error
    except DatabaseError as error:
        raise kind(about_books(error)) from error
