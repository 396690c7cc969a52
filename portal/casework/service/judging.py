"""Who judges a contested case, and what a reviewer from outside decides. In words: ``docs/rules/closing.md``, Who judges a contest."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.audit import service as audit
from portal.casework import policy, queries
from portal.casework.models import Case, CaseEvent
from portal.casework.rules import Act, Disposition, Judge, Status, WordsKind
from portal.casework.service.door import Extra, Said, act_on, allow, expect
from portal.casework.texts import required
from portal.kernel.actor import SYSTEM, Actor
from portal.kernel.messages import N_, Message
from portal.outbox import service as outbox

#: Announced when a contested case has nobody independent.
NOBODY = "case.without_judge"


def choose_judge(session: Session, now: datetime, case: Case) -> dict[str, str]:
    """Write down who judges the case as things are now; returns the code for the history of the contest. Tells if there is nobody."""
    found = queries.route_of(session, case)
    case.judge, case.judge_agency_id = found.judge, found.agency_id
    if found.judge is Judge.NOBODY:
        outbox.announce(session, NOBODY, now, case_id=case.id)
    return {"judge": found.judge.value}


def judge_anew(session: Session, now: datetime, agency_ids: Collection[int] | None = None) -> int:
    """After people or rights have changed: find again who judges what waits. Returns for how many cases it is now somebody else."""
    return sum(_judge_again(session, now, case) for case in queries.contested(session, agency_ids))


def _judge_again(session: Session, now: datetime, case: Case) -> bool:
    before, found = (case.judge, case.judge_agency_id), queries.route_of(session, case)
    if before == (found.judge, found.agency_id):
        return False
    detail = {**choose_judge(session, now, case), "judge_before": before[0].value if before[0] else None}
    audit.record(session, SYSTEM, now, "case.judge_changed", "case", case.number, agency_id=case.agency_id, detail=detail)
    session.flush()
    return True


def uphold(session: Session, actor: Actor, now: datetime, case: Case, reason: str, *, row_version: int) -> CaseEvent:
    """The reviewer lets the outcome stand, and says why: the case is closed as it was decided, and cannot be contested again."""
    words = _judged(session, actor, case, reason, row_version)
    case.disposition, case.closed_at, case.outcome_at, case.upheld_at = _disposition_before(session, case), now, now, now
    detail = {"disposition": case.disposition.value}
    return act_on(session, actor, now, case, Act.UPHOLD, Extra([Said(WordsKind.REVIEW, words)], detail))


def send_back(session: Session, actor: Actor, now: datetime, case: Case, reason: str, *, row_version: int) -> CaseEvent:
    """The reviewer finds that it must be answered anew, and says why. Who answered before may work it again, bound by these words.

    In a small office there is nobody else; a further contest comes back to somebody independent. The due day of the contest stays.
    """
    words = _judged(session, actor, case, reason, row_version)
    for row in list(case.barred):
        session.delete(row)
    session.flush()
    session.expire(case, ["barred"])
    case.judge, case.judge_agency_id = None, None
    return act_on(session, actor, now, case, Act.SEND_BACK, Extra([Said(WordsKind.REVIEW, words)]))


def _judged(session: Session, actor: Actor, case: Case, reason: str, row_version: int) -> str:
    allow(policy.can_review(actor, case))
    words = required("reason", reason, Message(N_("Write the reason; the sender and the agency read it")))
    expect(session, case, row_version)
    return words


def _disposition_before(session: Session, case: Case) -> Disposition:
    contests = select(CaseEvent).where(CaseEvent.case_id == case.id, CaseEvent.act == Act.CONTEST).order_by(CaseEvent.id.desc())
    last = session.scalars(contests.limit(1)).one()
    if code := last.detail.get("disposition_before"):
        return Disposition(code)
    return Disposition.NOT_ACCEPTED if last.old_status is Status.DECLINED else Disposition.ANSWERED
