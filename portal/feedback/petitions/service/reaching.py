"""The threshold: from the support that reaches it on the agency owes a public answer."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.casework import queries as cases
from portal.casework import service as casework
from portal.casework.rules import Act as CaseAct
from portal.casework.rules import possible
from portal.feedback.petitions.models import Petition
from portal.feedback.petitions.rules import Act, State
from portal.feedback.petitions.service.trail import act_on
from portal.kernel.actor import SYSTEM


def reach_if_enough(session: Session, now: datetime, petition: Petition) -> bool:
    """In the same transaction as the support: the case is open again, its clock starts anew, and the due day is stored.

    A case that is open already (contested), or that was closed and whose answer waits to be published, keeps its own clock.
    """
    if petition.state is not State.COLLECTING or petition.threshold is None or petition.supports < petition.threshold:
        return False
    case = cases.by_number(session, petition.case.number, lock=True)
    assert case
    if possible(CaseAct.OWE, case.status):
        casework.owe(session, SYSTEM, now, case)
        petition.answer_due_on = case.due_on
    else:
        petition.answer_due_on, _ = cases.promise(session, case.agency, case.kind, now, case.language)
    petition.reached_at = now
    act_on(session, SYSTEM, now, petition, Act.REACH, {"supports": petition.supports})
    return True
