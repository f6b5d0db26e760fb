import pytest

from vermarkting.formats import Argument, ArgumentMap, kialo, read

EXPORT = """Discussion Title: Moet de stad zorg aanbesteden?

1. Thesis: De stad besteedt beter aan. [1]

1.1. Pro: Concurrentie drukt de prijs.
1.1.1. Con: Wie afhaakt, drukt niets meer. [2] [1]
1.1.1.1. Pro: -> See 1.2.
1.2. Con: Kleine organisaties verdwijnen,
en met hen de buurt. [9]
1.2.1. Con: -> See 1.1.1.

Sources:
[1] https://voorbeeld.be/een
[2] Boek, 2020, blz. 3
"""


def test_an_export_by_hand():
    assert kialo.read(EXPORT.encode()) == ArgumentMap(
        "Moet de stad zorg aanbesteden?",
        (
            Argument("1", "De stad besteedt beter aan.", {"sources": ("https://voorbeeld.be/een",)}),
            Argument("1.1", "Concurrentie drukt de prijs."),
            Argument(
                "1.1.1",
                "Wie afhaakt, drukt niets meer.",
                {"sources": ("Boek, 2020, blz. 3", "https://voorbeeld.be/een")},
            ),
            Argument("1.2", "Kleine organisaties verdwijnen, en met hen de buurt. [9]"),
        ),
        (("1.1.1", "1.1"), ("1.2", "1"), ("1.1.1", "1.2")),
        (("1.1", "1"), ("1.2", "1.1.1")),
    )


def test_it_is_recognised():
    assert read(EXPORT.encode()) == kialo.read(EXPORT.encode())
    assert read(b"1. Thesis: x\n1.1. Pro: y").supports == (("1.1", "1"),)


def test_several_theses_under_one_question():
    found = kialo.parse(
        "Discussion Name: V\n\nQuestion: Wat nu?\n1. Wat nu?\n1.1. Thesis: Dit.\n1.2. Thesis: Dat.\n1.1.1. Con: Nee."
    )
    assert [one.id for one in found.arguments] == ["1", "1.1", "1.2", "1.1.1"]
    assert (found.attacks, found.supports) == ((("1.1.1", "1.1"),), ())


def test_a_link_to_a_link_ends_at_a_claim():
    found = kialo.parse("1. Thesis: x\n1.1. Pro: y\n1.2. Con: -> See 1.3.\n1.3. Con: -> See 1.1.")
    assert [one.id for one in found.arguments] == ["1", "1.1"]
    assert (found.attacks, found.supports) == ((("1.1", "1"),), (("1.1", "1"),))


def test_a_claim_below_a_link_is_about_what_the_link_points_at():
    found = kialo.parse("1. Thesis: x\n1.1. Pro: y\n1.2. Con: -> See 1.1.\n1.2.1. Con: z")
    assert ("1.2.1", "1.1") in found.attacks


@pytest.mark.parametrize("indent", ["", "  ", "\t"])
def test_indented_lines_and_blank_lines_do_not_matter(indent):
    lines = EXPORT.split("\n")
    text = "\n\n".join(indent * line.count(".") + line if line[:1].isdigit() else line for line in lines)
    assert kialo.parse(text) == kialo.parse(EXPORT)


def test_a_deep_discussion_is_read():
    lines = ["1. Thesis: x", *(f"{'1.' * depth} {'Pro' if depth % 2 else 'Con'}: y" for depth in range(2, 100))]
    found = kialo.parse("\n".join(lines))
    assert len(found.arguments) == 99
    assert len(found.attacks) + len(found.supports) == 98


def test_what_is_written_as_a_script_stays_a_text():
    found = kialo.parse("Discussion Title: <b>x</b>\n1. Thesis: <script>alert(1)</script>")
    assert (found.title, found.arguments[0].text) == ("<b>x</b>", "<script>alert(1)</script>")


@pytest.mark.parametrize(
    "lines",
    [
        "Toen was er veel mis:\n1. de wachtlijst\n2. de prijs",
        "Het begon in\n2014. Toen kwam de eerste oproep.",
    ],
)
def test_a_line_of_a_claim_may_start_with_a_number(lines):
    found = kialo.parse(f"Discussion Title: t\n\n1. Thesis: x\n1.1. Pro: {lines}\n1.2. Con: z")
    assert [one.text for one in found.arguments] == ["x", " ".join(lines.split()), "z"]
    assert (found.attacks, found.supports, found.left_out) == ((("1.2", "1"),), (("1.1", "1"),), ())
