"""A lesson is alive on opening, without a click; nothing else runs by itself, ever."""

import json
import re
import time
import urllib.request
from importlib.metadata import version

import pytest
from playwright.sync_api import expect

from vermarkting import data
from vermarkting.text import t

START = "lessons/00_start.ipynb"
GOOD = 'from vermarkting import widgets as w; w.question("02.motieven")'
ALIVE = ".jp-OutputArea-output :is(input, select, button, textarea)"
HARMFUL = "ABCDEFGHIJKLMOPQRSUVXYZ"  # with N, T and W a browser itself opens and closes windows
ENGLISH = re.compile(
    r"\b(file|edit|view|run|settings|help|restart|shut down|download|print|open recent|name|modified|search|"
    r"save|close|new|launcher|terminal|console|debugger|extensions|formgrader|assignment list|property inspector)\b",
    re.IGNORECASE,
)

# What only a screen reader tells, of all that is shown: a word of JupyterLab's that stayed English.
LABELS = """() => [...document.querySelectorAll("[aria-label], [title], [placeholder]")]
    .filter((node) => node.checkVisibility()).flatMap((node) => ["aria-label", "title", "placeholder"]
    .map((name) => node.getAttribute(name))).filter(Boolean).join("\\n")"""
ENGLISH_LABEL = re.compile(
    r"\b(the|cells?|content|main|area|panel|section|toolbar|close|file|browser|more|sidebar|side|top|bottom|output|actions|"
    r"size|path|modified|created|writable|commands|notifications|launcher|code|raw|expand|click|kernel|none|true)\b",
    re.IGNORECASE,
)
SAVE_AT_ONCE = """() => document.querySelector(".vermarkting-answer").dispatchEvent(
    new CustomEvent("vermarkting:save", { bubbles: true, detail: {} }))"""


def code(cell_id: str, source: str, **metadata) -> dict:
    return {
        "cell_type": "code",
        "id": cell_id,
        "metadata": {"jupyter": {"source_hidden": True}, **metadata},
        "execution_count": None,
        "outputs": [],
        "source": source,
    }


def text(cell_id: str, source: str) -> dict:
    return {"cell_type": "markdown", "id": cell_id, "metadata": {}, "source": source}


