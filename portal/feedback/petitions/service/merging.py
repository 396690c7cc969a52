"""What is the same goes on in one: supports move, and none counts twice."""

from datetime import datetime

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session, aliased

from portal.casework import policy
from portal.casework import service as casework
from portal.feedback.petitions.models import Petition, PetitionConfirmation, PetitionEvent, PetitionFollower, PetitionSupport
from portal.feedback.petitions.rules import SUPPORTABLE, Act, State, moved
from portal.feedback.petitions.service.reaching import reach_if_enough
from portal.feedback.petitions.service.supporting import recount
from portal.feedback.petitions.service.trail import act_on
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid, NotAllowed
from portal.kernel.messages import N_, Message

WHICH = Message(N_("Choose another petition of the same agency that can still be supported"))


def merge(
    session: Session, actor: Actor, now: datetime, petition: Petition, into: Petition | None, reason: str, *, row_version: int
) -> PetitionEvent:
    """Both locked. ``reason`` is for the opener; one that is public already tells it as a reply, one in review by merging the cases."""
    case = petition.case
    moved(Act.MERGE, petition.state)
    if into is None or into.id == petition.id or into.state not in SUPPORTABLE or into.case.agency_id != case.agency_id:
        raise Invalid({"into": [WHICH]})
    if petition.state is State.COLLECTING and petition.agency_id != into.agency_id:
        raise Invalid({"into": [WHICH]})
    if not (policy.can_assign(actor, case) and policy.can_see(actor, into.case)):
        raise NotAllowed
    if case.is_open:
        casework.merge(session, actor, now, case, into.case, reason, row_version=row_version)
    else:
        casework.reply(session, actor, now, case, reason, row_version=row_version)
    _move_supports(session, petition, into)
    petition.merged_into_id = into.id
    act_on(session, actor, now, into, Act.ABSORB, {"from": petition.slug})
    event = act_on(session, actor, now, petition, Act.MERGE, {"into": into.slug})
    reach_if_enough(session, now, into)
    return event


def _move_supports(session: Session, petition: Petition, into: Petition) -> None:
    other = aliased(PetitionSupport)
    same = exists().where(other.petition_id == into.id, other.way == PetitionSupport.way, other.mark == PetitionSupport.mark)
    doubled = select(PetitionSupport.id).where(PetitionSupport.petition_id == petition.id, same)
    ids = session.scalars(doubled).all()
    session.execute(delete(PetitionFollower).where(PetitionFollower.support_id.in_(ids)))
    session.execute(delete(PetitionSupport).where(PetitionSupport.id.in_(ids)))
    for table in (PetitionSupport, PetitionConfirmation):
        session.execute(update(table).where(table.petition_id == petition.id).values(petition_id=into.id))
    session.expire_all()
    recount(session, petition)
    recount(session, into)
