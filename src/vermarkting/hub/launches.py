"""What a launch from a learning platform leaves behind: under which number the platform knows an account, and where the
course's lines for scores are. And the key with which scores are sent, of which the platform knows the public half.

All in one folder of the class that only the course account, its group and root can enter.
"""

import hashlib
import hmac
import json
import os
import pwd
from collections.abc import Callable
from pathlib import Path

from vermarkting.files import write_whole

PEOPLE = "deelnemers.json"
KEY = "sleutel.pem"
SETTINGS = "platform.json"
KEY_ID = "vermarkting"
ENDPOINT = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"


def prepare(folder: Path, account: str, client: str, tokens: str) -> None:
    """Make the folder with its key and settings. Raises ``OSError``."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    if not (folder / KEY).exists():
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        _write(folder / KEY, key.private_bytes(*form), account)
    _write(folder / SETTINGS, json.dumps({"client": client, "tokens": tokens, "key_id": KEY_ID}).encode(), account)


def public_keys(folder: Path) -> dict:
    """Give the public half of the key as a JSON Web Key Set."""
    import jwt
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    key = load_pem_private_key((folder / KEY).read_bytes(), None).public_key()
    public = jwt.algorithms.RSAAlgorithm.to_jwk(key, as_dict=True)
    return {"keys": [public | {"kid": KEY_ID, "use": "sig", "alg": "RS256"}]}


def group(folder: Path, course: str) -> str:
    """Give the group of a course of the platform: 16 letters and digits that nobody can work out from its number."""
    return hmac.new((folder / KEY).read_bytes(), course.encode(), hashlib.sha256).hexdigest()[:16]


def note(folder: Path, account: str) -> Callable[[str, dict], None]:
    """Give what notes a launch: a student's number, and where lines are if the platform says so."""

    def noted(student: str, claims: dict) -> None:
        known = read(folder)
        lines = claims.get(ENDPOINT)
        lines = lines.get("lineitems") if isinstance(lines, dict) else None
        new = {
            "lines": lines if isinstance(lines, str) else known["lines"],
            "people": known["people"] | ({} if student == account else {student: str(claims.get("sub", ""))}),
        }
        if new != known:
            _write(folder / PEOPLE, json.dumps(new, indent=1).encode(), account)

    return noted


def read(folder: Path) -> dict:
    """Give ``lines`` and ``people``, empty where nobody came in yet."""
    try:
        return json.loads((folder / PEOPLE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {"lines": "", "people": {}}


def _write(path: Path, content: bytes, account: str) -> None:
    write_whole(path, content, permissions=0o640)
    if os.geteuid() == 0:
        os.chown(path, 0, pwd.getpwnam(account).pw_gid)
