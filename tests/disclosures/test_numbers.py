"""Figures stay exactly what was typed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.disclosures.numbers import parse_number, plain
from portal.kernel.errors import Invalid


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("91.60", "91.60"),
        ("๑,๒๓๔.๕", "1234.5"),
        (" 1,000,000 ", "1000000"),
        ("-3", "-3"),
        ("\N{MINUS SIGN}0.5", "-0.5"),
        ("+7", "7"),
        ("000123456789012", "123456789012"),
    ],
)
def test_numbers_are_read_as_people_write_them(text, number):
    assert plain(parse_number(text)) == number


@pytest.mark.parametrize("text", ["", "  ", "\u200b"])
def test_blanks_are_no_number_and_not_zero(text):
    assert parse_number(text) is None


@pytest.mark.parametrize(
    "text", ["1,00", "1e5", "NaN", "Infinity", "12 นาที", "1.2.3", ".", "1.", "1,2345", "1234567890123", "0.1234567", "1234567890.123456"]
)
def test_what_is_no_number_is_refused_at_the_field(text):
    with pytest.raises(Invalid) as refused:
        parse_number(text, "actual")
    assert list(refused.value.fields) == ["actual"]


@given(st.decimals(min_value=-(10**12) + 1, max_value=10**12 - 1, allow_nan=False, places=3))
def test_writing_and_reading_gives_the_same_digits(number):
    assert str(parse_number(plain(number))) == f"{number:f}"
    assert parse_number(plain(number)) == Decimal(f"{number:f}")
