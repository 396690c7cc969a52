"""From the commitment to the answer of the agency, by services."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from portal.casework import service as casework
from portal.casework.models import Case
from portal.casework.rules import Status
from portal.db import unit_of_work
from portal.kernel.actor import CITIZEN, Actor, Role
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.monitoring.samples import queries, service, told
from portal.monitoring.samples.drawing import advance
from portal.monitoring.samples.models import SampleDraw, SampleEntry
from portal.monitoring.samples.rules import DrawState, faults
from portal.monitoring.samples.service import FALSE_CLOSING, Found
from portal.outbox.models import OutboxEvent
from tests.casework.conftest import Office
from tests.factories import actor_of, make_user

OCTOBER = date(2026, 10, 1)
BEFORE, WITHIN = datetime(2026, 9, 15, tzinfo=UTC), datetime(2026, 10, 20, 9, tzinfo=UTC)
#: Half past midnight in Bangkok on the first day after, and a day later.
LISTING, DRAWING = datetime(2026, 10, 31, 17, 30, tzinfo=UTC), datetime(2026, 11, 1, 17, 30, tzinfo=UTC)


def run(office: Office, *moments: datetime) -> SampleDraw:
    for moment in moments:
        with unit_of_work(office.session):
            advance(office.session, moment)
    draw = queries.by_slug(office.session, f"{office.agency.slug}-2569-10")
    assert draw
    return draw


def closed(office: Office, at: datetime = WITHIN) -> Case:
    return office.closed(at=at)


def drawn(office: Office, count: int = 2) -> tuple[SampleDraw, list[Case]]:
    cases = [closed(office) for _ in range(count)]
    return run(office, BEFORE, LISTING, DRAWING), cases


def monitor(office: Office) -> Actor:
    with unit_of_work(office.session):
        return actor_of(office.session, make_user(office.session, [(office.agency, Role.CIVIL_SOCIETY)]))


def find(office: Office, actor: Actor, entry: SampleEntry, at: datetime = DRAWING, **values: Any) -> Any:
    found = Found(**{"met": "yes", "proof": "none", "words": "ตรงกับเรื่อง", **values})
    with unit_of_work(office.session):
        return service.find(office.session, actor, at, entry, found)


def test_each_step_at_its_time_and_nothing_is_told_before(office: Office) -> None:
    inside = closed(office)
    closed(office, datetime(2026, 9, 30, 16, tzinfo=UTC))  # still September in Bangkok
    closed(office, LISTING)
    office.answered(at=WITHIN)
    draw = run(office, BEFORE)
    facts = told.facts(draw)
    assert (draw.state, facts["secret"], facts["list"], draw.secret in told.as_json(draw)) == (DrawState.COMMITTED, None, None, False)
    draw = run(office, datetime(2026, 10, 31, 16, 30, tzinfo=UTC))
    assert draw.state is DrawState.COMMITTED
    draw = run(office, LISTING, LISTING + timedelta(hours=1))
    assert (draw.state, len(draw.entries), told.facts(draw)["secret"]) == (DrawState.LISTED, 1, None)
    assert draw.secret not in told.as_json(draw)
    draw = run(office, DRAWING, DRAWING)
    assert [entry.case_id for entry in draw.sample] == [inside.id]
    assert faults(json.loads(told.as_json(draw))) == []


def test_marked_cases_are_not_listed_and_leave_the_page_when_they_are_marked_later(office: Office) -> None:
    marked, later = closed(office), closed(office)
    office.do(casework.mark_about, office.coordinator, marked, [office.users["colleague"]], [])
    draw = run(office, BEFORE, LISTING, DRAWING)
    assert ([entry.case_id for entry in draw.sample], draw.apart) == ([later.id], 1)
    assert told.facts(draw)["kept_apart"] is None
    office.do(casework.mark_about, office.coordinator, later, [office.users["colleague"]], [])
    office.session.expire_all()
    draw = run(office)
    assert later.number not in told.as_json(draw)
    assert json.loads(told.as_json(draw))["cases"][0]["number"] is None
    with pytest.raises(Conflict):
        find(office, monitor(office), draw.sample[0])


def test_a_case_that_was_contested_after_the_list_is_drawn_all_the_same(office: Office) -> None:
    case = closed(office)
    run(office, BEFORE, LISTING)
    office.do(casework.contest, CITIZEN, case, "ยังไม่แก้", at=LISTING)
    assert [entry.case_id for entry in run(office, DRAWING).sample] == [case.id]


def test_only_civil_society_of_the_agency_finds_and_only_the_agency_answers(office: Office) -> None:
    draw, _ = drawn(office)
    entry, person = draw.sample[0], monitor(office)
    for actor in (office.coordinator, office.officer, office.stranger):
        with pytest.raises(NotAllowed):
            find(office, actor, entry)
    row = find(office, person, entry)
    for actor in (person, office.officer, office.stranger):
        with pytest.raises(NotAllowed), unit_of_work(office.session):
            service.reply(office.session, actor, DRAWING, row, "ขอบคุณ")
    with unit_of_work(office.session):
        service.reply(office.session, office.coordinator, DRAWING, row, "ขอบคุณ")
    with pytest.raises(Conflict), unit_of_work(office.session):
        service.reply(office.session, office.executive, DRAWING, row, "อีกครั้ง")
    with pytest.raises(Conflict):
        find(office, person, entry, words="เปลี่ยนใจ")


def test_a_finding_can_be_written_anew_says_what_is_missing_and_does_nothing_to_the_case(office: Office) -> None:
    draw, _ = drawn(office)
    entry, person = draw.sample[0], monitor(office)
    version = entry.case.row_version
    with pytest.raises(Invalid) as refused:
        find(office, person, entry, met="?", proof="", words=" ")
    assert set(refused.value.fields) == {"met", "proof", "words"}
    first = find(office, person, entry)
    again = find(office, person, entry, at=DRAWING + timedelta(days=1), met="no", false_closing=True)
    assert (first.id, again.met, again.due_on) == (again.id, "no", date(2026, 11, 18))
    assert (entry.case.row_version, entry.case.status) == (version, Status.CLOSED)
    counted = told.counted(run(office), date(2026, 11, 19))
    assert (counted.findings, counted.false_closing, counted.late, counted.inspected) == (1, 1, 1, 1)


def test_false_closing_is_announced_once_and_words_are_closed_for_everybody(office: Office) -> None:
    draw, _ = drawn(office)
    person = monitor(office)
    for _ in range(2):
        find(office, person, draw.sample[0], false_closing=True, words="โทรถามที่ 081-234-5678 แล้ว")
    events = office.session.scalars(select(OutboxEvent).where(OutboxEvent.name == FALSE_CLOSING)).all()
    assert len(events) == 1
    for text in (told.as_json(run(office)), told.as_csv(run(office))):
        assert "โทรถาม" in text
        assert "081-234-5678" not in text


def test_no_cell_of_the_file_begins_like_a_formula(office: Office) -> None:
    draw, _ = drawn(office, 1)
    find(office, monitor(office), draw.sample[0], words="=1+1")
    assert "'=1+1" in told.as_csv(run(office))
