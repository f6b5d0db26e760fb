"""Maps of arguments in files that other tools read and write: Argdown, AIF-JSON, and what Kialo exports.

``read`` finds out which of the three a file is. Files come from anywhere, so every reader checks size, encoding and
shape first, never runs or interprets what a text says, and tells in one sentence what to do about a file it cannot use.
"""

from vermarkting.formats import aif, argdown, kialo
from vermarkting.formats.argument_map import Argument, ArgumentMap
from vermarkting.formats.text_file import FormatError, decoded

__all__ = ["Argument", "ArgumentMap", "FormatError", "aif", "argdown", "kialo", "read"]


def read(file: bytes) -> ArgumentMap:
    """Give the map in a file of any of the three formats. Raises ``FormatError``, for the reader to see."""
    text = decoded(file)
    if text.lstrip()[:9].lower().startswith(("<!doctype", "<html")):
        raise FormatError("no_arguments")
    if text.lstrip().startswith(("{", "[{")):
        return aif.parse(text)
    if kialo.is_kialo(text):
        return kialo.parse(text)
    return argdown.parse(text)
