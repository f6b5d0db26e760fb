"""The settings of a class, read from ``klas.toml``: what is missing or misspelt is named, in Dutch."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from vermarkting.text import t

NAME = "klas.toml"
HOME = "/hub/home"
CONVERSATION = "/services/gesprek/"
LESSONS = "/services/lessen/"
COURSE_ID = "vermarkting"
TEMPLATE = Path(__file__).parent / NAME


class SettingsError(ValueError):
    """The class cannot start like this; ``str()`` is one Dutch sentence."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One class. Ports are 1-65535, ``memory_mb`` is at least 300, ``processes`` at least 100."""

    folder: Path
    address: str
    port: int
    certificate: str
    key: str
    hub_port: int
    proxy_port: int
    conversation_port: int
    lessons_port: int
    proxy: list[str]
    database: str
    platform: str
    client: str
    deployments: list[str]
    platform_login: str
    platform_keys: str
    platform_tokens: str
    account_claim: str
    group: str
    students: list[str]
    account: str
    course: Path
    site: str
    memory_mb: int
    processes: int
    idle_minutes: int

    @property
    def state(self) -> Path:
        """Where JupyterHub keeps its database and keys."""
        return self.folder / "hub"

    @property
    def exchange(self) -> Path:
        """nbgrader's exchange."""
        return self.folder / "uitwisseling"

    @property
    def launches(self) -> Path:
        """What is needed to send scores back to the learning platform."""
        return self.folder / "platform"

    @property
    def conversations(self) -> Path:
        """Where conversations in class are kept while they last."""
        return self.folder / "gesprek"

    @property
    def inbound(self) -> Path:
        """Where hand-ins arrive."""
        return self.exchange / COURSE_ID / "inbound"


# field: table, name, lowest and highest where it is a number
_FIELDS = {
    "address": ("server", "adres"),
    "port": ("server", "poort", 1, 65535),
    "certificate": ("server", "certificaat"),
    "key": ("server", "sleutel"),
    "hub_port": ("server", "hub_poort", 1, 65535),
    "proxy_port": ("server", "proxy_poort", 1, 65535),
    "conversation_port": ("server", "gesprek_poort", 1, 65535),
    "lessons_port": ("server", "lessen_poort", 1, 65535),
    "proxy": ("server", "proxy"),
    "database": ("server", "databank"),
    "platform": ("lti", "uitgever"),
    "client": ("lti", "client"),
    "deployments": ("lti", "plaatsen"),
    "platform_login": ("lti", "aanmelden"),
    "platform_keys": ("lti", "sleutels"),
    "platform_tokens": ("lti", "tokens"),
    "account_claim": ("lti", "account"),
    "group": ("mensen", "groep"),
    "students": ("mensen", "studenten"),
    "account": ("cursus", "account"),
    "course": ("cursus", "map"),
    "site": ("cursus", "site"),
    "memory_mb": ("grenzen", "geheugen_mb", 300, 1_000_000),
    "processes": ("grenzen", "processen", 100, 100_000),
    "idle_minutes": ("grenzen", "stil_na_minuten", 5, 10_000),
}
_WITH_PLATFORM = ("client", "deployments", "platform_login", "platform_keys", "account_claim")


def read(folder: Path) -> Settings:
    """Read ``klas.toml`` in ``folder``; what it leaves out is as in the template. Raises ``SettingsError``."""
    written = _tables(folder / NAME)
    standard = tomllib.loads(TEMPLATE.read_text(encoding="utf-8"))
    for table, content in written.items():
        if table not in standard or not isinstance(content, dict):
            raise SettingsError(t("klas.unknown", name=table))
        for name in content:
            if name not in standard[table]:
                raise SettingsError(t("klas.unknown", name=f"{table}.{name}"))
    values = {}
    for field, (table, name, *limits) in _FIELDS.items():
        normal = standard[table][name]
        value = written.get(table, {}).get(name, normal)
        if not _alike(value, normal):
            raise SettingsError(t("klas.wrong_kind", name=f"{table}.{name}"))
        if limits and not limits[0] <= value <= limits[1]:
            raise SettingsError(t("klas.out_of_range", name=f"{table}.{name}", low=limits[0], high=limits[1]))
        values[field] = value
    if bool(values["certificate"]) != bool(values["key"]):
        raise SettingsError(t("klas.half_certificate"))
    if values["platform"] and not all(values[name] for name in _WITH_PLATFORM):
        raise SettingsError(t("klas.half_platform"))
    if not values["account"] or values["account"] in values["students"]:
        raise SettingsError(t("klas.account"))
    return Settings(folder=folder, **values | {"course": Path(values["course"])})


def _tables(path: Path) -> dict:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(t("klas.unreadable", path=path)) from error
    except ValueError as error:
        raise SettingsError(t("klas.not_toml", path=path)) from error


def _alike(value: object, normal: object) -> bool:
    if isinstance(normal, list):
        return isinstance(value, list) and all(isinstance(entry, str) for entry in value)
    return type(value) is type(normal)
