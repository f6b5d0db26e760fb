"""The module as a student has it: started by the real command, opened in a real browser."""

import json
import shutil
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from built import build
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

SECONDS_TO_LIVE = 60
expect.set_options(timeout=SECONDS_TO_LIVE * 1000)


@dataclass(frozen=True)
class Lab:
    """The running module: its address without a closing slash, its token, the student's folder."""

    base: str
    token: str
    folder: Path

    def api(self, path: str, method: str = "GET") -> object:
        """Ask Jupyter Server's own interface."""
        headers = {"Authorization": f"token {self.token}"}
        request = urllib.request.Request(f"{self.base}/api/{path}", method=method, headers=headers)
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read() or "null")

    def leave(self, *pages: Page) -> None:
        """Close pages and end the kernels that they started."""
        for page in pages:
            page.close()
        for session in self.api("sessions"):
            self.api(f"sessions/{session['id']}", "DELETE")

    def address(self, path: str, workspace: str) -> str:
        """The page of one notebook, in a layout of its own so that no earlier tab comes back."""
        return f"{self.base}/lab/workspaces/{workspace}/tree/{quote(path)}?token={self.token}"


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser_path() -> str | None:
    """The system's own browser; where there is none, Playwright fetches one."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not found:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)
    return found


@pytest.fixture(scope="session")
def chromium(playwright, browser_path) -> Iterator[Browser]:
    """A browser that remembers nothing from one context to the next."""
    browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def at_home(playwright, browser_path, tmp_path_factory) -> Iterator[BrowserContext]:
    """A student's own browser, which keeps what it compiled: JupyterLab then opens a third faster."""
    context = playwright.chromium.launch_persistent_context(
        tmp_path_factory.mktemp("browser"),
        executable_path=browser_path,
        args=["--no-sandbox"],
        viewport={"width": 1366, "height": 768},
        locale="nl-BE",
    )
    context.set_default_timeout(SECONDS_TO_LIVE * 1000)
    yield context
    context.close()


@pytest.fixture(scope="session")
def built_site(tmp_path_factory) -> Path:
    """The web edition. To be read, not changed."""
    return build(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def lab(tmp_path_factory) -> Iterator[Lab]:
    """The module, started with the command that a student types."""
    folder = tmp_path_factory.mktemp("student")
    command = [sys.executable, "-m", "vermarkting.cli", str(folder), "--no-browser"]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    giving_up = threading.Timer(SECONDS_TO_LIVE, running.kill)
    giving_up.start()
    address = next((word for line in running.stdout for word in line.split() if word.startswith("http://")), None)
    giving_up.cancel()
    assert address, "the command did not start"
    yield Lab(address.split("/lab")[0], address.split("token=")[1], folder)
    running.terminate()
    running.wait(30)


@pytest.fixture
def open_notebook(at_home, lab) -> Iterator[Callable[..., Page]]:
    """Open a notebook by its path in the student's folder; a kernel that it started ends with the test."""
    pages = []

    def open_it(path: str) -> Page:
        page = at_home.new_page()
        pages.append(page)
        page.goto(lab.address(path, f"test{time.monotonic_ns()}"))
        page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook").wait_for()
        return page

    yield open_it
    lab.leave(*pages)
