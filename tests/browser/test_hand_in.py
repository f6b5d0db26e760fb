"""The button that makes the file to hand in: what was written a moment ago is in it, and it can be downloaded."""

import json
import shutil
import zipfile

from axe import serious_findings
from playwright.sync_api import expect

from vermarkting import data
from vermarkting.content import folder

O1 = "inleveren/O1.ipynb"
ZIP = "O1-inzending.zip"
TEXT = "Deze tekst is nog niet bewaard."


def test_the_file_holds_what_was_written_a_moment_ago(open_notebook, lab):
    (lab.folder / "inleveren").mkdir()
    shutil.copy(folder("assignments") / "O1" / "O1.ipynb", lab.folder / O1)
    page = open_notebook(O1)
    place = page.locator(".jp-MarkdownCell", has_text="Schrijf hier je antwoord.")
    place.get_by_role("emphasis").dblclick()
    place.get_by_role("textbox").click()
    page.keyboard.press("Control+a")
    page.keyboard.type(TEXT)
    asked = page.get_by_role("group", name=data.question("O1.ruim_2016")["prompt"][:60])
    asked.get_by_role("spinbutton").fill("20.8")

    part = page.get_by_role("region", name="Inleveren")
    expect(part.get_by_text("Je maakte nog geen bestand.")).to_be_visible()
    part.get_by_role("button", name="Maak het bestand").click()
    expect(part.get_by_text(f"Het bestand {ZIP} is klaar.")).to_be_visible()
    expect(part.get_by_text("Deel 1. Twaalf termen (de vraag)")).to_be_visible()
    expect(part.get_by_text("konden je notebook niet zelf bewaren")).to_have_count(0)
    expect(part.get_by_text("Deel 6. Bespreking (jouw tekst)")).to_have_count(0)

    on_disk = lab.folder / "inleveren" / ZIP
    with page.expect_download() as download:
        part.get_by_role("link", name=f"Download {ZIP}").click()
    assert download.value.suggested_filename == ZIP
    assert download.value.path().read_bytes() == on_disk.read_bytes()
    with zipfile.ZipFile(on_disk) as archive:
        assert TEXT in archive.read("O1.ipynb").decode()
        answers = json.loads(archive.read("antwoorden.json"))["answers"]
    assert answers["O1.ruim_2016"]["value"] == 20.8
    assert not [key for key in answers if not key.startswith("O1.")]
    assert serious_findings(page) == []
