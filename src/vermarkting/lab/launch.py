"""Starts JupyterLab in this process, with the module's profile, on this computer only."""

import asyncio
import contextlib
import logging
import os
import secrets
import signal
import socket
import webbrowser
from collections.abc import Callable
from pathlib import Path

from vermarkting.files import write_whole
from vermarkting.lab import student
from vermarkting.lab.delivery import HIDDEN

HOST = "127.0.0.1"
FIRST_PORT = 8888
END_SECONDS = 3


def is_free(port: int) -> bool:
    """Whether a server can listen on this port."""
    with socket.socket() as probe:
        if os.name == "posix":  # as the server itself does; elsewhere this would allow a second listener
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def free_port() -> int | None:
    """The first free port from 8888 on, or ``None`` when a hundred in a row are taken."""
    return next(filter(is_free, range(FIRST_PORT, FIRST_PORT + 100)), None)


def has_browser() -> bool:
    """Whether this computer has a browser we can open."""
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True


class PortTaken(Exception):
    """The port was taken between our look and the server's start."""


def serve(folder: Path, port: int | None, open_browser: bool, on_ready: Callable[[str], None]) -> None:
    """Serve ``folder`` until Ctrl-C or a stop signal; ``on_ready`` is given the address, with its token.

    Without a ``port`` the server looks for a free one from 8888 on. Raises ``PortTaken``.
    """
    os.environ.update(student.environment(folder, os.environ))
    student.forget_tabs(folder)

    from jupyterlab.labapp import LabApp  # takes a second: not on the path of --help or a mistake
    from traitlets.config import Config

    token = _key(folder / HIDDEN / "sleutel")
    config = Config()
    config.ServerApp.update(
        ip=HOST,
        port=port or FIRST_PORT,
        port_retries=0 if port else 100,
        root_dir=str(folder),
        open_browser=open_browser,
        allow_root=True,
    )
    config.IdentityProvider.token = token
    config.LabApp.default_url = student.first_page(folder)
    logging.disable(logging.CRITICAL)  # what goes wrong is said in Dutch
    try:
        server = LabApp.initialize_server(argv=[], config=config)
    except SystemExit:
        raise PortTaken from None

    def stop(*_: object) -> None:
        server.stop(from_signal=True)

    for number in (signal.SIGINT, signal.SIGTERM):  # Jupyter would ask, in English, whether it is meant
        signal.signal(number, stop)
    address = f"http://{HOST}:{server.port}{server.default_url}?token={token}"
    server.io_loop.add_callback(on_ready, address)  # when the server answers
    server.start()
    end_tasks(server.io_loop.asyncio_loop)


def end_tasks(loop: asyncio.AbstractEventLoop) -> None:
    """End what still ran when the server stopped: a thread that waits for it would keep the program from ending."""
    tasks = asyncio.all_tasks(loop)
    for task in tasks:
        task.cancel()
    if tasks:
        loop.run_until_complete(asyncio.wait(tasks, timeout=END_SECONDS))


def _key(path: Path) -> str:
    """The same key at every start, so that a page that is still open finds the module again; for this student only."""
    with contextlib.suppress(OSError, UnicodeDecodeError):
        key = path.read_text(encoding="ascii").strip()
        if len(key) >= 32 and key.replace("-", "").replace("_", "").isalnum():
            return key
    key = secrets.token_urlsafe(32)
    write_whole(path, key.encode(), permissions=0o600)
    return key
