"""The web edition as a reader has it: made by the command, served by a plain static server, opened in a browser."""

import functools
import http.server
import io
import json
import re
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

import pytest
from axe import serious_findings
from built import PUBLIC
from other_browsers import installed
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sight import hard_to_see

from vermarkting import data, pages
from vermarkting.handing_in import MANIFEST, make, verify, zip_name

BASE = "/school/module"
SECONDS = 120
IN_PAGE = '<script type="application/json"'
ALIVE = "#life[data-state=life_alive]"
OPEN_BET = ".vm-kind-bet:has(.vm-button:not([hidden]))"
TEAM = "lessons/08_de_vijf_krachtlijnen.html"
TENDER = "lessons/03_de_tenderkamer.html"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """A static server that has the site below a path and nothing else."""

    protocol_version = "HTTP/1.1"

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix(BASE)) if path.startswith(f"{BASE}/") else "/nowhere"

    def log_message(self, *_: object) -> None:
        pass


@dataclass
class Site:
    """The site in a folder, and its address while it is served."""

    folder: Path
    server: http.server.ThreadingHTTPServer | None = None
    complaints: list[str] = field(default_factory=list)

    def serve(self, port: int = 0) -> int:
        handler = functools.partial(_Quiet, directory=str(self.folder))
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self.server.server_port

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}{BASE}"

    def open(self, context: BrowserContext, path: str) -> Page:
        """Open a page; whatever its console, its errors or its requests have to complain about is noted."""
        context.set_default_timeout(SECONDS * 1000)
        page = context.new_page()
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda asked: self._inside(asked.url))
        page.goto(f"{self.address}/{path}")
        return page

    def _inside(self, url: str) -> None:
        if not url.startswith((self.address, "blob:", "data:")):
            self.complaints.append(f"outside: {url}")


@pytest.fixture(scope="module")
def site(built_site: Path) -> Iterator[Site]:
    site = Site(built_site)
    site.serve()
    yield site
    site.stop()


@pytest.fixture(scope="module")
def reader(chromium: Browser) -> Iterator[BrowserContext]:
    """One reader's browser: what a test answers is there in the next."""
    with chromium.new_context(viewport={"width": 1366, "height": 768}, locale="nl-BE") as context:
        yield context


@pytest.fixture
def calm(site: Site) -> Iterator[None]:
    """Nothing went wrong behind the page."""
    site.complaints.clear()
    yield
    assert site.complaints == []


def cell(page: Page, cell_id: str, inside: str = ""):
    return page.locator(f'[id="{cell_id}"] {inside}')


def kept(page: Page, cell_id: str) -> None:
    expect(cell(page, cell_id, ".vm-status").first).to_contain_text("Bewaard om")


@pytest.mark.usefixtures("calm")
@pytest.mark.parametrize("row", data.rows("pages"), ids=lambda row: row["id"])
def test_every_page_shows_all_its_parts_before_python_is_there(site, chromium, row):
    path = row["path"].replace(".ipynb", ".html")
    with chromium.new_context(viewport={"width": 390, "height": 844}, service_workers="block") as phone:
        phone.route("**/worker.js", lambda route: route.abort())
        page = site.open(phone, path)
        expect(page.get_by_role("heading", level=1)).to_have_text(row["title"])
        expect(page.locator(".cell > pre")).to_have_count(0)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert hard_to_see(page) == []
        site.complaints[:] = [line for line in site.complaints if "ERR_FAILED" not in line]


def test_the_text_is_there_without_javascript(site, chromium):
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site.address}/{TENDER}")
        words = page.locator("main").inner_text()
    assert "De puzzel: wie wint in Gent?" in words and "Zonder JavaScript" in words
    assert "Een stad geeft 50 punten voor de prijs" in words  # what a question asks


@pytest.mark.parametrize("browser", installed(), ids=lambda browser: browser.__name__)
def test_firefox_and_webkit_bring_a_lesson_to_life_and_keep_an_answer(site, browser):
    chosen = "document.querySelector('[id=\"03-gent\"] input')"
    status = "document.querySelector('[id=\"03-gent\"] .vm-status')?.textContent"
    alive = "document.getElementById('life')?.dataset.state"
    with browser() as other:
        other.go(f"{site.address}/{TENDER}")
        other.wait_for(alive, lambda state: state == "life_alive")
        # Firefox asks the person whether it may keep things, and nobody is there to answer.
        other.ask("delete globalThis.StorageManager?.prototype.persist")
        other.ask(f"{chosen}.click()")
        other.wait_for(status, lambda text: "Bewaard om" in (text or ""))
        other.go(f"{site.address}/{TENDER}")
        other.wait_for(f"{chosen}?.checked", lambda checked: checked is True)
        other.wait_for(status, lambda text: "Bewaard om" in (text or ""))


