"""The one front end of all parts, put together from the small files in ``widgets/static``.

A place that can serves it as a file (see ``lab/server.py``); elsewhere a kernel sends it, when it is asked for.
"""

import hashlib
import json
import re
from functools import cache
from importlib.resources import files

_SHARED = ("dom.js", "life.js", "answering.js", "numbers.js", "picture.js", "ranking.js")
_COMMENT = re.compile(r"^ *//.*\n|^ +", re.MULTILINE)


@cache
def code() -> bytes:
    """Give scripts and styles as one module, without comments. Braces keep the names that a script has to itself."""
    found = {
        file.name: _COMMENT.sub("", file.read_text(encoding="utf-8"))
        for file in files("vermarkting").joinpath("widgets", "static").iterdir()
    }
    scripts = [f"{{\n{found[name]}}}" for name in sorted(found) if name.endswith(".js") and name not in _SHARED]
    css = json.dumps("".join(found[name] for name in sorted(found) if name.endswith(".css")))
    style = f'document.head.append(el("style", {{}}, {css}));'
    shared = [found[name] for name in _SHARED]
    ready = "(globalThis.vermarktingParts ??= Promise.withResolvers()).resolve(parts);"
    return "\n".join([*shared, style, "const parts = {};", *scripts, ready]).encode()


@cache
def version() -> str:
    """Give a name that changes with the code."""
    return hashlib.sha256(code()).hexdigest()[:16]
