"""A conversation in class as people have it: the screen in front, a lesson on a laptop, a phone; and a service that is
killed in the middle of it."""

import re
import socket
from collections.abc import Iterator

import pytest
from axe import serious_findings
from playwright.sync_api import Browser, Page, expect
from service_client import command

from vermarkting import data
from vermarkting.answers import NAME, AnswerSheet
from vermarkting.live import offers
from vermarkting.text import t

BET = "08.bet_volgen"
# Others in the class: sockets in one page, each with a vote of its own.
OTHERS = """async ([address, code, votes]) => {
  window.others = votes.map((vote) => {
    const socket = new WebSocket(`${address.replace("http", "ws")}mee`);
    socket.onopen = () => socket.send(JSON.stringify({ join: code, me: crypto.randomUUID() }));
    socket.onmessage = ({ data }) => {
      const { round } = JSON.parse(data);
      if (round) socket.send(JSON.stringify({ round: round.number, vote: round.options.at(vote).id, n: 1 }));
    };
    return socket;
  });
}"""


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def processes() -> Iterator[list]:
    started = []
    yield started
    for process in started:
        process.kill()
        process.wait()


def press(page: Page, key: str) -> None:
    page.get_by_role("button", name=t(f"live.screen.{key}"), exact=True).click()


def fits(page: Page) -> bool:
    """All of the page is in view, nothing to scroll to."""
    return page.evaluate(
        "document.documentElement.scrollHeight <= innerHeight && document.body.scrollWidth <= innerWidth"
    )


def smallest_words(page: Page) -> float:
    """The height in pixels of the smallest letters in front of the class."""
    return page.evaluate("""Math.min(...[...document.querySelectorAll("main *")]
        .filter((node) => [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim()))
        .map((node) => parseFloat(getComputedStyle(node).fontSize)))""")


def test_a_class_talks(chromium: Browser, open_notebook, lab, tmp_path, port, processes):
    process, address, key = command(tmp_path, port)
    processes.append(process)
    in_front = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="nl-BE")
    screen = in_front.new_page()
    screen.goto(f"{address}docent#{key}")
    press(screen, "begin")
    code = screen.locator(".letters").inner_text()
    assert "#" not in screen.url, "the room could read the key"
    expect(screen.get_by_alt_text(t("live.screen.qr"))).to_be_visible()
    assert fits(screen) and serious_findings(screen, ["body"]) == []

    AnswerSheet(lab.folder / "lessons" / NAME).put(BET, offers.asked(BET)["options"][0]["id"])
    lesson = open_notebook("lessons/08_de_vijf_krachtlijnen.ipynb")
    asked = []
    lesson.on("websocket", lambda line: asked.append(line.url))
    lesson.get_by_role("button", name=t("lab.conversation"), exact=True).click()
    part = lesson.get_by_role("complementary", name=t("live.panel.title"))
    part.get_by_label(t("live.panel.address")).fill(address.removeprefix("http://"))
    part.get_by_label(t("live.panel.code")).fill(code.lower())
    assert not [url for url in asked if f":{port}/" in url], "nothing leaves before the student joins"
    part.get_by_role("button", name=t("live.panel.join")).click()
    expect(part.get_by_text(t("live.panel.waiting"))).to_be_visible()

    pocket = chromium.new_context(viewport={"width": 390, "height": 800}, locale="nl-BE")
    pocket.set_default_timeout(20_000)
    phone = pocket.new_page()
    phone.clock.install()
    phone.goto(f"{address}#{code}")
    expect(phone.get_by_text(t("live.panel.waiting"))).to_be_visible()
    others = in_front.new_page()
    others.goto(address)
    others.evaluate(OTHERS, [address, code, [0, 0, 1, 1, -1]])
    expect(screen.locator(".people")).to_have_text(t("live.screen.people", count=7))

    screen.get_by_label(t("live.screen.lesson")).select_option(label=lesson_title("08"))
    screen.get_by_label(t("live.screen.question"), exact=True).select_option(value=BET)
    press(screen, "ask")
    expect(screen.get_by_text(t("live.screen.hidden"))).to_be_visible()
    # From the lesson: the answer that is on the sheet, shown before it leaves.
    expect(part.get_by_text(t("live.panel.from_lesson"))).to_be_visible()
    expect(part.locator(".vml-leaves")).to_contain_text(words(BET)[0])
    expect(screen.get_by_role("status")).to_contain_text(t("live.screen.count", count=5, people=7))
    assert serious_findings(lesson, ["#vermarkting-conversation"]) == []
    part.get_by_role("button", name=t("live.panel.send")).click()
    expect(part.get_by_text(t("live.panel.kept"))).to_be_visible()
    # A phone that slept: its line is dead and it does not know.
    phone.clock.fast_forward(600_000)
    phone.get_by_role("radio", name=words(BET)[1]).press("Space")
    assert serious_findings(phone, ["body"]) == []

    process.kill()
    process.wait()
    expect(part.get_by_text(t("live.panel.lost"))).to_be_visible()
    phone.get_by_role("button", name=t("live.panel.send")).click()
    process, *_ = command(tmp_path, port)
    processes.append(process)
    for _ in range(20):
        phone.clock.run_for(5_000)
        if phone.get_by_text(t("live.panel.kept")).is_visible():
            break
        phone.wait_for_timeout(250)
    expect(phone.get_by_text(t("live.panel.kept"))).to_be_visible()
    expect(screen.get_by_role("status")).to_contain_text("7 van de")
    press(screen, "close")
    bars = screen.locator(".bars strong")
    expect(bars.first).to_have_text("3")
    assert sum(map(int, bars.all_inner_texts())) == 7
    press(screen, "explain")
    for width, height in ((1366, 768), (1920, 1080)):
        screen.set_viewport_size({"width": width, "height": height})
        assert fits(screen) and smallest_words(screen) >= height / 40
    assert serious_findings(screen, ["body"]) == []

    with screen.expect_download() as saved:
        press(screen, "save")
    assert re.search(rf"(?m);{re.escape(BET)};.*;3$", saved.value.path().read_text(encoding="utf-8-sig"))
    press(screen, "end")
    screen.get_by_role("dialog").get_by_role("button", name=t("live.screen.wipe")).click()
    expect(part.get_by_text(t("live.panel.ended"))).to_be_visible()
    assert [path.name for path in tmp_path.iterdir()] == ["sleutel"]
    in_front.close()
    pocket.close()


