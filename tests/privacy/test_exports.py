"""What is handed out: everything, but no more than whoever asks has proven to be theirs."""

import json
from typing import Any

from portal.casework import service as cases
from portal.kernel.actor import CITIZEN
from portal.privacy import queries, service
from portal.privacy.rules import Right
from portal.privacy.views.reading_names import NAMES, SECTIONS
from tests.conftest import NOW
from tests.privacy.protection import EMAIL, LATER, NAME, PHONE, Protection

NOTE = "บันทึกที่เจ้าหน้าที่เขียนไว้อ่านเอง"


def export(protection: Protection, case: Any, **who: bool) -> dict[str, Any]:
    return queries.case_export(protection.session, protection.tools.keyring, case, **who)


def told(protection: Protection) -> Any:
    """A case with everything that a case can hold."""
    case = protection.closed_with_file(publish_consent=True, place="หน้าอาคาร", address="1 ถนนทดสอบ", answer_by="letter")
    protection.office.do(cases.note, protection.office.officer, case, NOTE, at=LATER)
    protection.office.do(cases.publish, protection.office.coordinator, case, "หัวเรื่อง", "ข้อความ", "คำตอบ", at=LATER)
    protection.do(service.erase_identity, CITIZEN, protection.tools, protection.closed())
    protection.ask(case)
    return case


def test_a_code_opens_everything_but_clear_contacts_and_officers_notes(protection: Protection) -> None:
    found = export(protection, told(protection))
    text = json.dumps(found, ensure_ascii=False)
    assert [secret for secret in (NAME, EMAIL, PHONE, "1 ถนนทดสอบ", NOTE) if secret in text] == []
    assert found["contact"]["email"].startswith("m•")
    assert (found["case"]["place"], len(found["files"]), found["published"]["body"]) == ("หน้าอาคาร", 1, "ข้อความ")
    assert [request["right"] for request in found["requests"]] == ["erasure"]


def test_the_officer_hands_over_all_of_it(protection: Protection) -> None:
    text = json.dumps(export(protection, told(protection), clear=True, internal=True), ensure_ascii=False)
    assert [secret for secret in (NAME, EMAIL, PHONE, "1 ถนนทดสอบ", NOTE) if secret not in text] == []


def test_of_an_anonymous_case_no_more_than_the_address_for_notices(protection: Protection) -> None:
    case = protection.case(anonymity="anonymous", name="", phone="")
    assert set(export(protection, case, clear=True, internal=True)["contact"]) == {"email"}


def test_contacts_go_out_in_clear_for_a_granted_copy_only_and_that_is_written_down(protection: Protection) -> None:
    case = protection.closed()
    request = protection.ask(case, Right.ACCESS, words="")
    assert protection.do(service.note_export, protection.officer, request) is False
    protection.decide(request, ground="right_of_access")
    assert protection.do(service.note_export, protection.officer, request) is True
    assert [event.detail for event in request.events if event.act.value == "export"] == [{"clear": False}, {"clear": True}]
    protection.do(service.carry_out, protection.officer, protection.tools, request)
    assert protection.do(service.note_export, protection.officer, request) is True


def own(protection: Protection, **values: Any) -> dict[str, Any]:
    return queries.account_export(protection.session, protection.office.officer, NOW, protection.office.users["officer"], **values)


def test_an_account_holds_roles_sessions_acts_and_matters_in_charge(protection: Protection) -> None:
    case = protection.office.assigned()
    protection.office.do(cases.note, protection.office.officer, case, NOTE, at=LATER)
    found = own(protection)
    assert found["account"]["email"] == protection.office.users["officer"].email
    assert [grant["role"] for grant in found["grants"]] == ["officer"]
    assert found["cases"] == [case.number]
    assert {"act": "case.noted", "by": "you", "object": f"case {case.number}"}.items() <= found["acts"][0].items()
    assert NOTE not in json.dumps(found, ensure_ascii=False)
    assert len(own(protection, most_acts=0)["acts"]) == 0


def test_who_is_complained_about_finds_nothing_of_it_in_their_own_data(protection: Protection) -> None:
    office = protection.office
    case = office.assigned()
    about = office.case()
    office.do(cases.mark_about, office.coordinator, about, [office.users["officer"]], [])
    text = json.dumps(own(protection), ensure_ascii=False)
    assert case.number in text
    assert about.number not in text


def test_everything_in_an_export_has_a_name_in_words(protection: Protection) -> None:
    case = told(protection)
    found = [export(protection, case, clear=True, internal=True), own(protection)]
    assert {part for one in found for part in one} - set(SECTIONS) == set()
    names = {name for one in found for value in one.values() for name in _names(value)}
    assert names - set(NAMES) == set()


def _names(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {name for key, one in value.items() for name in ({key} | (set() if key == "redactions" else _names(one)))}
    return {name for one in value for name in _names(one)} if isinstance(value, list) else set()
