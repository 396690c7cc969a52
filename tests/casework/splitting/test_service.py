"""A divided text: every matter carries the words, the sender and the clock, and one code opens them all."""

from typing import Any

import pytest
from sqlalchemy import func, select

from portal.audit.models import AuditEntry
from portal.casework import identity, receipts, service
from portal.casework.figures import Figure, list_behind_figure
from portal.casework.models import Case, CaseEvent, CaseFile
from portal.casework.rules import Status
from portal.casework.splitting.queries import parts_of
from portal.casework.splitting.rules import Wanted
from portal.casework.splitting.service import SAME, split
from portal.db import unit_of_work
from portal.kernel.actor import CITIZEN
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.outbox.models import OutboxEvent
from tests.casework.conftest import Office
from tests.casework.splitting.test_rules import BODY, LAMP, MONEY
from tests.conftest import NOW
from tests.records import _file

SENDER = {"anonymity": "named", "name": "มานี ใจสมมติ", "email": "manee@example.org"}


def divide(office: Office, case: Case, actor: Any = None, **values: Any) -> list[Case]:
    wanted = [Wanted("เบี้ยยังชีพ", MONEY, office.elsewhere.slug), Wanted("กิริยา", "เจ้าหน้าที่พูดไม่ดี", office.unit.slug)]
    office.do(split, actor or office.officer, case, office.keyring, "ไฟทาง", values.pop("wanted", wanted), **values)
    return [part.case for part in parts_of(office.session, case)]


def test_every_matter_carries_words_sender_files_and_clock_and_is_somebodys_own(office: Office) -> None:
    case = office.assigned(body=BODY, publish_consent=True, **SENDER)
    with unit_of_work(office.session):
        file = _file(office.session, "ภาพ")
        began = office.session.scalars(select(CaseEvent).where(CaseEvent.case_id == case.id)).first()
        assert began
        row = CaseFile(case_id=case.id, stored_file_id=file.id, event_id=began.id, added_by=began.actor_kind, at=NOW)
        office.session.add(row)
    matters = divide(office, case)
    assert [one.part.title for one in matters if one.part] == ["ไฟทาง", "เบี้ยยังชีพ", "กิริยา"]
    assert [one.part.passage for one in matters if one.part] == ["", MONEY, "เจ้าหน้าที่พูดไม่ดี"]
    for one in matters[1:]:
        assert {name: getattr(one, name) for name in SAME} == {name: getattr(case, name) for name in SAME}
        assert identity.opened(office.keyring, one) == identity.opened(office.keyring, case)
        assert (one.status, one.owner_id, one.answered_at) == (Status.RECEIVED, None, None)
        assert office.session.scalars(select(CaseFile.stored_file_id).where(CaseFile.case_id == one.id)).all() == [file.id]
    assert [(one.agency_id, one.unit_id) for one in matters[1:]] == [(office.elsewhere.id, None), (office.agency.id, office.unit.id)]
    assert len({one.number for one in matters}) == 3
    assert (case.owner_id, case.status) == (office.officer.user_id, Status.ASSIGNED)
    for one in matters:
        history = office.session.scalar(select(func.count()).select_from(CaseEvent).where(CaseEvent.case_id == one.id))
        trail = office.session.scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.object_key == one.number))
        assert history == trail == one.row_version
    events = select(OutboxEvent).where(OutboxEvent.name == "case.received").order_by(OutboxEvent.id)
    told = [row.payload["case_id"] for row in office.session.scalars(events)]
    assert told == [one.id for one in matters]


def test_the_code_still_opens_the_case_and_no_code_opens_the_others_alone(office: Office) -> None:
    case = office.assigned(body=BODY)
    before = case.receipt_hash
    matters = divide(office, case)
    assert case.receipt_hash == before
    assert {one.receipt_key_id for one in matters[1:]} == {receipts.NO_KEY}


def test_figures_count_each_matter_once_where_it_lies(office: Office) -> None:
    case = office.assigned(body=BODY)
    divide(office, case)
    for agency, count in ((office.agency, 2), (office.elsewhere, 1)):
        behind = list_behind_figure(Figure.RECEIVED, [agency.id], case.fiscal_year, NOW, None, None)
        assert len(office.session.scalars(behind).all()) == count


def test_only_who_works_it_divides_it_and_only_once(office: Office) -> None:
    case = office.assigned(body=BODY)
    with pytest.raises(NotAllowed):
        divide(office, case, office.colleague)
    matters = divide(office, case)
    for one in (case, matters[2]):
        with pytest.raises(Conflict):
            divide(office, one, office.coordinator)


def test_a_wrong_place_or_passage_makes_no_case_and_no_row(office: Office) -> None:
    case = office.assigned(body=BODY)
    for wanted, field in (([Wanted("เบี้ย", MONEY, "no-such-place")], "place-1"), ([Wanted("เบี้ย", LAMP + "?")], "passage-1")):
        with pytest.raises(Invalid) as refused:
            divide(office, case, wanted=wanted)
        assert set(refused.value.fields) == {field}
    office.session.rollback()
    assert office.session.scalar(select(func.count()).select_from(Case)) == 1


def test_a_mark_on_one_matter_holds_for_all_because_all_carry_the_words(office: Office) -> None:
    case = office.assigned(body=BODY)
    matters = divide(office, case)
    office.do(service.mark_about, office.coordinator, matters[2], [office.users["colleague"]], [])
    office.session.expire_all()
    assert [one.guarded for one in matters] == [True, True, True]
    with pytest.raises(Conflict):
        divide(office, marked(office), office.coordinator)


def marked(office: Office) -> Case:
    case = office.assigned(body=BODY)
    office.do(service.mark_about, office.coordinator, case, [office.users["colleague"]], [])
    return case


def test_each_matter_is_answered_and_contested_by_itself(office: Office) -> None:
    case = office.assigned(body=BODY)
    matters = divide(office, case)
    office.do(service.reply, office.officer, case, "ซ่อมแล้ว")
    assert [one.status for one in matters] == [Status.ANSWERED, Status.RECEIVED, Status.RECEIVED]
    office.do(service.withdraw, CITIZEN, matters[1])
    assert [one.status for one in matters] == [Status.ANSWERED, Status.WITHDRAWN, Status.RECEIVED]
