"""Students' servers that start at once: a process that has imported all that such a server needs, and forks.

Importing costs a student's server most of its processor time and most of its memory; here it is done once for a class.
The process holds nothing of anyone: it starts with an empty environment, gets one order at a time over a socket that
only the hub has, and what it forks becomes the student's account before anything else. It ends with the hub.
"""

import asyncio
import contextlib
import ctypes
import gc
import json
import os
import pwd
import resource
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib import import_module

ORDER_BYTES = 1_000_000
_PR_SET_DUMPABLE = 4  # prctl(2)
FAMILY, KIND = socket.AF_UNIX, socket.SOCK_SEQPACKET  # an order arrives whole, or the end of the hub as nothing
# What a student's server has loaded once its first lesson is open.
WANTED = (
    "jupyterhub.singleuser.extension",
    "jupyterlab.labapp",
    "jupyterlab_server.handlers",
    "jupyter_server.gateway.managers",
    "jupyter_server.services.kernels.connection.channels",
    "nbformat.v4",
    "vermarkting.hub.student",
    "vermarkting.lab.contents",
    "vermarkting.lab.server",
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a student's processes may take: bytes each of memory, how many together, and how much they give way."""

    memory: int
    processes: int
    niceness: int


def become(account: str, bounds: Bounds | None) -> None:
    """Turn this process into one of the account's, within bounds, in its home."""
    os.umask(0o077)  # what an account makes, no other account reads
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if bounds:
        resource.setrlimit(resource.RLIMIT_DATA, (bounds.memory, bounds.memory))
        resource.setrlimit(resource.RLIMIT_NPROC, (bounds.processes, bounds.processes))
        os.nice(bounds.niceness)  # hub and proxy keep answering when students' kernels take all there is
    entry = pwd.getpwnam(account)
    os.initgroups(account, entry.pw_gid)
    os.setgid(entry.pw_gid)
    os.setuid(entry.pw_uid)
    os.chdir(entry.pw_dir)


class ForkServer:
    """The hub's side: starts the process when it is first needed, and again if it has ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen | None = None
        self._line: socket.socket | None = None
        self._turn = asyncio.Lock()

    async def start(self, account: str, arguments: list[str], environment: Mapping[str, str], bounds: Bounds) -> int:
        """Start a student's server; gives its process id. Raises ``OSError`` where it cannot."""
        order = {"account": account, "arguments": arguments, "environment": dict(environment), "bounds": asdict(bounds)}
        async with self._turn:
            if not self._process or self._process.poll() is not None:
                self._open()
            loop = asyncio.get_running_loop()
            try:
                await loop.sock_sendall(self._line, json.dumps(order).encode())
                answer = await loop.sock_recv(self._line, ORDER_BYTES)
            except BaseException:  # the hub waited too long: an answer that comes late is nobody else's
                self._end()
                raise
        if not answer:
            raise BrokenPipeError("The fork server has ended.")
        return int(answer)

    def _end(self) -> None:
        """Let go of the process, which ends when it finds nobody there; servers that it forked go on."""
        self._line.close()
        self._process = None

    def _open(self) -> None:
        if self._line:
            self._line.close()
        self._line, theirs = socket.socketpair(FAMILY, KIND)
        with theirs:
            self._line.setblocking(False)
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", __name__, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                env={name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH") if name in os.environ},
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )


def serve(line: socket.socket) -> None:
    """Fork for each order, until the hub is gone."""
    for name in WANTED:
        import_module(name)
    gc.freeze()  # what is imported stays shared: the children's collector does not touch it
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # who ends leaves nothing behind
    while order := line.recv(ORDER_BYTES):
        child = os.fork()
        if child == 0:
            line.close()
            _live(json.loads(order))
        line.send(str(child).encode())


def _live(order: dict) -> None:
    """Be the student's server, in a process of its own; never comes back."""
    try:
        os.setsid()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        become(order["account"], Bounds(**order["bounds"]))
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 1)  # as after exec: a process of the account as any other
        os.environ.clear()
        os.environ.update(order["environment"])
        sys.argv = ["jupyterhub-singleuser", *order["arguments"]]
        import_module("vermarkting.hub.student").main()
    except SystemExit as ended:
        os._exit(ended.code if isinstance(ended.code, int) else 1)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    with socket.socket(FAMILY, KIND, fileno=int(sys.argv[1])) as line:
        serve(line)
