import pytest

from vermarkting import data
from vermarkting.formats import Argument, ArgumentMap, FormatError
from vermarkting.models.argumentation import Framework


def test_the_table_becomes_a_map_and_a_table_again():
    rows = data.rows("arguments")
    found = ArgumentMap.from_rows(rows, "Debat")
    assert found.rows() == rows
    assert (len(found.arguments), len(found.attacks), len(found.supports)) == (128, 90, 134)
    assert ("A008", "A002") in found.attacks and ("A001", "A002") in found.supports


def test_relations_with_rows_that_are_not_there_are_left_out():
    row = {"id": "A1", "claim": "x", "attacks": ["A2", "A9"], "supports": ["A9"]}
    found = ArgumentMap.from_rows([row, row | {"id": "A2", "attacks": []}], "")
    assert (found.attacks, found.supports) == ((("A1", "A2"),), ())


def test_the_framework_holds_the_attacks_and_not_the_supports():
    found = ArgumentMap(
        "", (Argument("A1", "x", {"values": ("a",)}), Argument("A2", "y")), (("A1", "A2"),), (("A2", "A1"),)
    )
    assert found.framework() == Framework(frozenset({"A1", "A2"}), frozenset({("A1", "A2")}))
    assert found.values() == {"A1": ("a",), "A2": ()}


def test_relations_come_in_the_order_of_the_arguments_each_once():
    arguments = tuple(Argument(code, "x") for code in ("A2", "A1"))
    found = ArgumentMap("", arguments, (("A1", "A2"), ("A2", "A2"), ("A1", "A1"), ("A1", "A2")))
    assert found.attacks == (("A2", "A2"), ("A1", "A2"), ("A1", "A1"))


@pytest.mark.parametrize("code", ["", "A 1", "<A1>", "A1\n", "1.", "a1", "ABCD1", "A１", "1" * 201, "A1]"])
def test_a_code_of_another_form_is_refused(code):
    with pytest.raises(FormatError, match="De code"):
        ArgumentMap("", (Argument(code, "x"),))


@pytest.mark.parametrize("code", ["A001", "L22", "T1", "7", "1.4.2", "1" * 200])
def test_codes_of_the_table_of_kialo_and_of_aif_are_taken(code):
    assert ArgumentMap("", (Argument(code, "x"),)).arguments[0].id == code


def test_what_is_no_map_is_refused():
    one = Argument("A1", "x")
    for arguments, attacks, words in (
        ((), (), "geen argumenten"),
        ((one, one), (), "twee keer"),
        ((one,), (("A1", "A2"),), "A2"),
        (tuple(Argument(f"A{n}", "x") for n in range(2_001)), (), "2.000"),
    ):
        with pytest.raises(FormatError, match=words):
            ArgumentMap("", arguments, attacks)
