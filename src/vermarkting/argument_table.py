"""The table of arguments as the model of ``models/argumentation.py`` sees it, and what all rankings make of it.

``python -m vermarkting.argument_table`` writes ``data/acceptability.csv`` anew, after a change in ``arguments.csv``.
"""

import csv
from collections.abc import Iterable, Mapping

from vermarkting import data
from vermarkting.content import folder
from vermarkting.models.argumentation import Framework, acceptability, deciding_audiences, facts_first

# What may count as a finding: an empirical claim that rests on research or on an audit, whichever side it helps.
FINDING_KINDS = frozenset({"wetenschap", "auditinstelling", "onderzoeksbureau"})


def framework(rows: Iterable[Mapping]) -> Framework:
    """Give the framework of rows of the table; attacks on arguments that are not among the rows are left out."""
    attacked_by = {row["id"]: row["attacks"] for row in rows}
    return Framework(
        frozenset(attacked_by),
        frozenset((one, target) for one, targets in attacked_by.items() for target in targets if target in attacked_by),
    )


def values(rows: Iterable[Mapping]) -> dict[str, list[str]]:
    """Give the values that each argument promotes."""
    return {row["id"]: row["values"] for row in rows}


def facts(rows: Iterable[Mapping]) -> frozenset[str]:
    """Give the arguments that state a finding: empirical, and out of a source of ``FINDING_KINDS``.

    The rule looks at the claim and at its source, never at the side. That an author cites a study is not enough:
    we must have read it.
    """
    kinds = {row["id"]: row["kind"] for row in data.rows("sources")}
    return frozenset(
        row["id"]
        for row in rows
        if row["type"] == "empirisch" and FINDING_KINDS.intersection(kinds[source] for source in row["source_ids"])
    )


def acceptability_rows() -> list[dict[str, str]]:
    """Give the rows of the table ``acceptability``: what all strict rankings of the sixteen values do with an argument.

    Facts come before values, as in ``facts_first``.

    accepted_by, refused_by: the top of a ranking that accepts it and of one that does not, from high to low; both empty
    where the ranking makes no difference.
    """
    rows = data.rows("arguments")
    graph, promoted = facts_first(framework(rows), values(rows), facts(rows))
    verdicts, examples = acceptability(graph, promoted), deciding_audiences(graph, promoted)
    return [
        {
            "argument_id": argument,
            "acceptability": verdicts[argument].value,
            "accepted_by": ";".join(accepted_by if accepted_by and refused_by else ()),
            "refused_by": ";".join(refused_by if accepted_by and refused_by else ()),
        }
        for argument, (accepted_by, refused_by) in examples.items()
    ]


def main() -> None:
    """Write ``data/acceptability.csv``."""
    rows = acceptability_rows()
    with (folder("data") / "acceptability.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
