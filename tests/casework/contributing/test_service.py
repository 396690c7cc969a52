"""Others are asked for their part, by services: the owner and the clock stay, and a guarded case is asked of nobody."""

from typing import Any

import pytest
from sqlalchemy import func, select

from portal.audit.models import AuditEntry
from portal.casework import queries as cases
from portal.casework import service
from portal.casework.contributing import policy, queries
from portal.casework.contributing.rules import PartState
from portal.casework.contributing.service import GIVEN, ask_contribution, contribute, decline_contribution, give, recall_contribution
from portal.casework.models import Case, CaseEvent, Contribution
from portal.casework.rules import Act
from portal.db import unit_of_work
from portal.kernel.actor import Actor, Role
from portal.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.casework.conftest import Office
from tests.conftest import NOW
from tests.factories import actor_of, make_agency, make_user

QUESTION, PART = "ท่อระบายน้ำช่วงนี้เป็นของหน่วยใด", "เป็นของแขวงทางหลวง จะลอกท่อภายในเดือนนี้"
DUE = "1/12/2569"


def ask(office: Office, case: Case, actor: Actor | None = None, **values: Any) -> Contribution:
    asked = {"asked": office.elsewhere, "kind": "opinion", "question": QUESTION, "due": DUE, **values}
    office.do(ask_contribution, actor or office.officer, case, **asked)
    return case.contributions[-1]


def do(office: Office, verb: Any, actor: Actor, part: Contribution, *args: Any) -> Any:
    with unit_of_work(office.session):
        return verb(office.session, actor, NOW, part, *args)


def waiting(office: Office, actor: Actor) -> list[Contribution]:
    return list(office.session.scalars(queries.asked(actor, waiting=True)))


def written(office: Office, case: Case) -> tuple[int | None, int | None]:
    history = select(func.count()).select_from(CaseEvent).where(CaseEvent.case_id == case.id)
    trail = select(func.count()).select_from(AuditEntry).where(AuditEntry.object_key == case.number, AuditEntry.act != GIVEN)
    return office.session.scalar(history), office.session.scalar(trail)


def test_the_owner_asks_another_agency_answers_and_nothing_else_moves(office: Office) -> None:
    case = office.assigned()
    before = case.owner_id, case.due_on, case.first_due_on, case.agency_id, case.hops, case.status
    part = ask(office, case)
    assert [row.id for row in waiting(office, office.stranger)] == [part.id]
    do(office, contribute, office.stranger, part, PART)
    assert (part.state, waiting(office, office.stranger)) == (PartState.ANSWERED, [])
    assert (case.owner_id, case.due_on, case.first_due_on, case.agency_id, case.hops, case.status) == before
    history, trail = written(office, case)
    assert history == trail == case.row_version == 4


def test_the_sender_sees_who_was_asked_and_never_the_words(office: Office) -> None:
    case = office.assigned()
    do(office, contribute, office.stranger, ask(office, case), PART)
    told = cases.history(office.session, case, for_citizen=True)
    assert [event.act for event in told][-2:] == [Act.ASK_CONTRIBUTION, Act.CONTRIBUTE]
    assert {event.detail["agency"] for event in told[-2:]} == {office.elsewhere.id}
    words = {row.body for row in cases.words_of(office.session, case, for_citizen=True)}
    assert not words & {QUESTION, PART}


def test_what_is_missing_is_said_at_its_field_and_nothing_is_written(office: Office) -> None:
    case = office.assigned()
    version = case.row_version
    wrong = (
        ("kind", {"kind": "?"}),
        ("question", {"question": "\u200b"}),
        ("due", {"due": "เมื่อไรก็ได้"}),
        ("due", {"due": "1/11/2569"}),
        ("target", {"asked": None}),
    )
    for field, values in wrong:
        with pytest.raises(Invalid) as refused:
            ask(office, case, **values)
        assert set(refused.value.fields) == {field}
    assert (case.row_version, case.contributions) == (version, [])


