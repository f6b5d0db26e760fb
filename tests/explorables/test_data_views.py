"""The market profile, the timeline and the care homes show the data package as it is."""

import itertools
from datetime import date

import pytest
from walk import parts, set_bets

from vermarkting import data
from vermarkting.answers import AnswerSheet
from vermarkting.explorables import care_homes, market_profile, timeline
from vermarkting.explorables.market_profile import cases
from vermarkting.models.market_profile import FEATURES, distance


@pytest.fixture
def profile():
    found = market_profile()
    set_bets(found)
    return found


def own_case(page):
    return next(q for q in parts(page, "question") if q.question["kind"] == "match")


def test_the_opening_pair_is_that_of_the_lesson(profile):
    [chart] = parts(profile, "chart")
    assert chart.sentence == (
        "Huisarts en Forensisch Psychiatrisch Centrum (FPC) Gent hebben 1 van de 5 marktkenmerken allebei, helemaal of"
        " deels: een commerciële uitvoerder. Hun afstand is 2,5 op 5."
    )


def test_every_pair_is_told_by_its_own_scores(profile):
    left, right = parts(profile, "choice")
    [chart] = parts(profile, "chart")
    rows = {row["id"]: row for row in data.rows("market_profiles")}
    assert len(rows) == 12
    for one, other in itertools.product(rows, repeat=2):
        left.value, right.value = one, other
        if one == other:
            assert chart.sentence.startswith("Je koos twee keer dezelfde case")
            continue
        both = sum(min(rows[one][f], rows[other][f]) >= 0.5 for f in FEATURES)
        apart = sum(abs(rows[one][f] - rows[other][f]) for f in FEATURES)
        assert f"{apart:.1f} op 5".replace(".", ",") in chart.sentence
        assert (f"hebben {both} van de 5" in chart.sentence) is (both > 0)
        assert ("geen enkel marktkenmerk samen" in chart.sentence) is (both == 0)
        words = {0: "nee", 0.5: "deels", 1: "ja"}
        assert [row[1:] for row in chart.table["rows"]] == [
            [words[rows[one][f]], words[rows[other][f]]] for f in FEATURES
        ]


def test_a_click_puts_a_case_on_top_and_the_rest_by_distance(profile):
    left, right = parts(profile, "choice")
    [chart] = parts(profile, "chart")
    rows = {row["id"]: row for row in data.rows("market_profiles")}

    def order():
        names = [mark for mark in chart.spec["marks"] if mark["id"].startswith("name-")]
        return [mark["id"].removeprefix("name-") for mark in sorted(names, key=lambda mark: mark["y"])]

    for name in ("sib", "fpc_gent", "in_house"):
        chart._handle_custom_msg({"pick": f"case-{name}-0"}, [])
        assert left.value == name != right.value
        apart = [sum(abs(rows[name][f] - rows[other][f]) for f in FEATURES) for other in order()]
        assert order()[0] == name and apart == sorted(apart)
    chart._handle_custom_msg({"pick": "case-nobody-0"}, [])
    assert left.value == "in_house"


def test_the_reasons_of_both_cases_are_given(profile):
    left, right = parts(profile, "choice")
    left.value = "care_home"
    reasons = {row["id"]: row["reason"] for row in data.rows("market_profiles")}
    words = profile._repr_mimebundle_()["text/plain"]
    assert reasons["care_home"] in words and reasons[right.value] in words
    assert reasons["general_practitioner"] not in words


def test_a_case_of_ones_own_finds_its_nearest(profile):
    own = own_case(profile)
    told = next(prose for prose in parts(profile, "prose") if "te kiezen" in prose.text)
    assert told.text == "Nog 5 kenmerken te kiezen."
    answer = dict.fromkeys(FEATURES[:4], "no")
    own.answer = answer
    assert told.text == "Nog één kenmerk te kiezen."
    own.answer = {**answer, "payment_by_result": "no"}
    nothing = [0.0] * 5
    known = data.rows("market_profiles")
    gaps = {row["case"]: sum(abs(row[f] - x) for f, x in zip(FEATURES, nothing, strict=True)) for row in known}
    nearest = [name for name, gap in gaps.items() if gap == min(gaps.values())]
    assert all(name in told.text for name in nearest)
    assert f"afstand {min(gaps.values()):.1f} op 5".replace(".", ",") in told.text
    assert AnswerSheet().get("02.eigen_case").value["client_chooses"] == "no"


def test_a_half_case_after_a_full_one_asks_again(profile):
    own = own_case(profile)
    full = dict.fromkeys(FEATURES, "yes")
    own.answer = full
    told = next(prose for prose in parts(profile, "prose") if "Mijn case" in prose.text)
    own.answer = {name: level for name, level in full.items() if name != "client_chooses"}
    assert told.text == "Nog één kenmerk te kiezen."