def put(lab, path: str, *cells: dict, kernel: str = "vermarkting", ours: bool = True) -> None:
    """Write a notebook in the student's folder."""
    metadata = {"kernelspec": {"display_name": kernel, "language": "python", "name": kernel}}
    if ours:
        metadata["vermarkting"] = {"id": "02", "kind": "lesson", "minutes": 5}
    notebook = {"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    target = lab.folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(notebook), encoding="utf-8")


def wait_until_idle(page, lab, path: str) -> None:
    """Wait until the kernel of a notebook has started and, for three seconds on end, has had nothing to do."""
    calm = 0
    while calm < 6:
        page.wait_for_timeout(500)
        states = [s["kernel"]["execution_state"] for s in lab.api("sessions") if s["path"] == path]
        calm = calm + 1 if states == ["idle"] else 0


@pytest.fixture(scope="class")
def start(at_home, lab):
    """The first lesson, just opened; these tests only look."""
    page = at_home.new_page()
    page.goto(lab.address(START, "eerst"))
    expect(page.locator(ALIVE).first).to_be_visible()
    yield page
    lab.leave(page)


class TestFirstOpening:
    def test_a_lesson_lives_without_a_click(self, start):
        wrong = ".jp-OutputArea-output.jp-mod-error, .jp-RenderedText[data-mime-type*=stderr]"
        assert start.locator(wrong).count() == 0

    def test_no_code_no_prompt_no_prompting_dialog(self, start):
        for tool in (".jp-InputPlaceholder", ".jp-InputArea-editor", ".jp-OutputPrompt", ".jp-Collapser", ".jp-Dialog"):
            assert [found for found in start.locator(tool).all() if found.is_visible()] == [], tool

    def test_everything_around_the_lesson_is_dutch(self, start):
        for panel in ("Lessen en opdrachten", "Inhoud van deze les"):
            button = start.get_by_role("button", name=panel)
            if button.get_attribute("aria-expanded") != "true":
                button.click()
            expect(button).to_have_attribute("aria-expanded", "true")
            around = start.evaluate(
                "() => { const page = document.body.cloneNode(true); const seen = document.body.innerText;"
                " const lesson = document.querySelector('.jp-Notebook').innerText; return seen.replace(lesson, ''); }"
            )
            for row in data.rows("pages"):  # New Public Management is a title of ours
                around = around.replace(row["title"], "")
            assert ENGLISH.findall(around) == []
            labels = start.evaluate(LABELS)
            assert "Delen van de les" in labels and ENGLISH_LABEL.findall(labels) == [], labels
        start.get_by_role("button", name="Lessen en opdrachten").click()
        start.get_by_role("button", name=t("lab.files")).click()
        expect(start.locator(".jp-DirListing-item").first).to_be_visible()
        labels = start.evaluate(LABELS)
        assert "Grootte:" in labels and ENGLISH_LABEL.findall(labels) == [], labels
        assert start.get_by_role("button", name="0", exact=True).count() == 0  # JupyterLab's count of notifications

    def test_a_dark_system_gets_a_dark_page(self, start):
        turned = "getComputedStyle(document.documentElement).filter"
        assert start.evaluate(turned) == "none"
        start.emulate_media(color_scheme="dark")
        assert start.evaluate(turned).startswith("invert(0.93)")
        start.emulate_media(color_scheme="light")

    def test_the_text_of_a_lesson_does_not_turn_into_markdown_code(self, start):
        start.locator(".jp-MarkdownCell h1").first.dblclick()
        start.wait_for_timeout(500)
        expect(start.locator(".jp-MarkdownCell h1").first).to_be_visible()
        assert start.locator(".jp-MarkdownCell .jp-InputArea-editor:visible").count() == 0

    def test_an_untouched_lesson_is_not_written_and_closes_without_a_question(self, open_notebook, lab):
        before = (lab.folder / START).read_bytes()
        page = open_notebook(START)
        expect(page.locator(ALIVE).first).to_be_visible()
        wait_until_idle(page, lab, START)
        page.locator(".lm-TabBar-tabCloseIcon").first.click()
        expect(page.locator(".jp-NotebookPanel")).to_have_count(0)
        assert page.locator(".jp-Dialog").count() == 0
        assert (lab.folder / START).read_bytes() == before


class TestFindingOnesWay:
    def test_the_list_has_titles_and_progress_and_opens_a_page_under_its_title(self, open_notebook, lab):
        page = open_notebook(START)
        before = sorted(path.name for path in (lab.folder / "lessons").glob("*.ipynb"))
        page.get_by_role("button", name="Lessen en opdrachten").click()
        pages = (
            page.get_by_role("navigation", name="Lessen en opdrachten").get_by_role("listitem").get_by_role("button")
        )
        expect(pages).to_contain_text([row["title"] for row in data.rows("pages")])
        expect(pages.nth(1)).to_contain_text(re.compile(r"\d+ van de \d+ ingevuld"))
        expect(pages.nth(0)).to_have_attribute("aria-current", "page")
        title = data.rows("pages")[3]["title"]
        pages.nth(3).press("Enter")
        expect(page.locator(".lm-DockPanel-tabBar .lm-mod-current .lm-TabBar-tabLabel")).to_have_text(title)
        expect(page).to_have_title(title)
        expect(page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) h1")).to_contain_text(title)
        page.wait_for_timeout(1000)  # to JupyterLab another tab label is another file name
        assert sorted(path.name for path in (lab.folder / "lessons").glob("*.ipynb")) == before

    def test_the_contents_follow_the_page(self, start):
        button = start.get_by_role("button", name="Inhoud van deze les")
        if button.get_attribute("aria-expanded") != "true":
            button.click()
        notebook = start.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
        heading = notebook.locator("h2").nth(2)
        heading.evaluate("node => node.scrollIntoView()")
        current = start.locator(".jp-tocItem[aria-selected=true] > .jp-tocItem-heading")
        expect(current).to_have_text(heading.inner_text())
        notebook.locator("h1").first.evaluate("node => node.scrollIntoView()")
        expect(current).to_have_text(notebook.locator("h1").first.inner_text())


class TestEarlyStart:
    """The kernel of a lesson starts when its page is asked for, before the browser has loaded JupyterLab."""

    @staticmethod
    def ask_for(lab, path: str) -> list[tuple[str, str]]:
        with urllib.request.urlopen(lab.address(path, "early")) as page:
            page.read()
        time.sleep(2)
        return [(session["path"], session["kernel"]["name"]) for session in lab.api("sessions")]

    @pytest.fixture(autouse=True)
    def without_sessions(self, lab):
        yield
        for session in lab.api("sessions"):
            lab.api(f"sessions/{session['id']}", "DELETE")

    def test_a_page_without_a_browser_has_its_kernel_and_only_one(self, lab):
        assert self.ask_for(lab, START) == [(START, "vermarkting")]
        assert self.ask_for(lab, START) == [(START, "vermarkting")]

    def test_the_opened_lesson_uses_that_kernel(self, open_notebook, lab):
        self.ask_for(lab, START)
        (early,) = lab.api("sessions")
        page = open_notebook(START)
        expect(page.locator(ALIVE).first).to_be_visible()
        assert [session["kernel"]["id"] for session in lab.api("sessions")] == [early["kernel"]["id"]]

    def test_only_for_a_notebook_of_ours_on_our_kernel(self, lab):
        put(lab, "vroeg/theirs.ipynb", code("q", GOOD), ours=False)
        put(lab, "vroeg/other.ipynb", code("q", GOOD), kernel="python3")
        (lab.folder / "vroeg" / "broken.ipynb").write_text("{", encoding="utf-8")
        for name in ("theirs", "other", "broken", "missing", "../theirs"):
            assert self.ask_for(lab, f"vroeg/{name}.ipynb") == []


class TestLivingOn:
    def test_a_reload_brings_the_lesson_and_its_answer_back(self, open_notebook, lab):
        put(lab, "reload.ipynb", code("q", GOOD))
        page = open_notebook("reload.ipynb")
        first = page.locator(f"{ALIVE}").first
        first.select_option(index=2)
        chosen = first.input_value()
        expect(page.get_by_text("Bewaard om")).to_be_visible()
        page.reload()
        expect(page.locator(ALIVE).first).to_have_value(chosen)
        assert page.get_by_text("Error displaying widget").count() == 0

    def test_a_restart_brings_it_back_without_a_question(self, open_notebook, lab):
        put(lab, "restart.ipynb", code("q", GOOD))
        page = open_notebook("restart.ipynb")
        first = page.locator(ALIVE).first
        expect(first).to_be_visible()
        kernel = lab.api("sessions")[0]["kernel"]["id"]
        first.evaluate("node => { node.dataset.before = 'yes'; }")
        page.get_by_role("button", name="Start de les opnieuw").click()
        expect(page.locator("[data-before=yes]")).to_have_count(0)
        expect(page.locator(ALIVE).first).to_be_visible()
        assert lab.api("sessions")[0]["kernel"]["id"] == kernel
        assert page.locator(".jp-Dialog").count() == 0

    def test_old_pictures_in_a_file_never_show_as_errors(self, open_notebook, lab):
        dead = code("q", GOOD)
        view = {
            "application/vnd.jupyter.widget-view+json": {"model_id": "f" * 32, "version_major": 2, "version_minor": 0}
        }
        dead["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": {**view, "text/plain": "oud"}}]
        put(lab, "dead.ipynb", dead)
        page = open_notebook("dead.ipynb")
        expect(page.locator(ALIVE).first).to_be_visible()
        assert page.get_by_text("Error displaying widget").count() == 0

    def test_the_selection_and_the_place_in_the_page_stay(self, open_notebook, lab):
        long = "\n\n".join(["Een alinea."] * 60)
        put(lab, "place.ipynb", text("t", "# Titel\n\n" + long), code("q", GOOD), code("q2", GOOD))
        page = open_notebook("place.ipynb")
        expect(page.locator(ALIVE)).not_to_have_count(0)
        wait_until_idle(page, lab, "place.ipynb")
        assert page.locator(".jp-WindowedPanel-outer").evaluate("node => node.scrollTop") == 0
        expect(page.locator(".jp-Cell.jp-mod-active h1")).to_contain_text("Titel")

    def test_the_keyboard_belongs_to_the_widget(self, open_notebook, lab):
        put(lab, "keys.ipynb", text("t", "# Titel"), code("q", GOOD), text("e", "Einde"))
        page = open_notebook("keys.ipynb")
        page.locator(ALIVE).first.focus()
        for key in ("ArrowDown", "d", "d", "x", "m", "ArrowDown"):
            page.keyboard.press(key)
        assert page.locator(".jp-Cell").count() == 3
        assert page.evaluate("document.activeElement.tagName") == "SELECT"
        page.locator(".jp-MarkdownCell").first.click()
        for key in ("d", "d", "x", "m", "y", "b", "a"):
            page.keyboard.press(key)
        page.wait_for_timeout(300)
        assert page.locator(".jp-Cell").count() == 3


