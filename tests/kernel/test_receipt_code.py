import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from portal.kernel.receipt_code import MistypedCode, check_digits, format_code, new_code, parse_code, read_code

stems = st.text("0123456789", min_size=18, max_size=18)
codes = stems.map(lambda stem: stem + check_digits(stem))
EXAMPLE = "12345678901234567888"


def test_a_new_code_has_twenty_digits_and_holds_its_own_check():
    code = new_code()
    assert len(code) == 20
    assert int(code) % 97 == 1
    assert parse_code(code) == code


def test_new_codes_do_not_repeat():
    assert len({new_code() for _ in range(500)}) == 500


def test_a_code_is_written_in_five_groups_of_four():
    assert format_code(EXAMPLE) == "1234-5678-9012-3456-7888"


@given(codes)
def test_a_written_code_is_read_back(code):
    assert parse_code(format_code(code)) == code


@pytest.mark.parametrize(
    "text",
    [
        "1234-5678-9012-3456-7888",
        " 1234 5678 9012 3456 7888\n",
        "๑๒๓๔-๕๖๗๘-๙๐๑๒-๓๔๕๖-๗๘๘๘",
        "１２３４５６７８９０１２３４５６７８８８",
        "1234–5678—9012‑3456−7888",
        "1234\u200b5678\u200b9012\ufeff3456\u200e7888",
        "1234.5678.9012.3456.7888",
        "1234\xa05678\u30009012\t3456\u20097888",
    ],
)
def test_ways_of_typing_the_same_code_are_forgiven(text):
    assert parse_code(text) == EXAMPLE


@given(codes, st.integers(0, 19), st.integers(1, 9))
def test_every_single_wrong_digit_is_noticed(code, place, step):
    wrong = str((int(code[place]) + step) % 10)
    assert parse_code(code[:place] + wrong + code[place + 1 :]) is None


@given(codes, st.integers(0, 18))
def test_every_swap_of_neighbours_is_noticed(code, place):
    assume(code[place] != code[place + 1])
    assert parse_code(code[:place] + code[place + 1] + code[place] + code[place + 2 :]) is None


@pytest.mark.parametrize(
    "text", ["", "   ", EXAMPLE[:-1], EXAMPLE + "0", "OPDC-2570-000123", "1234-5678-9012-3456-78x8", "½" * 20, "²" * 20]
)
def test_what_is_no_code_is_called_mistyped(text):
    assert parse_code(text) is None
    with pytest.raises(MistypedCode):
        read_code(text)


@given(st.text(max_size=60))
def test_no_text_can_break_the_reader(text):
    code = parse_code(text)
    assert code is None or (len(code) == 20 and code.isascii() and int(code) % 97 == 1)
