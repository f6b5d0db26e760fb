"""The glossary and the list of sources show every row of their table."""

from vermarkting import data, widgets


def terms() -> list[dict]:
    """Give the entries of the glossary that show themselves without a search."""
    return [entry for entry in widgets.glossary().entries if not entry.get("behind")]


def test_every_term_stands_in_the_glossary_with_its_lessons():
    shown = {entry["title"]: entry for entry in terms()}
    assert set(shown) == {row["term"] for row in data.rows("concepts")}
    lessons = shown["afromen (creaming)"]["origin"].split(".")[0]
    assert "4" in lessons.removeprefix("Les: ").split(", ")


def test_terms_stand_in_the_order_of_the_alphabet():
    titles = [entry["title"].casefold() for entry in terms()]
    assert titles == sorted(titles)


def test_every_source_can_be_found_by_its_id():
    entries = widgets.sources().entries
    assert {entry["title"].split(" · ")[0] for entry in entries} == {row["id"] for row in data.rows("sources")}
    assert all(entry["link"].startswith(("http://", "https://")) for entry in entries if entry["link"])


def test_every_category_is_offered_once():
    for lookup, entries in ((widgets.glossary(), terms()), (found := widgets.sources(), found.entries)):
        assert lookup.categories == sorted({entry["category"] for entry in entries})


def test_a_search_for_a_term_also_finds_every_argument_and_source():
    behind = [entry for entry in widgets.glossary().entries if entry.get("behind")]
    listed = [*widgets.arguments().entries, *widgets.sources().entries]
    assert sorted(entry["title"] for entry in behind) == sorted(entry["title"] for entry in listed)
    assert "A006 ·" not in widgets.glossary().plain()


def test_it_reads_as_plain_text_where_there_is_no_front_end():
    assert "afromen (creaming): De makkelijkste cliënten kiezen" in widgets.glossary().plain()
