"""What holds for every file that somebody brings: how big, how encoded, and which characters a text may hold."""

import unicodedata

from vermarkting.text import t

MOST_BYTES = 2_000_000  # our own table takes 0.3 million as AIF-JSON
MOST_CHARACTERS = 10_000  # of one claim
BIDI_CONTROLS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])  # make a text read unlike it is


class FormatError(ValueError):
    """A file that cannot be used; ``str()`` gives one Dutch sentence that says what to do."""

    def __init__(self, sentence: str, **values: str | int) -> None:
        super().__init__(t(f"formats.{sentence}", **{name: _shown(value) for name, value in values.items()}))


def decoded(file: bytes) -> str:
    """Give the text of a file in UTF-8 or UTF-16, with or without a mark of it, else in Windows' Western European.

    Raises ``FormatError`` for a file that is empty, too big, or not a text at all.
    """
    if len(file) > MOST_BYTES:
        raise FormatError("too_big", limit=MOST_BYTES // 1_000_000)
    text = _decoded(file)
    if "\0" in text:
        raise FormatError("not_text")
    if not text.strip():
        raise FormatError("empty")
    return text


def _decoded(file: bytes) -> str:
    if file.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in file:
        # Of European text in UTF-16, nearly every second byte is zero.
        encodings = [
            name for name, first in (("utf-16-le", 1), ("utf-16-be", 0)) if file[first::2].count(0) * 5 > len(file)
        ]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return file.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FormatError("not_text")


def plain(text: str) -> str:
    """Give a text on one line: white space made single, characters that show nothing or turn the order round left out.

    What looks like markup stays as it is: a text is only ever shown as text. Raises ``FormatError`` for one too long.
    """
    text = " ".join(text.split())
    if len(text) > MOST_CHARACTERS:
        raise FormatError("too_long", limit=MOST_CHARACTERS)
    shown = "".join(one for one in text.translate(BIDI_CONTROLS) if unicodedata.category(one) not in ("Cc", "Cs"))
    return " ".join(shown.split())


def _shown(value: str | int) -> str:
    """Give a number the Dutch way, and of a text out of a file no more than fits in a sentence."""
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".")
    text = " ".join(value[:200].split())
    return text if len(text) <= 40 else f"{text[:39]}…"
