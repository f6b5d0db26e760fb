"""Opening a lesson against opening a bare notebook with one ipywidgets slider and one plotly FigureWidget.

Run with ``uv run --group test python tests/benchmarks/opening.py [repeats]``. The bare notebook is opened in
JupyterLab as it comes, and once more in the student's own. Everything is measured in one run, in turn, each time in a
new kernel and a browser without a cache:

- shown: from the start of navigation until JupyterLab shows the notebook's cells, in seconds;
- alive: from the start of navigation until a slider and a drawn chart are on the page, in seconds. Both kinds of
  notebook run at the same moment: as soon as the notebook is shown and its kernel is ready;
- memory: RSS and PSS of the kernel process when everything has run, in MB;
- sent: what the kernel's websocket brought to the browser by then, in kB, before compression;
- wire: the same as it crosses the network: our profile turns on the websocket's compression, plain JupyterLab does not.
"""

import json
import sys
import zlib
from pathlib import Path
from statistics import median

from measuring import Lab, fill_in_answers, plain_lab, running_browser, running_lab, wait_until_idle, write_notebook
from playwright.sync_api import Browser, WebSocket

BARE = "bench/bare.ipynb"
ONE = "bench/one.ipynb"
LESSON = "lessons/01_new_public_management.ipynb"

BARE_SOURCE = """import ipywidgets
import plotly.graph_objects as go

figure = go.FigureWidget(go.Bar(x=["a", "b", "c"], y=[1, 2, 3]))
slider = ipywidgets.IntSlider(value=1, min=0, max=10)

def redraw(change):
    figure.data[0].y = [change.new, 2, 3]

slider.observe(redraw, "value")
ipywidgets.VBox([slider, figure])"""

ALIVE = {
    BARE: [".noUi-handle", ".js-plotly-plot .main-svg"],
    ONE: [".vm-explorable input[type=range]", ".vm-explorable .main-svg"],
    LESSON: [".vm-explorable input[type=range]", ".vm-explorable .main-svg"],
}

NOTICE = """(() => {
    const shown = (selector) => [...document.querySelectorAll(selector)].some((node) => node.getClientRects().length);
    const look = () => {
        if (!window.shownAfter && shown(".jp-Notebook .jp-Cell")) window.shownAfter = performance.now() / 1000;
        if (SELECTORS.every(shown)) window.aliveAfter = performance.now() / 1000;
        else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
})();"""

# A lesson is brought to life by our extension; the bare notebook by this, which waits for the same things.
RUN_ALL = """(() => {
    const look = async () => {
        const app = window.jupyterapp;
        const panel = app?.shell.currentWidget;
        if (!panel?.sessionContext) return requestAnimationFrame(look);
        await panel.context.ready;
        await panel.revealed;
        await Promise.all([app.restored, panel.sessionContext.ready]);
        await app.commands.execute("notebook:run-all-cells");
    };
    requestAnimationFrame(look);
})();"""


def main(repeats: int) -> None:
    with running_lab() as lab, plain_lab() as plain, running_browser() as browser:
        prepare(lab)
        write_bare(plain)
        measure(plain, browser, BARE, "warm-up-1")
        measure(lab, browser, LESSON, "warm-up-2")
        places = {"bare": (plain, BARE), "bare, our page": (lab, BARE), "one": (lab, ONE), "lesson 01": (lab, LESSON)}
        found: dict[str, list[dict]] = {name: [] for name in places}
        for repeat in range(repeats):
            for name, (where, notebook) in places.items():
                found[name].append(measure(where, browser, notebook, f"{Path(notebook).stem}-{repeat}"))
                print(f"{name} {found[name][-1]}", file=sys.stderr)
    print(table(found))


def write_bare(lab: Lab) -> None:
    write_notebook(lab.folder / BARE, {"kernelspec": {"name": "python3", "display_name": "Python 3"}}, [BARE_SOURCE])