class TestWriting:
    def prose(self, lab, path: str) -> None:
        answer = text("antwoord", "*Schrijf hier je antwoord.*")
        answer["metadata"]["nbgrader"] = {"grade": True, "solution": True, "locked": False, "grade_id": "antwoord"}
        put(lab, path, text("t", "# Titel"), code("q", GOOD), answer)

    def test_one_click_is_enough_to_write_and_it_is_saved_without_a_question(self, open_notebook, lab):
        self.prose(lab, "prose.ipynb")
        page = open_notebook("prose.ipynb")
        expect(page.locator(ALIVE).first).to_be_visible()
        page.locator(".vermarkting-answer").click()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type("Mijn eigen tekst.")
        for _ in range(40):
            page.wait_for_timeout(250)
            if "Mijn eigen tekst." in (lab.folder / "prose.ipynb").read_text(encoding="utf-8"):
                break
        saved = json.loads((lab.folder / "prose.ipynb").read_text(encoding="utf-8"))
        assert "".join(saved["cells"][2]["source"]) == "Mijn eigen tekst."
        assert "editable" not in saved["cells"][0]["metadata"]
        page.locator(".lm-TabBar-tabCloseIcon").first.click()
        expect(page.locator(".jp-NotebookPanel")).to_have_count(0)
        assert page.locator(".jp-Dialog").count() == 0

    def test_the_keyboard_alone_is_enough_to_write(self, open_notebook, lab):
        self.prose(lab, "prose_keys.ipynb")
        page = open_notebook("prose_keys.ipynb")
        expect(page.locator(ALIVE).first).to_be_visible()
        page.locator(".jp-MarkdownCell").first.focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type("Getypt.")
        area = page.locator(".vermarkting-answer .cm-content")
        expect(area).to_have_attribute("lang", "nl")
        expect(area).to_have_attribute("spellcheck", "true")
        expect(page.get_by_text("Vet: zet er twee sterretjes")).to_be_visible()
        page.keyboard.press("Enter")
        page.keyboard.type("Dat kost $5 of $6.")
        page.keyboard.press("Shift+Enter")
        shown = page.locator(".vermarkting-answer .jp-MarkdownOutput")
        expect(shown).to_contain_text("Getypt.")
        expect(page.get_by_text("Vet: zet er twee sterretjes")).to_be_hidden()
        assert "Getypt.\nDat kost $5 of $6." in shown.inner_text(), (
            "one Enter is a new line, and a dollar is no formula"
        )

    def test_no_key_of_jupyterlab_takes_text_asks_or_closes(self, open_notebook, lab):
        """Pressed while writing, on a cell and in the list of files: text, tab, kernel and file all stay."""
        self.prose(lab, "prose_kept.ipynb")
        page = open_notebook("prose_kept.ipynb")
        expect(page.locator(ALIVE).first).to_be_visible()
        kernel = [session["kernel"]["id"] for session in lab.api("sessions")]
        page.locator(".vermarkting-answer").click()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type("Dit blijft staan.")
        chords = [f"{held}+{key}" for held in ("Control+Shift", "Alt") for key in HARMFUL]
        for key in chords:
            page.keyboard.press(key)
        expect(page.locator(".vermarkting-answer .cm-content")).to_have_text("Dit blijft staan.")
        page.keyboard.press("Shift+Enter")
        page.locator(".jp-MarkdownCell").first.focus()
        for key in [*HARMFUL, *HARMFUL.lower(), *"0", *"0", *"i", *"i", "Delete", "F2", "Shift+M", *chords]:
            page.keyboard.press(key)
        files = page.get_by_role("button", name="Lessen en opdrachten")
        if files.get_attribute("aria-expanded") != "true":
            files.click()
        page.get_by_role("button", name="Al je bestanden").click()
        page.locator(".jp-DirListing-content").focus()
        for key in ("Delete", "F2", "Control+x", "Control+v", "Backspace", *chords):
            page.keyboard.press(key)
        page.keyboard.press("Escape")
        expect(page.locator(".vermarkting-answer .jp-MarkdownOutput")).to_have_text("Dit blijft staan.")
        assert page.locator(".jp-Cell").count() == 3
        assert page.locator(".jp-Dialog, .Toastify__toast, .lm-Menu, .jp-DirListing-editor:visible").count() == 0
        assert [session["kernel"]["id"] for session in lab.api("sessions")] == kernel
        assert (lab.folder / "prose_kept.ipynb").exists() and (lab.folder / START).exists()

    def test_hovering_over_files_and_tabs_tells_nothing_in_english(self, start):
        for place in (".jp-DirListing-item", ".lm-DockPanel-tabBar .lm-TabBar-tab", ".lm-TabBar-tabCloseIcon"):
            for found in start.locator(place).all():
                if found.is_visible():
                    found.hover()
                    assert start.locator(f"{place}[title]:hover").count() == 0, place

    def test_two_tabs_lose_none_of_what_both_wrote(self, open_notebook, lab):
        """Saved in one, typed in the other that did not know of it yet: both texts stay, and no question is asked."""
        self.prose(lab, "prose_tabs.ipynb")
        one, other = open_notebook("prose_tabs.ipynb"), open_notebook("prose_tabs.ipynb")
        file = lab.folder / "prose_tabs.ipynb"
        for page in (one, other):
            expect(page.locator(ALIVE).first).to_be_visible()
            page.locator(".vermarkting-answer").click()
            page.keyboard.press("ControlOrMeta+a")
        one.keyboard.type("Tekst EEN.")
        other.keyboard.type("Tekst TWEE.")
        for page in (one, other):
            page.keyboard.press("Enter")  # no key of a writing student may answer a dialog
            expect(page.locator(".vermarkting-kept")).to_contain_text("Bewaard om")
        for page in (one, other):
            expect(page.locator(".vermarkting-answer .cm-content")).to_contain_text("Tekst EEN.")
            expect(page.locator(".vermarkting-answer .cm-content")).to_contain_text("Tekst TWEE.")
            assert page.locator(".jp-Dialog").count() == 0
        saved = "".join(json.loads(file.read_text(encoding="utf-8"))["cells"][2]["source"])
        assert saved.count("Tekst EEN.") == saved.count("Tekst TWEE.") == 1
        assert t("lab.prose_other") in saved

    def test_prose_without_a_server_is_held_and_comes_back(self, open_notebook, lab):
        self.prose(lab, "prose_held.ipynb")
        page = open_notebook("prose_held.ipynb")
        expect(page.locator(ALIVE).first).to_be_visible()
        page.route(
            "**/api/contents/**", lambda route: route.abort() if route.request.method == "PUT" else route.fallback()
        )
        page.locator(".vermarkting-answer").click()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type("Zonder server.")
        page.keyboard.press("ControlOrMeta+s")
        expect(page.locator(".vermarkting-kept")).to_have_text(t("lab.prose_waiting"))
        page.reload()
        expect(page.locator(".vermarkting-answer")).to_contain_text("Zonder server.")
        expect(page.locator(".vermarkting-kept")).to_have_text(t("lab.prose_waiting"))
        page.unroute("**/api/contents/**")
        expect(page.locator(".vermarkting-kept")).to_contain_text("Bewaard om")
        assert "Zonder server." in (lab.folder / "prose_held.ipynb").read_text(encoding="utf-8")

    def test_a_save_while_another_is_under_way_asks_nothing(self, open_notebook, lab):
        self.prose(lab, "prose_twice.ipynb")
        page = open_notebook("prose_twice.ipynb")
        expect(page.locator(ALIVE).first).to_be_visible()

        slow = {"offline": False, "latency": 1_500, "downloadThroughput": -1, "uploadThroughput": -1}
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        network.send("Network.emulateNetworkConditions", slow)
        page.locator(".vermarkting-answer").click()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type("Eerst dit.")
        page.evaluate(SAVE_AT_ONCE)
        for _ in range(12):
            page.wait_for_timeout(500)
            page.keyboard.press("ControlOrMeta+s")
        page.wait_for_timeout(6_000)
        assert page.locator(".jp-Dialog").count() == 0
        assert "Eerst dit." in (lab.folder / "prose_twice.ipynb").read_text(encoding="utf-8")

    def test_a_kept_answer_travels_in_the_notebook(self, open_notebook, lab):
        put(lab, "answer.ipynb", code("q", GOOD))
        page = open_notebook("answer.ipynb")
        page.locator(ALIVE).first.select_option(index=1)
        expect(page.get_by_text("Bewaard om")).to_be_visible()
        for _ in range(40):
            page.wait_for_timeout(250)
            if "02.motieven" in (lab.folder / "answer.ipynb").read_text(encoding="utf-8").split('"vermarkting"')[-1]:
                break
        saved = json.loads((lab.folder / "answer.ipynb").read_text(encoding="utf-8"))
        assert "02.motieven" in json.dumps(saved["metadata"]["vermarkting"]["answers"])


