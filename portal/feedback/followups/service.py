"""Promising to call or write back, and writing down what was tried. In words: ``docs/rules/calls.md``."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.audit import service as audit
from portal.casework import policy
from portal.casework.models import Case
from portal.casework.texts import tidy_line, too_long
from portal.db.upsert import upsert
from portal.feedback.followups import queries
from portal.feedback.followups.models import CaseFollowUp, FollowUpAttempt
from portal.feedback.followups.rules import ENDING, RESULTS, Result, Way, Why
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.kernel.messages import N_, Message

NUMBER_MOST = 60


def want(session: Session, now: datetime, case: Case, way: Way, why: Why) -> None:
    """The sender is to be called or written to; one that is open already stays as it is."""
    values = {"case_id": case.id, "way": way, "why": why, "wanted_at": now}
    session.execute(upsert(session, CaseFollowUp).values(values).on_conflict_do_nothing())


def record_attempt(
    session: Session, actor: Actor, now: datetime, case: Case, way: Way, result: str, registry_number: str = ""
) -> FollowUpAttempt:
    """Write down a call or a letter. Raises ``Conflict`` when a colleague has reached the sender already."""
    if actor.user_id is None or not policy.can_see(actor, case):
        raise NotAllowed
    if result not in RESULTS[way]:
        raise Invalid({"attempt": [Message(N_("Choose what came of it"))]})
    number = _number(way, registry_number)
    follow_up = queries.open_for(session, case, way, lock=True)
    if follow_up is None:
        raise Conflict(Message(N_("Somebody has done this already; the sender need not be bothered twice")))
    attempt = FollowUpAttempt(follow_up_id=follow_up.id, at=now, by_id=actor.user_id, result=Result(result), registry_number=number)
    session.add(attempt)
    if attempt.result in ENDING:
        follow_up.done_at = now
    session.flush()
    detail = {"way": way.value, "result": attempt.result.value}
    audit.record(session, actor, now, "follow_up.attempted", "case", case.number, agency_id=case.agency_id, detail=detail)
    return attempt


def _number(way: Way, text: str) -> str:
    if way is not Way.LETTER:
        return ""
    number = tidy_line(text)
    if not number:
        raise Invalid({"registry_number": [Message(N_("Write the registry number of the letter"))]})
    if len(number) > NUMBER_MOST:
        raise Invalid({"registry_number": [too_long(NUMBER_MOST)]})
    return number
