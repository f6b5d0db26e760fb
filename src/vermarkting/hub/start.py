"""``vermarkting klas MAP``: looks whether all is ready and then becomes JupyterHub."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

from vermarkting.hub.settings import NAME, TEMPLATE, SettingsError
from vermarkting.text import t

CONFIG = Path(__file__).with_name("jupyterhub_config.py")


def start(folder: Path) -> None:
    """Start the class of ``folder``; comes back only as ``SettingsError`` or ``OSError``.

    The first time, ``klas.toml`` is put there to be filled in.
    """
    if os.name != "posix" or os.geteuid() != 0:
        raise SettingsError(t("klas.not_root"))
    if not (folder / NAME).exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / NAME).write_bytes(TEMPLATE.read_bytes())
        raise SettingsError(t("klas.fill_in", path=folder / NAME))
    if not (find_spec("jupyterhub") and find_spec("jupyterhub_idle_culler")):
        raise SettingsError(t("klas.no_hub"))
    from vermarkting.hub import places, settings

    ours = settings.read(folder)
    if ours.platform and not find_spec("ltiauthenticator"):
        raise SettingsError(t("klas.no_lti"))
    if not places.find_proxy(ours.proxy):
        raise SettingsError(t("klas.no_proxy", command=" ".join(ours.proxy)))
    places.prepare(ours)
    if closed := places.closed_to_students(Path(sys.executable)):
        raise SettingsError(t("klas.closed", path=closed))
    if find_spec("vermarkting.keys"):
        print(t("klas.holds_keys"))
    print(t("klas.starting", address=f"{'https' if ours.certificate else 'http'}://{ours.address}:{ours.port}"))
    sys.stdout.flush()
    os.chdir(ours.state)
    environment = os.environ | {"VERMARKTING_CLASS": str(folder)}
    os.execve(sys.executable, [sys.executable, "-P", "-m", "jupyterhub", "-f", str(CONFIG)], environment)
