"""Time from moving a slider to the redrawn picture, for each explorable of each lesson, in a real browser.

Run with ``uv run --group test python tests/benchmarks/redraw.py [moves per slider]``. Every bet is set beforehand. Each
slider jumps over its range; the clock runs from its ``input`` event until the frame after the last chart on screen that
answers has been drawn. Kernel and browser run on this machine: on a server elsewhere the journey comes on top.
"""

import sys
from statistics import median, quantiles

from measuring import Lab, fill_in_answers, lesson_paths, running_browser, running_lab, wait_until_idle
from playwright.sync_api import Page

MOVES = """async ([explorable, slider, moves]) => {
    const root = document.querySelectorAll(".vm-explorable")[explorable];
    const input = root.querySelectorAll("input[type=range]")[slider];
    if (!input || input.disabled || !input.getClientRects().length) return null;
    const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const [low, high, step] = [input.min, input.max, input.step].map(Number);
    const places = Math.round((high - low) / step) + 1;
    let last, drawn = 0;
    const note = ({ detail }) => { drawn += 1; if (detail.seen) frame().then(() => (last = performance.now())); };
    input.scrollIntoView({ block: "start" });
    await sleep(500);
    root.addEventListener("vermarkting:drawn", note);
    const times = [];
    const opening = input.value;
    for (let move = 0; move < moves; move++) {
        const now = Math.round((input.valueAsNumber - low) / step);
        const next = (now + 1 + ((move * 7) % (places - 1))) % places;
        last = undefined;
        const start = performance.now();
        input.value = low + next * step;
        input.dispatchEvent(new Event("input", { bubbles: true }));
        input.dispatchEvent(new Event("change", { bubbles: true }));
        const patience = start + 2000;
        while (last === undefined && performance.now() < patience) await sleep(5);
        let seen;
        do { seen = drawn; await sleep(300); } while (drawn !== seen);
        if (last !== undefined) times.push(last - start);
    }
    input.value = opening;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
    await sleep(300);
    root.removeEventListener("vermarkting:drawn", note);
    return { label: input.getAttribute("aria-label") || input.closest("label,div")?.textContent.trim() || "", times };
}"""


def main(moves: int) -> None:
    print(f"{'explorable':44}{'sliders':>8}{'moves':>7}{'p50 ms':>8}{'p95 ms':>8}{'worst':>8}  slowest slider")
    with running_lab() as lab, running_browser() as browser:
        fill_in_answers(lab.folder / "lessons")
        for path in lesson_paths():
            page = browser.new_page(viewport={"width": 1366, "height": 768})
            open_lesson(lab, page, path.name)
            report(page, path.stem, moves)
            page.close()
            for session in lab.api("sessions"):
                lab.api(f"sessions/{session['id']}", "DELETE")


def open_lesson(lab: Lab, page: Page, name: str) -> None:
    """Open a lesson and wait until all its cells have run and its charts are drawn."""
    page.goto(lab.address(f"lessons/{name}", name.removesuffix(".ipynb")))
    page.locator(".jp-OutputArea-output :is(input, button)").first.wait_for(state="attached", timeout=60_000)
    wait_until_idle(lab, page)
    page.wait_for_timeout(2_000)


def report(page: Page, lesson: str, moves: int) -> None:
    for explorable in range(page.locator(".vm-explorable").count()):
        root = page.locator(".vm-explorable").nth(explorable)
        sliders = root.locator("input[type=range]").count()
        moved = [page.evaluate(MOVES, [explorable, slider, moves]) for slider in range(sliders)]
        drawn = [slider for slider in moved if slider and slider["times"]]
        times = [time for slider in drawn for time in slider["times"]]
        heading = root.locator("h2, h3").first.text_content() or ""
        name = f"{lesson[:2]} {heading}"[:43]
        if len(times) < 2:
            print(f"{name:44}{sliders:>8}{len(times):>7}  no slider redraws a chart")
            continue
        slowest = max(drawn, key=lambda slider: median(slider["times"]))
        cells = (median(times), quantiles(times, n=20, method="inclusive")[-1], max(times))
        figures = "".join(f"{value:>8.0f}" for value in cells)
        print(f"{name:44}{len(drawn):>4}/{sliders:<3}{len(times):>7}{figures}  {slowest['label'][:50]}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
