"""Bulk downloads as the platforms make them, for invented students."""

import io
import json
import struct
import zipfile
import zlib
from datetime import datetime
from pathlib import Path

from vermarkting.content import folder
from vermarkting.handing_in import make, zip_name

ASSIGNMENT = "O1"
NOTEBOOK = folder("assignments") / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
ENGLISH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DUTCH = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]


def notebook(text: str = "") -> bytes:
    """A released notebook, with a text of the student's own so that hand-ins can be told apart."""
    found = json.loads(NOTEBOOK.read_bytes())
    answer = next(cell for cell in found["cells"] if cell["metadata"].get("nbgrader", {}).get("solution"))
    answer["source"] = text or answer["source"]
    return json.dumps(found).encode()


def own_zip(place: Path, text: str = "") -> bytes:
    """The zip that the button in the notebook makes."""
    place.mkdir(parents=True, exist_ok=True)
    (place / f"{ASSIGNMENT}.ipynb").write_bytes(notebook(text))
    return make(ASSIGNMENT, place).content


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


# One entry of a download: where the file stands in it. ``student`` is (user name, first name, last name, number).


def canvas(student, file, moment=None, late=False, upload=56789):
    _user, first, last, number = student
    words = [f"{last}{first}".replace(" ", "").lower(), "LATE" if late else "", str(number), str(upload), file]
    return "_".join(word for word in words if word)


def moodle(student, file, moment=None, flat=False, old=False):
    _user, first, last, number = student
    return f"{first} {last}_{number}_assignsubmission_file{'_' if old or flat else ''}{'' if flat else '/'}{file}"


def blackboard(student, file, moment, word="attempt", assignment=ASSIGNMENT):
    return f"{assignment}_{student[0]}_{word}_{moment:%Y-%m-%d-%H-%M-%S}_{file}"


def receipt(student, moment, files, word="attempt", comments=""):
    user, first, last, _ = student
    text = f"Name: {first} {last} ({user})\nAssignment: O1\nDate Submitted: {moment:%c}\n"
    text += f"\nComments:\n{comments}\n\nFiles:\n"
    text += "".join(f"\tOriginal filename: {file}\n" for file in files)
    return {f"O1_{user}_{word}_{moment:%Y-%m-%d-%H-%M-%S}.txt": text.encode()}


def brightspace(student, file, moment, coded=False, dutch=True):
    user, first, last, number = student
    who = f"{user} {last}" if coded else f"{first} {last}"
    date = f"{moment.day} {DUTCH[moment.month - 1]} {moment.year} {moment:%H%M}"
    if not dutch:
        date = f"{ENGLISH[moment.month - 1][:3]} {moment.day}, {moment.year} {int(moment.strftime('%I'))}{moment:%M %p}"
    return f"{number}-46025 - {who} - {date}/{file}"


def chamilo(student, file, moment):
    return f"{moment:%Y_%m_%d_%H_%M_%S}_{student[0]}_{file}"


FORMS = {"canvas": canvas, "moodle": moodle, "blackboard": blackboard, "brightspace": brightspace, "chamilo": chamilo}


def encrypted() -> bytes:
    """A zip whose files carry the mark of a password."""
    data = bytearray(zipped({"O1.ipynb": notebook()}))
    data[6] |= 1
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 1
    return bytes(data)


def lying_size() -> bytes:
    """A zip that says that its file is small while a gigabyte comes out of it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"".join(packer.compress(bytes(10_000_000)) for _ in range(100)) + packer.flush()
    name = b"O1.ipynb"
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 33, 0, len(packed), 5_000, len(name), 0) + name
    central = struct.pack(
        "<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 33, 0, len(packed), 5_000, len(name), 0, 0, 0, 0, 0, 0
    )
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 1, 1, len(central) + len(name), len(local) + len(packed), 0)
    return local + packed + central + name + end


def with_link() -> bytes:
    """A zip with a symbolic link in it, beside the notebook."""
    buffer = io.BytesIO(zipped({"O1.ipynb": notebook()}))
    with zipfile.ZipFile(buffer, "a") as archive:
        link = zipfile.ZipInfo("antwoorden.json")
        link.create_system = 3
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return buffer.getvalue()


def nested(depth: int) -> bytes:
    data = zipped({"O1.ipynb": notebook()})
    for number in range(depth):
        data = zipped({f"laag{number}.zip": data})
    return data


def quine_like() -> bytes:
    """Many copies of one big file of zeros: small as a zip, far too big when unpacked."""
    return zipped({f"{number}.bin": bytes(20_000_000) for number in range(8)})


NOW = datetime(2026, 3, 12, 14, 5, 33)
JAN = ("r0123456", "Jan", "Peeters", 1234)
RENEE = ("r0234567", "Renée", "De Bruyne", 1235)
OWN_NAME = zip_name(ASSIGNMENT)
