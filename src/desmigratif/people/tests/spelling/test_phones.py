import pytest
from hypothesis import given
from hypothesis import strategies as st

from desmigratif.people.rules import phones


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("0812-3456-7890", "+6281234567890"),
        ("0812 3456 789", "+628123456789"),
        ("6281234567890", "+6281234567890"),
        ("+62 812 3456 7890", "+6281234567890"),
        ("+62 (0)812 3456 7890", "+6281234567890"),
        ("62081234567890", "+6281234567890"),
        ("81234567890", "+6281234567890"),
        ("'081234567890", "+6281234567890"),
        ("0281-234567", "+62281234567"),
        ("(021) 555 1234", "+62215551234"),
        ("+852 9123 4567", "+85291234567"),
        ("00852 9123 4567", "+85291234567"),
        ("+966 50 123 4567", "+966501234567"),
    ],
)
def test_numbers_as_people_write_them_become_e164(written, normal):
    assert phones.normalise(written) == normal


@pytest.mark.parametrize(
    "written",
    ["", "abc", "0812", "081234567890123", "12345678", "+", "+62", "+0812345678", "+6280123456789", "0812x345678", "-"],
)
def test_what_is_no_number_is_refused(written):
    with pytest.raises(ValueError, match="not a telephone number"):
        phones.normalise(written)


@given(st.text(alphabet="0123456789+- ().'x", max_size=20) | st.text(max_size=20))
def test_any_text_is_a_number_or_a_value_error_and_a_number_stays_itself(text):
    try:
        number = phones.normalise(text)
    except ValueError:
        return
    assert phones.normalise(number) == number
    assert number[0] == "+" and number[1:].isascii() and number[1:].isdigit()
    assert phones.normalise(phones.display(number)) == number


def test_a_number_is_shown_in_groups_and_masked_to_three_digits():
    assert phones.display("+6281234567890") == "0812-3456-7890"
    assert phones.display("+85291234567") == "+85291234567"
    assert phones.mask("+6281234567890") == "+62••••••••890"
    assert phones.mask("+85291234567") == "+••••••••567"


def test_the_whatsapp_link_has_no_plus():
    assert phones.whatsapp_link("+6281234567890") == "https://wa.me/6281234567890"
