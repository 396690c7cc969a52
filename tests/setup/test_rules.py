"""Steps, tokens, and what is proposed."""

import pytest

from portal.setup import rules
from portal.setup.rules import STEPS, Step


def test_a_step_opens_when_all_before_it_are_done_and_stays_open():
    done = ["agency", "contact"]
    assert [step for step in STEPS if rules.is_open(step, done)] == [Step.AGENCY, Step.CONTACT, Step.LOOK]
    assert rules.first_undone(done) is Step.LOOK
    assert rules.first_undone([step.value for step in STEPS]) is Step.DONE
    assert rules.next_step(Step.DONE) is Step.DONE


def test_a_token_is_read_however_it_is_typed():
    token = rules.new_token()
    letters = token.replace("-", "")
    assert len(letters) == rules.TOKEN_LETTERS
    for typed in (token, token.lower(), f"  {letters} ", token.replace("-", " "), token.replace("0", "o").replace("1", "l")):
        assert rules.read_token(typed) == letters
    assert rules.read_token("๑๒๓๔-ABCD-EFGH") == "1234ABCDEFGH"


@pytest.mark.parametrize("typed", ["", "7K3M-9QXA", "7K3M-9QXA-2VBU", "7K3M-9QXA-2VBN-5", "ก" * 12, "x" * 5000, "\x00" * 12])
def test_what_can_be_no_token_is_none(typed):
    assert rules.read_token(typed) == ""


def test_tokens_are_not_alike():
    assert len({rules.new_token() for _ in range(200)}) == 200


@pytest.mark.parametrize(
    ("names", "slug"),
    [
        (("", "Ban Mai Subdistrict Administrative Organization"), "ban-mai"),
        (("Ban Mai SAO", "Something else"), "ban-mai-sao"),
        (("", "Office of the Public Sector Development Commission"), "public-sector-development-commission"),
        (("", "Local Government"), "local-government"),
        (("", "Province of Chiang Mai"), "chiang-mai"),
        (("", "Supercalifragilistic Expialidocious Extraordinary"), "supercalifragilistic-expialidocious"),
        (("", "x" * 70), "x" * 40),
        (("อบต.บ้านใหม่", ""), ""),
    ],
)
def test_a_short_address_is_proposed_from_the_english_name(names, slug):
    assert rules.proposed_slug(*names) == slug


@pytest.mark.parametrize(
    ("slug", "code"),
    [
        ("ban-mai", "BANMAI"),
        ("public-sector-development-commission", "PSDC"),
        ("opdc", "OPDC"),
        ("3rd-army", "RDARMY"),
        ("x" * 40, "X" * 12),
    ],
)
def test_a_code_is_proposed_from_the_address(slug, code):
    assert rules.proposed_code(slug) == code


def test_topics_are_read_line_by_line_once_each():
    text = "ถนน | Roads\n\n  น้ำประปา  \nถนน | Streets\n| nothing\nขยะ|Waste|and more"
    assert rules.read_topics(text) == [("ถนน", "Roads"), ("น้ำประปา", ""), ("ขยะ", "Waste|and more")]
