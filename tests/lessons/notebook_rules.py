"""The linter for notebooks: small rules that each take a page and the course and return findings as sentences.

``LESSON_RULES`` holds for lessons, ``ASSIGNMENT_RULES`` for assignments and their lecturer's versions. A rule that
reports nothing is kept. The rules for questions stand in question_rules.py, those for language in language_rules.py.
"""

import ast
import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import language_rules
import question_rules
from language_rules import word_list
from nbformat.validator import iter_validate
from pages import CALL, CITATION, HEADING, Course, Page, calls, headings, list_items, question_texts, section, source_of

from vermarkting.sureness import of_citation

KERNELSPEC = {"display_name": "Vermarkting", "language": "python", "name": "vermarkting"}
HIDDEN = {"jupyter": {"source_hidden": True}}
CELLS = (20, 35)
GOALS = (3, 4)
START = "00"
CODES_ONLY = re.compile(r"[A-Z]\d{1,3}(?:[;,] ?[A-Z]\d{1,3})*")
WEIGHED_BY_THE_STUDENT = ("O1",)  # there a student says how sure a source makes a fact, so the page does not

PUZZLE = r"\b(?:puzzel|raadsel)\b"
OMITTED = r"^wat dit model weglaat"
SUMMARY = r"^(?:samenvatting|in het kort|samengevat)"
SOURCES = r"^bronnen"
GOALS_HEADING = r"\b(?:doelen|leerdoelen)\b|\bkun je\b|\bkan je\b|\bje \b.*\bkunt\b"
LABEL = r"^(?:\*\*[^*]+\*\*\s*(?=\S))?(?:je\s+)?"
FRAME = {
    "what is sourced": r"\bbron",
    "what is stylised": r"\bgestileerd",
    "what is left out": r"\bweg(?:gelaten|laat|laten)\b|\blaat\b.*\bweg\b|ontbreekt",
    "what would refute it": r"\bweerle",
}

# In the first cell, for who opens a notebook in another program; our front end hides it (lesson.css).
ELSEWHERE = (
    '<span class="vermarkting-elsewhere">**Lees je dit? Dan opende je dit bestand buiten de module.** De vragen werken '
    "hier niet. Open een terminal in de map van de module. Typ daar `py -m uv run vermarkting` (Windows) of "
    "`python3 -m uv run vermarkting` (macOS en Linux). Is het de eerste keer? Volg dan de stappen in `README.md`."
    "</span>"
)

OBSERVABLE = word_list("verbs_nl.txt")


def nbformat_valid(page: Page, course: Course) -> list[str]:
    """The file is a valid notebook in format 4.5."""
    version = (page.notebook.get("nbformat"), page.notebook.get("nbformat_minor"))
    if version != (4, 5):
        return [f"The notebook has format {version[0]}.{version[1]}, not 4.5."]
    return [f"Not valid: {error.message}" for error in iter_validate(page.notebook, version=4, version_minor=5)]


