"""A day in a class on one server, with real accounts: students work and hand in, one of them tries what is not allowed,
the lecturer collects. One test, because the server is started once."""

import json
import re
import stat

from classroom import Classroom, running
from playwright.sync_api import Browser, BrowserContext, Page, expect

from vermarkting.text import t

LESSON = "lab/tree/lessons/03_de_tenderkamer.ipynb"
ASSIGNMENT = "lab/tree/assignments/O1/O1.ipynb"
# Each is refused; the last is not, because anyone may put in the exchange what the collector will refuse.
ATTACKS = """
import json, os, shutil, urllib.error, urllib.request
from pathlib import Path

def ask(address, **headers):
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=20) as answer:
            return answer.status
    except urllib.error.HTTPError as refused:
        if refused.code in (401, 403, 404):
            raise PermissionError from refused
        raise

def forge():
    folder = Path(INBOUND, f"{NOOR}+O1+2099-01-01 00:00:00.000000 UTC+x{os.getpid()}")
    folder.mkdir()
    (folder / "O1.ipynb").write_text("vals")

own = {"Authorization": "token " + os.environ.get("JUPYTERHUB_API_TOKEN", "geen")}
tries = {
    "home": lambda: os.listdir(FOLDER),
    "answers": lambda: Path(FOLDER, "assignments/O1/O1.ipynb").read_bytes(),
    "overwrite": lambda: Path(FOLDER, "lessons/x").write_text("x"),
    "course": lambda: os.listdir(COURSE),
    "solution": lambda: Path(COURSE, "solutions/O1/O1.ipynb").read_bytes(),
    "gradebook": lambda: Path(COURSE, "gradebook.db").read_bytes(),
    "inbound": lambda: os.listdir(INBOUND),
    "hand-in": lambda: os.listdir(HANDED_IN),
    "its notebook": lambda: Path(HANDED_IN, "O1.ipynb").read_bytes(),
    "rename": lambda: os.rename(HANDED_IN, HANDED_IN + "weg"),
    "remove": lambda: shutil.rmtree(HANDED_IN),
    "feedback": lambda: os.listdir(FEEDBACK),
    "conversations": lambda: os.listdir(TALKS),
    "accounts": lambda: Path(HUB, "jupyterhub.sqlite").read_bytes(),
    "cookies": lambda: Path(HUB, "cookie_secret").read_bytes(),
    "server": lambda: ask(SERVER + "api/contents"),
    "server with own token": lambda: ask(SERVER + "api/contents", **own),
    "hub about the other": lambda: ask(HUB_API + "/users/" + NOOR, **own),
    "routes of the proxy": lambda: ask(PROXY_API + "/api/routes"),
    "forged hand-in": forge,
}
found = {}
for name, attempt in tries.items():
    try:
        attempt()
        found[name] = "gelukt"
    except PermissionError:
        found[name] = "geweigerd"
    except Exception as error:
        found[name] = repr(error)
print(json.dumps(found))
"""
LIMITS = """
import json, os, resource
try:
    bytearray(4_000_000_000)
    memory = "gekregen"
except MemoryError:
    memory = "geweigerd"
print(json.dumps([memory, os.nice(0), resource.getrlimit(resource.RLIMIT_NPROC)[0], os.umask(0)]))
"""


def test_a_day_in_class(chromium: Browser):
    with running() as here:
        at_work = chromium.new_context(locale="nl-BE", viewport={"width": 1366, "height": 768})
        lesson = here.log_in(at_work, here.noor, LESSON)
        expect(lesson.locator(".vm-explorable").first).to_be_visible(timeout=120_000)
        expect(lesson.get_by_role("button", name=t("lab.restart"))).to_be_visible()
        assert [menu for menu in lesson.locator(".lm-MenuBar-item").all() if menu.is_visible()] == []
        assert json.loads(here.in_kernel(lesson, here.noor, LIMITS)) == ["geweigerd", 5, 300, 0o077]
        hands_in(here, lesson)
        lesson.close()
        arrived = handed_in(here)

        other = chromium.new_context()
        page = here.log_in(other, here.sam, "lab")
        page.wait_for_url(f"**/user/{here.sam.name}/lab**", timeout=120_000, wait_until="domcontentloaded")
        attacks = attacks_on(here, arrived)
        refused = tried(here.in_kernel(page, here.sam, attacks))
        assert refused == tried(here.as_account(here.sam, here.python, "-c", attacks))
        assert refused.pop("forged hand-in") == "gelukt"
        assert set(refused.values()) == {"geweigerd"}, refused
        assert page.goto(f"{here.address}/user/{here.noor.name}/api/contents").status in (403, 404)
        assert page.goto(f"{here.address}/services/gesprek/docent").status == 403, "only the course account leads"
        other.close()

        collects(here)
        lecturer = chromium.new_context(locale="nl-BE")
        desk = here.log_in(lecturer, here.lecturer, "formgrader")
        expect(desk.get_by_role("link", name="O1", exact=True)).to_be_visible(timeout=120_000)
        talks(here, desk, at_work)
        lecturer.close()
        at_work.close()


