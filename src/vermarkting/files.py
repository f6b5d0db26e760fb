"""Writing a file so that nobody ever finds half of it."""

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, content: bytes, permissions: int = 0o644) -> None:
    """Write a file whole or not at all: on disk first, then in the place of the old one. Raises ``OSError``."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".nieuw-")
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.chmod(permissions)
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
