"""Committing, listing and drawing, each at its time, by the portal alone."""

import secrets
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.agencies.options.queries import value_of
from portal.audit import service as audit
from portal.db.revision import raise_public_revision
from portal.kernel.actor import SYSTEM
from portal.kernel.thai_calendar import BANGKOK, office_day
from portal.monitoring.samples import queries, rules
from portal.monitoring.samples.models import SampleDraw, SampleEntry
from portal.monitoring.samples.options import LEAST, PERCENT
from portal.monitoring.samples.rules import DrawState

BUDDHIST_OFFSET = 543


def advance(session: Session, now: datetime) -> None:
    """Whatever is due: commitments of this month and the next, lists of months that are over, draws of lists of an earlier day."""
    today = office_day(now)
    month = today.replace(day=1)
    for agency in agencies.addressable(session):
        if not agency.is_closed:
            for wanted in (month, rules.next_month(month)):
                commit(session, now, agency, wanted)
    for draw in _in(session, DrawState.LISTED):
        if draw.listed_at is not None and office_day(draw.listed_at) < today:
            _draw(session, now, draw)
    for draw in _in(session, DrawState.COMMITTED):
        if draw.month < month:
            _list(session, now, draw)


def _in(session: Session, state: DrawState) -> list[SampleDraw]:
    return list(session.scalars(select(SampleDraw).where(SampleDraw.state == state).order_by(SampleDraw.id)))


def commit(session: Session, now: datetime, agency: Agency, month: date) -> None:
    """Fix secret and size of a month, unless they are fixed."""
    if session.scalar(select(SampleDraw.id).where(SampleDraw.agency_id == agency.id, SampleDraw.month == month)) is not None:
        return
    secret = secrets.token_hex(32)
    draw = SampleDraw(
        slug=f"{agency.slug}-{month.year + BUDDHIST_OFFSET}-{month.month:02d}",
        agency_id=agency.id,
        month=month,
        state=DrawState.COMMITTED,
        least=value_of(session, LEAST, agency.id),
        percent=value_of(session, PERCENT, agency.id),
        secret=secret,
        commitment=rules.digest(secret),
        committed_at=now,
    )
    session.add(draw)
    _told(session, now, draw, "sample.committed")


def _list(session: Session, now: datetime, draw: SampleDraw) -> None:
    found, draw.apart = queries.closed_between(session, draw.agency_id, *_bounds(draw.month))
    numbers = {rules.digest(draw.slug, number): case_id for case_id, number in found}
    draw.entries = sorted(numbers)
    draw.case_ids = [numbers[entry] for entry in draw.entries]
    draw.list_digest = rules.list_digest(draw.entries)
    draw.state, draw.listed_at = DrawState.LISTED, now
    _told(session, now, draw, "sample.listed")


def _draw(session: Session, now: datetime, draw: SampleDraw) -> None:
    draw.seed = rules.digest(draw.list_digest, draw.secret)
    chosen = rules.drawn(draw.seed, draw.entries, rules.size_of(len(draw.entries), draw.least, draw.percent))
    cases = dict(zip(draw.entries, draw.case_ids, strict=True))
    draw.sample = [SampleEntry(position=place, entry=entry, case_id=cases[entry]) for place, entry in enumerate(chosen, 1)]
    draw.state, draw.drawn_at = DrawState.DRAWN, now
    _told(session, now, draw, "sample.drawn")


def _bounds(month: date) -> tuple[datetime, datetime]:
    """The month as it is in Bangkok."""
    first, after = (datetime.combine(day, time.min, BANGKOK) for day in (month, rules.next_month(month)))
    return first, after


def _told(session: Session, now: datetime, draw: SampleDraw, act: str) -> None:
    audit.record(session, SYSTEM, now, act, "sample", draw.slug, agency_id=draw.agency_id)
    session.flush()
    raise_public_revision(session)
