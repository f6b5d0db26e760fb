"""A class on one server, with real accounts and https, as its manual says: three students and a lecturer."""

import csv
import io
import json
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe import serious_findings
from classroom import Account, Classroom, running
from playwright.sync_api import Browser, BrowserContext, Page, expect
from student import Student

from vermarkting import data
from vermarkting.answers import NAME, parse
from vermarkting.hub.settings import LESSONS
from vermarkting.text import t
from vermarkting.widgets.words import plain_number

LESSON = "lab/tree/lessons/03_de_tenderkamer.ipynb"
ASSIGNMENT = "lab/tree/assignments/O1/O1.ipynb"
WORK = {
    "noor": {"O1.tegenspraak": ["u2", "u4", "u7"], "O1.ruim_2016": 20.8, "O1.strikt_2016": 13.2},
    "sam": {"O1.ruim_2016": 20.8, "O1.ruim_2020": 3},
    "mia": {},
}
# A text at the third of four levels of each criterion earns 12 + 9 + 9 of 40; noor 16 + 4, sam 2, mia nothing more.
TOTALS = {"noor": 50, "sam": 32, "mia": 30}
# Each is refused; the last is not, because anyone may put in the exchange what the collector will refuse.
ATTACKS = """
import json, os, shutil, ssl, urllib.error, urllib.request
from pathlib import Path

TRUSTED = ssl.create_default_context(cafile=CERTIFICATE)

def ask(address, **headers):
    try:
        asked = urllib.request.Request(address, headers=headers)
        with urllib.request.urlopen(asked, timeout=20, context=TRUSTED) as answer:
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


@pytest.fixture(scope="module")
def here(built_site: Path) -> Iterator[Classroom]:
    with running(built_site) as classroom:
        yield classroom


def of(chromium: Browser) -> BrowserContext:
    """A browser of one's own; the certificate is ours and nobody vouches for it."""
    return chromium.new_context(locale="nl-BE", viewport={"width": 1366, "height": 768}, ignore_https_errors=True)


def test_an_assignment_from_fetching_to_feedback(here: Classroom, chromium: Browser):
    at_work = {name: of(chromium) for name in WORK}
    pages = {"mia": opens(here, at_work["mia"], "mia")}
    is_stopped_at_work(here, pages["mia"])
    pages |= {name: opens(here, at_work[name], name) for name in ("noor", "sam")}
    assert [menu for menu in pages["noor"].locator(".lm-MenuBar-item").all() if menu.is_visible()] == []
    assert json.loads(here.in_kernel(pages["noor"], here.noor, LIMITS)) == ["geweigerd", os.nice(0) + 5, 300, 0o077]
    for name, page in pages.items():
        student = Student(page, "O1", "")
        for question_id, answer in WORK[name].items():
            student.fill_in(question_id, answer)
        if name != "mia":
            student.write(page.locator(".vermarkting-answer"), essay(name))
        hands_in(page)
    arrived = {path.owner(): path for path in here.inbound.iterdir()}
    assert arrived.keys() == {getattr(here, name).name for name in WORK}
    is_for_the_lecturer_only(here, arrived[here.noor.name])
    tries_what_is_not_allowed(here, pages["sam"], arrived[here.noor.name])

    lecturer = of(chromium)
    desk = here.log_in(lecturer, here.lecturer)
    desk.get_by_role("link", name=t("klas.page.open_desk")).click()
    desk.get_by_role("link", name=re.compile("^O1 ")).click(timeout=120_000)
    said = does(desk, "step.make_now", "generate_assignment"), does(desk, "step.from_exchange", "collect")
    assert "Nieuw opgehaald: 3." in said[1] and f"gemaakt door het account '{here.sam.name}'" in said[1], said
    does(desk, "step.grade_now", "autograde")
    judges(desk)
    does(desk, "step.feedback_now", "generate_feedback")
    does(desk, "step.to_exchange", "release_feedback")
    does(desk, "scores.make", "export")
    content = (here.course / "cijfers" / "gewoon.csv").read_text(encoding="utf-8-sig")
    scores = {row["Student"]: row["O1 (op 100)"] for row in csv.DictReader(io.StringIO(content), delimiter=";")}
    assert scores == {getattr(here, name).name: plain_number(total) for name, total in TOTALS.items()}

    for name, page in pages.items():
        page.reload()
        with page.expect_popup(timeout=120_000) as opened:
            page.get_by_role("link", name=t("hand_in.feedback")).click(timeout=120_000)
        feedback = opened.value.locator("body")
        expect(feedback).to_contain_text(f"Totaal: {plain_number(TOTALS[name])} op 100")
        expect(feedback).to_contain_text(essay(name))
        assert [other for other in WORK if other != name and essay(other) in feedback.inner_text()] == []
        assert serious_findings(opened.value, ["body"]) == []
    logs_out(here, pages["noor"])
    for context in (*at_work.values(), lecturer):
        context.close()