class TestNothingElseRuns:
    @pytest.fixture(autouse=True)
    def clean(self, lab):
        yield
        assert not list(lab.folder.rglob("pwned*"))

    def test_only_the_strict_cells_of_a_hostile_notebook_run(self, open_notebook, lab):
        pwn = "open('pwned', 'w')"
        hostile = [
            pwn,
            "import random",
            "!touch pwned",
            "%%bash\ntouch pwned",
            "%%html\n<script>document.title='pwned'</script>",
            f"{GOOD}; {pwn}",
            f"{GOOD}\n{pwn}",
            f'from vermarkting import widgets as w; w.question({pwn} or "02.motieven")',
            'from vermarkting import cli as c; c.main(["pwned"])',
        ]
        page_trap = code("trap", "1")
        page_trap["outputs"] = [
            {
                "output_type": "display_data",
                "metadata": {},
                "data": {
                    "text/html": "<img src=x onerror=\"document.title='pwned'\"><script>document.title='pwned'</script>"
                },
            }
        ]
        cells = [code(f"h{i}", source) for i, source in enumerate(hostile)]
        put(lab, "hostile/h.ipynb", *cells, page_trap, code("good", GOOD), code("tagged", pwn, trusted=True))
        # What lies beside a notebook must not be imported in place of the real thing.
        for name in ("vermarkting", "ipywidgets", "random", "anywidget", "json", "sitecustomize"):
            (lab.folder / "hostile" / f"{name}.py").write_text("open('pwned_' + __name__, 'w')\n")

        page = open_notebook("hostile/h.ipynb")
        expect(page.locator(ALIVE).first).to_be_visible()
        wait_until_idle(page, lab, "hostile/h.ipynb")
        alive = page.locator(".jp-CodeCell").evaluate_all(
            "cells => cells.flatMap((cell, i) => cell.querySelector('.jp-OutputArea-output select') ? [i] : [])"
        )
        assert alive == [len(hostile) + 1]
        assert "pwned" not in page.title()

    @pytest.mark.parametrize(
        ("path", "options"),
        [
            ("foreign.ipynb", {"ours": False}),
            ("other_kernel.ipynb", {"kernel": "python3"}),
        ],
    )
    def test_nothing_runs_without_our_metadata_or_on_another_kernel(self, open_notebook, lab, path, options):
        put(lab, path, code("q", GOOD), **options)
        page = open_notebook(path)
        wait_until_idle(page, lab, path)
        assert page.locator(".jp-OutputArea-output").count() == 0

    def test_a_restart_of_a_hostile_notebook_runs_no_more_than_its_opening(self, open_notebook, lab):
        put(lab, "again.ipynb", code("h", "open('pwned', 'w')"), code("q", GOOD))
        page = open_notebook("again.ipynb")
        expect(page.locator(ALIVE).first).to_be_visible()
        page.get_by_role("button", name="Start de les opnieuw").click()
        page.wait_for_timeout(1000)
        wait_until_idle(page, lab, "again.ipynb")
        assert page.locator(".jp-CodeCell").first.locator(".jp-OutputArea-output").count() == 0


