"""Codes of the app: which are taken, which are told to come from a wrong clock."""

from datetime import timedelta

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts.second_factor import rules
from portal.accounts.second_factor.options import SECOND_FACTOR_ROLES
from portal.accounts.second_factor.rules import Verdict
from portal.kernel.actor import Role
from tests.conftest import NOW

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
HERE = rules.step_of(NOW)


def code_of(steps: int) -> str:
    return pyotp.TOTP(SECRET).at(NOW + timedelta(seconds=30 * steps))


@pytest.mark.parametrize(
    ("steps", "verdict"),
    [
        (0, Verdict.RIGHT),
        (-1, Verdict.RIGHT),
        (1, Verdict.RIGHT),
        (-2, Verdict.CLOCK_OFF),
        (2, Verdict.CLOCK_OFF),
        (-10, Verdict.CLOCK_OFF),
        (10, Verdict.CLOCK_OFF),
        (20, Verdict.CLOCK_OFF),
        (-21, Verdict.WRONG),
        (21, Verdict.WRONG),
    ],
)
def test_a_code_is_taken_one_step_around_and_known_ten_minutes_around(steps: int, verdict: Verdict) -> None:
    assert rules.judge(SECRET, code_of(steps), NOW, 0, ()).verdict is verdict


@given(st.integers(-1, 1), st.integers(-1, 1))
def test_no_step_is_taken_after_it_or_a_later_one_was_used(first: int, second: int) -> None:
    used = rules.judge(SECRET, code_of(first), NOW, 0, ()).step
    expected = Verdict.RIGHT if second > first else Verdict.USED
    assert rules.judge(SECRET, code_of(second), NOW, used, ()).verdict is expected


def test_a_code_that_was_shown_before_its_time_is_never_taken() -> None:
    early = rules.judge(SECRET, code_of(10), NOW, 0, ())
    assert early == rules.Judged(Verdict.CLOCK_OFF, HERE + 10)
    later = NOW + timedelta(minutes=5)
    assert rules.judge(SECRET, code_of(10), later, 0, [early.step]).verdict is Verdict.USED
    assert rules.judge(SECRET, code_of(11), later, 0, [early.step]).verdict is Verdict.RIGHT


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "000000000000"])
def test_what_is_no_code_is_wrong(code: str) -> None:
    assert rules.judge(SECRET, rules.digits_of(code), NOW, 0, ()).verdict is Verdict.WRONG


@given(st.text())
def test_anything_typed_gives_plain_digits_or_nothing(text: str) -> None:
    assert all(digit in "0123456789" for digit in rules.digits_of(text))


def test_thai_digits_blanks_and_dashes_are_forgiven() -> None:
    assert rules.digits_of(" ๑๒๓ 456 ") == "123456"
    assert rules.digits_of("1234-5678–9012") == "123456789012"
    assert rules.digits_of("12a456") == rules.digits_of("") == ""


def test_recovery_codes_are_ten_and_different() -> None:
    codes = rules.new_recovery_codes()
    assert len(set(codes)) == rules.RECOVERY_CODES
    assert {len(code) for code in codes} == {rules.RECOVERY_DIGITS}
    assert rules.in_groups("123456789012") == "1234-5678-9012"


def test_collectors_of_corruption_reports_always_need_one() -> None:
    assert rules.must_have_one([], [Role.OFFICER, Role.INTEGRITY])
    assert not rules.must_have_one([], [Role.ADMINISTRATOR])
    assert rules.must_have_one(["administrator"], [Role.ADMINISTRATOR])
    assert set(SECOND_FACTOR_ROLES.default) == {"integrity", "privacy", "administrator", "system_administrator"}
