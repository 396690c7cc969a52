"""What time brings: petitions close, and what is kept of supporters goes."""

from datetime import datetime, timedelta

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from portal.casework.rules.abuse import WINDOW
from portal.feedback.petitions.models import Petition, PetitionConfirmation, PetitionFollower, PetitionSupport, PetitionTally
from portal.feedback.petitions.rules import CONFIRM_LIFE, ENDED, HASHES_LAST, Act, State
from portal.feedback.petitions.service.trail import act_on
from portal.kernel.actor import SYSTEM
from portal.kernel.thai_calendar import office_day

#: In one go; the next hour does the rest.
AT_ONCE = 200
#: An answer's mails have left by then.
ADDRESSES_LAST = timedelta(days=2)


def lapse(session: Session, now: datetime) -> int:
    """Close those whose last day is over and whose threshold was not reached; returns how many."""
    over = select(Petition).where(Petition.state == State.COLLECTING, Petition.closes_on < office_day(now))
    rows = session.scalars(over.order_by(Petition.closes_on, Petition.id).limit(AT_ONCE).with_for_update()).all()
    for petition in rows:
        act_on(session, SYSTEM, now, petition, Act.LAPSE, {"supports": petition.supports})
    return len(rows)


def sweep(session: Session, now: datetime) -> None:
    """Forget tallies, links that nobody used, addresses that have had their mail, and the hashes of what ended long ago."""
    session.execute(delete(PetitionTally).where(PetitionTally.at < now - 2 * WINDOW))
    session.execute(delete(PetitionConfirmation).where(PetitionConfirmation.asked_at < now - CONFIRM_LIFE))
    told = _supports_of_ended(now - ADDRESSES_LAST)
    session.execute(delete(PetitionFollower).where(PetitionFollower.support_id.in_(told)))
    old = _supports_of_ended(now - HASHES_LAST).where(PetitionSupport.mark.is_not(None))
    values = {"mark": None, "link_hash": None}
    wiped = update(PetitionSupport).where(PetitionSupport.id.in_(old)).values(values)
    session.execute(wiped.execution_options(synchronize_session=False))
    session.expire_all()


def _supports_of_ended(before: datetime) -> Select[int]:
    ended = Petition.state.in_(ENDED) & (Petition.ended_at < before)
    return select(PetitionSupport.id).join(Petition, Petition.id == PetitionSupport.petition_id).where(ended)
