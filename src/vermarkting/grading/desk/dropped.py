"""Files that a lecturer gives the desk: a platform's download and the class list. Put in place whole or not at all."""

import hashlib
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

from vermarkting.files import write_whole
from vermarkting.grading.collect.archives import safe_name
from vermarkting.grading.collect.students import ROSTER, ClassList, NoClassList
from vermarkting.grading.desk.marking import Course, Refused
from vermarkting.text import t


def download(course: Course, assignment: str, name: str, content: bytes) -> None:
    """Put a download where ``nbgrader zip_collect`` looks. Raises ``Refused`` for what is no zip, and ``OSError``."""
    if not zipfile.is_zipfile(BytesIO(content)):
        raise Refused(t("desk.dropped.no_zip", name=name))
    folder = Path(course.course.root) / "downloaded" / assignment / "archive"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = hashlib.sha256(content).digest()
    path = folder / safe_name(name)
    number = 2
    while path.exists():
        if hashlib.sha256(path.read_bytes()).digest() == wanted:
            return
        path = folder / f"{Path(safe_name(name)).stem} ({number}).zip"
        number += 1
    write_whole(path, content)


def class_list(course: Course, name: str, content: bytes) -> str:
    """Take a class list in the place of the present one; says how many are on it. Raises ``Refused``, ``OSError``."""
    people = ClassList()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / safe_name(name)
        path.write_bytes(content)
        try:
            people.read_roster(path)
        except NoClassList as error:
            raise Refused(str(error)) from error
    write_whole(Path(course.course.root) / ROSTER, content)
    return t("desk.class_list.there", count=len(people.people))
