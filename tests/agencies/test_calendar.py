"""The office calendar: what is laid over the law's days, and whose word holds."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.agencies.calendar import add_holiday, own_days, remove_holiday
from portal.agencies.office_year import Source, office_year
from portal.agencies.queries import holidays_for
from portal.audit.models import AuditEntry
from portal.db import unit_of_work
from portal.kernel.actor import SYSTEM, Role
from portal.kernel.errors import Invalid, NotAllowed, NotFound
from tests.factories import actor_of, make_agency, make_user

SONGKRAN, PLOUGHING = date(2027, 4, 13), date(2027, 5, 13)


@pytest.fixture
def agency(session):
    with unit_of_work(session):
        return make_agency(session)


def add(session, now, agency, day, name="วันหยุดพิเศษ", actor=SYSTEM, **values):
    with unit_of_work(session):
        return add_holiday(session, actor, now, agency, day, name, **values)


def test_a_day_of_the_agency_is_its_own_and_one_of_the_portal_everybody_s(session, agency, now):
    with unit_of_work(session):
        other = make_agency(session)
    add(session, now, agency, PLOUGHING)
    add(session, now, None, date(2027, 6, 1))
    assert {PLOUGHING, date(2027, 6, 1)} <= holidays_for(session, agency.id, [2027])
    assert PLOUGHING not in holidays_for(session, other.id, [2027])
    assert date(2027, 6, 1) in holidays_for(session, other.id, [2027])


@pytest.mark.parametrize("agency_first", [True, False])
def test_the_agency_s_own_word_holds_over_the_portal_s_and_the_law_s(session, agency, now, agency_first):
    acts = [lambda: add(session, now, agency, SONGKRAN, is_closed=False), lambda: add(session, now, None, SONGKRAN)]
    for act in acts if agency_first else reversed(acts):
        act()
    assert SONGKRAN not in holidays_for(session, agency.id, [2027])
    entries = [entry for entry in office_year(session, agency.id, 2570) if entry.day == SONGKRAN]
    assert [(entry.source, entry.covered) for entry in entries] == [(Source.LAW, True), (Source.PORTAL, True), (Source.OWN, False)]


def test_what_the_page_shows_is_what_the_clock_counts(session, agency, now):
    add(session, now, agency, SONGKRAN, is_closed=False)
    add(session, now, agency, PLOUGHING)
    shown = {entry.day for entry in office_year(session, agency.id, 2570) if entry.is_closed and not entry.covered}
    assert shown == holidays_for(session, agency.id, [2027])


def test_a_day_stands_once_and_is_taken_out(session, agency, now):
    add(session, now, agency, PLOUGHING)
    with pytest.raises(Invalid) as twice:
        add(session, now, agency, PLOUGHING)
    assert list(twice.value.fields) == ["day"]
    with unit_of_work(session):
        remove_holiday(session, SYSTEM, now, agency, PLOUGHING)
    assert own_days(session, agency.id) == []
    with pytest.raises(NotFound), unit_of_work(session):
        remove_holiday(session, SYSTEM, now, agency, PLOUGHING)
    assert session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)).all() == ["calendar.day_added", "calendar.day_removed"]


def test_the_portal_s_days_stand_once_too(session, now):
    add(session, now, None, PLOUGHING)
    with pytest.raises(Invalid):
        add(session, now, None, PLOUGHING)


@pytest.mark.parametrize(
    ("day", "names", "field"),
    [(date(1900, 1, 1), ("ก", ""), "day"), (date(9999, 1, 1), ("ก", ""), "day"), (PLOUGHING, ("", ""), "name_th"),
     (PLOUGHING, (" \u200b", ""), "name_th"), (PLOUGHING, ("ก" * 201, ""), "name_th"), (PLOUGHING, ("ก", "x" * 201), "name_en")],
)  # fmt: skip
def test_a_bad_day_is_refused_by_field(session, agency, now, day, names, field):
    with pytest.raises(Invalid) as refused, unit_of_work(session):
        add_holiday(session, SYSTEM, now, agency, day, *names)
    assert list(refused.value.fields) == [field]


def test_only_who_administers_it_touches_a_calendar(session, agency, now):
    with unit_of_work(session):
        mine = actor_of(session, make_user(session, [(agency, Role.ADMINISTRATOR)]))
        officer = actor_of(session, make_user(session, [(agency, Role.OFFICER)]))
    add(session, now, agency, PLOUGHING, actor=mine)
    for actor, whose in ((mine, None), (officer, agency)):
        with pytest.raises(NotAllowed):
            add(session, now, whose, date(2027, 6, 1), actor=actor)
        with pytest.raises(NotAllowed), unit_of_work(session):
            remove_holiday(session, actor, now, whose, PLOUGHING)
