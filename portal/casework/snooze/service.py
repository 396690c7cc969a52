"""Laying a case by, and taking it up again. No act of the case; the trail tells who did it."""

from datetime import date, datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.audit import service as audit
from portal.casework import policy
from portal.casework.models import Case, CaseSnooze
from portal.casework.snooze import rules
from portal.casework.texts import required
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import office_day

SNOOZED, WOKEN = "case.snoozed", "case.woken"
REASON_MOST = 300


def snooze(session: Session, actor: Actor, now: datetime, case: Case, until: date | None, reason: str) -> CaseSnooze:
    """Lay it by until the morning of ``until``, or choose another day. Raises ``Invalid`` for "until" and "reason", ``Conflict``."""
    if not policy.can_work(actor, case):
        raise NotAllowed
    if not rules.may_rest(case.status, urgent=case.urgent):
        raise Conflict(rules.NOT_THIS)
    if wrong := rules.fault(until, case.due_on, office_day(now)):
        raise Invalid({"until": [wrong]})
    assert until is not None
    words = required("reason", reason, Message(N_("Write what you are waiting for")), REASON_MOST)
    row = session.get(CaseSnooze, case.id) or CaseSnooze(case_id=case.id)
    row.until, row.reason, row.by_id, row.at = until, words, actor.user_id, now
    session.add(row)
    session.flush()
    session.expire(case, ["snooze"])
    _record(session, actor, now, case, SNOOZED, {"until": until.isoformat()})
    return row


def unsnooze(session: Session, actor: Actor, now: datetime, case: Case) -> bool:
    """Take it up again before its day. False if it did not rest."""
    if not policy.can_work(actor, case):
        raise NotAllowed
    if not _gone(session, case):
        return False
    _record(session, actor, now, case, WOKEN, {})
    return True


def wake(session: Session, case: Case) -> None:
    """An act has ended the rest; the act itself stands in the trail."""
    _gone(session, case)


def _gone(session: Session, case: Case) -> bool:
    ended = session.execute(delete(CaseSnooze).where(CaseSnooze.case_id == case.id))
    session.expire(case, ["snooze"])
    return bool(ended.rowcount)  # type: ignore[attr-defined]  # a DELETE's result has it


def _record(session: Session, actor: Actor, now: datetime, case: Case, act: str, detail: dict[str, str]) -> None:
    audit.record(session, actor, now, act, "case", case.number, agency_id=case.agency_id, detail=detail)
