"""Things that can really break: a server and its kernels, the cable to it, its disk and its clock."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil

HERE = "127.0.0.1"
TWO_YEARS = 730
_DISK = "48m"
_BLOCK = 4096


class Wire:
    """The cable between browser and server, on a port of its own. It can be cut: every connection, websockets too, ends
    at once and no new one is made. It can also go dead: all stays open, nothing arrives, until it does, late."""

    def __init__(self, server_port: int) -> None:
        self._server = (HERE, server_port)
        self._open: set[socket.socket] = set()
        self._flows = threading.Event()
        self._flows.set()
        self._cut = False
        self._listening = socket.create_server((HERE, 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> int:
        """End every connection; give how many there were."""
        self._cut = True
        ended = list(self._open)
        for end in ended:
            _end(end)
        return len(ended) // 2

    def silence(self) -> None:
        self._flows.clear()

    def mend(self) -> None:
        self._cut = False
        self._flows.set()

    def remove(self) -> None:
        self.cut()
        self._flows.set()
        self._listening.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # the wire is removed
            while True:
                browser, _ = self._listening.accept()
                try:
                    if self._cut:
                        raise ConnectionError
                    server = socket.create_connection(self._server)
                except OSError:
                    _end(browser)
                    continue
                self._open |= {browser, server}
                for one, other in ((browser, server), (server, browser)):
                    threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65536):
                self._flows.wait()
                other.sendall(data)
        for end in (one, other):
            self._open.discard(end)
            _end(end)


def _end(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()


class Disk:
    """A small disk of one's own that can be filled to the last byte, so that the system itself says ENOSPC.

    Where nobody may mount one, the programs that know of ``full`` say so in its place: see ``turned_clock``.
    """

    def __init__(self, place: Path) -> None:
        self.place, self.full, self._ballast = place, place.with_name(f"{place.name}.full"), place / "ballast"
        place.mkdir(parents=True)
        mount = ["mount", "-t", "tmpfs", "-o", f"size={_DISK},mode=777", "tmpfs", place]
        self.real = bool(shutil.which("mount")) and subprocess.run(mount, capture_output=True).returncode == 0

    def fill(self) -> None:
        if not self.real:
            self.full.touch()
            return
        with self._ballast.open("wb", buffering=0) as file:
            for size in (_BLOCK * 256, _BLOCK):
                with contextlib.suppress(OSError):
                    while file.write(bytes(size)) == size:
                        pass

    def free(self) -> None:
        self.full.unlink(missing_ok=True)
        self._ballast.unlink(missing_ok=True)

    def remove(self) -> None:
        if self.real:
            subprocess.run(["umount", "--lazy", self.place], check=True)
        shutil.rmtree(self.place, ignore_errors=True)


class Server:
    """The command as a student types it, at a port and with a clock of its own, behind a wire. Every start has the same
    address."""

    def __init__(self, disk: Disk) -> None:
        self.disk, self.folder = disk, disk.place
        self._clock = disk.place.with_name(f"{disk.place.name}.clock")
        self._port = _free_port()
        self.wire = Wire(self._port)
        self.process: subprocess.Popen | None = None
        self._key = ""

    def start(self) -> None:
        command = [sys.executable, "-m", "vermarkting.cli", str(self.folder), "--no-browser", "--port", str(self._port)]
        turned = str(Path(__file__).parent / "turned_clock")
        told = {"PYTHONPATH": turned, "TURNED_CLOCK": str(self._clock), "FULL_DISK": str(self.disk.full)}
        environment = {**os.environ, **told}
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        words = (word for line in self.process.stdout for word in line.split())
        self._key = next(word for word in words if word.startswith("http://")).split("token=")[1]

    def address(self, workspace: str) -> str:
        """The page of the lesson, by way of the wire."""
        base = f"http://{HERE}:{self.wire.port}/lab/workspaces/{workspace}"
        return f"{base}/tree/proef/les.ipynb?token={self._key}"

    def turn_clock(self, days: int) -> None:
        """Set the clock of the server and its kernels, while they run."""
        new = self._clock.with_suffix(".new")
        new.write_text(str(days))
        new.replace(self._clock)

    def stop(self, how: signal.Signals) -> None:
        kernels = self.kernels()
        self.process.send_signal(how)
        self.process.wait(120)  # a busy machine takes its time to stop
        for kernel in kernels:  # a killed server leaves its kernels behind for a while
            with contextlib.suppress(psutil.NoSuchProcess):
                kernel.kill()

    def kernels(self) -> list[psutil.Process]:
        children = psutil.Process(self.process.pid).children(recursive=True)
        return [child for child in children if _is_kernel(child)]

    def kill_kernels(self) -> None:
        for kernel in self.kernels():
            with contextlib.suppress(psutil.NoSuchProcess):
                kernel.kill()


def _is_kernel(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):  # it may end while it is looked at
        return any("ipykernel" in word for word in process.cmdline())
    return False


@contextlib.contextmanager
def running(server: Server) -> Iterator[Server]:
    """A server for as long as the block runs."""
    server.start()
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.stop(signal.SIGTERM)
        server.wire.remove()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        return probe.getsockname()[1]