@pytest.mark.usefixtures("calm")
def test_a_chart_is_a_picture_at_once_and_comes_alive_in_its_place(site, chromium):
    with chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.goto(f"{site.address}/{TEAM}")
        expect(cell(page, "08-verken-budget", ".vm-still text").get_by_text("89").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    with chromium.new_context(service_workers="block") as context:
        waiting = []
        context.route("**/plotly.js", lambda route: waiting.append(route))
        page = site.open(context, TEAM)
        picture = cell(page, "08-verken-budget", ".vm-picture").first
        picture.scroll_into_view_if_needed()
        expect(picture.locator(".vm-still text").get_by_text("89").first).to_be_visible()
        before, bars = picture.bounding_box(), picture.locator(".vm-still rect[x='0.00%']").nth(2).bounding_box()
        waiting[0].continue_()
        expect(picture.locator("svg.main-svg").first).to_be_visible()
        expect(picture.locator(".vm-still")).to_have_count(0)
        live = picture.locator(".barlayer .point path").nth(2).bounding_box()
        assert picture.bounding_box() == before
        assert abs(live["y"] - bars["y"]) < 4 and abs(live["width"] - bars["width"]) < 4


@pytest.mark.usefixtures("calm")
def test_answers_are_kept_and_the_page_goes_on(site, reader):
    page = site.open(reader, TENDER)
    cell(page, "03-gent", "input").first.check()  # Python is not there yet: it waits
    expect(cell(page, "03-gent", ".vm-status")).not_to_contain_text("Bewaard om")
    page.locator(ALIVE).wait_for()
    kept(page, "03-gent")
    cell(page, "03-criterium", "textarea").fill("Een criterium over nabijheid.")
    kept(page, "03-criterium")
    bet = cell(page, "03-tenderkamer", ".vm-kind-bet").first
    bet.locator("input").first.check()
    bet.get_by_role("button", name="Mijn voorspelling staat vast").click()
    expect(cell(page, "03-tenderkamer", ".vm-reveal").first).to_be_visible()
    assert serious_findings(page, ["body"]) == []

    page.reload()
    page.locator(ALIVE).wait_for()
    expect(cell(page, "03-gent", "input").first).to_be_checked()
    expect(cell(page, "03-criterium", "textarea")).to_have_value("Een criterium over nabijheid.")
    expect(cell(page, "03-tenderkamer", ".vm-reveal").first).to_be_visible()


@pytest.mark.usefixtures("calm")
def test_two_tabs_follow_each_other_and_a_dead_worker_comes_back(site, reader):
    page, other = site.open(reader, TENDER), site.open(reader, TENDER)
    for one in (page, other):
        one.locator(ALIVE).wait_for()
    cell(other, "03-criterium", "textarea").fill("Uit het tweede venster.")
    kept(other, "03-criterium")
    expect(cell(page, "03-criterium", "textarea")).to_have_value("Uit het tweede venster.")
    other.close()

    page.bring_to_front()
    page.workers[0].evaluate("self.close()")
    page.locator("#life[data-state=life_again]").wait_for()
    cell(page, "03-criterium", "textarea").fill("Terwijl er niemand luisterde.")
    page.locator(ALIVE).wait_for()
    kept(page, "03-criterium")
    page.close()


@pytest.mark.usefixtures("calm")
def test_what_was_missed_comes_back_and_the_list_shows_the_round(site, chromium):
    asked = pages.closing("01").items()
    question = next(one for name, one in asked if one["kind"] == "single" and name.startswith("01."))
    options = {option["correct"]: option for option in question["options"]}

    def choose(place, is_right: bool) -> None:
        place.get_by_role("radio", name=options[is_right]["text"]).check()
        expect(place).to_contain_text(options[is_right]["explanation"])

    with chromium.new_context(locale="nl-BE") as context:
        page = site.open(context, "lessons/01_new_public_management.html")
        page.locator(ALIVE).wait_for()
        for is_right in (False, True):
            choose(cell(page, "01-zelftest"), is_right)

        page.goto(f"{site.address}/lessons/herhaling.html")
        page.locator(ALIVE).wait_for()
        review = cell(page, "herhaling-ronde")
        expect(review).to_contain_text("1 vraag terug te winnen, uit les 1")
        review.get_by_role("button", name="Begin een ronde").click()
        expect(review).to_contain_text(f"Terugblik op les 1. {question['prompt']}")
        choose(review, True)
        expect(review).to_contain_text("1 van de 5 beantwoord")  # lesson 1 has no more
        expect(review.get_by_role("button", name="Begin een nieuwe ronde")).to_be_visible()
        expect(review).to_contain_text("geen enkele vraag meer terug te winnen")

        page.goto(f"{site.address}/index.html")
        expect(page.locator('.progress[data-page="lessons/herhaling.html"]')).to_have_text("1 van de 5 vragen")


def test_a_full_store_says_not_kept(site, chromium):
    with chromium.new_context(service_workers="block") as context:
        page = site.open(context, TENDER)
        page.locator(ALIVE).wait_for()
        devtools, origin = context.new_cdp_session(page), {"origin": site.address.removesuffix(BASE)}
        devtools.send("Storage.overrideQuotaForOrigin", {**origin, "quotaSize": 1})
        cell(page, "03-criterium", "textarea").fill("Past er niet meer bij.")
        expect(cell(page, "03-criterium", ".vm-status")).to_contain_text("Niet bewaard")
        devtools.send("Storage.overrideQuotaForOrigin", origin)
        page.reload()
        page.locator(ALIVE).wait_for()
        kept(page, "03-criterium")  # it was held, and there is room again
        expect(cell(page, "03-criterium", "textarea")).to_have_value("Past er niet meer bij.")


def test_a_picture_that_does_not_fit_is_not_shown_as_if_it_did(site, chromium):
    with chromium.new_context(service_workers="block") as context:
        page = site.open(context, "assignments/O3/O3.html")
        page.locator(ALIVE).wait_for()
        devtools, origin = context.new_cdp_session(page), {"origin": site.address.removesuffix(BASE)}
        devtools.send("Storage.overrideQuotaForOrigin", {**origin, "quotaSize": 1})
        picture = {"name": "tabel.png", "mimeType": "image/png", "buffer": page.screenshot()}
        cell(page, "o3-advies", "input[type=file]").set_input_files(picture)
        expect(cell(page, "o3-advies", ".picture-told")).to_contain_text("Niet bewaard")
        expect(cell(page, "o3-advies", ".pictures img")).to_have_count(0)
        devtools.send("Storage.overrideQuotaForOrigin", origin)
        cell(page, "o3-advies", "input[type=file]").set_input_files(picture)  # the same one, now that there is room
        expect(cell(page, "o3-advies", ".pictures img")).to_have_count(1)


def test_a_new_version_is_announced_and_answers_stay(site, chromium, tmp_path):
    newer = Site(Path(shutil.copytree(site.folder, tmp_path / "site")))
    newer.serve()
    with chromium.new_context() as context:
        page = newer.open(context, TENDER)
        page.locator(ALIVE).wait_for()
        page.evaluate("navigator.serviceWorker.ready")
        page.reload()
        cell(page, "03-criterium", "textarea").fill("Van voor de nieuwe versie.")
        kept(page, "03-criterium")
        for path, old, new in (
            (TENDER, "De puzzel: wie", "Nieuw: wie"),
            ("sw.js", "const VERSION = '", "const VERSION = '2"),
        ):
            file = newer.folder / path
            file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        page.evaluate("navigator.serviceWorker.getRegistration().then((known) => known.update())")
        expect(page.locator("#update")).to_be_visible()
        cell(page, "03-criterium", "textarea").fill("Nog in de oude bladzijde.")  # which goes on as it was
        kept(page, "03-criterium")
        page.get_by_role("button", name="Vernieuw nu").click()
        page.get_by_role("heading", name="Nieuw: wie").wait_for()
        page.locator(ALIVE).wait_for()
        expect(cell(page, "03-criterium", "textarea")).to_have_value("Nog in de oude bladzijde.")
        expect(page.locator("#update")).to_be_hidden()
    newer.stop()


@pytest.fixture(scope="module")
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    with chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True) as context:
        yield context


