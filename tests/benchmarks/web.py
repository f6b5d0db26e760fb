"""A lesson of the web edition, and the same lesson in the laptop edition, in one run on one machine.

Run with ``uv run --group test python tests/benchmarks/web.py [repeats] [folder of a site made before]``. The site comes
from a static server on this machine that compresses with gzip; for a line of 10 Mbit/s it gives its bytes that slowly,
over all connections together, after 20 ms: the browser's own brake does not reach the worker. Cold is a browser
without a cache, warm the same page again. No bet is set, in either edition.

- text: from the start of navigation until the lesson's title is on screen; in the laptop edition, its cells;
- drawn: until every part of every cell is there and the first chart is a picture;
- alive: until Python answers; in the laptop edition, until slider and chart are there;
- slider: from a move to the frame after the last chart that answers;
- sent: what the server gave, compressed, until nothing came any more.
"""

import gzip
import http.server
import json
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median, quantiles

import opening
from measuring import running_browser, running_lab
from playwright.sync_api import Browser, BrowserContext, Page
from redraw import MOVES

from vermarkting.web import site

LESSON = "lessons/03_de_tenderkamer"
NEXT = "lessons/04_afromen_en_parkeren"
TEN_MBIT = 10e6 / 8
DELAY = 0.02
MOVED = 20
QUIET_MS = 3000
TARGETS = {"text": (0.4, 1.0), "drawn": (0.5, 2.5)}

NOTICE = """(() => {
    const at = (name) => (window[name] ??= performance.now() / 1000);
    const shown = (selector) => [...document.querySelectorAll(selector)].some((node) => node.getClientRects().length);
    const look = () => {
        if (shown("main h1")) at("textAfter");
        if (shown(".cell") && !document.querySelector(".cell > pre") && shown(".vm-picture svg")) at("drawnAfter");
        if (shown("#life[data-state=life_alive]")) at("aliveAfter");
        else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
})();"""


