"""A second officer, and the sender's last look, through the services."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies.options import Option
from portal.agencies.options.service import set_option
from portal.casework import queries, service
from portal.casework.jobs import publish_due
from portal.casework.models import Case, PublicDraft
from portal.casework.options import PUBLICATION_ON, SHOWN_BEFORE
from portal.casework.publication.rules import ENDED_BY, needs_second
from portal.casework.queries import Filter
from portal.casework.rules import Act, CaseKind, Part, PublicState
from portal.db import unit_of_work
from portal.files.store import LocalStore
from portal.kernel.actor import CITIZEN, SYSTEM
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from tests.casework.conftest import Office
from tests.conftest import NOW

AT = NOW + timedelta(days=10)
NAMED = ("แผงค้าถูกเก็บเงินเกิน", "นายสมชาย ใจดี เก็บเงินเกิน", "ตักเตือนแล้ว")
CLOSED = ("แผงค้าถูกเก็บเงินเกิน", "นาย[ปิด: ชื่อบุคคล] เก็บเงินเกิน", "ตักเตือนแล้ว")


def answered(office: Office, kind: str = "complaint") -> Case:
    return office.answered(kind=kind, publish_consent=True)


def sets(office: Office, option: Option, value: object) -> None:
    with unit_of_work(office.session) as session:
        set_option(session, SYSTEM, NOW, option, office.agency, value, 0)


def is_public(session: Session, case: Case) -> bool:
    return queries.public_by_number(session, case.number) is not None


def draft(session: Session, case: Case) -> PublicDraft | None:
    return session.get(PublicDraft, case.id, populate_existing=True)


def runs(app: Flask, office: Office, at: object) -> None:
    from types import SimpleNamespace

    with unit_of_work(office.session) as session:
        publish_due(SimpleNamespace(session=session, now=at))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "texts", "accuses", "needed"),
    [
        (CaseKind.COMPLAINT, NAMED, False, True),
        (CaseKind.GRIEVANCE, NAMED, False, True),
        (CaseKind.COMPLAINT, CLOSED, False, False),
        (CaseKind.SUGGESTION, NAMED, False, False),
        (CaseKind.SUGGESTION, CLOSED, True, True),
    ],
)
def test_a_second_officer_is_needed_where_somebody_is_accused(kind: CaseKind, texts: tuple[str, ...], accuses: bool, needed: bool) -> None:
    assert needs_second(kind, texts, accuses=accuses) is needed


def test_the_first_yes_to_an_accusation_makes_nothing_public(office: Office, session: Session) -> None:
    case = answered(office)
    assert office.do(service.publish, office.officer, case, *NAMED, at=AT).act is Act.PROPOSE_PUBLICATION
    assert not is_public(session, case)
    for actor in (office.officer, office.colleague, office.stranger, CITIZEN):
        with pytest.raises(NotAllowed):
            office.do(service.confirm_publication, actor, case, at=AT)
    event = office.do(service.confirm_publication, office.coordinator, case, at=AT)
    assert (event.act, event.actor_id, event.detail["confirmed_by"]) == (Act.PUBLISH, office.coordinator.user_id, office.officer.user_id)
    assert is_public(session, case)
    assert case.public is not None
    assert (case.public.body, case.public.confirmed_by_id) == (NAMED[1], office.officer.user_id)
    assert draft(session, case) is None


def test_what_names_nobody_appears_at_once_as_ever(office: Office, session: Session) -> None:
    case = answered(office)
    assert office.do(service.publish, office.officer, case, *CLOSED, at=AT).act is Act.PUBLISH
    assert is_public(session, case)


def test_changing_a_published_accusation_needs_two_again_and_the_old_text_stays(office: Office, session: Session) -> None:
    case = answered(office)
    office.do(service.publish, office.officer, case, *CLOSED, at=AT)
    office.do(service.publish, office.coordinator, case, *CLOSED, at=AT, accuses=True)
    assert case.public is not None
    assert case.public.confirmed_by_id == office.officer.user_id
    assert [found.number for found in session.scalars(queries.queue(office.officer, AT, Filter.TO_PUBLISH))] == [case.number]
    office.do(service.return_publication, office.officer, case, "ปิดชื่อด้วย", at=AT)
    assert case.public.body == CLOSED[1]
    assert draft(session, case) is None
    with pytest.raises(Conflict):
        office.do(service.confirm_publication, office.officer, case, at=AT)


def test_the_second_officer_confirms_what_was_read(office: Office) -> None:
    case = answered(office)
    office.do(service.publish, office.officer, case, *NAMED, at=AT)
    seen = case.row_version
    office.do(service.publish, office.officer, case, NAMED[0], NAMED[1] + " ทุกวัน", NAMED[2], at=AT)
    with pytest.raises(Conflict):
        office.do(service.confirm_publication, office.coordinator, case, at=AT, row_version=seen)


def test_with_days_the_sender_sees_it_and_silence_lets_it_appear(app: Flask, office: Office, session: Session) -> None:
    sets(office, SHOWN_BEFORE, 3)
    case = answered(office, "suggestion")
    assert office.do(service.publish, office.officer, case, *CLOSED, at=AT).act is Act.SHOW_PUBLICATION
    assert list(session.scalars(queries.queue(office.officer, AT, Filter.TO_PUBLISH))) == []
    runs(app, office, AT + timedelta(days=3, seconds=-1))
    assert not is_public(session, case)
    runs(app, office, AT + timedelta(days=3))
    assert is_public(session, case)
    assert case.public is not None
    assert case.public.confirmed_by_id == office.officer.user_id
    runs(app, office, AT + timedelta(days=4))


def test_the_sender_lets_it_appear_at_once_or_has_more_hidden(office: Office, session: Session) -> None:
    sets(office, SHOWN_BEFORE, 3)
    first, second = answered(office, "suggestion"), answered(office, "suggestion")
    for case in (first, second):
        office.do(service.publish, office.officer, case, *CLOSED, at=AT)
    office.do(service.agree_to_publication, CITIZEN, first, at=AT)
    assert is_public(session, first)
    with pytest.raises(Invalid):
        office.do(service.hide_more, CITIZEN, second, "", at=AT)
    event = office.do(service.hide_more, CITIZEN, second, "ชื่อซอยบอกว่าเป็นผม", at=AT)
    assert [words.body for words in event.words] == ["ชื่อซอยบอกว่าเป็นผม"]
    assert not is_public(session, second)
    assert [found.number for found in session.scalars(queries.queue(office.officer, AT, Filter.TO_PUBLISH))] == [second.number]
    with pytest.raises(Conflict):
        office.do(service.agree_to_publication, CITIZEN, second, at=AT)


def test_an_accusation_goes_by_the_second_officer_and_then_to_the_sender(office: Office, session: Session) -> None:
    sets(office, SHOWN_BEFORE, 2)
    case = answered(office)
    office.do(service.publish, office.officer, case, *NAMED, at=AT)
    with pytest.raises(Conflict):
        office.do(service.agree_to_publication, CITIZEN, case, at=AT)
    assert office.do(service.confirm_publication, office.coordinator, case, at=AT).act is Act.SHOW_PUBLICATION
    office.do(service.agree_to_publication, CITIZEN, case, at=AT)
    assert is_public(session, case)


@pytest.mark.parametrize("end", ["contest", "withdraw", "consent", "about", "mark", "words", "public_text", "off"])
def test_a_text_that_waits_goes_when_it_may_not_appear_any_more(
    app: Flask, office: Office, session: Session, store: LocalStore, end: str
) -> None:
    sets(office, SHOWN_BEFORE, 3)
    case = answered(office, "suggestion")
    office.do(service.publish, office.officer, case, *CLOSED, at=AT)
    match end:
        case "contest":
            office.do(service.contest, CITIZEN, case, "ไม่จริง", at=AT)
        case "withdraw":
            office.do(service.withdraw, CITIZEN, case, at=AT)
        case "consent":
            office.do(service.withdraw_consent, CITIZEN, case, at=AT)
        case "about":
            office.do(service.say_about, CITIZEN, case, "หัวหน้าแผนก", at=AT)
        case "mark":
            office.do(service.mark_about, office.coordinator, case, [office.users["colleague"]], [], at=AT)
        case "off":
            sets(office, PUBLICATION_ON, value=False)
        case part:
            with unit_of_work(session):
                service.erase(session, CITIZEN, AT, store, case, [Part(part)])
    assert (draft(session, case) is None) is (end != "off")
    runs(app, office, AT + timedelta(days=4))
    assert draft(session, case) is None
    assert not is_public(session, case)
    assert case.public is None or case.public.state is not PublicState.PUBLISHED


def test_nobody_reads_a_text_that_waits(office: Office, session: Session) -> None:
    case = answered(office)
    office.do(service.publish, office.officer, case, *NAMED, at=AT)
    shown = [words.body for words in queries.words_of(session, case, for_citizen=True)]
    assert NAMED[1] not in shown
    assert session.scalars(queries.public_list()).all() == []
    assert Act.PUBLISH not in ENDED_BY
    assert len(session.scalars(select(PublicDraft)).all()) == 1
