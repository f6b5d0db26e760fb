"""What the page calls kept is on disk, whatever breaks. The long run is ``tests/benchmarks/faults.py``."""

import pytest
from breaking import running
from faults import Faults, run, student_server


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
    assert report.reloads == 0  # the page itself finds the module when it is back
