import pytest

from vermarkting.models.parameters import ParameterError, check_choice, check_range, check_whole


def sentence(check, *arguments) -> str:
    with pytest.raises(ParameterError) as caught:
        check(*arguments)
    return str(caught.value)


@pytest.mark.parametrize("value", [0, 100, 40, 0.0, 99.9])
def test_values_in_range_pass(value):
    check_range("price_weight", value, 0, 100)


def test_a_value_out_of_range_is_named_in_one_dutch_sentence():
    assert sentence(check_range, "price_weight", 120, 0, 100) == (
        "Het gewicht van de prijs moet tussen 0 en 100 liggen; je gaf 120."
    )


def test_numbers_are_written_the_dutch_way():
    assert sentence(check_range, "price", -1234.5, 0.01, 1_000_000) == (
        "De prijs van een offerte moet tussen 0,01 en 1.000.000 liggen; je gaf -1.234,5."
    )


@pytest.mark.parametrize("value", [-0.001, 100.001, float("inf"), float("-inf")])
def test_values_outside_are_refused(value):
    assert "liggen; je gaf" in sentence(check_range, "price_weight", value, 0, 100)


@pytest.mark.parametrize(("value", "told"), [(float("inf"), "∞"), (float("-inf"), "-∞")])
def test_infinity_has_a_sign(value, told):
    assert sentence(check_range, "price_weight", value, 0, 100).endswith(f"je gaf {told}.")


@pytest.mark.parametrize("value", [float("nan"), True, False, "40", None, [40], 40 + 0j])
def test_what_is_not_a_number_is_refused(value):
    assert sentence(check_range, "price_weight", value, 0, 100) == (
        "Het gewicht van de prijs moet een getal tussen 0 en 100 zijn."
    )


def test_a_count_must_be_whole():
    check_whole("jurors", 5, 1, 100)
    assert sentence(check_whole, "jurors", 2.5, 1, 100) == (
        "Het aantal juryleden moet een geheel getal tussen 1 en 100 zijn."
    )
    assert sentence(check_whole, "jurors", 0, 1, 100) == ("Het aantal juryleden moet tussen 1 en 100 liggen; je gaf 0.")


def test_a_choice_must_be_known():
    check_choice("formula", "min_max", ("min_max", "fixed"))
    assert sentence(check_choice, "formula", "cheapest", ("min_max", "fixed")) == (
        "De prijsformule moet een van deze zijn: min-max, vaste referentie."
    )


def test_a_parameter_error_is_a_value_error():
    assert issubclass(ParameterError, ValueError)
