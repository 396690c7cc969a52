"""Who waits for a call or a letter in the demonstration: whoever asked to be answered that way and is not done with."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.casework.models import Case
from portal.casework.rules import OPEN, Status
from portal.feedback.followups import service
from portal.feedback.followups.rules import TOLD_BY, Result, Way, Why

COORDINATOR = "coordinator@demo.example"


def load_followups(session: Session, now: datetime, people: Mapping[str, User], cases: Sequence[Case]) -> None:
    """Open cases because their senders asked, answered ones because there is something to tell; the first call reached nobody."""
    waiting = [case for case in cases if case.answer_by in TOLD_BY and (case.status in OPEN or case.status is Status.ANSWERED)]
    for case in waiting:
        answered = case.status is Status.ANSWERED
        since = case.outcome_at if answered and case.outcome_at else case.received_at
        service.want(session, since, case, TOLD_BY[case.answer_by], Why.ANSWER if answered else Why.ASKED)
    first = next((case for case in waiting if TOLD_BY[case.answer_by] is Way.CALL), None)
    if first is not None:
        actor = accounts.actor_for(session, people[COORDINATOR])
        service.record_attempt(session, actor, now - timedelta(hours=3), first, Way.CALL, Result.NOT_REACHED.value)
