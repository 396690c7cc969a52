"""Identity: what is kept, what is shown to whom, and where it never appears."""

import json

import pytest
from sqlalchemy import select

from portal.audit.models import AuditEntry
from portal.casework import identity, policy, service
from portal.casework.identity import Contact
from portal.casework.models import Case, CaseEvent, CaseIdentity
from portal.casework.rules import Anonymity, AnswerBy
from portal.db import Base, unit_of_work
from portal.kernel.actor import CITIZEN, Role
from portal.kernel.errors import Invalid, NotAllowed
from portal.outbox.models import OutboxEvent
from tests.factories import actor_of, make_agency, make_user

CANARY = {"name": "นกขมิ้น คานารีสมมติ", "email": "canary.bird@example.org", "phone": "081 765 4321", "address": "99/9 ซอยคานารี"}
WHOLE = Contact(**CANARY)


@pytest.mark.parametrize(
    ("anonymity", "answer_by", "kept"),
    [
        (Anonymity.NAMED, AnswerBy.LETTER, WHOLE),
        (Anonymity.CONFIDENTIAL, AnswerBy.CODE, Contact(WHOLE.name, WHOLE.email, WHOLE.phone)),
        (Anonymity.ANONYMOUS, AnswerBy.CODE, Contact(email=WHOLE.email)),
    ],
)
def test_each_way_to_be_named_keeps_what_the_rules_say(anonymity, answer_by, kept):
    assert identity.kept(WHOLE, anonymity, answer_by) == kept


@pytest.mark.parametrize(
    ("shown", "masked"),
    [
        (identity.masked_name("มานี สมมติกิจ"), "ม• ส•••••"),
        (identity.masked_name("เมธินี"), "ม••"),
        (identity.masked_name("Somchai"), "S••••••"),
        (identity.masked_name(""), ""),
        (identity.masked_email("manee@thai-mail.org"), "m••••@•••••••••.org"),
        (identity.masked_email("a@b.co.th"), "a•@••••.th"),
        (identity.masked_phone("๐๘๑-๒๓๔-๕๖๗๘"), "••••••••78"),
        (identity.masked_phone("+66 81 234 5678"), "••••••••78"),
    ],
)
def test_masks_show_little(shown, masked):
    assert shown == masked


def test_named_is_read_by_who_handles_it_and_masked_for_other_officers(office):
    case = office.assigned(anonymity="named", answer_by="letter", **CANARY)
    for actor in (office.officer, office.coordinator, office.executive):
        assert identity.shown(actor, office.keyring, case) == WHOLE
    seen = identity.shown(office.colleague, office.keyring, case)
    assert seen.name.startswith("น")
    assert not set(CANARY.values()) & {seen.name, seen.email, seen.phone, seen.address}


def test_confidential_is_masked_for_everybody_until_it_is_opened_with_a_reason(office):
    case = office.assigned(anonymity="confidential", **CANARY)
    assert identity.shown(office.officer, office.keyring, case).phone == "••••••••21"
    with pytest.raises(Invalid):
        office.unmask(office.officer, case, " ")
    for actor in (office.colleague, office.stranger, CITIZEN):
        with pytest.raises(NotAllowed):
            office.unmask(actor, case, "อยากรู้")
    assert office.unmask(office.officer, case, "โทรกลับ").name == CANARY["name"]
    entries = office.session.scalars(select(AuditEntry).where(AuditEntry.act == "case.unmasked")).all()
    assert [(entry.actor_id, entry.object_key) for entry in entries] == [(office.officer.user_id, case.number)]


def test_a_parent_agency_sees_the_cases_of_its_children_and_never_their_senders(office):
    with unit_of_work(office.session):
        above = make_agency(office.session)
        office.agency.parent_id = above.id
        person = make_user(office.session, [(above, Role.COORDINATOR)], with_children=True)
    parent = actor_of(office.session, person)
    named, confidential = office.assigned(anonymity="named", **CANARY), office.assigned(anonymity="confidential", **CANARY)
    assert policy.can_see(parent, named)
    assert not policy.can_read_identity(parent, named)
    assert identity.shown(parent, office.keyring, named).name.startswith("น•")
    with pytest.raises(NotAllowed):
        office.unmask(parent, confidential, "อยากรู้")


