"""The figures of a draft: asked for at the desk, counted by the worker step by step, kept until somebody asks again.

Counting reads one moment of the database from beginning to end and holds no lock: nobody waits for it, neither citizens nor the officer.
"""

from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.db import unit_of_work
from portal.db.session import one_moment
from portal.kernel.actor import Actor
from portal.kernel.errors import Unavailable
from portal.outbox.service import announce, payload_id
from portal.outbox.worker import JobContext
from portal.outcomes import policy
from portal.outcomes.reports.figures import assemble
from portal.outcomes.reports.models import DraftFigures, OpinionReport

ASKED = "report.figures_asked"


def ask(session: Session, actor: Actor, now: datetime, report: OpinionReport) -> bool:
    """Have the figures counted. False if they are being counted already: twice would take twice as long and tell nothing more."""
    policy.check(actor, policy.REPORTERS, report.agency_id)
    draft = _locked(session, report.id)
    if draft.is_counted_at_present(now):
        return False
    draft.asked_at, draft.step = now, 0
    announce(session, ASKED, now, report_id=report.id)
    return True


def count(context: JobContext, payload: dict[str, Any]) -> None:
    """What the worker does about it, with units of work of its own. A worker that dies leaves the old figures, and another begins anew."""
    session, report_id = context.session, payload_id(payload, "report_id")
    report = session.get(OpinionReport, report_id)
    if report is None or report.draft.asked_at is None:
        return  # counted in the meantime
    with one_moment(session) as reading:
        agency_id, period = report.agency_id, report.period
        found = assemble(reading, agency_id, period, context.now, lambda step: _reached(session, report_id, step))
    with unit_of_work(session):
        _locked(session, report_id).keep(found, context.now)


def count_here(session: Session, now: datetime, report: OpinionReport) -> None:
    """The same at once, in the present transaction, for whoever plays what happened on an earlier day."""
    report.draft.keep(assemble(session, report.agency_id, report.period, now), now)
    session.flush()


def _reached(session: Session, report_id: int, step: int) -> None:
    with suppress(Unavailable), unit_of_work(session):  # progress is not worth giving up what was counted so far
        _locked(session, report_id).step = step


def _locked(session: Session, report_id: int) -> DraftFigures:
    return session.get_one(DraftFigures, report_id, with_for_update=True, populate_existing=True)