def hands_in(here: Classroom, page) -> None:
    page.goto(f"{here.address}/user/{here.noor.name}/{ASSIGNMENT}")
    part = page.get_by_role("region", name=t("hand_in.title"))
    part.get_by_role("button", name=t("hand_in.here.button")).click()
    expect(part.get_by_text(re.compile("^Ingeleverd: vandaag om"))).to_be_visible()


def talks(here: Classroom, screen: Page, at_work: BrowserContext) -> None:
    """The lecturer opens a conversation on the hub; a student takes part with the code alone."""
    screen.goto(f"{here.address}/hub/home")
    screen.get_by_role("link", name=t("klas.page.conversation")).click()
    screen.get_by_role("button", name=t("live.screen.begin")).click()
    code = screen.locator(".letters").inner_text()
    lesson = at_work.new_page()
    lesson.goto(f"{here.address}/user/{here.noor.name}/{LESSON}")
    lesson.get_by_role("button", name=t("lab.conversation"), exact=True).click()
    part = lesson.get_by_role("complementary", name=t("live.panel.title"))
    expect(part.get_by_label(t("live.panel.address"))).to_have_count(0)
    part.get_by_label(t("live.panel.code")).fill(code)
    part.get_by_role("button", name=t("live.panel.join")).click()
    expect(screen.locator(".people")).to_have_text(t("live.screen.people", count=1))
    [kept] = (here.folder / "gesprek").glob("*.gesprek")
    assert kept.owner() == here.lecturer.name and stat.S_IMODE(kept.stat().st_mode) == 0o600
    lesson.close()


def handed_in(here: Classroom):
    """Give the one hand-in, of its owner and for the course account only."""
    [arrived] = here.inbound.iterdir()
    status = arrived.stat()
    assert arrived.owner() == here.noor.name and arrived.group() == here.lecturer.name
    assert stat.S_IMODE(status.st_mode) & 0o777 == 0o750
    assert {stat.S_IMODE(path.stat().st_mode) for path in arrived.iterdir()} == {0o640}
    assert {path.group() for path in arrived.iterdir()} == {here.lecturer.name}
    return arrived


def attacks_on(here: Classroom, arrived) -> str:
    log = here.log.read_text(errors="replace")
    names = {
        "NOOR": here.noor.name,
        "FOLDER": here.noor.home / "vermarkting",
        "COURSE": here.course,
        "INBOUND": here.inbound,
        "HANDED_IN": arrived,
        "FEEDBACK": here.inbound.with_name("feedback"),
        "HUB": here.folder / "hub",
        "TALKS": here.folder / "gesprek",
        "SERVER": re.search(rf"/user/{here.noor.name}/ => (http://\S+)", log)[1] + f"/user/{here.noor.name}/",
        "HUB_API": f"{here.address}/hub/api",
        "PROXY_API": f"http://127.0.0.1:{here.proxy_port}",
    }
    return "".join(f"{name} = {str(value)!r}\n" for name, value in names.items()) + ATTACKS


def tried(said: str) -> dict[str, str]:
    return json.loads(said.strip().splitlines()[-1])


def collects(here: Classroom) -> None:
    """The lecturer's own command takes the real hand-in, and names who made the false ones."""
    exchange = {"VERMARKTING_EXCHANGE": str(here.inbound.parents[1])}

    exchange |= {"PYTHONPATH": str(here.course / "src")}  # as its server has it

    def nbgrader(*words: str) -> str:
        return here.as_account(here.lecturer, here.python, "-m", "nbgrader", *words, place=here.course, **exchange)

    said = nbgrader("generate_assignment", "O1")
    assert (here.course / "gradebook.db").exists(), said
    said = nbgrader("collect", "O1")
    assert "Nieuw opgehaald: 1." in said and f"gemaakt door het account '{here.sam.name}'" in said, said
    taken = here.course / "submitted" / here.noor.name / "O1" / "O1.ipynb"
    assert taken.stat().st_size > 1000 and taken.owner() == here.lecturer.name
    assert [path.name for path in (here.course / "submitted").iterdir()] == [here.noor.name]
