"""A student at work in an assignment: answers every kind of question by mouse and keyboard, writes, and hands in."""

import json
import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from vermarkting import cases, data
from vermarkting.text import t
from vermarkting.widgets.words import plain_number


def typed(number: float) -> str:
    """A number as a Flemish student types it: with a decimal comma, and no sign that could group."""
    return f"{number:.10f}".rstrip("0").rstrip(".").replace(".", ",")


class Student:
    """One student with an assignment open in ``page``; ``number`` is the student number, where one is asked for."""

    def __init__(self, page: Page, assignment: str, number: str) -> None:
        self.page, self.assignment, self.number = page, assignment, number

    def fill_in(self, question_id: str, answer: object) -> None:
        """Give one answer with the controls of its kind, and wait until it is kept."""
        kind = data.question(question_id)["kind"]
        if kind in ("picks", "notes"):
            getattr(self, f"_{kind}")(answer)
            return
        group = self._asked(question_id)
        getattr(self, f"_{kind}")(group, self._texts(question_id), answer)
        expect(group.get_by_text("Bewaard om")).to_be_visible()

    def sees(self, question_id: str, answer: object) -> None:
        """Check that a question of one of O1's kinds shows this answer as kept."""
        group, texts, kind = self._asked(question_id), self._texts(question_id), data.question(question_id)["kind"]
        expect(group.get_by_text("Bewaard om")).to_be_visible()
        if kind == "match":
            for item, category in answer.items():
                expect(group.get_by_label(texts[item], exact=True)).to_have_value(category)
        elif kind == "order":
            expect(group.get_by_role("listitem")).to_contain_text([texts[item] for item in answer])
        elif kind == "multiple":
            for option, text in texts.items():
                expect(group.get_by_label(text)).to_be_checked(checked=option in answer)
        elif kind == "number":
            expect(group.get_by_role("textbox")).to_have_value(plain_number(answer))
        else:
            expect(group.get_by_role("textbox")).to_have_value(answer)

    def write(self, cell: Locator, text: str) -> None:
        """Write an essay in an answer cell; the count of words below it follows each key."""
        count = cell.locator(".vermarkting-words")
        expect(count).to_contain_text(re.compile("^0 "))
        cell.get_by_role("emphasis").click()
        cell.get_by_role("textbox").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type("Drie woorden eerst")
        expect(count).to_contain_text(re.compile("^3 "))
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)
        expect(count).to_contain_text(re.compile(f"^{len(text.split())} "))
        self.page.keyboard.press("Shift+Enter")
        expect(cell.locator("p", has_text=text)).to_be_visible()

    def make_file(self) -> tuple[str, bytes]:
        """Press the last button of the assignment and download what it makes: name and content."""
        part = self.page.get_by_role("region", name=t("hand_in.title"))
        part.get_by_role("button", name=t("hand_in.button")).click()
        expect(part.get_by_text(t("hand_in.all_filled"))).to_be_visible()
        with self.page.expect_download() as download:
            part.get_by_role("link", name="Download").click()
        return download.value.suggested_filename, download.value.path().read_bytes()

    def _asked(self, question_id: str) -> Locator:
        return self.page.get_by_role("group", name=data.question(question_id)["prompt"][:60])

    def _texts(self, question_id: str) -> dict[str, str]:
        """The texts of a question's items and options; those of one's own where the assignment has them."""
        question, name = data.question(question_id), question_id.partition(".")[2]
        own = getattr(cases.FILES[self.assignment], "TEXTS", {}) if self.assignment in cases.FILES else {}
        if name in own:
            return own[name](cases.case(self.assignment, self.number))
        return {entry["id"]: entry["text"] for part in ("items", "options") for entry in question.get(part, [])}

    def _match(self, group, texts, answer):
        for item, category in answer.items():
            group.get_by_label(texts[item], exact=True).select_option(category)

    def _order(self, group, texts, answer):
        for place, item in enumerate(answer):
            while texts[item] not in group.get_by_role("listitem").nth(place).inner_text():
                group.get_by_role("button", name=f"Omhoog: {texts[item]}").press("Enter")

    def _multiple(self, group, texts, answer):
        for option in answer:
            group.get_by_label(texts[option]).check()

    def _single(self, group, texts, answer):
        group.get_by_label(texts[answer]).check()

    def _number(self, group, texts, answer):
        group.get_by_role("textbox").fill(typed(answer))
        group.get_by_role("textbox").press("Tab")

    def _numbers(self, group, texts, answer):
        for item, number in answer.items():
            group.get_by_label(texts[item], exact=True).fill(typed(number))
            group.get_by_label(texts[item], exact=True).press("Tab")

    def _code(self, group, texts, answer):
        group.get_by_role("textbox").fill(answer)
        group.get_by_role("textbox").press("Enter")

    def _text(self, group, texts, answer):
        group.get_by_role("textbox").fill(answer)
        group.get_by_role("textbox").blur()

    def _scan(self, group, texts, answer):
        for name, row in answer.items():
            krachtlijn = group.get_by_role("group", name=t(f"krachtlijnen.{name}.name"))
            krachtlijn.get_by_role("combobox").select_option(row["score"])
            krachtlijn.locator(".vm-grounds summary").click()
            krachtlijn.get_by_label(f"{row['ground']} ·").check()

    def _picks(self, names):
        """Put arguments on the map: find each with two filters and the pages of the list."""
        rows = {row["id"]: row for row in data.rows("arguments")}
        desk = self.page.locator(".vm-explorable").filter(has=self.page.locator(".vm-listing"))
        for count, name in enumerate(names, start=1):
            row = rows[name]
            desk.get_by_label(t("argument_map.position"), exact=True).select_option(row["position"])
            source = "literature" if row["origin"] == "literature" else row["source_ids"][0]
            desk.get_by_label(t("argument_map.source"), exact=True).select_option(source)
            button = desk.locator(f".vm-listing button[data-id={name}]")
            self.page.wait_for_timeout(300)
            while not button.count():
                desk.get_by_role("button", name=t("listing.on")).click()
                self.page.wait_for_timeout(300)
            button.click()
            expect(desk.locator(".vm-card h3")).to_contain_text(name)
            desk.get_by_label(t("argument_map.on")).check()
            expect(desk.get_by_text(re.compile(f"^Argumenten op je kaart: {count}\\."))).to_be_visible()

    def _notes(self, notes):
        for name, words in notes.items():
            note = self.page.locator(f".vm-notes details[data-id='{name}']")
            note.locator("summary").click()
            note.get_by_role("textbox").fill(words)
            note.get_by_role("button", name=t("notes.keep")).click()
            expect(note.get_by_role("button", name=t("notes.drop"))).to_be_visible()


def _unordered(question_id: str, answer: object) -> object:
    """Chosen options stand in the order in which this reader saw them."""
    return sorted(answer) if data.question(question_id)["kind"] == "multiple" else answer


def carried(page: Page, saved: Path, expected: dict[str, object]) -> dict[str, object]:
    """Give the answers in the saved notebook, once they are those that are expected; a save may come in between."""
    found = {}
    for _ in range(60):
        # Jupyter Server empties the file before it writes it: then it is being saved.
        notebook = json.loads(saved.read_text(encoding="utf-8") or '{"metadata": {"vermarkting": {}}}')
        entries = notebook["metadata"]["vermarkting"].get("answers", {}).get("answers", {})
        found = {question_id: _unordered(question_id, entry["value"]) for question_id, entry in entries.items()}
        if found == expected:
            break
        page.wait_for_timeout(500)
    return found
