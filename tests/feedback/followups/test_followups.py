"""Who waits for a call or a letter, and when nobody does any more."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from portal.audit.models import AuditEntry
from portal.casework import queries as cases
from portal.casework import service as casework
from portal.db import unit_of_work
from portal.feedback.followups import queries, service
from portal.feedback.followups.jobs import tell_by_voice_or_letter
from portal.feedback.followups.rules import Way, Why
from portal.kernel.actor import CITIZEN
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from tests.casework.conftest import make_office
from tests.conftest import NOW
from tests.desk.people import open_desk

NAMED = {"anonymity": "named", "name": "มาลี", "phone": "081 234 5678", "address": "1 ถนนสมมติ"}


@pytest.fixture
def office(session, keyring):
    return make_office(session, keyring)


def waiting(office, way=Way.CALL, actor=None):
    return [row.case_id for row in office.session.scalars(queries.waiting(actor or office.officer, way))]


def want(office, case, way=Way.CALL):
    with unit_of_work(office.session):
        service.want(office.session, NOW, case, way, Why.ASKED)


def tried(office, case, result, way=Way.CALL, number="", actor=None):
    with unit_of_work(office.session):
        return service.record_attempt(office.session, actor or office.officer, NOW, case, way, result, number)


def worked(office, case):
    """Let the worker see the last act."""
    event = cases.history(office.session, case)[-1]
    with unit_of_work(office.session):
        tell_by_voice_or_letter(SimpleNamespace(session=office.session), {"case_id": case.id, "event_id": event.id})


def test_a_case_leaves_the_queue_when_the_sender_was_reached(office):
    case = office.case(**NAMED)
    want(office, case)
    want(office, case)
    for result in ("not_reached", "wrong_number"):
        tried(office, case, result)
        assert waiting(office) == [case.id]
    tried(office, case, "reached")
    assert waiting(office) == []
    with pytest.raises(Conflict):
        tried(office, case, "reached")
    trail = office.session.query(AuditEntry).filter_by(act="follow_up.attempted").all()
    assert [entry.detail["result"] for entry in trail] == ["not_reached", "wrong_number", "reached"]


def test_a_letter_is_sent_with_its_registry_number(office):
    case = office.case(**NAMED)
    want(office, case, Way.LETTER)
    with pytest.raises(Invalid) as refused:
        tried(office, case, "sent", Way.LETTER)
    assert set(refused.value.fields) == {"registry_number"}
    with pytest.raises(Invalid):
        tried(office, case, "reached", Way.LETTER, "นร 1200/45")
    assert tried(office, case, "sent", Way.LETTER, " นร 1200/45 ").registry_number == "นร 1200/45"
    assert waiting(office, Way.LETTER) == []


def test_only_who_may_see_the_case_sees_and_tries(office):
    case = office.case(**NAMED)
    want(office, case)
    assert waiting(office, actor=office.stranger) == []
    assert queries.counts(office.session, office.stranger)[Way.CALL] == 0
    with pytest.raises(NotAllowed):
        tried(office, case, "reached", actor=office.stranger)
    office.do(casework.mark_about, office.coordinator, case, [office.users["colleague"]], [])
    assert waiting(office, actor=office.colleague) == []


@pytest.mark.parametrize(("answer_by", "way"), [("phone", Way.CALL), ("letter", Way.LETTER), ("code", None)])
def test_an_answer_is_told_the_way_the_sender_asked_for_and_once(office, answer_by, way):
    case = office.answered(answer_by=answer_by, **NAMED)
    worked(office, case)
    worked(office, case)
    assert [queue for queue in Way if waiting(office, queue)] == ([way] if way else [])
    if way:
        tried(office, case, "reached" if way is Way.CALL else "sent", way, "1/2570")
        office.do(casework.close, office.officer, case, result="ก", disposition="accepted", reason="ข")
        worked(office, case)
        assert waiting(office, way) == []


def test_nobody_calls_about_what_was_withdrawn(office):
    case = office.case(**NAMED)
    want(office, case)
    office.do(casework.withdraw, CITIZEN, case, at=NOW + timedelta(hours=1))
    assert waiting(office) == []


def test_the_queue_on_its_page(app, session, keyring):
    with open_desk(app, session, keyring) as desk:
        case = desk.office.case(**NAMED)
        for way in Way:
            want(desk.office, case, way)
        officer = desk.browser("officer")
        page = officer.get("/desk/follow-ups?way=call")
        assert case.number in page.get_data(as_text=True)
        assert NAMED["phone"] not in page.get_data(as_text=True)
        assert officer.post_form(page, f"/{case.number}/call", result="not_reached").status_code == 303
        assert "นางสาวทดสอบ" in officer.get("/desk/follow-ups?way=call").get_data(as_text=True)
        refused = officer.post_form(officer.get("/desk/follow-ups?way=letter"), f"/{case.number}/letter", result="sent")
        assert refused.status_code == 422
        assert f'id="{case.number}-registry_number-error"' in refused.get_data(as_text=True)
        assert officer.post_form(refused, f"/{case.number}/letter", result="sent", registry_number="1/2570").status_code == 303
        assert case.number not in officer.get("/desk/follow-ups?way=letter").get_data(as_text=True)
        assert officer.post_form(page, f"/{case.number}/call", result="reached").status_code == 303
        late = officer.post_form(page, f"/{case.number}/call", result="reached")
        assert late.status_code == 409
