"""The web edition, made with the command."""

import subprocess
import sys
from pathlib import Path

PUBLIC = "https://school.be/module"


def build(folder: Path) -> Path:
    """Make the site for the address ``PUBLIC``; gives the folder."""
    command = [sys.executable, "-m", "vermarkting.cli", "site", str(folder), "--adres", PUBLIC]
    made = subprocess.run(command, capture_output=True, text=True)
    assert made.returncode == 0, made.stdout + made.stderr
    return folder
