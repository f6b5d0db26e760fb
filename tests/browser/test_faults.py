"""What the page calls kept is on disk, whatever breaks. The long run is ``tests/benchmarks/faults.py``."""

import socket

import pytest
from faults import QUESTIONS, Faults, Server, free_folder, run
from playwright.sync_api import expect

from vermarkting.text import t


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = Server(free_folder(tmp_path_factory.mktemp("storing") / "student"), port)
    running.start()
    yield running
    running.process.terminate()
    running.process.wait(30)


@pytest.fixture(scope="module")
def context(chromium):
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="nl-BE")
    context.set_default_timeout(60_000)
    yield context
    context.close()


def test_nothing_that_the_page_calls_kept_is_lost(server, context):
    report = run(server, context.new_page, answers=12, seed=2026, faults=Faults.NAMES)
    assert (report.false, report.lost) == ([], [])
    assert report.acknowledged >= 12 and report.held > 0
    assert set(report.faults) == set(Faults.NAMES)


def test_without_a_server_the_page_says_so_holds_the_answer_and_delivers_it(server, context):
    """The same page, not loaded again, finds the module when it is back."""
    page = context.new_page()
    page.goto(server.address.split("/lab")[0] + "/lab/workspaces/stil/tree/proef/les.ipynb?token=" + server.key)
    page.locator(".vm-question").nth(len(QUESTIONS) - 1).wait_for()
    sign = page.locator("#vermarkting-sign")
    expect(sign).to_have_text(t("lab.alive"))
    server.process.kill()
    server.process.wait(30)
    area = page.locator(".vm-kind-text textarea")
    area.fill("Getypt zonder server.")
    status = page.locator(".vm-kind-text .vm-status")
    expect(status).to_have_text(t("life.waiting"))
    expect(sign).to_have_text(t("lab.unreachable"))
    assert page.locator(".jp-Dialog, .Toastify__toast").count() == 0
    server.start()
    expect(status).to_contain_text("Bewaard")
    expect(sign).to_have_text(t("lab.alive"))
    assert "Getypt zonder server." in (server.folder / "proef" / "antwoorden.json").read_text()
    page.close()
