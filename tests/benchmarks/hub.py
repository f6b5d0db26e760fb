"""A class at once on one server: students with real accounts log in, open lesson 03, move a slider, answer.

    uv run --group test python tests/benchmarks/hub.py [STUDENTS] [SECONDS]     (as root)

By default 40 students log in within 60 seconds. Each then moves a slider 50 times and answers a question, at the
pace of a person. They speak to hub, server and kernel as a browser does, without drawing. Reported:

- alive: from sending the login form until the lesson's cells have run and a moved slider changed its picture, in s;
- slider: from a move until the kernel sent the new picture, in ms; kept: from an answer until it is on disk, in ms;
- memory: PSS of a student's server and kernel, in MB, and their processor time until then, in s; errors.
"""

import asyncio
import itertools
import json
import os
import pwd
import sys
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote

import aiohttp

sys.path.insert(0, str(Path(__file__).parents[1] / "hub"))
from classroom import Account, Classroom, running

LESSON = "lessons/03_de_tenderkamer.ipynb"
QUESTION = "03.eigen_gunning"
MOVES = 50
PAUSE = 0.4
PATIENCE = 180


@dataclass
class Found:
    """What one student met: seconds to alive, seconds per move, seconds for the answer."""

    alive: float = 0.0
    moves: list[float] = field(default_factory=list)
    kept: float = 0.0


class Kernel:
    """A page's line to its kernel: cells are run and widgets answer."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket, self._session = socket, uuid.uuid4().hex
        self.widgets: dict[str, dict] = {}

    async def send(self, kind: str, content: dict) -> str:
        number = uuid.uuid4().hex
        header = {"msg_id": number, "msg_type": kind, "session": self._session, "username": "", "version": "5.3"}
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "buffers": []}
        await self._socket.send_str(json.dumps(message | {"channel": "shell"}))
        return number

    async def hear(self) -> tuple[str, str, dict]:
        """Give the kind of the next message, the id of what it answers, and its content; notes what widgets are."""
        while True:
            got = await asyncio.wait_for(self._socket.receive(), PATIENCE)
            if got.type == aiohttp.WSMsgType.BINARY:  # buffers come after the message
                count = int.from_bytes(got.data[:4], "big")
                first, *rest = (int.from_bytes(got.data[4 * n : 4 * n + 4], "big") for n in range(1, count + 1))
                message = json.loads(got.data[first : rest[0] if rest else None])
            elif got.type == aiohttp.WSMsgType.TEXT:
                message = json.loads(got.data)
            else:
                raise ConnectionError(got.type)
            kind, content = message["header"]["msg_type"], message["content"]
            if kind == "comm_open":
                self.widgets[content["comm_id"]] = content["data"].get("state", {})
            if kind == "error":
                raise RuntimeError(content["evalue"])
            return kind, message["parent_header"].get("msg_id", ""), content

    async def run(self, code: str) -> None:
        content = {"silent": False, "store_history": False, "user_expressions": {}, "allow_stdin": False}
        asked = await self.send("execute_request", {"code": code, **content})
        while True:
            kind, about, said = await self.hear()
            if kind == "status" and about == asked and said["execution_state"] == "idle":
                return

    async def move(self, widget: str, value: float) -> bool:
        """Move a slider; says whether a picture changed."""
        data = {"method": "update", "state": {"value": value}, "buffer_paths": []}
        asked = await self.send("comm_msg", {"comm_id": widget, "data": data})
        changed = False
        while True:
            kind, about, said = await self.hear()
            changed |= kind == "comm_msg" and "spec" in said["data"].get("state", {})
            if kind == "status" and about == asked and said["execution_state"] == "idle":
                return changed

    async def answer(self, question: str) -> None:
        """Choose the first option and wait until it is called kept."""
        widget = next(one for one, state in self.widgets.items() if state.get("name") == question)
        change = {"id": uuid.uuid4().hex, "value": self.widgets[widget]["question"]["options"][0]["id"], "age": 0}
        data = {"method": "custom", "content": {"keep": change}}
        await self.send("comm_msg", {"comm_id": widget, "data": data})
        while True:
            kind, _, said = await self.hear()
            if kind == "comm_msg" and said["data"].get("content", {}).get("kept") == change["id"]:
                return


async def a_student(here: Classroom, who: Account, cells: list[str], delay: float) -> Found:
    """Log in after a while, open the lesson, and work in it."""
    await asyncio.sleep(delay)
    found, began = Found(), time.monotonic()
    whole = aiohttp.ClientTimeout(total=PATIENCE)
    trusting = {"connector": aiohttp.TCPConnector(ssl=False), "cookie_jar": aiohttp.CookieJar(unsafe=True)}
    async with aiohttp.ClientSession(**trusting, timeout=whole) as browser:
        server = f"{here.address}/user/{who.name}/"
        await log_in(browser, here, who)
        kernel = Kernel(await open_kernel(browser, server))
        for cell in cells:
            await kernel.run(cell)
        slider = await first_slider(kernel)
        found.alive = time.monotonic() - began
        for value in itertools.islice(itertools.cycle(values(kernel.widgets[slider])), MOVES):
            await asyncio.sleep(PAUSE)
            moved = time.monotonic()
            await kernel.move(slider, value)
            found.moves.append(time.monotonic() - moved)
        entered = time.monotonic()
        await kernel.answer(QUESTION)
        found.kept = time.monotonic() - entered
    return found


async def log_in(browser: aiohttp.ClientSession, here: Classroom, who: Account) -> None:
    """Fill in the hub's form and wait until the lesson's page comes from the student's own server."""
    target = f"/hub/user-redirect/lab/tree/{LESSON}"
    async with browser.get(f"{here.address}/hub/login") as page:
        page.raise_for_status()
    key = next(cookie.value for cookie in browser.cookie_jar if cookie.key == "_xsrf")
    form = {"username": who.name, "password": who.password, "_xsrf": key}
    async with browser.post(f"{here.address}/hub/login?next={quote(target, safe='')}", data=form) as page:
        page.raise_for_status()
    while True:
        async with browser.get(f"{here.address}{target}") as page:
            if page.url.path.startswith(f"/user/{who.name}/lab") and page.status == 200:
                return
        await asyncio.sleep(0.5)  # as the hub's waiting page asks again


