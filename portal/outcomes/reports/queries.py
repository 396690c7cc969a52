"""Named reads of reports."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import Session, defer, joinedload

from portal.casework.figures import Days, received_in
from portal.casework.models import Case
from portal.kernel.actor import Actor
from portal.outcomes import policy
from portal.outcomes.reports.models import OpinionReport, OpinionReportVersion


def public_list(agency_ids: Collection[int] | None = None) -> Select[OpinionReport]:
    """Reports of periods that have ended or that were published, to be ordered by (last_on, id) descending; agency and officer loaded."""
    query = select(OpinionReport)
    if agency_ids is not None:
        query = query.where(OpinionReport.agency_id.in_(sorted(agency_ids)))
    return query.options(joinedload(OpinionReport.agency), joinedload(OpinionReport.responsible))


def ended(query: Select[OpinionReport], today: date) -> Select[OpinionReport]:
    """Without those whose period still runs: nobody owes them yet."""
    return query.where(or_(OpinionReport.last_on < today, OpinionReport.published_number.is_not(None)))


def overdue(session: Session, today: date, agency_ids: Collection[int] | None = None) -> int:
    """How many are overdue."""
    late = select(func.count()).select_from(OpinionReport)
    late = late.where(OpinionReport.published_number.is_(None), OpinionReport.due_on < today)
    if agency_ids is not None:
        late = late.where(OpinionReport.agency_id.in_(sorted(agency_ids)))
    return session.scalar(late) or 0


def by_slug(session: Session, slug: str, *, lock: bool = False) -> OpinionReport | None:
    """The report at this address, published or not."""
    query = select(OpinionReport).where(OpinionReport.slug == slug)
    query = query.options(joinedload(OpinionReport.agency), joinedload(OpinionReport.responsible))
    if lock:
        query = query.with_for_update(of=OpinionReport).execution_options(populate_existing=True)
    return session.scalar(query)


def for_desk(session: Session, actor: Actor, slug: str, *, lock: bool = False) -> OpinionReport | None:
    """The same if the actor writes reports of its agency."""
    report = by_slug(session, slug, lock=lock)
    return report if report is not None and policy.can(actor, policy.REPORTERS, report.agency_id) else None


def of_desk(actor: Actor) -> Select[OpinionReport]:
    """Reports that the actor writes, to be ordered by (last_on, id)."""
    return public_list(actor.agencies(*policy.REPORTERS))


def version(session: Session, report: OpinionReport, number: int | None) -> OpinionReportVersion | None:
    """One version of it."""
    if number is None:
        return None
    return session.scalar(
        select(OpinionReportVersion).where(OpinionReportVersion.report_id == report.id, OpinionReportVersion.number == number)
    )


def numbers_of(session: Session, report: OpinionReport) -> Sequence[OpinionReportVersion]:
    """Its versions without the figures, newest first."""
    columns = (OpinionReportVersion.figures, OpinionReportVersion.remarks)
    query = select(OpinionReportVersion).where(OpinionReportVersion.report_id == report.id).order_by(OpinionReportVersion.number.desc())
    return session.scalars(query.options(*(defer(column) for column in columns))).all()


def overlapping(session: Session, agency_id: int, first: date, last: date) -> OpinionReport | None:
    """A report of the agency that has a day in common with these."""
    days = (OpinionReport.first_on <= last, OpinionReport.last_on >= first)
    return session.scalars(select(OpinionReport).where(OpinionReport.agency_id == agency_id, *days).limit(1)).first()


def last_of(session: Session, agency_id: int) -> OpinionReport | None:
    """The agency's report of the latest period."""
    query = select(OpinionReport).where(OpinionReport.agency_id == agency_id).order_by(OpinionReport.last_on.desc()).limit(1)
    return session.scalars(query).first()


def has_heard(session: Session, agency_id: int, days: Days) -> bool:
    """True if anything was received in these days."""
    return bool(session.scalar(select(exists().where(Case.counted, Case.agency_id == agency_id, received_in(days)))))


def ends_by_agency(session: Session, since: date) -> dict[int, list[tuple[date, date]]]:
    """First and last day of each agency's reports that end after this day."""
    rows = session.execute(
        select(OpinionReport.agency_id, OpinionReport.first_on, OpinionReport.last_on).where(OpinionReport.last_on > since)
    )
    found: dict[int, list[tuple[date, date]]] = {}
    for agency_id, first, last in rows:
        found.setdefault(agency_id, []).append((first, last))
    return found
