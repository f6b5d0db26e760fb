"""What every student's server has, on a laptop and on a school's server alike.

The settings themselves stand in ``profile/``, where Jupyter reads them: it comes before the student's own settings.
"""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from vermarkting.lab.delivery import HIDDEN

START = "lessons/00_start.ipynb"
_LAB = Path(__file__).parent


def environment(folder: Path, present: Mapping[str, str]) -> dict[str, str]:
    """Give the variables that make a Jupyter server in ``folder`` a student's; ``present`` are those there already.

    Settings and open tabs stay in the student's folder, apart from any other JupyterLab.
    """
    return {
        "JUPYTER_CONFIG_PATH": _before(_LAB / "profile", present.get("JUPYTER_CONFIG_PATH")),
        "JUPYTER_PATH": _before(_LAB / "jupyter", present.get("JUPYTER_PATH")),
        "JUPYTERLAB_SETTINGS_DIR": str(folder / HIDDEN / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / HIDDEN / "workspaces"),
    }


def forget_tabs(folder: Path) -> None:
    """Make the next start a fresh page."""
    shutil.rmtree(folder / HIDDEN / "workspaces", ignore_errors=True)


def first_page(folder: Path) -> str:
    """Give the address, from the server's own on, of the page to open."""
    return f"/lab/tree/{START}" if (folder / START).exists() else "/lab"


def _before(path: Path, rest: str | None) -> str:
    return f"{path}{os.pathsep}{rest}" if rest else str(path)
