"""The command ``vermarkting``: opens the module in the browser, and a lecturer's verbs such as ``controle``."""

import argparse
import errno
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from vermarkting.files import write_whole
from vermarkting.lab import delivery, launch
from vermarkting.text import t

MISTAKE = 2
FAILED = 1


class _Mistake(Exception):
    """Something the reader can put right; ``str()`` is one Dutch sentence."""


class _Parser(argparse.ArgumentParser):
    """argparse, in Dutch: its own help and errors are in English."""

    def __init__(self, told: str = "cli.help", **settings: object) -> None:
        super().__init__(**settings)
        self._told = told

    def format_help(self) -> str:
        return t(self._told)

    def error(self, message: str) -> NoReturn:
        raise _Mistake(t("cli.unknown_option"))


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="vermarkting", allow_abbrev=False)
    parser.add_argument("folder", nargs="?", type=Path, default=Path.home() / "vermarkting")
    parser.add_argument("--port")
    parser.add_argument("--no-browser", action="store_true")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what is asked, by default open the module.

    Gives the exit code: 0, 1 for mistakes found or a computer that does not cooperate, 2 for a wrong option.
    """
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    if arguments and arguments[0] in VERBS:
        verb, *rest = arguments
        try:
            return VERBS[verb](rest)
        except _Mistake as mistake:
            return _say_error(str(mistake), MISTAKE)
        except ImportError as error:
            if (error.name or "").partition(".")[0] != "vermarkting":
                raise
            return _say_error(t("cli.for_lecturers"), MISTAKE)  # what students get has fewer rooms
    return _open(arguments)


def _only_folder(parser: _Parser, arguments: list[str]) -> Path:
    """Read the one argument of a verb that writes into a folder."""
    parser.add_argument("folder", type=Path)
    return parser.parse_args(arguments).folder.expanduser().absolute()


def _control(arguments: list[str]) -> int:
    """Name every mistake in a course: ``vermarkting controle [MAP]``."""
    from vermarkting import control  # a student's start does not wait for what grading needs

    parser = _Parser(prog="vermarkting controle", allow_abbrev=False)
    parser.add_argument("folder", nargs="?", type=Path, default=Path())
    folder = parser.parse_args(arguments).folder.expanduser().absolute()
    if not (folder / "nbgrader_config.py").exists():
        return _say_error(t("control.no_course", folder=folder), MISTAKE)
    found = control.look(folder)
    for finding in found:
        print(finding)
    print(t("control.counts", count=len(found)) if found else t("control.clean"))
    return FAILED if found else 0


def _questions(arguments: list[str]) -> int:
    """Write the lessons' questions for a learning platform: ``vermarkting vragen MAP [--les NUMMER]``."""
    from vermarkting.teaching import export, items

    parser = _Parser(prog="vermarkting vragen", allow_abbrev=False, told="teaching.export.help")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--les", dest="lesson")
    options = parser.parse_args(arguments)
    folder = options.folder.expanduser().absolute()
    try:
        found = export.write(folder, options.lesson)
    except KeyError:
        known = ", ".join(items.lessons())
        return _say_error(t("teaching.export.no_lesson", lesson=options.lesson, lessons=known), MISTAKE)
    except OSError:
        return _say_error(t("teaching.export.not_written", folder=folder), FAILED)
    opened = sum(item.kind == "open" for item in found)
    counts = {"count": len(found), "closed": len(found) - opened, "open": opened}
    print(t("teaching.export.wrote", lessons=len({item.lesson for item in found}), **counts))
    print(t("teaching.export.left_out"))
    return 0


def _kit(arguments: list[str]) -> int:
    """Write the lecturer's pages and slides: ``vermarkting lesmap MAP``."""
    from vermarkting.teaching import kit

    folder = _only_folder(_Parser(prog="vermarkting lesmap", allow_abbrev=False, told="teaching.kit.help"), arguments)
    try:
        pages, slides = kit.write(folder)
    except OSError:
        return _say_error(t("teaching.export.not_written", folder=folder), FAILED)
    print(t("teaching.kit.wrote", pages=pages, slides=slides, folder=folder))
    if not slides:
        print(t("teaching.kit.no_slides"))
    return 0


def _test(arguments: list[str]) -> int:
    """Write the test before and after: ``vermarkting toets MAP``."""
    from vermarkting.teaching import before_after_files

    folder = _only_folder(_Parser(prog="vermarkting toets", allow_abbrev=False, told="teaching.test.help"), arguments)
    try:
        count = before_after_files.write(folder)
    except OSError:
        return _say_error(t("teaching.export.not_written", folder=folder), FAILED)
    print(t("teaching.test.wrote", count=count, folder=folder))
    return 0


