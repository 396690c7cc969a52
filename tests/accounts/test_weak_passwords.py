"""Passwords that are guessed first."""

import pytest

from portal.accounts.rules import LONGEST_PASSWORD
from portal.accounts.weak_passwords import faults

EMAIL = "somchai.jaidee@example.go.th"


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "elevenchars",
        "x" * (LONGEST_PASSWORD + 1),
        "Password1234",
        "P@ssw0rd2569!",
        "123456789012",
        "9876543210987",
        "qwertyuiop12",
        "1q2w3e4r5t6y",
        "qwerty123456",
        "iloveyou1234",
        "abcabcabcabc",
        "aaaaaaaaaaaa",
        "รหัสผ่าน25692569",
        "thailand2569!",
        "somchai.jaidee-2569",
        "xx SOMCHAI.JAIDEE@example.go.th",
    ],
)
def test_these_are_refused_with_one_sentence(password: str) -> None:
    assert len(faults(password, EMAIL)) == 1


@pytest.mark.parametrize(
    "password",
    ["demo-portal-2550", "a long enough password", "ข้าวเหนียวหมูปิ้งตอนเช้า", "correct horse battery", "tGx81!kkw02QpZ", "พรุ่งนี้ไปไร่อีกที"],
)
def test_these_pass(password: str) -> None:
    assert faults(password, EMAIL) == []


def test_a_name_of_three_letters_in_the_address_forbids_nothing() -> None:
    assert faults("bananas on the roof", "ana@example.org") == []
