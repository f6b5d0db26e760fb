"""Pictures in prose: checked whoever sent them, kept once, and carried in the notebook's own way."""

import json
from base64 import b64encode

import pytest

from vermarkting import pictures

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 20
JPEG = b"\xff\xd8\xff" + b"y" * 20


def test_a_picture_is_named_after_what_is_in_it_and_read_back():
    kept, name = pictures.add({}, "o3-advies", PNG)
    again, same = pictures.add(kept, "o3-advies", PNG)
    assert name == same and name.endswith(".png") and again == kept
    assert pictures.parse(pictures.dump(kept)) == kept


@pytest.mark.parametrize("content", [b"", b"<svg onload=alert(1)>", b"GIF89a", PNG + b"x" * pictures.MOST_BYTES])
def test_what_is_no_small_picture_is_refused(content):
    with pytest.raises(pictures.PictureError):
        pictures.add({}, "o3-advies", content)


@pytest.mark.parametrize(
    "told",
    ["", "[]", "{", '{"pictures": []}', '{"pictures": {"a": {"x.png": "!!"}}}', '{"pictures": {"../a": {}}}',
     json.dumps({"pictures": {"a": {"beeld-00000000.png": b64encode(PNG).decode()}}}),
     json.dumps({"pictures": {"a": {"beeld-1.svg": b64encode(b"<svg/>").decode()}}})],
)  # fmt: skip
def test_a_hostile_file_is_refused_whole(told):
    with pytest.raises(pictures.PictureError):
        pictures.parse(told)


def test_both_stay_when_two_files_meet_and_only_the_named_are_carried():
    one, first = pictures.add({}, "a", PNG)
    other, second = pictures.add({}, "a", JPEG)
    both = pictures.merge(one, other)
    assert set(both["a"]) == {first, second}
    assert pictures.attachments(both["a"], f"![x](attachment:{second})") == {
        second: {"image/jpeg": b64encode(JPEG).decode()}
    }
