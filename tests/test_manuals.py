"""The manuals: every link leads somewhere, each is reached from the README, and what they calculate is right."""

import math
import re
from pathlib import Path

import yaml

import vermarkting.hub

ROOT = Path(__file__).parents[1]
MANUALS = ROOT / "data" / "manuals"
LINK = re.compile(r"\]\(([^)#:]+)\)")
VALUES = Path(vermarkting.hub.__file__).parent / "kubernetes" / "values.yaml"
# What the sums of the cluster start from, as the manual says.
FREE_MB, GUARANTEED_MB, HOURS, FULL_HOURS, MACHINE_EURO, DISK_EURO = 14_000, 256, 730, 80, 0.25, 0.10


def links(page: Path) -> set[Path]:
    return {(page.parent / found).resolve() for found in LINK.findall(page.read_text(encoding="utf-8"))}


def test_every_link_leads_somewhere_and_every_manual_is_reached():
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        reached.add(page)
        for target in links(page):
            assert target.exists(), (page.name, target)
            if target.suffix == ".md" and target not in reached:
                waiting.append(target)
    assert {*MANUALS.glob("*.md")} <= reached


def test_the_sums_of_the_cluster_are_right():
    text = (MANUALS / "kubernetes.md").read_text(encoding="utf-8")
    guarantee = yaml.safe_load(VALUES.read_text(encoding="utf-8"))["singleuser"]["memory"]["guarantee"]
    assert guarantee == f"{GUARANTEED_MB}M"
    each = FREE_MB // GUARANTEED_MB
    assert f"is {each}, naar beneden" in text
    for students in (40, 500, 5000):
        machines = math.ceil(students / each)
        hours = FULL_HOURS * machines + HOURS - FULL_HOURS
        run, disk = hours * MACHINE_EURO, students * DISK_EURO
        memory = round(students * GUARANTEED_MB / 1000)
        assert f"| {many(students)} | {many(memory)} GB | {machines} | {many(students)} GB |" in text
        costs = f"| {many(hours)} | {money(run)} | {money(disk)} | {money(run + disk)} |"
        share = f"{rounded(100 * (run + disk) / students) / 100:.2f}".replace(".", ",")
        assert f"| {many(students)} {costs} {share} euro |" in text, costs


def many(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def money(euro: float) -> str:
    return f"{many(rounded(euro))} euro"


def rounded(number: float) -> int:
    """A half goes up."""
    return math.floor(number + 0.5)
