"""Where the module's lessons, assignments and data stand."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_SHIPPED = _PACKAGE / "_content"
_ROOT = _SHIPPED if _SHIPPED.is_dir() else _PACKAGE.parents[1]


def folder(name: str) -> Path:
    """Give the folder ``lessons``, ``assignments`` or ``data``, in a wheel as well as in a checkout."""
    return _ROOT / name
