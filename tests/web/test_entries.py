"""Pages of arguments and terms, and what search looks in."""

import json

from vermarkting import data
from vermarkting.web import search_index
from vermarkting.web.entries import all_entries
from vermarkting.web.notebook_page import NotebookPage, Section


def test_every_argument_and_term_has_one_page():
    ids = [entry.id for entry in all_entries()]
    assert sorted(ids) == sorted(row["id"] for table in ("arguments", "concepts") for row in data.rows(table))


def test_who_is_spoken_against_knows_by_whom():
    told = {
        entry.id: {row.name: [link.words[:4] for link in row.links] for row in entry.rows} for entry in all_entries()
    }
    for row in data.rows("arguments"):
        for other in row["attacks"]:
            assert any(words.startswith(row["id"][:4]) for words in told[other]["Wordt tegengesproken door"])


def test_search_has_a_row_per_heading_in_plain_words():
    html = (
        '<h1 id="t" tabindex="-1">Les</h1>\n<p>Begin &amp; meer</p>',
        '<h2 id="een" tabindex="-1">Kop <em>een</em></h2><p>Tekst</p>',
    )
    page = NotebookPage(
        "lessons", (*(Section(str(i), one) for i, one in enumerate(html)), Section("w", "widget", "run")), ()
    )
    rows = json.loads(search_index.build([("lessons/x.html", "Les", page)], []))
    assert rows == [
        ["Les", "Les", "lessons/x.html", "Les Begin & meer"],
        ["Les", "Kop een", "lessons/x.html#een", "Tekst"],
    ]