def canonical_file(page: Page, course: Course) -> list[str]:
    """The file is written one way only, so that a change shows as a small difference."""
    canonical = json.dumps(page.notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return [] if page.text == canonical else ["The file is not in the canonical form (indent 1, sorted keys, UTF-8)."]


def metadata(page: Page, course: Course) -> list[str]:
    """The notebook carries our metadata and our kernel, and nothing more."""
    found = page.notebook["metadata"]
    ours = found.get("vermarkting", {})
    findings = []
    if found.get("kernelspec") != KERNELSPEC:
        findings.append(f"The kernelspec is {found.get('kernelspec')}, not {KERNELSPEC}.")
    if set(found) - {"kernelspec", "language_info", "vermarkting"}:
        findings.append(f"There is more metadata than ours: {sorted(found)}.")
    if set(ours) != {"id", "kind", "minutes"}:
        findings.append(f"The metadata `vermarkting` tells {sorted(ours)}, not id, kind and minutes.")
    elif ours["kind"] not in ("lesson", "assignment", "reference") or not isinstance(ours["minutes"], int):
        findings.append("The kind is not lesson, assignment or reference, or minutes is not a whole number.")
    elif not page.path.name.startswith(ours["id"]):
        findings.append(f"The file name does not begin with the id {ours['id']}.")
    return findings


def no_outputs(page: Page, course: Course) -> list[str]:
    """Code cells are stripped: no outputs, no execution counts."""
    return [
        f"Cell {cell.get('id')} holds outputs or an execution count."
        for cell in page.code
        if cell["outputs"] or cell["execution_count"] is not None
    ]


def stable_ids(page: Page, course: Course) -> list[str]:
    """Each cell has a readable id of its own that begins with the lesson's id, such as 01-doelen."""
    ids = [cell.get("id", "") for cell in page.cells]
    start = page.id.lower()
    unlike = [id_ for id_ in ids if not re.fullmatch(rf"{re.escape(start)}(?:-[a-z0-9]+)+", id_)]
    findings = [f"The cell id {id_!r} does not look like {start}-name." for id_ in unlike]
    return findings + [f"Two cells have the id {id_}." for id_, count in Counter(ids).items() if count > 1]


def code_in_strict_form(page: Page, course: Course) -> list[str]:
    """A code cell is one line, an import from vermarkting and one call with literal arguments, its source hidden."""
    findings = []
    for cell in page.code:
        if not _in_strict_form(source_of(cell), ("explorables", "widgets")):
            findings.append(f"Cell {cell['id']} is not in the strict form: {source_of(cell)!r}.")
        if cell["metadata"] != HIDDEN:
            findings.append(f"Cell {cell['id']} has the metadata {cell['metadata']}, not {HIDDEN}.")
    return findings


def assignment_code_in_strict_form(page: Page, course: Course) -> list[str]:
    """As in a lesson; graded cells may call grading too, and the lecturer's version has checks under the first line."""
    findings = []
    for cell in page.code:
        first, *rest = source_of(cell).split("\n")
        hidden_checks = bool(rest) and rest[0].startswith("### BEGIN") and rest[-1].startswith("### EINDE")
        if not _in_strict_form(first, ("explorables", "widgets", "grading")) or (rest and not hidden_checks):
            findings.append(f"Cell {cell['id']} is not in the strict form: {source_of(cell)!r}.")
        if not cell["metadata"].get("jupyter", {}).get("source_hidden"):
            findings.append(f"Cell {cell['id']} shows its source.")
    return findings


def _in_strict_form(source: str, modules: tuple[str, ...]) -> bool:
    match = CALL.fullmatch(source)
    if not match or match["module"] not in modules:
        return False
    return match["name"] == (match["short"] or match["module"]) and _are_literals(match["arguments"])


def _are_literals(arguments: str) -> bool:
    try:
        call = ast.parse(f"f({arguments})", mode="eval").body
        for value in [*call.args, *(keyword.value for keyword in call.keywords)]:
            ast.literal_eval(value)
    except (SyntaxError, ValueError):
        return False
    return True


def functions_exist(page: Page, course: Course) -> list[str]:
    """Each explorable and widget that the notebook calls exists."""
    return [
        f"Cell {cell['id']} calls {module}.{function}, which does not exist."
        for cell, module, function, _ in calls(page)
        if not course.function_exists(module, function)
    ]


def questions_exist(page: Page, course: Course) -> list[str]:
    """Each question or lesson that a widget names exists."""
    findings = []
    for cell, module, function, arguments in calls(page):
        if module != "widgets":
            continue
        asked = arguments.strip("\"'")
        if function == "answered":
            exists = all(name.strip("\"' ") in page.questions for name in arguments.split(","))
        elif function == "my_case":
            exists = arguments.split(",")[0].strip("\"' ") == page.id
        elif function in ("self_check", "hand_in", "way_on"):
            exists = asked == page.id
        elif function == "krachtlijnenscan":
            exists = asked == page.id and f"{asked}.scan" in page.questions
        else:
            exists = asked in page.questions
        if not exists:
            findings.append(
                f"Cell {cell['id']} asks for {function} {asked}, which is not among this lesson's questions."
            )
    return findings


def no_paths_or_installs(page: Page, course: Course) -> list[str]:
    """No address of a file on this machine, no installing; a link to another notebook of ours must hit one."""
    findings = []
    for cell in page.cells:
        text = source_of(cell)
        if re.search(r"\bpip3? install\b|%pip|!pip|\bconda install\b", text):
            findings.append(f"Cell {cell['id']} installs something.")
        for target in re.findall(r"\]\(([^)\s]+)|(?:src|href)=[\"']([^\"']+)", text):
            address = "".join(target)
            if address.startswith(("https://", "http://", "#", "mailto:")):
                continue
            if not (address.endswith(".ipynb") and (page.path.parent / address).is_file()):
                findings.append(f"Cell {cell['id']} points to the file {address}.")
        if cell["cell_type"] == "code" and re.search(r"[\"'][^\"']*(?:/|\\|\.csv|\.json)", text):
            findings.append(f"Cell {cell['id']} names a path.")
    return findings


def heading_levels(page: Page, course: Course) -> list[str]:
    """There is exactly one H1, it comes first, and no level is jumped over."""
    found = [(level, words, cell["id"]) for cell in page.prose for level, words in headings(source_of(cell))]
    tops = [words for level, words, _ in found if level == 1]
    findings = [] if len(tops) == 1 else [f"There are {len(tops)} headings of level 1: {tops}."]
    previous = 0
    for level, words, cell in found:
        if level > previous + 1:
            findings.append(f"In {cell} the heading {words!r} jumps from level {previous} to {level}.")
        previous = level
    return findings


def title_cell(page: Page, course: Course) -> list[str]:
    """The first cell tells the minutes, the same as the metadata, and which lesson comes before."""
    text = HEADING.sub("", source_of(page.cells[0]))
    minutes = page.notebook["metadata"].get("vermarkting", {}).get("minutes")
    findings = []
    if not re.search(rf"(?<!\d){minutes} minuten", text):
        findings.append(f"The title cell does not say '{minutes} minuten', as the metadata does.")
    if page.id != START and not re.search(r"\bles\s+\d|\[[^\]]*\]\(\d\d_\w+\.ipynb\)", text, re.IGNORECASE):
        findings.append("The title cell does not name the lesson that comes before.")
    return findings


def way_in(page: Page, course: Course) -> list[str]:
    """Under the title stands how to open the module, for who opened the notebook in a program that lacks it."""
    lines = source_of(page.cells[0]).split("\n")
    return (
        [] if lines[2:3] == [ELSEWHERE] else ["The first cell does not say, under its title, how to open the module."]
    )


def goals(page: Page, course: Course) -> list[str]:
    """There are three or four goals, each beginning with a verb that can be observed."""
    aims = section(page, GOALS_HEADING)
    if aims is None:
        return []
    items = list_items(aims.text)
    findings = []
    if not GOALS[0] <= len(items) <= GOALS[1]:
        findings.append(f"There are {len(items)} goals, not {GOALS[0]} to {GOALS[1]}.")
    for item in items:
        words = re.findall(r"[^\W\d_]+", re.sub(LABEL, "", item.lower()))
        if not words or words[0] not in OBSERVABLE:
            findings.append(f"The goal {item!r} does not begin with an observable verb.")
    return findings


def parts_in_order(page: Page, course: Course) -> list[str]:
    """A lesson has every part of the skeleton, in its order; the start page has no game and no model."""
    part = {
        "goals": _place(page, GOALS_HEADING),
        "puzzle": _place(page, PUZZLE),
        "game": _place_of_call(page, "explorables"),
        "duel": _place_of_call(page, "widgets", "duel"),
        "krachtlijnenscan": _place_of_call(page, "widgets", "krachtlijnenscan"),
        "what this model leaves out": _place(page, OMITTED),
        "summary": _place(page, SUMMARY),
        "self-check": _place_of_call(page, "widgets", "self_check"),
        "sources": _place(page, SOURCES),
    }
    wanted = ("goals", "summary") if page.id == START else tuple(part)
    findings = [f"There is no part '{name}'." for name in wanted if part[name] is None]
    present = [name for name in wanted if part[name] is not None]
    return findings + [
        f"'{later}' does not come after '{name}'." for name, later in pairwise(present) if part[later] <= part[name]
    ]


def _place(page: Page, heading: str) -> tuple[int, int] | None:
    found = section(page, heading)
    return found.place if found else None


def _place_of_call(page: Page, module: str, function: str = "") -> tuple[int, int] | None:
    cell = next((cell for cell, m, f, _ in calls(page) if m == module and function in ("", f)), None)
    return (page.cells.index(cell), 0) if cell else None


def model_frame(page: Page, course: Course) -> list[str]:
    """The frame *Wat dit model weglaat* tells what is sourced, stylised, left out, and would refute the model."""
    frame = section(page, OMITTED)
    if frame is None:
        return []
    body = frame.text.partition("\n")[2]
    missing = (part for part, words in FRAME.items() if not re.search(words, body, re.IGNORECASE))
    return [f"The frame does not tell {part}." for part in missing]


def summary_mirrors_goals(page: Page, course: Course) -> list[str]:
    """The summary has one point for each goal."""
    aims, summary = section(page, GOALS_HEADING), section(page, SUMMARY)
    if aims is None or summary is None:
        return []
    wanted, found = len(list_items(aims.text)), len(list_items(summary.text))
    return [] if wanted == found else [f"The summary has {found} points for {wanted} goals."]


def number_of_cells(page: Page, course: Course) -> list[str]:
    """A lesson has 20 to 35 cells before the one that tells the way on; the start page may be shorter."""
    least = 8 if page.id == START else CELLS[0]
    count = sum(1 for cell in page.cells if "w.way_on(" not in source_of(cell))
    return [] if least <= count <= CELLS[1] else [f"There are {count} cells, not {least} to {CELLS[1]}."]


def ends_with_the_way_on(page: Page, course: Course) -> list[str]:
    """The last cell tells where to go next and gives each code in full."""
    last = [function for cell, _, function, _ in calls(page) if cell is page.cells[-1]]
    return [] if last == ["way_on"] else ["The last cell is not w.way_on(...)."]


def citations(page: Page, course: Course) -> list[str]:
    """Each citation names an id that exists, a claim with its grade; the sources list just what is cited."""
    texts = [re.sub(r"`[^`]*`", "", text) for text in _running_text(page)]
    groups = ["".join(match.groups(default="")) for text in texts for match in CITATION.finditer(text)]
    cited: set[str] = set()
    findings = []
    for group in groups:
        codes, _, grade = group.partition(", ") if not CODES_ONLY.fullmatch(group) else (group, "", "")
        ids = re.split(r"[;,] ?", codes)
        cited.update(ids)
        unknown = [id_ for id_ in ids if id_ not in course.sources and id_ not in course.arguments]
        findings += [f"The citation [{group}] names no source or argument: {id_}." for id_ in unknown]
        if not unknown and any(id_ in course.sources for id_ in ids):
            right = "" if page.id in WEIGHED_BY_THE_STUDENT else of_citation(ids)
            if grade != right:
                findings.append(
                    f"The citation [{group}] should have the grade {right or 'none'}: see vermarkting.sureness."
                )
        elif grade:
            findings.append(f"The citation [{group}] gives an argument a sureness.")
    sources = section(page, SOURCES)
    listed = set(re.findall(r"\b[A-Z]\d{1,3}\b", sources.text)) if sources else set()
    duels = [question for question in page.questions.values() if question.get("kind") == "duel"]
    optional = {argument for duel in duels for argument in [duel["left"], duel["right"], *duel.get("steelman", [])]}
    findings += [f"{id_} is cited but stands not among the sources." for id_ in sorted(cited - listed)]
    return findings + [f"{id_} stands among the sources but is not cited." for id_ in sorted(listed - cited - optional)]


def spelling(page: Page, course: Course) -> list[str]:
    """Every word is Dutch, or stands in words_nl.txt."""
    return language_rules.misspelled(_running_text(page), course.is_word)


def no_english(page: Page, course: Course) -> list[str]:
    """No English is left over; an English term or title is emphasised."""
    return language_rules.english(_running_text(page))


def sentence_length(page: Page, course: Course) -> list[str]:
    """Sentences in the notebook are short."""
    return language_rules.long_sentences(_running_prose(page))


def rhythm(page: Page, course: Course) -> list[str]:
    """The prose of a page runs on: 11.5 to 14.5 words a sentence, varied, none over 30, no telegram.

    Not what a student writes, nor a model of it: that has a voice of its own.
    """
    ours = [cell for cell in page.cells if not cell["metadata"].get("nbgrader", {}).get("solution")]
    return language_rules.rhythm(_running_prose(replace(page, notebook=page.notebook | {"cells": ours})))


def sentence_length_in_questions(page: Page, course: Course) -> list[str]:
    """Sentences in the questions are short."""
    return language_rules.long_sentences(_texts_of_questions(page))


def gender_neutral(page: Page, course: Course) -> list[str]:
    """No double forms such as hij/zij."""
    return language_rules.gendered(_running_text(page))


def one_term_for_one_thing(page: Page, course: Course) -> list[str]:
    """The words are ours: voorspelling and not gok, sociaal werker and not werker."""
    return language_rules.other_terms(_running_text(page))


def _running_text(page: Page) -> list[str]:
    return _running_prose(page) + _texts_of_questions(page)


def _running_prose(page: Page) -> list[str]:
    """Leave out the list of sources: it consists of foreign titles and names."""
    sources = section(page, SOURCES)
    return [source_of(cell).replace(sources.text, "") if sources else source_of(cell) for cell in page.prose]


def _texts_of_questions(page: Page) -> list[str]:
    return [text for question in page.questions.values() for text in question_texts(question)]


Rule = Callable[[Page, Course], list[str]]

LANGUAGE_RULES: list[Rule] = [
    spelling,
    no_english,
    sentence_length,
    sentence_length_in_questions,
    gender_neutral,
    one_term_for_one_thing,
]

LESSON_RULES: list[Rule] = [
    nbformat_valid,
    canonical_file,
    metadata,
    no_outputs,
    stable_ids,
    code_in_strict_form,
    functions_exist,
    questions_exist,
    no_paths_or_installs,
    heading_levels,
    way_in,
    title_cell,
    goals,
    parts_in_order,
    model_frame,
    summary_mirrors_goals,
    number_of_cells,
    ends_with_the_way_on,
    citations,
    rhythm,
    *question_rules.RULES,
    *LANGUAGE_RULES,
]

ASSIGNMENT_RULES: list[Rule] = [
    nbformat_valid,
    canonical_file,
    metadata,
    no_outputs,
    stable_ids,
    assignment_code_in_strict_form,
    functions_exist,
    questions_exist,
    no_paths_or_installs,
    heading_levels,
    way_in,
    citations,
    rhythm,
    question_rules.each_question_in_one_place,
    question_rules.solvable,
    question_rules.no_answers_given,
    *LANGUAGE_RULES,
]

REFERENCE_RULES: list[Rule] = [
    nbformat_valid,
    canonical_file,
    metadata,
    no_outputs,
    stable_ids,
    code_in_strict_form,
    functions_exist,
    no_paths_or_installs,
    heading_levels,
    way_in,
    *LANGUAGE_RULES,
]