@pytest.mark.usefixtures("calm")
@pytest.mark.parametrize(
    "row", [row for row in data.rows("pages") if row["kind"] == "lesson"], ids=lambda row: row["id"]
)
def test_every_lesson_surprises_on_a_phone(site, phone, row):
    page = site.open(phone, row["path"].replace(".ipynb", ".html"))
    page.locator(ALIVE).wait_for()
    bets = sum(question["kind"] == "bet" for question in data.questions(row["id"]).values())
    for left in range(bets, 0, -1):
        bet = page.locator(OPEN_BET).first
        bet.locator("input").first.check()
        bet.get_by_role("button", name="Mijn voorspelling staat vast").click()
        expect(page.locator(OPEN_BET)).to_have_count(left - 1)
    expect(page.locator(".vm-waiting")).to_have_count(0)
    assert page.locator(".vm-reveal").count() >= bets
    for slider in page.locator(".vm-explorable .vm-range input:enabled").all()[:1]:
        before = page.locator(".vm-explorable").all_inner_texts()
        slider.press("End" if slider.input_value() != slider.get_attribute("max") else "Home")
        page.wait_for_function(
            "was => [...document.querySelectorAll('.vm-explorable')].some((node, i) => node.innerText !== was[i])",
            arg=before,
        )
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert hard_to_see(page) == []
    assert serious_findings(page, ["body"]) == []
    page.close()


