"""What both benchmarks need: the module's own JupyterLab, a browser, and a student's folder with filled-in answers."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from vermarkting import data
from vermarkting.answers import NAME, AnswerSheet
from vermarkting.content import folder

sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))
from conftest import Lab

CODE = {"cell_type": "code", "execution_count": None, "metadata": {"jupyter": {"source_hidden": True}}, "outputs": []}


@contextmanager
def running_lab() -> Iterator[Lab]:
    """Start the command ``vermarkting`` on a new folder."""
    with tempfile.TemporaryDirectory() as home, _server("vermarkting.cli", home, "--no-browser") as (base, token):
        yield Lab(base, token, Path(home))


@contextmanager
def plain_lab() -> Iterator[Lab]:
    """Start JupyterLab as it comes, on a new folder."""
    options = ["--no-browser", "--allow-root", "--ServerApp.root_dir"]
    with tempfile.TemporaryDirectory() as home, _server("jupyterlab", *options, home) as (base, token):
        yield Lab(base, token, Path(home))


@contextmanager
def _server(module: str, *options: str) -> Iterator[tuple[str, str]]:
    """Start a server; gives its address and token. Its pages give scripts the application as ``jupyterapp``."""
    with tempfile.TemporaryDirectory() as settings, socket.socket() as probe:
        exposed = {"LabApp": {"expose_app_in_browser": True}}
        Path(settings, "jupyter_lab_config.json").write_text(json.dumps(exposed), encoding="utf-8")
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        command = [sys.executable, "-m", module, *options, "--port", str(port)]
        environment = {**os.environ, "JUPYTER_CONFIG_PATH": settings}
        server = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
        )
        try:
            found = (re.search(r"(http://[\d.:]+)/\S*token=(\S+)", line) for line in server.stdout)
            base, token = next(match.groups() for match in found if match)
            threading.Thread(target=server.stdout.read, daemon=True).start()  # a full pipe would stop it
            yield base, token
        finally:
            server.terminate()
            server.wait(30)


@contextmanager
def running_browser() -> Iterator[Browser]:
    """Start the system's Chromium."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def lesson_paths() -> list[Path]:
    return sorted(folder("lessons").glob("[0-9]*.ipynb"))


def fill_in_answers(place: Path) -> None:
    """Answer every bet and single choice of all lessons, so that each explorable shows its outcome at once."""
    sheet = AnswerSheet(place / NAME)
    for lesson in (path.name[:2] for path in lesson_paths()):
        for name, question in data.questions(lesson).items():
            if question.get("kind") in ("bet", "single"):
                sheet.put(f"{lesson}.{name}", question["options"][0]["id"])


def wait_until_idle(lab: Lab, page: Page) -> None:
    """Wait until the kernel has had nothing to do for two seconds."""
    since = time.monotonic()
    while time.monotonic() - since < 2:
        if any(session["kernel"]["execution_state"] != "idle" for session in lab.api("sessions")):
            since = time.monotonic()
        page.wait_for_timeout(100)


def write_notebook(path: Path, metadata: dict, sources: Sequence[str]) -> None:
    """Write a notebook of code cells."""
    cells = [{**CODE, "id": f"cel-{number}", "source": [source]} for number, source in enumerate(sources)]
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")
