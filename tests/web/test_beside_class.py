"""The site beside a class on one server: with the conversation of that class, and a way to log out."""

from vermarkting import cli
from vermarkting.text import t
from vermarkting.web import site


def test_the_option_gives_the_conversation_and_the_home_of_the_class(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(site, "build", lambda *given: asked.append(given) or site.Built(0, 0))
    assert cli.main(["site", str(tmp_path), "--klas"]) == 0
    assert cli.main(["site", str(tmp_path), "--gesprek", "/praten/"]) == 0
    assert asked == [(tmp_path, "/services/gesprek/", "", "/hub/home"), (tmp_path, "/praten/", "", "")]


def test_only_where_one_logs_in_there_is_a_way_out():
    listed = {"title": "Begrippen", "about": "", "entries": []}

    def page(home: str) -> str:
        server = site._Server("", home)
        return site._html("entries.html", "begrippen/index.html", {"deel-1/host.js": b""}, server, **listed)

    assert f'<a href="/hub/home">{t("web.account")}</a>' in page("/hub/home")
    assert t("web.account") not in page("")


def test_the_command_explains_itself(capsys):
    try:
        cli.main(["site", "--help"])
    except SystemExit as end:
        assert end.code == 0
    said = capsys.readouterr().out
    assert all(option in said for option in ("--adres", "--gesprek", "--klas"))