class StaticServer(http.server.ThreadingHTTPServer):
    """Gives the files of a folder, compressed, and counts it; ``rate`` is in bytes a second, 0 for no limit."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        self.files = {
            path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
        }
        self.packed = {name: gzip.compress(content, 6) for name, content in self.files.items()}
        self.given, self.rate = 0, 0.0
        self._lock, self._free_at = threading.Lock(), 0.0
        super().__init__(("127.0.0.1", 0), _Handler)

    def wait_for(self, count: int) -> None:
        """Take as long as a line of this rate would, whoever else is using it."""
        if not self.rate:
            return
        with self._lock:
            self._free_at = max(self._free_at, time.monotonic()) + count / self.rate
            free_at = self._free_at
        time.sleep(max(0, free_at - time.monotonic()))


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: StaticServer

    def do_GET(self) -> None:
        name = self.path.split("?")[0].lstrip("/") or "index.html"
        content = self.server.packed.get(name)
        if content is None:
            self.send_error(404)
            return
        tag = f'"{len(content)}-{hash(content)}"'
        if self.server.rate:
            time.sleep(DELAY)
        if self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.end_headers()
            return
        self.send_response(200)
        for header in (("Content-Type", _KINDS.get(name.rpartition(".")[2], "application/octet-stream")), ("ETag", tag),
                       ("Content-Encoding", "gzip"), ("Content-Length", str(len(content)))):  # fmt: skip
            self.send_header(*header)
        self.end_headers()
        for start in range(0, len(content), 16_000):
            piece = content[start : start + 16_000]
            self.server.wait_for(len(piece))
            self.wfile.write(piece)
            self.server.given += len(piece)

    def log_message(self, *_: object) -> None:
        pass


_KINDS = {"html": "text/html; charset=utf-8", "js": "text/javascript", "mjs": "text/javascript", "css": "text/css",
          "wasm": "application/wasm", "json": "application/json", "svg": "image/svg+xml"}  # fmt: skip


def main(repeats: int, made: Path | None) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = made or Path(temporary)
        if not made:
            site.build(folder)
        size = json.loads((folder / site.MANIFEST).read_text(encoding="utf-8"))["bytes"]
        server = StaticServer(folder)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with running_browser() as browser:
            found = [once(browser, server) for _ in range(repeats)]
            server.rate = TEN_MBIT
            slow = [once(browser, server, whole=False) for _ in range(repeats)]
        server.shutdown()
    with running_lab() as lab, running_browser() as browser:
        opening.ALIVE[f"{LESSON}.ipynb"] = opening.ALIVE[opening.LESSON]
        laptop = [opening.measure(lab, browser, f"{LESSON}.ipynb", f"web-{n}") for n in range(repeats + 1)][1:]
    print(table(found, slow, laptop, size))


def once(browser: Browser, server: StaticServer, whole: bool = True) -> dict[str, float]:
    """Open the lesson cold and warm, move a slider, and open the next lesson."""
    with browser.new_context(viewport={"width": 1366, "height": 768}) as context:
        server.given = 0
        page = opened(context, server, LESSON)
        cold = {name: page.evaluate(f"window.{name}After") for name in ("text", "drawn", "alive")}
        page.evaluate("navigator.serviceWorker.ready")
        found = {**cold, "sent": settled(page, server)}
        if whole:
            found["slider"] = slider(page)
            page.close()
            page = opened(context, server, LESSON)
            found |= {f"warm_{name}": page.evaluate(f"window.{name}After") for name in ("text", "drawn", "alive")}
            settled(page, server)
            server.given = 0
            found["next"] = settled(opened(context, server, NEXT), server)
    print(found, file=sys.stderr)
    return found


def opened(context: BrowserContext, server: StaticServer, lesson: str) -> Page:
    page = context.new_page()
    page.add_init_script(NOTICE)
    page.goto(f"http://127.0.0.1:{server.server_port}/{lesson}.html", timeout=180_000)
    page.locator("#life[data-state=life_alive]").wait_for(timeout=180_000)  # the page forbids scripts as text
    return page


def settled(page: Page, server: StaticServer) -> float:
    """Give the bytes that were sent since they were last set to 0, once no more come."""
    before = -1
    while before != server.given:
        before = server.given
        page.wait_for_timeout(QUIET_MS)
    return server.given


def slider(page: Page) -> float:
    """Give the p95 in ms of the first slider that redraws a chart."""
    for explorable in range(page.locator(".vm-explorable").count()):
        for number in range(page.locator(".vm-explorable").nth(explorable).locator("input[type=range]").count()):
            moved = page.evaluate(MOVES, [explorable, number, MOVED])
            if moved and len(moved["times"]) > MOVED / 2:
                return quantiles(moved["times"], n=20, method="inclusive")[-1]
    raise RuntimeError("no slider redraws a chart")


def table(found: list[dict], slow: list[dict], laptop: list[dict], size: int) -> str:
    """Give Markdown: each figure, its ratio to the laptop edition where it has one, and its target."""
    web = {name: median(one[name] for one in found) for name in found[0]}
    ten = {name: median(one[name] for one in slow) for name in slow[0]}
    there = {name: median(one[name] for one in laptop) for name in ("shown", "alive")}
    rows = []
    for name, told in (("text", "first text on screen"), ("drawn", "parts and charts drawn")):
        rows.append(
            _row(
                f"{told}, cold, unthrottled", f"{web[name]:.2f} s", web[name] / there["shown"], f"{TARGETS[name][0]} s"
            )
        )
        rows.append(
            _row(f"{told}, cold, 10 Mbit/s", f"{ten[name]:.2f} s", ten[name] / there["shown"], f"{TARGETS[name][1]} s")
        )
    rows.append(_row("alive, cold, unthrottled", f"{web['alive']:.2f} s", web["alive"] / there["alive"], "0.7 x"))
    rows.append(_row("alive, warm", f"{web['warm_alive']:.2f} s", web["warm_alive"] / there["alive"], "0.5 x"))
    rows.append(_row("alive, cold, 10 Mbit/s", f"{ten['alive']:.2f} s", ten["alive"] / there["alive"], ""))
    rows.append(_row("slider to redrawn, p95", f"{web['slider']:.0f} ms", None, "60 ms"))
    rows.append(_row("sent for the first lesson, gzip", f"{web['sent'] / 1e6:.2f} MB", None, "9 MB"))
    rows.append(_row("sent for the next lesson, gzip", f"{web['next'] / 1e3:.0f} kB", None, "300 kB"))
    rows.append(_row("whole site", f"{size / 1e6:.1f} MB", None, "40 MB"))
    told = f"laptop edition, same lesson: shown {there['shown']:.2f} s, alive {there['alive']:.2f} s"
    return "\n".join(["| | web | / laptop | target |", "|---|---|---|---|", *rows, "", told])


def _row(told: str, figure: str, ratio: float | None, target: str) -> str:
    return f"| {told} | {figure} | {f'{ratio:.2f}' if ratio else ''} | {target} |"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5, Path(sys.argv[2]) if len(sys.argv) > 2 else None)
