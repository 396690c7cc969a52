"""Carrying out retention and waiting requests, a few at a time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.agencies.options import value_of
from portal.casework.models import Case
from portal.casework.rules import Part
from portal.kernel.actor import SYSTEM
from portal.kernel.thai_calendar import office_day
from portal.privacy import queries
from portal.privacy.models import PrivacyRequest, RetentionRun
from portal.privacy.rules import ErasedPart, Ground
from portal.privacy.rules.retention import PERIODS
from portal.privacy.service.carrying import carry_out
from portal.privacy.service.erasing import Tools, erase_account, erase_case, erase_request

PARTS_OF_CASES = (ErasedPart.IDENTITY, ErasedPart.WORDS, ErasedPart.FILES, ErasedPart.PUBLIC_TEXT)


@dataclass(frozen=True)
class Due:
    """How many of one agency (``None`` for people) would lose a part now, and since when the oldest is kept."""

    part: ErasedPart
    agency: Agency | None
    count: int
    oldest: datetime


def due(session: Session, now: datetime, days: Mapping[ErasedPart, int] | None = None) -> list[Due]:
    """What would go now, by part and agency. Writes nothing. ``days`` instead of those that are set, and only of these parts."""
    found = [one for part in (PERIODS if days is None else days) for one in _due(session, part, _before(session, now, part, days))]
    return [one for one in found if one.count]


def carry_out_some(session: Session, now: datetime, tools: Tools, most: int = 20) -> int:
    """Erase up to ``most`` things whose time is over; inside a unit of work. Returns how many: 0 when nothing is left."""
    done = 0
    for part in PERIODS:
        for gone_of in _next(session, now, tools, part, most - done):
            _count(session, now, part, gone_of)
            done += 1
    return done


def carry_out_waiting(session: Session, now: datetime, tools: Tools, most: int = 20) -> int:
    """Carry out waiting requests in whose way nothing stands any more; inside a unit of work. Returns how many."""
    ready = queries.ready_to_carry_out(session, most)
    return sum(carry_out(session, SYSTEM, now, tools, request) for request in ready)


def _before(session: Session, now: datetime, part: ErasedPart, days: Mapping[ErasedPart, int] | None = None) -> datetime:
    return now - timedelta(days=value_of(session, PERIODS[part]) if days is None else days[part])


def _due(session: Session, part: ErasedPart, before: datetime) -> Iterator[Due]:
    if part in PARTS_OF_CASES:
        cases = _cases(part, before).with_only_columns(Case.agency_id, func.count(), func.min(Case.received_at)).group_by(Case.agency_id)
        for agency_id, count, oldest in session.execute(cases):
            yield Due(part, session.get_one(Agency, agency_id), count, oldest)
    elif part is ErasedPart.REQUEST:
        requests = queries.ended_requests(before).with_only_columns(
            PrivacyRequest.agency_id, func.count(), func.min(PrivacyRequest.received_at)
        )
        for agency_id, count, oldest in session.execute(requests.group_by(PrivacyRequest.agency_id)):
            yield Due(part, session.get_one(Agency, agency_id), count, oldest)
    else:
        left = queries.left_accounts(before).with_only_columns(func.count(), func.min(User.disabled_at))
        number, since = session.execute(left).one()
        yield Due(part, None, number, since or before)


def _cases(part: ErasedPart, before: datetime) -> Select[Case]:
    return queries.refused_texts(before) if part is ErasedPart.PUBLIC_TEXT else queries.overdue_cases(part, before)


def _next(session: Session, now: datetime, tools: Tools, part: ErasedPart, most: int) -> Iterator[str]:
    """Erase the next ones; yields the code of the agency of each, empty for people."""
    if most <= 0:
        return
    before = _before(session, now, part)
    if part in PARTS_OF_CASES:
        for case in session.scalars(_cases(part, before).order_by(Case.id).limit(most)).all():
            if _erase_part(session, now, tools, case, part):
                yield case.agency.code
    elif part is ErasedPart.REQUEST:
        for request in session.scalars(queries.ended_requests(before).order_by(PrivacyRequest.id).limit(most)).all():
            if erase_request(session, now, request):
                yield request.agency.code
    else:
        for user in session.scalars(queries.left_accounts(before).order_by(User.id).limit(most)).all():
            if erase_account(session, SYSTEM, now, user, Ground.RETENTION):
                yield ""


def _erase_part(session: Session, now: datetime, tools: Tools, case: Case, part: ErasedPart) -> bool:
    ground = Ground.CONSENT_WITHDRAWN if part is ErasedPart.PUBLIC_TEXT else Ground.RETENTION
    return bool(erase_case(session, SYSTEM, now, tools, case, {Part(part.value)}, ground=ground))


def _count(session: Session, now: datetime, part: ErasedPart, agency_code: str) -> None:
    day = office_day(now)
    run = session.scalar(select(RetentionRun).where(RetentionRun.day == day))
    if run is None:
        run = RetentionRun(day=day, last_at=now, counts={})
        session.add(run)
    of_part = dict(run.counts.get(part.value, {}))
    of_part[agency_code] = of_part.get(agency_code, 0) + 1
    run.counts, run.last_at = {**run.counts, part.value: of_part}, now
    session.flush()