def words(question: str) -> list[str]:
    return [option["text"] for option in offers.asked(question)["options"]]


def lesson_title(lesson: str) -> str:
    return next(page["title"] for page in data.rows("pages") if page["id"] == lesson)


FOCUSED = """() => {
  const { activeElement: node } = document;
  return node.getAttribute("aria-label") ?? node.labels?.[0]?.innerText ?? node.innerText;
}"""


def go_to(page: Page, words: str) -> None:
    """Reach a control with Tab alone; where the focus is can be seen."""
    for _ in range(30):
        if (page.evaluate(FOCUSED) or "").strip() == words:
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", words
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"not reached with the keyboard: {words}")


def by_key(page: Page, key: str) -> None:
    go_to(page, t(f"live.screen.{key}"))
    page.keyboard.press("Enter")


def test_a_lecturer_leads_with_the_keyboard_alone(chromium: Browser, tmp_path, port, processes):
    process, address, key = command(tmp_path, port)
    processes.append(process)
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="nl-BE")
    screen = context.new_page()
    screen.goto(f"{address}docent#{key}")
    expect(screen.get_by_role("button", name=t("live.screen.begin"))).to_be_visible()
    by_key(screen, "begin")
    code = screen.locator(".letters").inner_text()
    others = context.new_page()
    others.goto(address)
    others.evaluate(OTHERS, [address, code, [0, 0, 1, 1, -1]])
    screen.bring_to_front()
    expect(screen.locator(".people")).to_have_text(t("live.screen.people", count=5))
    go_to(screen, t("live.screen.lesson"))
    screen.keyboard.type(lesson_title("08")[:5])
    go_to(screen, t("live.screen.question"))
    while screen.evaluate("document.activeElement.value") != BET:
        screen.keyboard.press("ArrowDown")
    by_key(screen, "ask")
    expect(screen.get_by_role("status")).to_contain_text(t("live.screen.count", count=5, people=5))
    by_key(screen, "close")
    expect(screen.locator(".bars strong").first).to_have_text("2")
    by_key(screen, "again")
    expect(screen.get_by_role("status")).to_contain_text(t("live.screen.count", count=5, people=5))
    by_key(screen, "close")
    expect(screen.locator(".ghost").first).to_be_visible()
    by_key(screen, "explain")
    expect(screen.locator(".explained")).to_be_visible()
    with screen.expect_download():
        by_key(screen, "save")
    by_key(screen, "end")
    screen.keyboard.press("Escape")
    assert list(tmp_path.glob("*.gesprek")), "Escape goes back"
    by_key(screen, "end")
    by_key(screen, "wipe")
    expect(screen.get_by_role("button", name=t("live.screen.begin"))).to_be_visible()
    assert list(tmp_path.glob("*.gesprek")) == []
    context.close()