class TestServer:
    def fetch(self, lab, query: str, **headers) -> urllib.request.Request:
        request = urllib.request.Request(f"{lab.base}/vermarkting/plotly.min.js{query}", headers=headers)
        return urllib.request.urlopen(request)

    def test_plotly_comes_from_the_installed_package_compressed_and_kept(self, lab):
        with self.fetch(lab, f"?v={version('plotly')}", **{"Accept-Encoding": "gzip"}) as answer:
            assert answer.headers["Content-Encoding"] == "gzip"
            assert "immutable" in answer.headers["Cache-Control"]
            assert answer.headers["Content-Type"].startswith("text/javascript")
            assert len(answer.read()) < 1_700_000

    def test_another_version_is_not_kept(self, lab):
        with self.fetch(lab, "?v=0") as answer:
            assert answer.headers["Cache-Control"] == "no-cache"
            assert len(answer.read()) > 4_000_000

    def test_an_unchanged_version_is_not_sent_again(self, lab):
        with pytest.raises(urllib.error.HTTPError) as told:
            self.fetch(lab, "", **{"If-None-Match": f'"{version("plotly")}"'})
        assert told.value.code == 304

    def test_the_rest_keeps_asking_for_the_token(self, lab):
        with pytest.raises(urllib.error.HTTPError) as told:
            urllib.request.urlopen(f"{lab.base}/api/contents")
        assert told.value.code == 403
