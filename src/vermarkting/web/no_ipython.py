"""What ipywidgets asks of IPython, on a page that has none: no shell, and nothing is displayed by a message."""

import sys
from types import ModuleType


def stand_in() -> None:
    """Put modules in IPython's place, before ipywidgets is imported."""
    _module("IPython", get_ipython=lambda: None, version_info=(9, 0, 0))
    _module("IPython.display", display=_nothing, clear_output=_nothing)
    _module("IPython.core")
    _module("IPython.core.interactiveshell", InteractiveShell=type("InteractiveShell", (), {}))


def _module(name: str, **has: object) -> None:
    made = ModuleType(name)
    made.__path__ = []
    vars(made).update(has)
    sys.modules[name] = made
    above, _, last = name.rpartition(".")
    if above:
        setattr(sys.modules[above], last, made)


def _nothing(*_things: object, **_options: object) -> None:
    """Do nothing."""
