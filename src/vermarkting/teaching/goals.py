"""Where each learning goal is practised and where it is assessed: the table, and what its places are.

A place is a cell of a lesson (``01-verken``) or an assignment (``o2-vast``), a question (``01.check_npm``), or a
criterion of a rubric (``o4-dossier:Modelgebruik``).
"""

import json
import tomllib
from functools import cache

from vermarkting import data, pages
from vermarkting.content import folder
from vermarkting.text import t


@cache
def places() -> frozenset[str]:
    """Give every place that a goal may name."""
    found = set(pages.checks())
    for page in data.rows("pages"):
        path = folder(page["path"].partition("/")[0]).parent / page["path"]
        found |= {cell["id"] for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]}
        if page["kind"] == "lesson":
            found |= set(pages.asked(page["id"]))
        if page["kind"] == "assignment":
            rubric = tomllib.loads((path.parent / "rubriek.toml").read_text(encoding="utf-8"))
            found |= {f"{cell}:{one['name']}" for cell, part in rubric.items() for one in part["criteria"]}
    return frozenset(found)


def text() -> str:
    """Give the lecturer's page of all goals as Markdown: per lesson a table of goal, level, activity, assessment."""
    parts = [f"# {t('teaching.goals.title')}", t("teaching.goals.how")]
    for page in data.rows("pages"):
        rows = [row for row in data.rows("learning_goals") if row["lesson"] == page["id"]]
        if rows:
            parts += [f"## {page['title']}", "\n".join([*_head(), *map(_row, rows)])]
    return "\n\n".join(parts) + "\n"


def _head() -> list[str]:
    names = t("teaching.goals.columns").split("|")
    return [f"| {' | '.join(names)} |", f"|{'---|' * len(names)}"]


def _row(row: dict) -> str:
    activity = f"{row['activity']} {_listed(row['activity_in'])}"
    assessment = f"{row['assessment']} {_listed(row['assessed_by'])}"
    return f"| {row['id']} | {row['goal']} | {row['bloom']} | {activity} | {assessment} |"


def _listed(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
