"""Who may do what in the folders of a class. Run as root, at each start: what was loosened is tightened again."""

import os
import pwd
import shutil
import stat
from pathlib import Path

from vermarkting.hub.settings import COURSE_ID, Settings, SettingsError
from vermarkting.text import t

# Everyone may put something in and nobody but the course account may look (no r); what is in it can be renamed or
# removed only by its owner (sticky); it belongs to the course account's group (setgid), which is how that account reads
# it when nobody else can.
INBOUND = 0o3733


def prepare(settings: Settings) -> None:
    """Make the folders with their owners and permissions. Raises ``SettingsError`` or ``OSError``."""
    try:
        account = pwd.getpwnam(settings.account)
    except KeyError:
        raise SettingsError(t("klas.no_account", account=settings.account)) from None
    if not (settings.course / "nbgrader_config.py").is_file():
        raise SettingsError(t("klas.no_course", folder=settings.course))
    if settings.site:
        page = Path(settings.site, "index.html")
        if not page.is_file():
            raise SettingsError(t("klas.no_site", folder=settings.site))
        if closed := unreachable(page):
            raise SettingsError(t("klas.closed_site", path=closed))
    _own(settings.folder, 0, 0, 0o755)
    _own(settings.state, 0, 0, 0o700)
    for folder in (settings.exchange, settings.exchange / COURSE_ID):
        _own(folder, account.pw_uid, account.pw_gid, 0o755)
    for name in ("outbound", "feedback"):
        # Feedback can be read by who knows its name, which is made from a secret in the hand-in.
        _own(settings.exchange / COURSE_ID / name, account.pw_uid, account.pw_gid, 0o711)
    _own(settings.inbound, account.pw_uid, account.pw_gid, INBOUND)
    if settings.platform:
        from vermarkting.hub import launches  # only where a learning platform is

        _own(settings.launches, 0, account.pw_gid, 0o750)
        launches.prepare(settings.launches, settings.account, settings.client, settings.platform_tokens)
    _own(settings.conversations, account.pw_uid, account.pw_gid, 0o700)
    if settings.course.stat().st_uid != account.pw_uid:
        raise SettingsError(t("klas.not_owner", folder=settings.course, account=settings.account))
    settings.course.chmod(0o700)


def unreachable(path: Path) -> Path | None:
    """Give the first folder or file on the way to ``path`` that other accounts cannot enter, or ``None``."""
    for step in [*reversed(path.absolute().parents), path.absolute()]:
        mode = step.stat().st_mode
        if not mode & (stat.S_IXOTH if stat.S_ISDIR(mode) else stat.S_IROTH):
            return step
    return None


def closed_to_students(executable: Path) -> Path | None:
    """Give what keeps a student's account from running this module with this Python, or ``None``."""
    for path in (executable, executable.resolve(), Path(os.__file__), Path(__file__)):
        if closed := unreachable(path):
            return closed
    return None


def find_proxy(command: list[str]) -> str | None:
    """Give the program of the proxy, or ``None`` when it is not installed."""
    return shutil.which(command[0]) if command else None


def _own(folder: Path, owner: int, group: int, mode: int) -> None:
    folder.mkdir(exist_ok=True)
    if folder.is_symlink():
        raise SettingsError(t("klas.link", folder=folder))
    os.chown(folder, owner, group)
    folder.chmod(mode)