def test_anonymous_shows_nothing_and_cannot_be_opened(office):
    case = office.assigned(anonymity="anonymous", **CANARY)
    assert identity.shown(office.officer, office.keyring, case) == Contact()
    assert identity.notice_address(office.keyring, case) == CANARY["email"]
    with pytest.raises(NotAllowed):
        office.unmask(office.officer, case, "โทรกลับ")
    row = office.session.scalars(select(CaseIdentity)).one()
    assert (row.name_enc, row.phone_enc, row.address_enc, row.email_index, row.phone_index) == (None,) * 5


def test_who_had_a_hand_in_a_contested_outcome_no_longer_opens_the_name(office):
    case = office.answered(anonymity="confidential", **CANARY)
    office.do(service.contest, CITIZEN, case)
    assert not policy.can_unmask(office.officer, case)


def test_identity_stands_nowhere_but_encrypted_in_its_own_table(office):
    case = office.closed(anonymity="confidential", answer_by="letter", **CANARY)
    office.unmask(office.coordinator, case, "โทรกลับ")
    office.do(service.contest, CITIZEN, case, "ยังไม่แก้")
    office.do(service.forward, office.coordinator, office.case(anonymity="named", **CANARY), office.elsewhere, "ของที่อื่น")
    seen = 0
    for table in Base.metadata.sorted_tables:
        for row in office.session.execute(select(table)):
            text = json.dumps(list(row), default=str, ensure_ascii=False)
            seen += 1
            for canary in [*CANARY.values(), "คานารี", "canary", "0817654321"]:
                assert canary not in text, (table.name, canary)
    assert seen > 20


def test_events_audit_and_outbox_hold_no_words_at_all(office):
    words = {"subject": "นกหวีดหัวเรื่อง", "body": "นกหวีดเนื้อหา", "place": "นกหวีดสถานที่"}
    case = office.closed(**words)
    office.do(service.note, office.officer, case, "นกหวีดบันทึก")
    office.do(service.contest, CITIZEN, case, "นกหวีดโต้แย้ง")
    office.do(service.withdraw, CITIZEN, office.case(**words), "นกหวีดถอน", pressed=True)
    for table in (CaseEvent, AuditEntry, OutboxEvent):
        for row in office.session.execute(select(table.__table__)):
            assert "นกหวีด" not in json.dumps(list(row), default=str, ensure_ascii=False)


def test_earlier_cases_are_joined_by_contact_within_the_agency_and_never_for_anonymous_ones(office):
    first = office.case(anonymity="confidential", phone="081-765-4321")
    office.case(anonymity="anonymous", email="canary.bird@example.org")
    by_mail = office.case(anonymity="named", email="Canary.Bird@Example.org")
    now = office.case(anonymity="named", phone="+66817654321", email="canary.bird@example.org")
    assert identity.earlier_cases(office.session, office.keyring, now) == [by_mail, first]
    hidden = office.case(anonymity="anonymous", email="canary.bird@example.org")
    assert identity.earlier_cases(office.session, office.keyring, hidden) == []


def test_the_contact_index_says_nothing_about_the_same_person_at_another_agency(office):
    with unit_of_work(office.session):
        rows = [identity.sealed(office.keyring, agency.id, WHOLE, Anonymity.NAMED) for agency in (office.agency, office.elsewhere)]
        indexes = {row.email_index for row in rows if row}
        office.session.expunge_all()
    assert len(indexes) == 2


@pytest.mark.parametrize("guarded", [False, True])
def test_what_one_case_answers_is_what_the_queue_shows(office, guarded):
    mine, elsewhere = office.assigned(), office.assigned()
    office.do(service.forward, office.officer, elsewhere, office.elsewhere, "ของที่อื่น")
    about = office.case()
    if guarded:
        office.do(service.mark_about, office.coordinator, about, [office.users["officer"]], [])
    for actor in (office.officer, office.colleague, office.coordinator, office.executive, office.stranger, CITIZEN):
        seen = set(office.session.scalars(select(Case.id).where(policy.visible_to(actor))))
        assert seen == {case.id for case in (mine, elsewhere, about) if policy.can_see(actor, case)}
