"""What makes two spellings one registry number."""

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.feedback.transcribing.rules import number_key


def test_thai_digits_spaces_and_leading_zeros_make_no_other_number():
    assert {number_key(text) for text in ("๐๐12 / ๒๕๗๐", "12/2570", " 0012/๒๕๗๐ ", "12/2570")} == {"12/2570"}
    assert number_key("ศธ ๐๔/๑๐๐") == number_key("ศธ04/100") != number_key("ศธ04/10")
    assert number_key("  ") == ""
    assert number_key("0") == "0"
    assert number_key("10") != number_key("1")


@settings(max_examples=60)
@given(st.text(alphabet="0123456789๐๑๒๓/ ก.-A", max_size=20))
def test_a_key_is_its_own_key(text):
    assert number_key(number_key(text)) == number_key(text)
