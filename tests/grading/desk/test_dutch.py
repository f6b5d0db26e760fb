"""Formgrader's words in Dutch: each of ours is one of nbgrader's, and none of nbgrader's is left."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment
from nbgrader.server_extensions.formgrader import handlers

from vermarkting.grading.desk import dutch
from vermarkting.text import sentences

PAGES = sorted(Path(handlers.template_path).glob("*.tpl"))
SCRIPTS = sorted(Path(handlers.static_path, "js").glob("*.js"))
WORDS = sentences("formgrader")
SHOWN = re.compile(r"(?<=[>}])\s*([A-Za-z#][^<>{}]*?)\s*(?=[<{])")


def test_each_of_our_words_stands_in_nbgraders_files():
    whole = "\n".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    assert [word for word in WORDS["scripts"] if f'"{word}"' not in whole] == []
    whole = "\n".join(path.read_text(encoding="utf-8") for path in PAGES)
    assert set(WORDS["pages"]) <= set(SHOWN.findall(whole))


def rendered(name):
    environment = Environment(autoescape=True)
    dutch.install(environment)
    values = {"base_url": "", "assignment_id": "O1", "student_id": "an", "notebook_id": "O1", "exchange": "/x"}
    return environment.get_template(name).render(**values, exchange_missing=True, error_code=500)


@pytest.mark.parametrize("name", [path.name for path in PAGES if not path.name.startswith("formgrade")])
def test_no_page_has_a_word_of_nbgraders_left(name):
    page = re.sub(r"<script.*?</script>|<svg.*?</svg>", "", rendered(name), flags=re.DOTALL)
    ours = {*WORDS["pages"].values(), "O1", "an"}
    left = [text.strip() for text in re.findall(r">([^<]+)<", page)]
    sentences_of_ours = [text.replace("{folder}", "/x") for text in WORDS["lists"].values()]
    assert {text for text in left if re.search(r"[a-z]{2}", text)} <= {*ours, *sentences_of_ours}
    assert '<html lang="nl">' in page


def test_a_script_is_translated_where_it_shows_and_not_where_it_compares():
    whole = {path.name: dutch.script(path.read_text(encoding="utf-8")) for path in SCRIPTS}
    assert '.text("uitgegeven")' in whole["manage_assignments.js"]
    assert 'status === "released"' in whole["manage_assignments.js"]
    assert 'this.model.get("flagged")' in whole["gradebook_notebook_submissions.js"]
    assert 'button.innerHTML === "Toon alle namen"' in whole["gradebook_notebook_submissions.js"]
    assert WORDS["table"]["search"] in whole["utils.js"]
    shown = re.compile(r'(?:\.text\(|append\([^"()]*|"help": |Modal\(\s*"[\w-]+",\s*)"([^"]*[A-Za-z]{2}[^"]*)"')
    ours = set(WORDS["scripts"].values())
    assert {text for script in whole.values() for text in shown.findall(script)} - ours == set()
