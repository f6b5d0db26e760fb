"""A lecturer's JupyterLab, started in the course folder as the lecturers' page says."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from courses import Course


@contextmanager
def lab_of(course: Course, token: str) -> Iterator[str]:
    """Give the address of a server that runs as long as the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root", f"--port={port}"]
    options = course.command() | {"args": [*command, f"--IdentityProvider.token={token}"]}
    options["env"] = os.environ | {"JUPYTER_CONFIG_DIR": str(course.place / "no-config")}
    with subprocess.Popen(**options, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        base = f"http://127.0.0.1:{port}"
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{base}/api", timeout=5).close()
                break
            except OSError:
                time.sleep(0.5)
        try:
            yield base
        finally:
            running.terminate()