async def open_kernel(browser: aiohttp.ClientSession, server: str) -> aiohttp.ClientWebSocketResponse:
    """Connect to the session that asking for the page started, as JupyterLab does."""
    sessions = []
    while not sessions:
        await asyncio.sleep(0.2)
        async with browser.get(f"{server}api/sessions") as found:
            found.raise_for_status()
            sessions = await found.json()
    [session] = sessions
    address = f"{server}api/kernels/{session['kernel']['id']}/channels?session_id={uuid.uuid4().hex}"
    return await browser.ws_connect(address.replace("http", "ws", 1), max_msg_size=0)


async def first_slider(kernel: Kernel) -> str:
    """Give the first slider that changes a picture."""
    for widget, state in list(kernel.widgets.items()):
        if state.get("part") == "slider" and not state.get("disabled") and await kernel.move(widget, state["max"]):
            return widget
    raise LookupError("no slider changes a picture")


def values(slider: dict) -> list[float]:
    places = round((slider["max"] - slider["min"]) / slider["step"])
    return [slider["min"] + slider["step"] * (number * 7 % (places + 1)) for number in range(places + 1)]


def taken(who: Account) -> tuple[float, float]:
    """Give the memory (PSS, MB) and the processor time (s) of all that runs as this account."""
    number, memory, seconds = pwd.getpwnam(who.name).pw_uid, 0, 0.0
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if _owner(process) != number:
                continue
            lines = (process / "smaps_rollup").read_text().splitlines()
            memory += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
            ran = (process / "stat").read_text().rpartition(")")[2].split()
            seconds += (int(ran[11]) + int(ran[12])) / os.sysconf("SC_CLK_TCK")
    return memory / 1000, seconds


def _owner(process: Path) -> int:
    lines = (process / "status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Uid:"))


async def measure(here: Classroom, seconds: float) -> None:
    students = [here.noor, here.sam, here.mia, *here.more]
    lesson = json.loads((here.course / LESSON).read_text(encoding="utf-8"))
    cells = ["".join(cell["source"]) for cell in lesson["cells"] if cell["cell_type"] == "code"]
    spread = [number * seconds / len(students) for number in range(len(students))]
    tasks = [a_student(here, who, cells, delay) for who, delay in zip(students, spread, strict=True)]
    began = time.monotonic()
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    whole = time.monotonic() - began
    found = [one for one in ended if isinstance(one, Found)]
    errors = [repr(one) for one in ended if not isinstance(one, Found)]
    used = [taken(who) for who in students]
    print(f"{len(students)} students, logged in within {seconds:.0f} s; all done after {whole:.0f} s")
    print(f"errors: {len(errors)}", *errors[:5], sep="\n  ")
    last = max(delay + one.alive for delay, one in zip(spread, ended, strict=True) if isinstance(one, Found))
    print(
        _row("login to alive, s", [one.alive for one in found], 1), f"| last alive {last:.1f} s after the first login"
    )
    print(_row("slider to picture, ms", [1000 * move for one in found for move in one.moves], 0))
    print(_row("answer to kept, ms", [1000 * one.kept for one in found], 0))
    print(_row("memory of a student, PSS MB", [memory for memory, _ in used], 0))
    print(_row("processor time of a student, s", [spent for _, spent in used], 2))


def _row(name: str, figures: list[float], places: int) -> str:
    p95 = quantiles(figures, n=20, method="inclusive")[-1] if len(figures) > 1 else figures[0]
    return f"{name:32}" + "".join(
        f" {told} {value:.{places}f}" for told, value in (("p50", median(figures)), ("p95", p95), ("max", max(figures)))
    )


if __name__ == "__main__":
    count, time_to_log_in = (int(word) for word in [*sys.argv[1:], *("40", "60")[len(sys.argv) - 1 :]])
    with running(more=count - 3) as class_of:
        asyncio.run(measure(class_of, time_to_log_in))
