"""Colours: only colours are colours, contrast is WCAG's, and what is offered instead can be read and is near."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.colour import LEAST_CONTRAST, WHITE, contrast, is_readable, nearest_readable, parse_colour, shown_ratio

COLOURS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


@pytest.mark.parametrize(
    ("text", "colour"),
    [("#0B5D3B", "#0b5d3b"), (" 0b5d3b ", "#0b5d3b"), ("#abc", "#aabbcc"), ("ABC", "#aabbcc")],
)
def test_what_is_a_colour(text: str, colour: str) -> None:
    assert parse_colour(text) == colour


@pytest.mark.parametrize(
    "text", ["", "#", "red", "red; background:url(x)", "#12345", "#1234567", "#12345g", "rgb(1,2,3)", "#๑๒๓", "#fff\n}"]
)
def test_what_is_none(text: str) -> None:
    assert parse_colour(text) is None


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", WHITE) == pytest.approx(21)
    assert contrast("#ffffff", WHITE) == pytest.approx(1)
    assert contrast("#777777", WHITE) == pytest.approx(4.48, abs=0.005)
    assert contrast("#767676", WHITE) == pytest.approx(4.54, abs=0.005)
    assert not is_readable("#777777")
    assert is_readable("#767676")


def test_a_ratio_is_never_told_higher_than_it_is() -> None:
    assert shown_ratio(4.49) == "4.4"
    assert shown_ratio(4.5) == "4.5"
    assert shown_ratio(21.0) == "21.0"


@given(COLOURS)
def test_what_is_offered_can_be_read(colour: str) -> None:
    assert is_readable(nearest_readable(colour))


@given(COLOURS)
def test_what_can_be_read_is_left_alone_and_other_colours_hardly_darker_than_needed(colour: str) -> None:
    offered = nearest_readable(colour)
    if is_readable(colour):
        assert offered == colour
    else:
        assert LEAST_CONTRAST <= contrast(offered, WHITE) < LEAST_CONTRAST + 0.25


@given(COLOURS, COLOURS)
def test_contrast_is_the_same_both_ways(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one) >= 1
