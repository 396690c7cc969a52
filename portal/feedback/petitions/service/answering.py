"""What becomes of the case becomes of the petition: told by events, never called, so each may come twice or late."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.casework.models import Case, CaseEvent
from portal.casework.rules import ERASED, PublicState, Status
from portal.casework.rules import Act as CaseAct
from portal.db.revision import raise_public_revision
from portal.feedback.petitions import queries
from portal.feedback.petitions.models import Petition
from portal.feedback.petitions.rules import MOVES, SUPPORTABLE, Act, Ground, State
from portal.feedback.petitions.service.trail import act_on
from portal.kernel.actor import SYSTEM
from portal.kernel.thai_calendar import office_day
from portal.outbox import service as outbox

#: Something of its case has changed that decides what the public sees.
CHANGED = "petition.changed"
#: Acts by which a case is over without a review.
ENDS_BEFORE = frozenset({CaseAct.CLOSE, CaseAct.REFER, CaseAct.DECLINE})
#: What a petition follows.
FOLLOWED = ENDS_BEFORE | {
    *(CaseAct.PUBLISH, CaseAct.WITHDRAW, CaseAct.MERGE, CaseAct.FORWARD_AGENCY, CaseAct.REORGANISE, CaseAct.WITHDRAW_CONSENT),
    *(CaseAct.ERASE, CaseAct.MARK_ABOUT, CaseAct.SAY_ABOUT, CaseAct.UNMARK_ABOUT, CaseAct.WITHDRAW_PUBLICATION),
}


def case_changed(session: Session, case: Case, event: CaseEvent) -> None:
    """Follow the act that the event tells of; nothing happens for a case that is no petition."""
    petition = queries.of_case(session, case.id, lock=True) if case.collects else None
    if petition is None:
        return
    match event.act:
        case CaseAct.PUBLISH:
            note_answer(session, event.at, petition)
        case CaseAct.WITHDRAW:
            _if_possible(session, event.at, petition, Act.WITHDRAW)
        case CaseAct.MERGE:
            _merged(session, event.at, petition)
        case CaseAct.WITHDRAW_CONSENT | CaseAct.ERASE:
            _forget_text(session, event.at, petition)
        case CaseAct.MARK_ABOUT | CaseAct.SAY_ABOUT | CaseAct.UNMARK_ABOUT | CaseAct.WITHDRAW_PUBLICATION:
            _seen_anew(session, event.at, petition)
        case CaseAct.FORWARD_AGENCY | CaseAct.REORGANISE if petition.state is State.IN_REVIEW:
            petition.agency_id = case.agency_id
        case act if act in ENDS_BEFORE and petition.state is State.IN_REVIEW:
            _refused(session, event.at, petition, Ground.ABUSE if event.detail.get("abuse") else Ground.ANSWERED)


def note_answer(session: Session, at: datetime, petition: Petition) -> None:
    """Answered in public: closed or referred, and published; ``at`` is when the latter of both was done."""
    case = petition.case
    if case.status is not Status.CLOSED or not _says_the_outcome(case) or petition.state not in MOVES[Act.ANSWER].sources:
        return
    petition.answered_at = at
    if petition.answer_due_on is not None:
        petition.answered_in_time = office_day(at) <= petition.answer_due_on
    detail = {"disposition": case.disposition.value if case.disposition else None, "in_time": petition.answered_in_time}
    act_on(session, SYSTEM, at, petition, Act.ANSWER, detail)


def _says_the_outcome(case: Case) -> bool:
    """A text that was published before the case was closed does not hold the decision."""
    public = case.public
    if public is None or public.state is not PublicState.PUBLISHED or case.outcome_at is None:
        return False
    return public.updated_at >= case.outcome_at


def _merged(session: Session, at: datetime, petition: Petition) -> None:
    """In the queue, before the review, into another case: where that is a petition, it goes on there."""
    if petition.state is not State.IN_REVIEW or petition.case.merged_into_id is None:
        return
    into = queries.of_case(session, petition.case.merged_into_id)
    if into is None or into.state not in SUPPORTABLE:
        _refused(session, at, petition, Ground.ANSWERED)
        return
    petition.merged_into_id = into.id
    act_on(session, SYSTEM, at, petition, Act.MERGE, {"into": into.slug})


def _refused(session: Session, at: datetime, petition: Petition, ground: Ground) -> None:
    petition.ground = ground
    act_on(session, SYSTEM, at, petition, Act.REFUSE, {"ground": ground.value})


def _if_possible(session: Session, at: datetime, petition: Petition, act: Act) -> None:
    if petition.state in MOVES[act].sources:
        act_on(session, SYSTEM, at, petition, act)


def _forget_text(session: Session, at: datetime, petition: Petition) -> None:
    """Without consent nobody may read it; what was public leaves only that it was there."""
    if not petition.case.publish_consent and petition.title:
        petition.title = petition.text = ERASED
        session.flush()
    _seen_anew(session, at, petition)


def _seen_anew(session: Session, at: datetime, petition: Petition) -> None:
    """Pages follow the case by themselves; copies of them and the search have to be told."""
    raise_public_revision(session)
    outbox.announce(session, CHANGED, at, petition_id=petition.id)
