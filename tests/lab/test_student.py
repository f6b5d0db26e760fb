"""The student's profile reaches a server by four variables alone, before anything of the student's own."""

import json
import os
import subprocess
import sys

from vermarkting.lab import student

ASK = """
import json
from jupyterlab.labapp import LabApp
server = LabApp.initialize_server(argv=["--port=0", "--allow-root"])
lab = next(iter(server.extension_manager.extension_apps["jupyterlab"]))
print(json.dumps({
    "off": sorted(name for name, on in server.jpserver_extensions.items() if not on),
    "on": server.jpserver_extensions.get("vermarkting.lab.server"),
    "compression": server.web_app.settings["websocket_compression_options"],
    "hidden": server.contents_manager.hide_globs,
    "extensions": lab.extension_manager,
    "settings": lab.user_settings_dir,
    "workspaces": lab.workspaces_dir,
}))
"""


def test_a_server_with_these_variables_has_the_profile_whatever_stands_in_the_home(tmp_path):
    own = tmp_path / "home" / ".jupyter"
    own.mkdir(parents=True)
    theirs = {"ServerApp": {"jpserver_extensions": {"jupyter_lsp": True}}, "ContentsManager": {"hide_globs": []}}
    (own / "jupyter_server_config.json").write_text(json.dumps(theirs))
    folder = tmp_path / "vermarkting"
    home = os.environ | {"HOME": str(tmp_path / "home"), "JUPYTER_CONFIG_DIR": str(own)}
    ran = subprocess.run(
        [sys.executable, "-c", ASK],
        env=home | student.environment(folder, {}),
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(ran.stdout.splitlines()[-1])
    profile = json.loads((student._LAB / "profile" / "jupyter_server_config.json").read_text())
    off = profile["ServerApp"]["jpserver_extensions"]
    assert set(off) <= set(found["off"]) and len(off) == 7
    assert found["on"] is True
    assert found["compression"] == {}
    assert "antwoorden.json" in found["hidden"] and "*.toml" in found["hidden"]
    assert found["extensions"] == "readonly"
    assert found["settings"] == str(folder / ".vermarkting" / "settings")
    assert found["workspaces"] == str(folder / ".vermarkting" / "workspaces")


def test_what_stood_in_the_variables_stays_behind_ours(tmp_path):
    present = {"JUPYTER_PATH": "/van/de/school"}
    found = student.environment(tmp_path, present)
    assert found["JUPYTER_PATH"] == f"{student._LAB / 'jupyter'}{os.pathsep}/van/de/school"
    assert found["JUPYTER_CONFIG_PATH"] == str(student._LAB / "profile")


def test_the_first_page_is_the_first_lesson_once_it_is_there(tmp_path):
    assert student.first_page(tmp_path) == "/lab"
    (tmp_path / student.START).parent.mkdir()
    (tmp_path / student.START).touch()
    assert student.first_page(tmp_path) == "/lab/tree/lessons/00_start.ipynb"