def test_not_the_place_where_it_lies_nor_one_that_is_asked_already_nor_a_sixth(office: Office) -> None:
    case = office.assigned()
    with pytest.raises(Invalid):
        ask(office, case, asked=office.agency)
    ask(office, case, asked=office.unit)
    with pytest.raises(Invalid):
        ask(office, case, asked=office.unit)
    for _ in range(4):
        with unit_of_work(office.session):
            other = make_agency(office.session)
        ask(office, case, asked=other)
    with pytest.raises(Invalid):
        ask(office, case)


def test_only_who_works_the_case_asks_and_recalls(office: Office) -> None:
    case = office.assigned()
    for actor in (office.colleague, office.stranger):
        with pytest.raises(NotAllowed):
            ask(office, case, actor)
    part = ask(office, case)
    with pytest.raises(NotAllowed):
        office.do(recall_contribution, office.stranger, case, part.public_id)
    office.do(recall_contribution, office.coordinator, case, part.public_id)
    assert waiting(office, office.stranger) == []
    with pytest.raises(Conflict):
        do(office, contribute, office.stranger, part, PART)


def test_the_asked_agency_gives_it_to_somebody_who_then_answers(office: Office) -> None:
    with unit_of_work(office.session):
        there, outside = (make_user(office.session, [(office.elsewhere, role)]) for role in (Role.OFFICER, Role.PUBLISHER))
    officer = actor_of(office.session, there)
    part = ask(office, office.assigned())
    assert not policy.can_read(officer, part)
    with pytest.raises(Invalid):
        do(office, give, office.stranger, part, outside)
    with pytest.raises(NotAllowed):
        do(office, give, office.coordinator, part, there)
    do(office, give, office.stranger, part, there)
    assert [row.id for row in waiting(office, officer)] == [part.id]
    with pytest.raises(Invalid):
        do(office, decline_contribution, officer, part, " ")
    do(office, decline_contribution, officer, part, "ไม่ใช่งานของเรา")
    assert part.state is PartState.DECLINED


def test_what_is_read_in_lists_is_what_opens(office: Office) -> None:
    with unit_of_work(office.session):
        officer = actor_of(office.session, make_user(office.session, [(office.elsewhere, Role.OFFICER)]))
    parts = [ask(office, office.assigned(), asked=place) for place in (office.elsewhere, office.unit)]
    with unit_of_work(office.session):
        parts[0].officer_id = officer.user_id
    for actor in (office.coordinator, office.officer, office.stranger, office.executive, officer):
        listed = {row.id for row in waiting(office, actor)}
        assert listed == {part.id for part in parts if policy.can_read(actor, part)}
        assert queries.count_waiting(office.session, actor) == len(listed)


def test_a_case_that_is_marked_is_gone_for_the_asked_and_nobody_can_be_asked_about_it(office: Office) -> None:
    case = office.assigned()
    part = ask(office, case)
    office.do(service.mark_about, office.coordinator, case, [office.users["colleague"]], [])
    assert waiting(office, office.stranger) == []
    assert queries.count_waiting(office.session, office.stranger) == 0
    with pytest.raises(NotFound):
        queries.readable(office.session, office.stranger, part.public_id)
    with pytest.raises(NotAllowed):
        do(office, contribute, office.stranger, part, PART)
    with pytest.raises(NotAllowed):
        ask(office, case, asked=office.unit)


def test_when_the_case_ends_nothing_waits_any_more(office: Office) -> None:
    case = office.assigned()
    part = ask(office, case)
    words = {"result": "แล้ว", "disposition": "accepted", "reason": "เหตุผล"}
    office.do(service.close, office.officer, case, **words)
    assert (waiting(office, office.stranger), policy.is_wanted(part)) == ([], False)
    with pytest.raises(Conflict):
        do(office, contribute, office.stranger, part, PART)