def test_without_a_net_the_lesson_lives_on(site, reader):
    page = site.open(reader, TENDER)
    page.locator(ALIVE).wait_for()
    page.evaluate("navigator.serviceWorker.ready")
    shared = "caches.keys().then(async ([name]) => (await (await caches.open(name)).keys()).length)"
    while page.evaluate(shared) < 15:
        page.wait_for_timeout(100)
    port = site.server.server_port
    site.stop()
    try:
        page.reload()
        page.locator(ALIVE).wait_for()
        expect(cell(page, "03-gent", "input").first).to_be_checked()
        page.goto(f"{site.address}/index.html")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    finally:
        site.serve(port)
    page.close()


def test_answers_travel_to_another_browser_in_a_file(site, reader, chromium, tmp_path):
    page = site.open(reader, "index.html")
    with page.expect_download() as download:
        page.get_by_role("button", name="Bewaar al mijn antwoorden").click()
    carried = tmp_path / "antwoorden.json"
    download.value.save_as(carried)
    expect(page.locator(f'.progress[data-page="{TENDER}"]')).to_contain_text("van de")
    with chromium.new_context() as context:
        there = site.open(context, "index.html")
        for wrong in (b"{", b'{"form": "vermarkting-antwoorden", "files": {"lessons/antwoorden.json": "<script>"}}'):
            bad = {"name": "fout.json", "mimeType": "application/json", "buffer": wrong}
            there.locator("#import").set_input_files(bad)
            expect(there.locator("#yours-told")).to_contain_text("bevat geen antwoorden")
        there.locator("#import").set_input_files(carried)
        expect(there.locator("#yours-told")).to_contain_text("staan nu ook in deze browser")
        there.goto(f"{site.address}/{TENDER}")
        there.locator(ALIVE).wait_for()
        expect(cell(there, "03-gent", "input").first).to_be_checked()


@pytest.mark.usefixtures("calm")
def test_an_assignment_is_handed_in_as_from_the_laptop(site, reader, tmp_path):
    page = site.open(reader, "assignments/O3/O3.html")
    page.locator(ALIVE).wait_for()
    number = cell(page, "o3-vraag-studentnummer", "input")
    number.fill("r0123456")
    number.press("Enter")
    kept(page, "o3-vraag-studentnummer")
    words = cell(page, "o3-advies", "textarea")
    assert words.get_attribute("lang") == "nl-BE"
    words.fill("Ik weeg twee wegen af, en ik kies de tweede.")
    expect(cell(page, "o3-advies", ".vm-count")).to_have_text("10 van ongeveer 600 woorden")
    assert cell(page, "o3-advies").bounding_box()["x"] < page.locator(".beside .rubric").last.bounding_box()["x"]
    picture = {"name": "tabel.png", "mimeType": "image/png", "buffer": page.screenshot()}
    cell(page, "o3-advies", "input[type=file]").set_input_files(picture)
    expect(words).to_have_value(re.compile(r"attachment:beeld-\w+\.jpeg"))
    expect(cell(page, "o3-advies", ".pictures img")).to_be_visible()
    kept(page, "o3-advies")
    written = words.input_value()
    cell(page, "o3-inleveren").get_by_role("button").click()
    link = cell(page, "o3-inleveren", "a.vm-hand-in-link")
    expect(link).to_be_visible()
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == zip_name("O3")
    content = Path(download.value.path()).read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert verify(files)
    cells = {one["id"]: "".join(one["source"]) for one in json.loads(files["O3.ipynb"])["cells"]}
    assert cells["o3-advies"] == written
    [carried] = [one["attachments"] for one in json.loads(files["O3.ipynb"])["cells"] if "attachments" in one]
    assert [name for name in carried if f"attachment:{name}" in written]

    # The same notebook and answers on a laptop make the same files; the manifest tells on which Python.
    for name in files.keys() - {MANIFEST}:
        (tmp_path / name).write_bytes(files[name])
    with zipfile.ZipFile(io.BytesIO(make("O3", tmp_path).content)) as again:
        assert all(again.read(name) == files[name] for name in files.keys() - {MANIFEST})
    page.close()


