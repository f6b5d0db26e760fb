"""``nbgrader release_feedback`` for a course where hand-ins also come from an LMS."""

import glob
import re
import stat
from pathlib import Path

from nbgrader.exchange.default import ExchangeReleaseFeedback
from nbgrader.utils import notebook_hash

from vermarkting.grading.autograde.handin import TIMESTAMP, shown
from vermarkting.text import t

SECRET = "submission_secret.txt"
_SECRET = re.compile(rb"[0-9a-f]{16,256}")


class AnswerReleaseFeedback(ExchangeReleaseFeedback):
    """Puts feedback in the exchange for those who handed in there, and names the others; nbgrader breaks on those."""

    def copy_files(self) -> None:
        pattern = Path(self.src_path)
        pages = sorted(Path(pattern.anchor).glob(f"{pattern.relative_to(pattern.anchor)}/*.html"))
        skipped = []
        for folder in dict.fromkeys(page.parent for page in pages):
            if all((folder / name).is_file() for name in (TIMESTAMP, SECRET)):
                self.src_path = glob.escape(str(folder))
                super().copy_files()
                self._open_to_its_reader(folder)
            else:
                skipped.append(shown(folder.parent.name))
        if skipped:
            self.log.warning(t("feedback_page.summary.not_by_exchange", names=", ".join(skipped)))
        if not pages:
            self.fail(t("feedback_page.summary.nothing", assignment=self.coursedir.assignment_id))

    def _open_to_its_reader(self, folder: Path) -> None:
        """Let the student's account read the page, also where the lecturer's files are closed to all others.

        Its name is the key: nobody can list the folder.
        """
        secret = (folder / SECRET).read_text(encoding="ascii", errors="replace")
        for page in folder.glob("*.html"):
            released = Path(self.dest_path, f"{notebook_hash(secret=secret, notebook_id=page.stem)}.html")
            if released.exists():
                released.chmod(0o644)


def read_secret(folder: Path) -> bytes | None:
    """Give the secret by which nbgrader finds whose feedback it is; ``None`` if there is none in order."""
    try:
        path = folder / SECRET
        if not stat.S_ISREG(path.lstat().st_mode) or path.lstat().st_size > 1_000:
            return None
        secret = path.read_bytes().strip()
    except OSError:
        return None
    return secret if _SECRET.fullmatch(secret) else None
