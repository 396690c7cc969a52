"""Opening, writing, reviewing and publishing reports. Raise ``NotAllowed``, ``Invalid`` by field, ``Conflict``."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.agencies.options import values_of
from portal.audit import service as audit
from portal.db.revision import raise_public_revision
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import office_day
from portal.outbox.service import announce
from portal.outcomes import policy
from portal.outcomes.options import REPORT_DAYS, REPORTS_A_YEAR
from portal.outcomes.reports import drafting, queries, rules
from portal.outcomes.reports.models import DraftFigures, OpinionReport, OpinionReportVersion
from portal.outcomes.reports.rules import Move, Period, ReportState
from portal.outcomes.reports.words import Words, checked


def open_report(session: Session, actor: Actor, now: datetime, agency: Agency, period: Period) -> OpinionReport:
    """Begin the report of a period that has begun. The due day is promised here. Raises ``Conflict`` if a report has these days already."""
    policy.check(actor, policy.REPORTERS, agency.id)
    if period.first > office_day(now):
        raise Invalid({"period": [Message(N_("This period has not begun yet"))]})
    session.get(Agency, agency.id, with_for_update=True)  # two at once must not open it twice
    if queries.overlapping(session, agency.id, period.first, period.last):
        raise Conflict(Message(N_("There is a report of these days already")))
    days = int(values_of(session, [REPORT_DAYS], agency.id)[REPORT_DAYS.key])
    before = queries.last_of(session, agency.id)
    report = OpinionReport(
        agency_id=agency.id, slug=f"{agency.slug}-{period.slug}", fiscal_year=period.fiscal_year, part=period.number, parts=period.of,
        first_on=period.first, last_on=period.last, due_on=period.last + timedelta(days=days), opened_at=now,
        responsible_id=before.named.id if before and before.named else None, draft=DraftFigures(),
    )  # fmt: skip
    if queries.by_slug(session, report.slug):  # a year was divided otherwise before
        report.slug = f"{report.slug}-of-{period.of}"
    session.add(report)
    _done(session, actor, now, report, "report.opened")
    return report


def periods_a_year(session: Session, agency_id: int) -> int:
    """Into how many periods the agency divides a year now."""
    return int(values_of(session, [REPORTS_A_YEAR], agency_id)[REPORTS_A_YEAR.key])


def write(session: Session, actor: Actor, now: datetime, report: OpinionReport, words: Words, version: int) -> OpinionReport:
    """Keep the words; what was in review or published is a draft again."""
    _take(session, actor, report, version)
    values = checked(session, report, words)
    after = rules.moved(Move.WRITE, report.state)
    for column, value in values.items():
        setattr(report, column, value)
    report.written_by_id, report.submitted_by_id = actor.user_id, None
    return _move(session, actor, now, report, after, "report.written")


def submit(session: Session, actor: Actor, now: datetime, report: OpinionReport, version: int) -> OpinionReport:
    """Let somebody else look at it, with figures counted anew."""
    _take(session, actor, report, version)
    after = rules.moved(Move.SUBMIT, report.state)
    report.submitted_by_id = actor.user_id
    drafting.ask(session, actor, now, report)  # whoever reviews it looks at figures of this day
    return _move(session, actor, now, report, after, "report.submitted")


def send_back(session: Session, actor: Actor, now: datetime, report: OpinionReport, version: int) -> OpinionReport:
    """Not yet: it is a draft again."""
    _take(session, actor, report, version)
    return _move(session, actor, now, report, rules.moved(Move.SEND_BACK, report.state), "report.sent_back")


def may_publish(actor: Actor, report: OpinionReport) -> bool:
    """The second person: neither wrote last nor sent it to review."""
    return policy.can(actor, policy.REPORTERS, report.agency_id) and actor.user_id not in (report.written_by_id, report.submitted_by_id)


def publish(session: Session, actor: Actor, now: datetime, report: OpinionReport, version: int) -> OpinionReportVersion:
    """Freeze the figures that the desk shows with the words. Raises ``Invalid`` with everything that is missing."""
    _take(session, actor, report, version)
    after = rules.moved(Move.PUBLISH, report.state)
    if not may_publish(actor, report):
        raise NotAllowed(Message(N_("Somebody else has to publish it: you wrote it or sent it to review")))
    number = (session.scalar(select(func.max(OpinionReportVersion.number)).where(OpinionReportVersion.report_id == report.id)) or 0) + 1
    if reasons := missing(report, now, number):
        raise Invalid(reasons)
    made = _version(actor, now, report, number)
    session.add(made)
    report.published_number, report.note = number, ""
    _move(session, actor, now, report, after, "report.published", {"number": number})
    announce(session, "report.published", now, report_id=report.id, number=number)
    return made


def missing(report: OpinionReport, now: datetime, number: int | None = None) -> dict[str, list[Message]]:
    """What forbids publishing this draft, by field."""
    has_figures = report.draft.asked_at is None and rules.is_fresh(now, report.draft.counted_at, report.last_on)
    return rules.missing(
        today=office_day(now), last_on=report.last_on, has_figures=has_figures, has_responsible=report.named is not None,
        introduction=report.introduction_th, conclusion=report.conclusion_th, note=report.note,
        number=number or (report.published_number or 0) + 1,
    )  # fmt: skip


def _version(actor: Actor, now: datetime, report: OpinionReport, number: int) -> OpinionReportVersion:
    officer, counted = report.named, report.draft.figures
    assert officer is not None
    assert counted is not None
    copied = ("introduction_th", "introduction_en", "conclusion_th", "conclusion_en", "note")
    told = {theme["slug"] for theme in [*counted["themes"], *(counted["rest"]["of"] if counted["rest"] else ())]}
    return OpinionReportVersion(
        report_id=report.id, number=number, figures=counted, **{name: getattr(report, name) for name in copied},
        remarks={slug: words for slug, words in report.remarks.items() if slug in told},
        responsible_name_th=officer.name_th, responsible_name_en=officer.name_en,
        responsible_position_th=officer.position_th, responsible_position_en=officer.position_en,
        published_at=now, written_by_id=report.written_by_id, published_by_id=actor.user_id,
    )  # fmt: skip


def _take(session: Session, actor: Actor, report: OpinionReport, version: int) -> None:
    policy.check(actor, policy.REPORTERS, report.agency_id)
    if report.row_version != version:
        raise Conflict(Message(N_("Somebody else has changed this report since you opened the page; look at it again")))


def _move(
    session: Session,
    actor: Actor,
    now: datetime,
    report: OpinionReport,
    after: ReportState,
    act: str,
    detail: dict[str, object] | None = None,
) -> OpinionReport:
    before, report.state = report.state, after
    return _done(session, actor, now, report, act, {"from": before.value, "to": after.value, **(detail or {})})


def _done(
    session: Session, actor: Actor, now: datetime, report: OpinionReport, act: str, detail: dict[str, object] | None = None
) -> OpinionReport:
    session.flush()
    audit.record(session, actor, now, act, "report", report.slug, agency_id=report.agency_id, detail=detail)
    raise_public_revision(session)
    return report