@pytest.mark.usefixtures("calm")
def test_search_leads_to_a_lesson_and_to_the_page_of_an_argument(site, chromium):
    with chromium.new_context(color_scheme="dark", viewport={"width": 390, "height": 844}) as context:
        page = site.open(context, "begrippen/index.html")
        page.keyboard.press("/")
        page.keyboard.type("afromen")
        hits = page.locator("#search-hits a")
        expect(hits.first).to_contain_text(re.compile("afromen", re.IGNORECASE))
        assert any("lessons/04" in link.get_attribute("href") for link in hits.all())
        assert serious_findings(page, ["body"]) == []
        page.locator("#search-words").fill("a006")
        expect(hits).not_to_have_count(0)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/argumenten/A006.html")
        expect(page.get_by_role("heading", level=1)).to_contain_text("A006")
        expect(page.locator(".address")).to_have_text(f"{site.address}/argumenten/A006.html")
        assert serious_findings(page, ["body"]) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.locator("a[href*=lessons]").first.click()
        page.wait_for_url("**/lessons/*.html")
        assert serious_findings(page, ["body"]) == []


@pytest.mark.parametrize(
    "path", ["index.html", "argumenten/index.html", "begrippen/C001.html", "assignments/O3/O3.html"]
)
def test_other_pages_are_accessible(site, chromium, path):
    with chromium.new_context(service_workers="block") as context:
        page = site.open(context, path)
        expect(page.locator("#search-open")).to_be_enabled()
        assert serious_findings(page, ["body"]) == []


def test_the_site_can_be_installed(site, chromium):
    with chromium.new_context() as context:
        page = site.open(context, "index.html")
        page.evaluate("navigator.serviceWorker.ready")
        devtools = context.new_cdp_session(page)
        assert devtools.send("Page.getAppManifest")["errors"] == []
        assert devtools.send("Page.getInstallabilityErrors")["installabilityErrors"] in (
            [],
            [{"errorId": "in-incognito", "errorArguments": []}],
        )


def test_the_site_holds_no_key_of_an_assignment(site):
    [bundle] = site.folder.glob("deel-*/module.zip")
    with zipfile.ZipFile(bundle) as archive:
        names = archive.namelist()
    assert not [
        name for name in names if name.startswith(("vermarkting/grading/", "vermarkting/keys/")) or "solutions" in name
    ]


def test_the_same_content_gives_the_same_pages(site, tmp_path):
    ask = "from vermarkting.web.notebook_page import read; print(read('lessons/01_new_public_management.ipynb'))"
    once, again = (subprocess.run([sys.executable, "-c", ask], capture_output=True, check=True) for _ in range(2))
    assert once.stdout == again.stdout
    listed = json.loads((site.folder / "site.json").read_text())["files"]
    assert listed.keys() == {
        path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*") if path.is_file()
    } - {"site.json"}


def test_a_link_that_is_passed_on_shows_its_page_and_a_picture(site):
    for page in site.folder.rglob("*.html"):
        told = dict(re.findall(r'property="og:(url|image)" content="([^"]+)"', page.read_text(encoding="utf-8")))
        assert told["url"] == f"{PUBLIC}/{page.relative_to(site.folder).as_posix()}"
        assert (site.folder / told["image"].removeprefix(f"{PUBLIC}/")).is_file()


def test_links_lead_somewhere_and_pages_run_nothing_of_their_own(site):
    text = {page: page.read_text(encoding="utf-8").partition(IN_PAGE)[0] for page in site.folder.rglob("*.html")}
    places = {page: set(re.findall(r'\bid="([^"]+)"', words)) for page, words in text.items()}
    addresses = [(page, link) for page, words in text.items() for link in re.findall(r'(?:href|src)="([^"]+)', words)]
    addresses += [(site.folder / "zoek.json", row[2]) for row in json.loads((site.folder / "zoek.json").read_text())]
    for page, link in addresses:
        path, _, place = link.partition("#")
        if not path.startswith(("http:", "https:")):
            there = (page.parent / path).resolve() if path else page
            assert there.is_file(), (page.name, link)
            assert not place or unquote(place) in places[there], (page.name, link)
    for page, words in text.items():
        assert "script-src 'self' 'wasm-unsafe-eval';" in words and "default-src 'self';" in words
        assert re.findall(r"<script(?! type=\"module\" src=)|<[^>]+ on\w+=|javascript:", words) == [], page.name
