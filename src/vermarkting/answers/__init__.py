"""The answer sheet: what a student chose in the widgets, kept as data in ``antwoorden.json`` beside the notebook.

``merging`` is the rule of what counts when several wrote; ``moments`` what time it is on a sheet; ``sheet`` the form of
the file, of which nothing is believed before it was checked; ``store`` the file on disk, and the copy that travels in a
notebook.
"""

from vermarkting.answers.merging import Answer, changed, merge
from vermarkting.answers.moments import Made
from vermarkting.answers.sheet import (
    MAX_BYTES,
    MAX_CHARACTERS,
    NAME,
    SCHEMA,
    AnswerError,
    NewerSchemaError,
    dump,
    embed_in,
    entry_of,
    from_notebook,
    moment_in,
    parse,
    version,
)
from vermarkting.answers.store import AnswerSheet, embed, saved_at

__all__ = [
    "MAX_BYTES",
    "MAX_CHARACTERS",
    "NAME",
    "SCHEMA",
    "Answer",
    "AnswerError",
    "AnswerSheet",
    "Made",
    "NewerSchemaError",
    "changed",
    "dump",
    "embed",
    "embed_in",
    "entry_of",
    "from_notebook",
    "merge",
    "moment_in",
    "parse",
    "saved_at",
    "version",
]