def _test_analysis(arguments: list[str]) -> int:
    """Compare answers before and after: ``vermarkting toetsanalyse VOOR.csv NA.csv VERSLAG.html``."""
    from vermarkting.teaching import before_after, before_after_files

    parser = _Parser(prog="vermarkting toetsanalyse", allow_abbrev=False, told="teaching.test.analysis_help")
    for name in ("before", "after", "page"):
        parser.add_argument(name, type=Path)
    try:
        options = parser.parse_args(arguments)
        found = before_after_files.analyse(options.before, options.after, options.page)
    except before_after.NotUsable as fault:
        return _say_error(t(f"teaching.test.{fault.key}", **fault.values), MISTAKE)
    except OSError as error:
        return _say_error(t("teaching.test.not_written", reason=error.filename), FAILED)
    print(t("teaching.test.compared", pairs=found.pairs, page=options.page))
    return 0


def _class(arguments: list[str]) -> int:
    """Start a class on this server: ``vermarkting klas [MAP]``."""
    from vermarkting.hub import start  # only a school's server has what this needs
    from vermarkting.hub.settings import SettingsError

    parser = _Parser(prog="vermarkting klas", allow_abbrev=False, told="klas.help")
    parser.add_argument("folder", nargs="?", type=Path, default=Path())
    try:
        start.start(parser.parse_args(arguments).folder.expanduser().absolute())
    except SettingsError as mistake:
        return _say_error(str(mistake), FAILED)
    except OSError as error:
        return _say_error(t("klas.folder_trouble", path=error.filename, reason=error.strerror), FAILED)


def _live(arguments: list[str]) -> int:
    """Start a conversation in class: ``vermarkting live [MAP]``."""
    from vermarkting.live import start

    parser = _Parser(prog="vermarkting live", allow_abbrev=False, told="live.help")
    parser.add_argument("folder", nargs="?", type=Path, default=Path.home() / "vermarkting-gesprek")
    parser.add_argument("--adres", dest="address", default="")
    parser.add_argument("--port")
    parser.add_argument("--no-browser", action="store_true")
    options = parser.parse_args(arguments)
    folder = options.folder.expanduser().absolute()
    port = _port(options.port) or start.FIRST_PORT
    try:
        start.start(folder, options.address, port, not options.no_browser)
    except OSError as error:
        return _say_error(_about_folder(folder, error) if error.filename else t("live.taken", port=port), FAILED)
    return 0


def _site(arguments: list[str]) -> int:
    """Make the web edition: ``vermarkting site MAP``."""
    from vermarkting.hub.settings import CONVERSATION, HOME
    from vermarkting.web import npm, site

    parser = _Parser(prog="vermarkting site", allow_abbrev=False, told="web.help")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--gesprek", dest="conversation", default="")
    parser.add_argument("--adres", dest="address", default="")
    parser.add_argument("--klas", dest="beside_class", action="store_true")
    options = parser.parse_args(arguments)
    folder = options.folder.expanduser().absolute()
    conversation, home = (CONVERSATION, HOME) if options.beside_class else (options.conversation, "")
    try:
        built = site.build(folder, conversation, options.address, home)
    except site.AddressError as error:
        return _say_error(str(error), MISTAKE)
    except npm.FetchError as error:
        return _say_error(str(error), FAILED)
    except OSError as error:
        return _say_error(_about_folder(folder, error), FAILED)
    print(t("web.made", folder=folder, count=built.count, size=round(built.size / 1e6)))
    return 0


def _give_out(arguments: list[str]) -> int:
    """Make what students get: ``vermarkting uitdelen MAP``."""
    from vermarkting import control, giving_out

    parser = _Parser(prog="vermarkting uitdelen", allow_abbrev=False, told="giving_out.help")
    folder = _only_folder(parser, arguments)
    course = Path().absolute()
    if (course / "nbgrader_config.py").exists() and (found := control.look(course)):
        for finding in found:
            print(finding)
        return _say_error(t("giving_out.mistakes"), FAILED)
    try:
        made = giving_out.make(course, folder)
    except giving_out.GiveOutError as fault:
        return _say_error(str(fault), FAILED)
    except OSError as error:
        return _say_error(_about_folder(folder, error), FAILED)
    print(t("giving_out.made", zipped=made.zipped))
    print(t("giving_out.wheel", wheel=made.wheel))
    print(t("giving_out.checked"))
    return 0


def _pack(arguments: list[str]) -> int:
    """Write all answers in one file: ``vermarkting meenemen BESTAND``."""
    from vermarkting import carrying

    options = _carried(arguments)
    try:
        write_whole(options.file, carrying.pack(options.folder))
    except ValueError as error:
        return _say_error(str(error), FAILED)
    except OSError as error:
        return _say_error(_about_folder(options.file.parent, error), FAILED)
    print(t("carrying.packed", file=options.file))
    return 0


def _unpack(arguments: list[str]) -> int:
    """Take answers out of a file: ``vermarkting binnenhalen BESTAND``."""
    from vermarkting import carrying

    options = _carried(arguments)
    try:
        content = options.file.read_bytes()
    except OSError:
        return _say_error(t("carrying.not_there", file=options.file), MISTAKE)
    try:
        count = carrying.unpack(options.folder, content)
    except ValueError as error:
        return _say_error(str(error), MISTAKE)
    except OSError as error:
        return _say_error(_about_folder(options.folder, error), FAILED)
    print(t("carrying.taken", count=count, file=options.file, folder=options.folder))
    return 0


