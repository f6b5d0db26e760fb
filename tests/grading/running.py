"""An nbgrader command in this process: its exit code, and what it said."""

import logging


def ended(kind, *arguments):
    """Give the exit code and what was said."""
    said, code = [], 0
    app = kind()
    handler = logging.Handler()
    handler.emit = lambda record: said.append(record.getMessage())
    app.initialize(list(arguments))
    app.log.addHandler(handler)
    try:
        app.start()
    except SystemExit as exit:
        code = exit.code
    finally:
        app.log.removeHandler(handler)
    return code, "\n".join(said)


def run(kind, *arguments, code=0):
    """Give what was said; ``code`` is the exit code it must end with."""
    got, said = ended(kind, *arguments)
    assert got == code, said
    return said
