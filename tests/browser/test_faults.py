"""What the page calls kept is on disk, whatever breaks. The long run is ``tests/benchmarks/faults.py``."""

import signal

import pytest
from breaking import running
from faults import MAP, QUESTIONS, Faults, run, student_server
from playwright.sync_api import expect

from vermarkting.answers import NAME, AnswerSheet
from vermarkting.text import t


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = student_server(tmp_path_factory.mktemp("storing"))
    with running(server):
        yield server
    server.disk.remove()


@pytest.fixture(scope="module")
def context(chromium):
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="nl-BE")
    context.set_default_timeout(60_000)
    yield context
    context.close()


def test_nothing_that_the_page_calls_kept_is_lost(server, context):
    report = run(server, context.new_page, answers=10, seed=2026, faults=Faults.NAMES)
    assert (report.false, report.lost, report.missing) == ([], [], [])
    assert report.acknowledged >= 10 and report.held > 0
    assert set(report.faults) == set(Faults.NAMES)


def test_without_a_server_the_page_says_so_holds_the_answer_and_delivers_it(server, context):
    """The same page, not loaded again, finds the module when it is back."""
    page = context.new_page()
    page.goto(server.address("stil"))
    page.locator(".vm-status").nth(len(QUESTIONS) - 1).wait_for(state="attached")
    sign = page.locator("#vermarkting-sign")
    expect(sign).to_have_text(t("lab.alive"))
    server.stop(signal.SIGKILL)
    page.locator(".vm-kind-text textarea").fill("Getypt zonder server.")
    picks = page.locator(".vm-explorable")
    on = not picks.get_by_label(t("argument_map.on")).is_checked()
    picks.get_by_label(t("argument_map.on" if on else "argument_map.off")).check()
    statuses = [page.locator(".vm-kind-text .vm-status"), picks.locator(".vm-status")]
    for status in statuses:
        expect(status).to_have_text(t("life.waiting"))
    expect(sign).to_have_text(t("lab.unreachable"))
    assert page.locator(".jp-Dialog, .Toastify__toast").count() == 0
    server.start()
    for status in statuses:
        expect(status).to_contain_text("Bewaard")
    expect(sign).to_have_text(t("lab.alive"))
    kept = AnswerSheet(server.folder / "proef" / NAME).all()
    assert "Getypt zonder server." in (kept["00.jouw_vraag"].value, *kept["00.jouw_vraag"].also)
    assert bool(kept[MAP].value) == on
    page.close()
