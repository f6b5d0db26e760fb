"""A thousand answers called kept, with faults in between: how many were lost, and how often the page was wrong.

uv run --group test python tests/benchmarks/faults.py [ANSWERS] [SEED]
"""

import shutil
import socket
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))
from faults import Faults, Server, free_folder, run


def main(answers: int, seed: int) -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    place = Path(tempfile.mkdtemp())
    server = Server(free_folder(place / "student"), port)
    server.start()
    started = time.monotonic()
    try:
        with sync_playwright() as playwright:
            path = shutil.which("chromium") or shutil.which("google-chrome")
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
            context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="nl-BE")
            report = run(server, context.new_page, answers, seed, Faults.NAMES)
    finally:
        server.process.terminate()
        server.process.wait(120)
        shutil.rmtree(place, ignore_errors=True)
    minutes = (time.monotonic() - started) / 60
    print(f"{report.acknowledged} answers called kept, {report.held} held meanwhile, in {minutes:.0f} minutes")
    print(f"lost: {len(report.lost)}; called kept and not on disk: {len(report.false)}")
    print(f"pages loaded again: {report.reloads}")
    print("faults:", ", ".join(f"{name} {count}" for name, count in sorted(report.faults.items())))
    print(*report.lost, *report.false, sep="\n")
    return 1 if report.lost or report.false else 0


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in [*sys.argv[1:], *("1000", "1")[len(sys.argv) - 1 :]])))
