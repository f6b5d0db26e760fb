"""A thousand answers called kept, with faults in between: how many were lost, and how often the page was wrong.

uv run --group test python tests/benchmarks/faults.py [ANSWERS] [SEED]
"""

import shutil
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))
from breaking import running
from faults import Faults, Report, run, student_server


def tell(fault: str, report: Report) -> None:
    """Say how it stands after a fault: the run is long."""
    stands = f"{report.acknowledged} kept, {report.held} held, {len(report.lost)} lost, {len(report.false)} false"
    print(f"{time.strftime('%H:%M:%S')} {fault}: {stands}", *report.lost[-2:], *report.false[-2:], flush=True)


def main(answers: int, seed: int) -> int:
    place = Path(tempfile.mkdtemp())
    server = student_server(place)
    started = time.monotonic()
    try:
        with running(server), sync_playwright() as playwright:
            path = shutil.which("chromium") or shutil.which("google-chrome")
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
            context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="nl-BE")
            context.set_default_timeout(60_000)
            report = run(server, context.new_page, answers, seed, Faults.NAMES, tell)
    finally:
        server.disk.remove()
        shutil.rmtree(place, ignore_errors=True)
    minutes = (time.monotonic() - started) / 60
    print(f"{report.acknowledged} answers called kept, {report.held} held meanwhile, in {minutes:.0f} minutes")
    print(f"lost: {len(report.lost)}; called kept and not on disk: {len(report.false)}")
    print(f"entered, and not there after the end: {len(report.missing)}")
    print(f"pages loaded again: {report.reloads}; not there within a minute: {report.slow}")
    print("faults:", ", ".join(f"{name} {count}" for name, count in sorted(report.faults.items())))
    print(*report.lost, *report.false, *report.missing, sep="\n")
    return 1 if report.lost or report.false or report.missing else 0


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in [*sys.argv[1:], *("1000", "1")[len(sys.argv) - 1 :]])))