def _carried(arguments: list[str]) -> argparse.Namespace:
    parser = _Parser(prog="vermarkting meenemen", allow_abbrev=False, told="carrying.help")
    parser.add_argument("file", type=Path)
    parser.add_argument("--map", dest="folder", type=Path, default=Path.home() / "vermarkting")
    options = parser.parse_args(arguments)
    options.file, options.folder = (path.expanduser().absolute() for path in (options.file, options.folder))
    return options


def _new(arguments: list[str]) -> int:
    """Make a new assignment or lesson: ``vermarkting nieuw opdracht O7 TITEL``, ``vermarkting nieuw les 11 TITEL``."""
    from vermarkting import new_page

    parser = _Parser(prog="vermarkting nieuw", allow_abbrev=False, told="new_page.help")
    parser.add_argument("what", choices=("opdracht", "les"))
    parser.add_argument("name")
    parser.add_argument("title")
    parser.add_argument("--gewicht", dest="weight", type=float, default=0)
    parser.add_argument("--vragen", dest="kinds", nargs="+", default=())
    options = parser.parse_args(arguments)
    course = Path().absolute()
    try:
        if options.what == "les":
            files = new_page.lesson(course, options.name, options.title)
            then = t("new_page.next_lesson", notebook=files[0], questions=files[1])
        else:
            files = new_page.assignment(course, options.name, options.title, options.weight, options.kinds)
            named = {"notebook": files[0], "questions": files[1], "rubric": files[2]}
            then = t("new_page.next_assignment", name=options.name, **named)
    except new_page.NewPageError as mistake:
        return _say_error(str(mistake), MISTAKE)
    except OSError as error:
        return _say_error(_about_folder(course, error), FAILED)
    print("\n  ".join([t("new_page.made"), *files]))
    print(then)
    return 0


VERBS: dict[str, Callable[[list[str]], int]] = {
    "binnenhalen": _unpack,
    "controle": _control,
    "klas": _class,
    "lesmap": _kit,
    "live": _live,
    "meenemen": _pack,
    "nieuw": _new,
    "site": _site,
    "toets": _test,
    "toetsanalyse": _test_analysis,
    "uitdelen": _give_out,
    "vragen": _questions,
}


def _open(arguments: list[str]) -> int:
    try:
        options = _parser().parse_args(arguments)
        port = _port(options.port)
    except _Mistake as mistake:
        return _say_error(str(mistake), MISTAKE)

    folder = options.folder.expanduser().absolute()
    try:
        beside = delivery.deliver(folder)
    except OSError as error:
        return _say_error(_about_folder(folder, error), FAILED)
    for name in beside:
        print(t("cli.put_beside", name=name))

    open_browser = not options.no_browser and launch.has_browser()

    def on_ready(address: str) -> None:
        print(t("cli.folder", folder=folder))
        opened = "cli.opened" if open_browser else "cli.open_yourself" if options.no_browser else "cli.no_browser"
        print(t(opened, address=address), flush=True)
        print(t("cli.how_to_stop"), flush=True)

    try:
        launch.serve(folder, port, open_browser, on_ready)
    except launch.PortTaken:
        return _say_error(_about_port(port), MISTAKE)
    except OSError as error:
        return _say_error(_about_folder(folder, error), FAILED)
    print(t("cli.stopped"))
    return 0


def _port(wanted: str | None) -> int | None:
    if wanted is None:
        return None
    if not wanted.isdecimal() or not 1024 <= int(wanted) <= 65535:
        raise _Mistake(t("cli.not_a_port"))
    if not launch.is_free(int(wanted)):
        raise _Mistake(_about_port(int(wanted)))
    return int(wanted)


def _about_port(taken: int | None) -> str:
    free = launch.free_port()
    if taken is None or free is None:
        return t("cli.no_free_port")
    return t("cli.port_taken", port=taken, free=free)


def _about_folder(folder: Path, error: OSError) -> str:
    """Say which folder is at fault: the student's, or one that Jupyter itself writes in (the home, or a setting's)."""
    place = Path(error.filename).absolute() if isinstance(error.filename, str) else folder
    if place != folder and not place.is_relative_to(folder) and not folder.is_relative_to(place):
        for setting, value in sorted(os.environ.items()):
            if re.fullmatch(r"JUPYTER_\w+_DIR|XDG_\w+_HOME", setting) and (
                place.is_relative_to(value)
                or Path(value).is_relative_to(place)  # or a folder above it could not be made
            ):
                return t("cli.setting_not_writable", setting=setting, place=value)
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        return t("cli.home_full" if full else "cli.home_not_writable", home=Path.home(), place=place)
    if isinstance(error, (FileExistsError, NotADirectoryError, IsADirectoryError)):
        return t("cli.in_the_way", folder=folder)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return t("cli.disk_full", folder=folder)
    return t("cli.not_writable", folder=folder)


def _say_error(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
