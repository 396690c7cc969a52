"""The drafts say what this portal does: cookies, data, days; in both languages, and nothing is left open but what the agency must write."""

import re
from pathlib import Path

import pytest

import portal
from portal.agencies.models import Agency
from portal.disclosures.rules import PolicyPage
from portal.kernel.clock_rule import DEFAULT_RULE
from portal.kernel.rich_text import clean
from portal.setup.service.policies import CONFIG, LANGUAGES, PERSONAL, kept_data, text_of

AGENCY = Agency(
    slug="ban-mai",
    name_th="อบต.บ้านใหม่ <ก>",
    name_en="Ban Mai",
    address_th="99 หมู่ 4",
    address_en="",
    phone="044",
    email="",
    hours_th="",
    hours_en="",
)
BOTH = pytest.mark.parametrize("language", LANGUAGES)


@BOTH
@pytest.mark.parametrize("policy", PolicyPage)
def test_each_has_title_lead_and_text_that_the_editor_takes_as_it_is(policy, language):
    text = text_of(policy, AGENCY, language, "https://banmai.example")
    assert text.title
    assert text.lead
    assert "{{" not in text.body
    assert "<ก>" not in text.body
    assert clean(text.body).replace("\n", "") == clean(clean(text.body)).replace("\n", "")


@BOTH
def test_the_notice_tells_of_all_personal_data_that_the_register_knows(language):
    rows = kept_data(language)
    assert len(rows) == len(PERSONAL)
    body = text_of(PolicyPage.PRIVACY, AGENCY, language, "https://banmai.example").body
    for row in rows:
        assert row["purpose"][:20] in body


def test_what_the_register_says_has_its_thai():
    english = [value for row in kept_data("th") for value in row.values() if re.search(r"[a-z]{3}", value)]
    assert english == [], "add it to config/policies/register_th.toml"


def test_every_category_of_the_register_is_personal_or_known_not_to_be():
    impersonal = {
        "technical",
        "public_record",
        "job",
        "case_record",
        "case_history",
        "office_note",
        "search",
        "privacy_record",
        "corruption_record",
        "flood_tally",
    }
    import tomllib

    categories = set(tomllib.loads((CONFIG / "data_register.toml").read_text("utf-8"))["categories"])
    assert categories - impersonal == set(PERSONAL), "say in setup/service/policies.py whether the privacy notice tells of it"


@BOTH
def test_the_cookies_page_names_every_cookie(language):
    source = "\n".join(path.read_text("utf-8") for path in Path(portal.__file__).parent.rglob("*.py"))
    names = set(re.findall(r'= "(portal_[a-z_]+)"', source)) & set(re.findall(r'(?:COOKIE|RECEIPT|CASE) = "(portal_[a-z_]+)"', source))
    assert {"portal_session", "portal_setup", "portal_case", "portal_receipt", "portal_second_step", "portal_provider"} <= names
    body = text_of(PolicyPage.COOKIES, AGENCY, language, "https://banmai.example").body
    assert [name for name in sorted(names) if f">{name}<" not in body] == []


@BOTH
def test_the_days_are_those_of_the_clock(language):
    body = text_of(PolicyPage.WEBSITE, AGENCY, language, "https://banmai.example").body
    assert f"{DEFAULT_RULE.days} " in body
