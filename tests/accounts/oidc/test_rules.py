"""What is believed of a provider's answer, and what is not."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts.oidc.rules import Claimed, Disbelieved, Expected, Failure, answers_for, domains_in, judge
from tests.conftest import NOW

EXPECTED = Expected("https://id.go.th", "suanruam", "n-1")
GOOD: Mapping[str, Any] = {
    "iss": "https://id.go.th",
    "aud": "suanruam",
    "nonce": "n-1",
    "sub": "42",
    "iat": NOW.timestamp(),
    "exp": NOW.timestamp() + 300,
}


def test_a_good_token_tells_who_it_is() -> None:
    said = {**GOOD, "email": " Malee@Agency.go.th ", "email_verified": True, "amr": ["pwd", "otp"]}
    assert judge(said, EXPECTED, NOW) == Claimed("42", "malee@agency.go.th", strong=True)


@pytest.mark.parametrize("verified", [None, False, "true", 1])
def test_an_address_that_is_not_verified_is_no_address(verified: object) -> None:
    assert judge({**GOOD, "email": "malee@agency.go.th", "email_verified": verified}, EXPECTED, NOW).email == ""


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"iss": "https://id.go.th/"}, Failure.ISSUER),
        ({"iss": None}, Failure.ISSUER),
        ({"aud": "another"}, Failure.AUDIENCE),
        ({"aud": ["another"]}, Failure.AUDIENCE),
        ({"aud": ["suanruam", "another"]}, Failure.AUDIENCE),
        ({"aud": ["suanruam", "another"], "azp": "another"}, Failure.AUDIENCE),
        ({"azp": "another"}, Failure.AUDIENCE),
        ({"aud": None}, Failure.AUDIENCE),
        ({"nonce": "n-2"}, Failure.NONCE),
        ({"nonce": None}, Failure.NONCE),
        ({"exp": NOW.timestamp() - 61}, Failure.TIME),
        ({"iat": NOW.timestamp() + 61}, Failure.TIME),
        ({"nbf": NOW.timestamp() + 61}, Failure.TIME),
        ({"exp": "tomorrow"}, Failure.TIME),
        ({"exp": True}, Failure.TIME),
        ({"iat": None}, Failure.TIME),
        ({"sub": ""}, Failure.SUBJECT),
        ({"sub": 42}, Failure.SUBJECT),
        ({"sub": "4" * 256}, Failure.SUBJECT),
        ({"sub": "4\x002"}, Failure.SUBJECT),
    ],
)
def test_each_thing_that_is_wrong_is_reason_enough(changed: Mapping[str, object], why: Failure) -> None:
    with pytest.raises(Disbelieved) as disbelieved:
        judge({**GOOD, **changed}, EXPECTED, NOW)
    assert disbelieved.value.why is why


def test_several_audiences_are_fine_if_the_token_is_for_us() -> None:
    assert judge({**GOOD, "aud": ["another", "suanruam"], "azp": "suanruam"}, EXPECTED, NOW).subject == "42"


def test_a_minute_between_the_clocks_is_no_reason() -> None:
    assert judge({**GOOD, "iat": NOW.timestamp() + 59, "exp": NOW.timestamp() - 59}, EXPECTED, NOW).subject == "42"


NAMES = (*GOOD, "email", "email_verified", "amr", "azp", "nbf")
WORDS = st.text(max_size=12)
VALUES = st.none() | st.booleans() | st.integers() | st.floats() | WORDS | st.lists(WORDS, max_size=3)
#: Few and small: what matters is the kind of each value, and small examples are drawn quickly on a busy machine.
LIES = st.dictionaries(st.sampled_from(NAMES), VALUES | st.dictionaries(WORDS, WORDS, max_size=2), max_size=4)


@given(LIES)
def test_whatever_a_token_says_it_is_believed_or_not_but_nothing_breaks(changed: dict[str, Any]) -> None:
    try:
        found = judge({**GOOD, **changed}, EXPECTED, NOW)
    except Disbelieved:
        return
    assert found.subject
    assert not {"iss", "nonce"} & {name for name, value in changed.items() if value != GOOD.get(name)}


def test_domains_are_read_as_people_write_them() -> None:
    assert domains_in("Agency.go.th, @opdc.go.th\nagency.go.th") == ["agency.go.th", "opdc.go.th"]
    assert answers_for(["agency.go.th"], "malee@agency.go.th")
    assert not answers_for(["agency.go.th"], "malee@mail.agency.go.th")
    assert not answers_for(["agency.go.th"], "malee@agency.go.th.example.org")
    assert not answers_for([], "malee@agency.go.th")


@pytest.mark.parametrize("text", ["agency", "agency..go.th", "https://agency.go.th", "หน่วยงาน.ไทย", "-a.go.th", "a" * 64 + ".go.th"])
def test_what_is_no_domain_is_said(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        domains_in(text)