def prepare(lab: Lab) -> None:
    ours = {"name": "vermarkting", "display_name": "Vermarkting", "language": "python"}
    about = {"id": "01", "kind": "lesson", "minutes": 1}
    write_bare(lab)
    source = "from vermarkting import explorables as e; e.incentives()"
    write_notebook(lab.folder / ONE, {"kernelspec": ours, "vermarkting": about}, [source])
    for place in ("lessons", "bench"):
        fill_in_answers(lab.folder / place)


def measure(lab: Lab, browser: Browser, notebook: str, workspace: str) -> dict[str, float]:
    """Open a notebook once, in a new kernel and an empty browser, and close it again."""
    received: list[bytes] = []
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    try:
        page = context.new_page()
        page.add_init_script(NOTICE.replace("SELECTORS", json.dumps(ALIVE[notebook])))
        if notebook == BARE:
            page.add_init_script(RUN_ALL)
        page.on("websocket", lambda socket: count(socket, received))
        page.goto(lab.address(notebook, workspace))
        page.wait_for_function("window.aliveAfter", timeout=90_000)
        wait_until_idle(lab, page)
        (session,) = lab.api("sessions")
        memory = kernel_memory(session["kernel"]["id"])
        shown, alive = page.evaluate("[window.shownAfter, window.aliveAfter]")
        return {
            "shown": shown,
            "alive": alive,
            **memory,
            "sent": sum(map(len, received)) / 1000,
            "wire": deflated(received) / 1000,
        }
    finally:
        context.close()
        for session in lab.api("sessions"):
            lab.api(f"sessions/{session['id']}", "DELETE")


def count(socket: WebSocket, received: list[bytes]) -> None:
    if "/api/kernels/" in socket.url:
        keep = received.append
        socket.on("framereceived", lambda frame: keep(frame.encode() if isinstance(frame, str) else frame))


def deflated(frames: list[bytes]) -> int:
    """Count the bytes of these frames under the websocket's own compression (permessage-deflate, RFC 7692)."""
    stream = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return sum(len(stream.compress(frame) + stream.flush(zlib.Z_SYNC_FLUSH)) for frame in frames)


def kernel_memory(kernel_id: str) -> dict[str, float]:
    """Give the resident and the proportional memory of a kernel's process, in MB; Linux only."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if kernel_id not in (process / "cmdline").read_text(encoding="utf-8", errors="replace"):
                continue
            lines = (process / "smaps_rollup").read_text(encoding="utf-8").splitlines()
        except OSError:
            continue
        sizes = {line.split(":")[0]: int(line.split()[1]) for line in lines if line.endswith(" kB")}
        return {"rss": sizes["Rss"] / 1000, "pss": sizes["Pss"] / 1000}
    raise LookupError(f"No process runs the kernel {kernel_id}.")


COLUMNS = {
    "shown": "shown s",
    "alive": "alive s",
    "rss": "RSS MB",
    "pss": "PSS MB",
    "sent": "sent kB",
    "wire": "wire kB",
}


def table(found: dict[str, list[dict]]) -> str:
    """Lay out the medians, with each notebook's ratio to the bare one, and the best and worst time."""
    medians = {
        name: {key: median(result[key] for result in results) for key in COLUMNS} for name, results in found.items()
    }
    lines = [f"{'median (ratio to bare)':24}" + "".join(f"{heading:>17}" for heading in COLUMNS.values())]
    for name, middle in medians.items():
        cells = (f"{middle[key]:.1f} ({middle[key] / medians['bare'][key]:.3f})" for key in COLUMNS)
        lines.append(f"{name:24}" + "".join(f"{cell:>17}" for cell in cells))
    for name, results in found.items():
        times = [result["alive"] for result in results]
        lines.append(f"{name}: alive after {min(times):.1f} to {max(times):.1f} s in {len(times)} openings")
    return "\n".join(lines)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
