"""The office calendar (ปฏิทินวันทำการ): days that an agency, or the whole portal, lays over the law's (``docs/rules/clock.md``).

A change moves no due day that was promised: due days are stored with their case.
"""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency, OfficeHoliday
from portal.agencies.policy import can_administer
from portal.audit import service as audit
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid, NotAllowed, NotFound
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import BUDDHIST_OFFSET, READABLE_YEARS
from portal.kernel.thai_text import normalise

NAME_MOST = 200


def own_days(session: Session, agency_id: int | None) -> list[OfficeHoliday]:
    """The days that this agency has entered (``None``: those of the whole portal), oldest first."""
    whose = OfficeHoliday.agency_id.is_(None) if agency_id is None else OfficeHoliday.agency_id == agency_id
    return list(session.scalars(select(OfficeHoliday).where(whose).order_by(OfficeHoliday.day)))


def add_holiday(
    session: Session,
    actor: Actor,
    now: datetime,
    agency: Agency | None,
    day: date,
    name_th: str,
    name_en: str = "",
    *,
    is_closed: bool = True,
) -> OfficeHoliday:
    """Enter a day for an agency, or without one for all of them; ``is_closed=False`` makes a day that the law leaves free a working day.

    Raises ``NotAllowed``, and ``Invalid`` (fields ``day``, ``name_th``, ``name_en``).
    """
    if not can_administer(actor, agency):
        raise NotAllowed
    names = normalise(name_th).strip(), normalise(name_en).strip()
    _check(session, agency, day, *names)
    holiday = OfficeHoliday(agency_id=agency.id if agency else None, day=day, name_th=names[0], name_en=names[1], is_closed=is_closed)
    session.add(holiday)
    session.flush()
    _record(session, actor, now, "calendar.day_added", agency, holiday)
    return holiday


def remove_holiday(session: Session, actor: Actor, now: datetime, agency: Agency | None, day: date) -> None:
    """Take back a day that the agency (without one: the portal) had entered. Raises ``NotAllowed``, ``NotFound``."""
    if not can_administer(actor, agency):
        raise NotAllowed
    holiday = _at(session, agency, day)
    if holiday is None:
        raise NotFound
    session.delete(holiday)
    session.flush()
    _record(session, actor, now, "calendar.day_removed", agency, holiday)


def _check(session: Session, agency: Agency | None, day: date, name_th: str, name_en: str) -> None:
    wrong: dict[str, list[Message]] = {}
    if day.year + BUDDHIST_OFFSET not in READABLE_YEARS:
        wrong["day"] = [Message(N_("Write a day between the years 2484 and 2699 B.E."))]
    elif _at(session, agency, day) is not None:
        wrong["day"] = [Message(N_("This day stands in the calendar already; take it out first to change it"))]
    if not name_th:
        wrong["name_th"] = [Message(N_("Write what day it is, in Thai"))]
    for field, name in (("name_th", name_th), ("name_en", name_en)):
        if len(name) > NAME_MOST:
            wrong[field] = [Message(N_("At most %(most)s characters"), {"most": NAME_MOST})]
    if wrong:
        raise Invalid(wrong)


def _at(session: Session, agency: Agency | None, day: date) -> OfficeHoliday | None:
    whose = OfficeHoliday.agency_id.is_(None) if agency is None else OfficeHoliday.agency_id == agency.id
    return session.scalar(select(OfficeHoliday).where(whose, OfficeHoliday.day == day))


def _record(session: Session, actor: Actor, now: datetime, act: str, agency: Agency | None, holiday: OfficeHoliday) -> None:
    detail = {"day": holiday.day.isoformat(), "closed": holiday.is_closed}
    audit.record(session, actor, now, act, "calendar", agency.slug if agency else "portal", agency_id=holiday.agency_id, detail=detail)
