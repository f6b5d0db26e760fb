"""The one front end of all parts, put together from the small files in ``widgets/static``.

A place that can serves it as a file (see ``lab/server.py``); elsewhere a kernel sends it, when it is asked for.
"""

import hashlib
import json
import re
from functools import cache
from importlib.resources import files

_SHARED = ("place.js", "dom.js", "life.js", "answering.js", "numbers.js", "picture.js", "ranking.js")
_COMMENT = re.compile(r"^ *//.*\n|^ +", re.MULTILINE)


@cache
def code() -> bytes:
    """Give scripts and styles as one module."""
    return script() + f'document.head.append(el("style", {{}}, {json.dumps(styles())}));\n'.encode()


def script() -> bytes:
    """Give all scripts as one module, without comments. Braces keep the names that a script has to itself."""
    found = _found(".js")
    shared = [found.pop(name) for name in _SHARED]
    scripts = [f"{{\n{text}}}" for text in found.values()]
    ready = "(globalThis.vermarktingParts ??= Promise.withResolvers()).resolve(parts);\n"
    return "\n".join([*shared, "const parts = {};", *scripts, ready]).encode()


def styles() -> str:
    """Give all styles as one sheet, without comments."""
    return "".join(_found(".css").values())


def _found(ending: str) -> dict[str, str]:
    folder = files("vermarkting").joinpath("widgets", "static")
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(ending))
    return {name: _COMMENT.sub("", folder.joinpath(name).read_text(encoding="utf-8")) for name in names}


@cache
def version() -> str:
    """Give a name that changes with the code."""
    return hashlib.sha256(code()).hexdigest()[:16]