def opens(here: Classroom, context: BrowserContext, name: str) -> Page:
    """Fetching is logging in: the assignment is in the student's folder."""
    page = here.log_in(context, getattr(here, name), ASSIGNMENT)
    expect(page.locator(".vermarkting-answer")).to_be_visible(timeout=120_000)
    return page


def is_stopped_at_work(here: Classroom, page: Page) -> None:
    """The hub stops a server that lies idle, while its student writes: what was typed is there when it comes back."""
    student = Student(page, "O1", "")
    student.fill_in("O1.ruim_2016", 19)
    here.cull(here.mia)
    here.end_the_fork_server()  # the next start has another
    sign = page.locator("#vermarkting-sign")
    expect(sign).to_have_text(t("lab.asleep"))
    number = page.get_by_role("group", name=data.question("O1.strikt_2016")["prompt"][:60])
    number.get_by_role("textbox").fill("12")
    number.get_by_role("textbox").press("Tab")
    student.write(page.locator(".vermarkting-answer"), essay("mia"))
    expect(number.get_by_text("Bewaard om")).to_have_count(0)
    assert sheet_of(here.mia) == {"O1.ruim_2016": 19}
    page.get_by_role("button", name=t("lab.restart")).click()
    expect(page.get_by_role("heading", name=t("klas.page.stopped"))).to_be_visible()
    page.get_by_role("link", name=t("klas.page.start")).click()
    expect(number.get_by_text("Bewaard om")).to_be_visible(timeout=120_000)
    expect(page.locator(".vermarkting-answer", has_text=essay("mia"))).to_be_visible()
    assert sheet_of(here.mia) == {"O1.ruim_2016": 19, "O1.strikt_2016": 12}


def sheet_of(student: Account) -> dict[str, object]:
    """What is on the student's disk."""
    kept = (student.home / "vermarkting" / "assignments" / "O1" / NAME).read_bytes()
    return {name: answer.value for name, answer in parse(kept).items()}


def hands_in(page: Page) -> None:
    part = page.get_by_role("region", name=t("hand_in.title"))
    part.get_by_role("button", name=t("hand_in.here.button")).click()
    expect(part.get_by_text(re.compile("^Ingeleverd: vandaag om"))).to_be_visible()


def is_for_the_lecturer_only(here: Classroom, arrived: Path) -> None:
    assert arrived.group() == here.lecturer.name
    assert stat.S_IMODE(arrived.stat().st_mode) & 0o777 == 0o750
    assert {stat.S_IMODE(path.stat().st_mode) for path in arrived.iterdir()} == {0o640}
    assert {path.group() for path in arrived.iterdir()} == {here.lecturer.name}


def tries_what_is_not_allowed(here: Classroom, page: Page, arrived: Path) -> None:
    """In a kernel and in a terminal, and with the browser."""
    attacks = attacks_on(here, arrived)
    refused = tried(here.in_kernel(page, here.sam, attacks))
    assert refused == tried(here.as_account(here.sam, here.python, "-c", attacks))
    assert refused.pop("forged hand-in") == "gelukt"
    assert set(refused.values()) == {"geweigerd"}, refused
    other = page.context.new_page()
    assert other.goto(f"{here.address}/user/{here.noor.name}/api/contents").status in (403, 404)
    assert other.goto(f"{here.address}/services/gesprek/docent").status == 403, "only the course account leads"
    other.close()


def does(desk: Page, words: str, verb: str) -> str:
    """Press a button of the desk; gives what the command said."""
    told = desk.locator(f"[data-result~={verb}]")
    told.evaluate("box => (box.className = '')")  # what an earlier command said
    desk.get_by_role("button", name=t(f"desk.{words}"), exact=True).click()
    expect(told).to_have_class(re.compile("good|look|bad"), timeout=120_000)
    expect(told).not_to_have_class(re.compile("bad"))
    expect(desk.locator("[data-verb]:disabled")).to_have_count(0)
    return told.text_content()  # also what is folded away


def judges(desk: Page) -> None:
    """Each text gets the third of four levels of each criterion, by keys."""
    desk.get_by_label(t("desk.who")).fill("An")
    desk.get_by_role("button", name=re.compile(f"^{t('desk.open')}")).click()
    desk.get_by_role("link", name=t("desk.calibration.skip")).click()
    for done in range(3):
        expect(desk.locator("#progress")).to_contain_text(f"{done} van 3 nagekeken")
        for key in "n333"[not done :]:  # n: on to the next
            desk.keyboard.press(key)
    expect(desk.locator("#progress")).to_contain_text("3 van 3 nagekeken")
    expect(desk.locator("#saved")).to_have_text("Bewaard")
    desk.goto(f"{desk.url.split('/vraag/')[0]}/opdracht/O1")


