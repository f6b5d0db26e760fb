"""Firefox and WebKit, driven by the open protocols they speak themselves: open a page, ask it something."""

import contextlib
import itertools
import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import websocket

SECONDS = 120
WEBKIT = next(iter(Path("/usr/lib").glob("*/webkit2gtk-4.1/MiniBrowser")), None)


class Browser:
    """One open page."""

    def __init__(self, go: Callable[[str], object], ask: Callable[[str], object]):
        self.go, self.ask = go, ask

    def wait_for(self, expression: str, wanted: Callable[[object], bool]) -> object:
        """Ask until the answer is as wanted; gives the last answer."""
        end = time.monotonic() + SECONDS
        while not wanted(answer := self.ask(expression)) and time.monotonic() < end:
            time.sleep(0.2)
        assert wanted(answer), f"{expression} gives {answer!r}"
        return answer


@contextlib.contextmanager
def firefox() -> Iterator[Browser]:
    """Firefox by WebDriver BiDi, which it serves itself."""
    command = ["firefox-esr", "--headless", "--no-remote", "--remote-debugging-port", "0"]
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile,
        _running([*command, "--profile", profile]) as process,
    ):
        address = next(found[0] for line in process.stderr if (found := re.search(r"ws://\S+", line)))
        threading.Thread(target=lambda: [None for _ in process.stderr], daemon=True).start()
        link = websocket.create_connection(f"{address}/session", suppress_origin=True, timeout=SECONDS)
        numbers = itertools.count()

        def call(method: str, **params: object) -> dict:
            number = next(numbers)
            link.send(json.dumps({"id": number, "method": method, "params": params}))
            while (answer := json.loads(link.recv())).get("id") != number:
                pass
            assert answer["type"] == "success", answer
            return answer["result"]

        call("session.new", capabilities={})
        tab = call("browsingContext.getTree")["contexts"][0]["context"]

        def ask(expression: str) -> object:
            answer = call("script.evaluate", expression=expression, target={"context": tab}, awaitPromise=True)
            return answer["result"].get("value") if answer["type"] == "success" else None

        yield Browser(lambda url: call("browsingContext.navigate", context=tab, url=url, wait="interactive"), ask)
        link.close()


@contextlib.contextmanager
def webkit() -> Iterator[Browser]:
    """WebKit, the engine of Safari, by WebDriver; it needs a screen, if need be one that nobody sees."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with _running(["xvfb-run", "-a", "WebKitWebDriver", f"--port={port}"]):

        def call(method: str, path: str, body: object = None) -> object:
            sent = None if body is None else json.dumps(body).encode()
            request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", sent, method=method)
            try:
                with urllib.request.urlopen(request, timeout=SECONDS) as answer:
                    return json.load(answer)["value"]
            except urllib.error.HTTPError as error:
                raise AssertionError(error.read().decode()) from error

        _until_it_listens(port)
        options = {"binary": str(WEBKIT), "args": ["--automation"]}
        wanted = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}}
        session = f"/session/{call('POST', '/session', wanted)['sessionId']}"

        def ask(expression: str) -> object:
            return call("POST", f"{session}/execute/sync", {"script": f"return {expression}", "args": []})

        yield Browser(lambda url: call("POST", f"{session}/url", {"url": url}), ask)
        call("DELETE", session)


def installed() -> list[Callable]:
    """Give those that this computer has."""
    return [
        *([firefox] if shutil.which("firefox-esr") else []),
        *([webkit] if WEBKIT and shutil.which("WebKitWebDriver") and shutil.which("xvfb-run") else []),
    ]


@contextlib.contextmanager
def _running(command: list[str]) -> Iterator[subprocess.Popen]:
    quiet = os.environ | {"LIBGL_ALWAYS_SOFTWARE": "1"}
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=quiet, start_new_session=True
    )
    try:
        yield process
    finally:
        os.killpg(process.pid, 15)
        process.wait(30)


def _until_it_listens(port: int) -> None:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
