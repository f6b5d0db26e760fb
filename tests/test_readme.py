"""The README's two commands: for each system, in a form that its shell and Python accept; CI runs the same line."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
LINES = [line.strip() for block in re.findall(r"```\n(.*?)```", README, re.DOTALL) for line in block.splitlines()]
INSTALLS = [line for line in LINES if "pip install" in line]


def test_each_system_has_both_commands():
    windows = [line for line in INSTALLS if line.startswith("py ")]
    others = [line for line in INSTALLS if line.startswith("(python3 ")]
    assert len(windows) + len(others) == len(INSTALLS)
    for lines in (windows, others):
        assert {line.rpartition("-m uv ")[2] for line in lines} == {"run vermarkting", "run --group test pytest"}


def test_windows_powershell_five_knows_every_sign():
    assert not [line for line in INSTALLS if line.startswith("py ") and ("&&" in line or "||" in line)]


def test_continuous_integration_runs_the_readmes_line():
    last = (ROOT / ".ci" / "run").read_text(encoding="utf-8").rstrip().splitlines()[-1]
    assert last in INSTALLS and last.endswith("run --group test pytest")