def logs_out(here: Classroom, page: Page) -> None:
    """From a lesson; after it nothing of this student opens."""
    page.get_by_role("button", name=t("lab.home")).click()
    page.get_by_role("link", name=t("klas.page.log_out")).click()
    expect(page.get_by_role("heading", name=t("klas.page.log_in"), exact=True)).to_be_visible()
    for address in (f"/user/{here.noor.name}/lab", LESSONS, "/hub/home"):
        page.goto(f"{here.address}{address}")
        expect(page.get_by_role("heading", name=t("klas.page.log_in"), exact=True)).to_be_visible()


def test_lessons_open_without_a_server(here: Classroom, chromium: Browser):
    context = of(chromium)
    stranger = context.new_page()
    assert stranger.request.get(f"{here.address}{LESSONS}x/index.html", max_redirects=0).status == 302
    part = stranger.request.get(f"{here.address}{LESSONS}x/sw.js", headers={"Sec-Fetch-Mode": "cors"}, max_redirects=0)
    assert part.status == 403, "a part of a page is never the page for logging in"
    page = here.log_in(context, here.sam)
    before = here.servers()
    page.get_by_role("link", name=t("klas.page.open"), exact=True).click()
    page.wait_for_url(f"**{LESSONS}{here.sam.name}/")
    page.get_by_role("link", name=title("08")).click()
    bet = page.locator(".vm-kind-bet").first
    bet.get_by_role("radio").first.check()
    bet.get_by_role("button").click()
    expect(bet.get_by_text("Bewaard om")).to_be_visible(timeout=120_000)
    assert here.servers() == before
    page.goto(f"{here.address}{LESSONS}{here.noor.name}/lessons/08_de_vijf_krachtlijnen.html")
    expect(page).to_have_url(re.compile(f"{LESSONS}{here.sam.name}/lessons/08"))
    expect(page.locator(".vm-kind-bet").first.get_by_text("Bewaard om")).to_be_visible(timeout=120_000)
    asked = page.request.get(f"{here.address}{LESSONS}{here.sam.name}/assignments/O1/O1.html", max_redirects=0)
    assert asked.headers["location"] == f"/hub/user-redirect/{ASSIGNMENT}"
    for path in ("../hub/jupyterhub.sqlite", "..%2f..%2fklas.key", "bestaat-niet.html"):
        answer = page.request.get(f"{here.address}{LESSONS}{here.sam.name}/{path}")
        assert answer.status in (403, 404) and "SQLite" not in answer.text(), path
    assert page.request.get(f"{here.address}{LESSONS}{here.sam.name}/x.html").text() == t("klas.page.not_found")
    context.close()


def test_a_conversation_on_the_hub(here: Classroom, chromium: Browser):
    """The lecturer opens one; a student takes part from a lesson with the code alone."""
    lecturer, at_work = of(chromium), of(chromium)
    screen = here.log_in(lecturer, here.lecturer)
    screen.get_by_role("link", name=t("klas.page.conversation")).click()
    screen.get_by_role("button", name=t("live.screen.begin")).click()
    code = screen.locator(".letters").inner_text()
    lesson = here.log_in(at_work, here.noor, LESSON)
    expect(lesson.locator(".vm-explorable").first).to_be_visible(timeout=120_000)
    lesson.get_by_role("button", name=t("lab.conversation"), exact=True).click()
    part = lesson.get_by_role("complementary", name=t("live.panel.title"))
    expect(part.get_by_label(t("live.panel.address"))).to_have_count(0)
    part.get_by_label(t("live.panel.code")).fill(code)
    part.get_by_role("button", name=t("live.panel.join")).click()
    expect(screen.locator(".people")).to_have_text(t("live.screen.people", count=1))
    [kept] = (here.folder / "gesprek").glob("*.gesprek")
    assert kept.owner() == here.lecturer.name and stat.S_IMODE(kept.stat().st_mode) == 0o600
    at_work.close()
    lecturer.close()


def essay(name: str) -> str:
    return f"Dit is de bespreking van {name}, met eigen woorden."


def title(page_id: str) -> str:
    return next(row["title"] for row in data.rows("pages") if row["id"] == page_id)


def attacks_on(here: Classroom, arrived) -> str:
    log = here.log.read_text(errors="replace")
    names = {
        "NOOR": here.noor.name,
        "CERTIFICATE": here.certificate,
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
