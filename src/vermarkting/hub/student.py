"""A student's server on a hub: brings the student's folder up to date, then serves it with the student's profile.

It runs as the student: forked by :mod:`vermarkting.hub.forkserver`, or as ``python -m vermarkting.hub.student`` by any
other spawner. So nothing here has more rights than the student.
"""

import os
import sys
from pathlib import Path

from vermarkting.handing_over import bring_feedback, inbound
from vermarkting.lab import delivery, student
from vermarkting.text import t


def prepare(home: Path) -> Path:
    """Make and fill the folder in the student's home and set what the server reads; gives the folder."""
    folder = home / "vermarkting"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
        delivery.deliver(folder)
        if place := inbound():
            bring_feedback(folder / "assignments", place.with_name("feedback"))
    except OSError as error:  # a full disk: what the student has must open all the same
        print(t("klas.not_delivered", reason=error.strerror or type(error).__name__), file=sys.stderr)
    student.forget_tabs(folder)
    os.environ.update(student.environment(folder, os.environ))
    os.environ["JUPYTERHUB_ROOT_DIR"] = str(folder)
    os.environ["JUPYTERHUB_DEFAULT_URL"] = student.first_page(folder)
    return folder


def main() -> None:
    """Be the student's server, until it is stopped."""
    prepare(Path.home())
    from jupyterhub.singleuser import main as serve

    serve()


if __name__ == "__main__":
    main()