def test_a_case_of_ones_own_that_does_not_fit_is_passed_over(profile):
    AnswerSheet().put("02.eigen_case", {"private_financier": "maybe"})
    own = own_case(market_profile())
    assert own.answer is None
    own.answer = {"private_financier": "maybe"}


def test_the_previous_pair_stays_readable(profile):
    left, _ = parts(profile, "choice")
    comparison = profile.children[1].outcome
    clock = iter(range(0, 100, 10))
    comparison._ghost._clock = lambda: next(clock)
    left.value = "care_home"
    left.value = "general_practitioner"
    assert comparison.previous.text.startswith("Je vorige vergelijking: Woonzorgcentrum en Forensisch")
    rings = {mark["id"].split("-")[1] for mark in comparison.chart.spec["marks"] if mark.get("look") == "ghost"}
    assert rings == {"care_home", "fpc_gent"}


def test_cases_are_those_of_the_table():
    known = cases()
    assert distance(known["general_practitioner"]["case"], known["fpc_gent"]["case"]) == 2.5


def test_the_timeline_walks_through_every_event():
    page = timeline()
    [slider] = parts(page, "slider")
    rows = data.rows("devaart_timeline")
    assert (slider.min, slider.max) == (1, len(rows))
    assert f"van de {len(rows)}." in slider.sentence
    publishers = {row["id"]: row["publisher"] for row in data.rows("sources")}
    for place, row in enumerate(rows, start=1):
        slider.value = place
        event = next(prose for prose in parts(page, "prose") if prose.live and prose.title)
        assert event.title == row["date_label"]
        assert row["event"] in event.text and f"Zekerheid: {row['sureness']}." in event.text
        assert all(publishers[source] in event.text for source in row["source_ids"])
        assert (f"Let op: {row['caveat']}" in event.text) is bool(row["caveat"])
        [chart] = parts(page, "chart")
        marks = {mark["id"]: mark for mark in chart.spec["marks"]}
        assert marks["here"]["y"] == marks[f"{row['id']}-dot"]["y"]
        assert f"{place}. {row['date_label']}" in marks[f"{row['id']}-words"]["text"]


def test_the_line_keeps_time_and_a_click_goes_to_its_event():
    page = timeline()
    [slider], [chart] = parts(page, "slider"), parts(page, "chart")
    rows = data.rows("devaart_timeline")
    marks = {mark["id"]: mark for mark in chart.spec["marks"]}
    days = [date.fromisoformat(row["date"]) for row in rows]
    places = [marks[f"{row['id']}-dot"]["y"] for row in rows]
    for place, (y, day) in enumerate(zip(places, days, strict=True), start=1):
        share = (day - days[0]).days / (days[-1] - days[0]).days
        assert (y - places[0]) / (places[-1] - places[0]) == pytest.approx(share, abs=0.01)
        chart._handle_custom_msg({"pick": f"{rows[place - 1]['id']}-words"}, [])
        assert slider.value == place


def test_the_timeline_counts_what_rests_on_one_source():
    [chart] = parts(timeline(), "chart")
    rows = data.rows("devaart_timeline")
    single = sum(len(row["source_ids"]) == 1 for row in rows)
    assert chart.sentence.startswith(f"{len(rows)} gebeurtenissen. {single} daarvan komen uit één bron")
    looks = [mark["look"] for mark in chart.spec["marks"] if mark["id"].endswith("-dot")]
    assert looks.count("open") == single and looks.count("blue") == len(rows) - single


def test_every_conflict_shows_both_sides():
    page = timeline()
    [pick] = parts(page, "choice")
    for row in data.rows("devaart_conflicts"):
        pick.value = row["id"]
        words = page._repr_mimebundle_()["text/plain"]
        assert all(row[field] in words for field in ("seed_says", "others_say", "difference"))


def test_care_homes_under_both_definitions():
    AnswerSheet().put("02.bet_woonzorg", "tien")
    page = care_homes()
    [pick] = parts(page, "choice")
    [chart] = parts(page, "chart")
    assert (
        chart.sentence
        == "Ruime definitie: van 18,5 procent in 2013 naar 28,0 procent in 2022. Dat is 9,5 procentpunt erbij."
    )
    pick.value = "strict"
    assert chart.sentence == (
        "Strikte definitie: van 11,9 procent in 2013 naar 16,6 procent in 2022. Dat is 4,7 procentpunt erbij."
    )
    rows = data.rows("care_homes")
    assert [row[0] for row in chart.table["rows"]] == [str(row["year"]) for row in rows]
    # Strict counts the companies only: for_profit / total.
    for shown, row in zip(chart.table["rows"], rows, strict=True):
        assert float(shown[2].replace(",", ".")) == pytest.approx(100 * row["for_profit"] / row["total"], abs=0.051)


def test_the_view_hides_until_the_bet():
    page = care_homes()
    assert parts(page, "chart") == [] and parts(page, "choice") == []
    assert "28,0" not in page._repr_mimebundle_()["text/plain"]
