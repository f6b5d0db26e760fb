"""How JupyterLab writes a notebook here: whole or not at all, also when the server is killed in the middle.

Jupyter's own way empties the file first, so that whoever reads it then (the list of lessons, a hand-in, a copy to a
cloud) finds nothing, and a server that is killed at that moment leaves it so.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import IO

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager

from vermarkting.files import write_whole


class WholeFiles(AsyncLargeFileManager):
    """Files on disk, of which nobody ever finds half."""

    @contextmanager
    def atomic_writing(
        self, os_path: str, text: bool = True, encoding: str = "utf-8", **_: object
    ) -> Iterator[IO[str] | IO[bytes]]:
        """Give a file to write in; it takes the place of the old one when the block ends without an error."""
        content = BytesIO()
        file = TextIOWrapper(content, encoding, newline="\n", write_through=True) if text else content
        yield file
        path = Path(os.path.realpath(os_path))
        with self.perm_to_403(os_path):
            write_whole(path, content.getvalue(), permissions=_permissions(path))


def _permissions(path: Path) -> int:
    """Raises ``PermissionError`` for a file made read-only: putting another in its place would get round that."""
    if not path.exists():
        return 0o644
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    return stat.S_IMODE(path.stat().st_mode)
