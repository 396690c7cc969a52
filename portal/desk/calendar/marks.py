"""Other days that wait for somebody: absences, boxes, petitions, reports, improvements. The number of queries does not grow with them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.absence import queries as absences
from portal.agencies.office_year import office_year
from portal.casework import policy
from portal.casework.models import Case
from portal.feedback.boxes.queries import boxes
from portal.feedback.petitions.models import Petition
from portal.feedback.petitions.rules import State
from portal.kernel.actor import CASE_ROLES, Actor
from portal.kernel.thai_calendar import BUDDHIST_OFFSET
from portal.kernel.thai_text import pick
from portal.outcomes.improvements.models import Improvement
from portal.outcomes.improvements.rules import ImprovementState
from portal.outcomes.policy import REPORTERS
from portal.outcomes.reports.models import OpinionReport
from portal.outcomes.reports.rules import ReportState
from portal.web.language import language


@dataclass(frozen=True)
class Mark:
    """One thing of a day; ``kind`` is "away", "box", "petition", "report" or "improvement". ``href`` may be empty."""

    kind: str
    text: str
    href: str = ""


Days = dict[date, list[Mark]]


def marks(session: Session, actor: Actor, first: date, last: date, today: date) -> Days:
    """By day; days with nothing are left out."""
    found: Days = defaultdict(list)
    sources = (_away(session, actor, first, last), _boxes(session, actor, today), _petitions(session, actor, first, last))
    for source in (*sources, _reports(session, actor, first, last), _improvements(session, actor, first, last)):
        for day, mark in source:
            if first <= day <= last:
                found[day].append(mark)
    return dict(found)


def holidays(session: Session, agency_id: int | None, first: date, last: date) -> dict[date, str]:
    """Days on which the office is closed though it is no weekend, and what they are called."""
    years = {day.year + BUDDHIST_OFFSET for day in (first, last)}
    days = [entry for year in sorted(years) for entry in office_year(session, agency_id, year) if not entry.covered]
    named = ((entry.day, pick(language(), entry.name_th, entry.name_en)) for entry in days if entry.is_closed and entry.changes)
    return {day: name for day, name in named if first <= day <= last}


def _away(session: Session, actor: Actor, first: date, last: date) -> Iterator[tuple[date, Mark]]:
    for row in absences.between(session, actor, first, last):
        mark = Mark("away", _("%(name)s is away", name=pick(language(), row.user.name_th, row.user.name_en)), url_for("absences.index"))
        day = max(first, row.first_day)
        while day <= min(last, row.last_day):
            yield day, mark
            day += timedelta(days=1)


def _boxes(session: Session, actor: Actor, today: date) -> Iterator[tuple[date, Mark]]:
    for standing in boxes.standings(session, boxes.hanging(session, actor), today):
        name = pick(language(), standing.box.name_th, standing.box.name_en)
        yield standing.due_on, Mark("box", _("Open the box: %(name)s", name=name), url_for("boxes_desk.show", slug=standing.box.slug))


def _petitions(session: Session, actor: Actor, first: date, last: date) -> Iterator[tuple[date, Mark]]:
    """Of cases that the reader sees."""
    waiting = select(Petition).join(Case, Case.id == Petition.case_id).where(policy.visible_to(actor))
    waiting = waiting.where(Petition.state.in_((State.IN_REVIEW, State.ANSWER_OWED)))
    for row in session.scalars(waiting.order_by(Petition.id)):
        href = url_for("petitions_desk.show", slug=row.slug)
        if row.state is State.IN_REVIEW:
            yield row.review_due_on, Mark("petition", _("Petition to be reviewed: %(number)s", number=row.slug.upper()), href)
        elif row.answer_due_on is not None:
            yield row.answer_due_on, Mark("petition", _("Petition to be answered: %(number)s", number=row.slug.upper()), href)


def _reports(session: Session, actor: Actor, first: date, last: date) -> Iterator[tuple[date, Mark]]:
    here = OpinionReport.agency_id.in_(sorted(actor.agencies(*CASE_ROLES)))
    due = select(OpinionReport).where(here, OpinionReport.state != ReportState.PUBLISHED, OpinionReport.due_on.between(first, last))
    for row in session.scalars(due.options(joinedload(OpinionReport.agency)).order_by(OpinionReport.id)):
        agency = pick(language(), row.agency.short_th or row.agency.name_th, row.agency.short_en or row.agency.name_en)
        href = url_for("reports_desk.show", slug=row.slug) if actor.has_role(*REPORTERS) else ""
        yield row.due_on, Mark("report", _("Report on opinions is due: %(agency)s", agency=agency), href)


def _improvements(session: Session, actor: Actor, first: date, last: date) -> Iterator[tuple[date, Mark]]:
    here = Improvement.agency_id.in_(sorted(actor.agencies(*CASE_ROLES)))
    open_ones = Improvement.state.in_((ImprovementState.PLANNED, ImprovementState.IN_PROGRESS))
    due = select(Improvement).where(here, open_ones, Improvement.due_on.between(first, last))
    for row in session.scalars(due.order_by(Improvement.id)):
        title = pick(language(), row.title_th, row.title_en)
        if row.due_on is not None:
            href = url_for("improvements_desk.show", slug=row.slug)
            yield row.due_on, Mark("improvement", _("Improvement promised: %(title)s", title=title), href)
