"""The answer sheet: what a student chose in the widgets, kept as data in ``antwoorden.json`` beside the notebook.

``merging`` is the rule of what counts when several wrote; ``sheet`` the form of the file, of which nothing is believed
before it was checked; ``store`` the file on disk, and the copy that travels in a notebook.
"""

from vermarkting.answers.merging import Answer, changed, merge
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
    parse,
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
    "NewerSchemaError",
    "changed",
    "dump",
    "embed",
    "embed_in",
    "entry_of",
    "from_notebook",
    "merge",
    "parse",
    "saved_at",
]
