"""Writing a file so that nobody ever finds half of it."""

import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path


class InUse(Exception):
    """Another program holds the lock."""


@contextmanager
def only_one(lock: Path) -> Iterator[None]:
    """Hold a lock for as long as the block runs. The system lets go of it when the program ends in any way.

    Raises ``InUse`` while another program holds it, and ``OSError`` where it cannot be made.
    """
    with lock.open("ab") as file:
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError) as error:
            raise InUse from error
        yield


def write_whole(path: Path, content: bytes, permissions: int = 0o644, alone: bool = False) -> None:
    """Write a file whole or not at all: on disk first, then in the place of the old one. Raises ``OSError``.

    alone: the caller holds a lock on the file; what a killed program left half written is then written over.
    """
    if alone:
        new = path.with_name(f"{path.name}.tmp")
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), permissions)
    else:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".nieuw-")
        new = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.chmod(permissions)
        _replace(new, path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def write_together(files: Mapping[Path, bytes]) -> None:
    """Write files so that a disk that refuses leaves all of them as they were. Raises ``OSError``."""
    beside = {path: path.with_name(f".{path.name}.nieuw") for path in files}
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with beside[path].open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        for path, new in beside.items():
            _replace(new, path)
    finally:
        for new in beside.values():
            with suppress(OSError):
                new.unlink(missing_ok=True)


def _replace(new: Path, path: Path) -> None:
    # On Windows a virus scanner or another reader may hold the old file open for a moment.
    for seconds in (0.02, 0.1, 0.5):
        try:
            new.replace(path)
            return
        except PermissionError:
            time.sleep(seconds)
    new.replace(path)
