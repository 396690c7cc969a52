"""The one door: state, history, audit row and event of an act are written here and nowhere else."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.audit import service as audit
from portal.db.revision import raise_public_revision
from portal.feedback.petitions.models import Petition, PetitionEvent
from portal.feedback.petitions.rules import ENDED, Act, State, moved
from portal.kernel.actor import Actor
from portal.outbox import service as outbox


def begin(session: Session, actor: Actor, now: datetime, petition: Petition) -> None:
    """Store a new petition with the beginning of its history."""
    session.add(petition)
    session.flush()
    _write(session, actor, now, petition, Act.OPEN, None, {})


def act_on(
    session: Session, actor: Actor, now: datetime, petition: Petition, act: Act, detail: Mapping[str, Any] | None = None
) -> PetitionEvent:
    """Do the act on a locked petition: raises ``Conflict`` if it does not fit the state. The verb has asked policy before."""
    old = petition.state
    petition.state = moved(act, old)
    petition.ended_at = now if petition.state in ENDED else None
    petition.updated_at = now
    return _write(session, actor, now, petition, act, old, detail or {})


def _write(
    session: Session, actor: Actor, now: datetime, petition: Petition, act: Act, old: State | None, detail: Mapping[str, Any]
) -> PetitionEvent:
    event = PetitionEvent(
        petition_id=petition.id,
        at=now,
        act=act,
        old_state=old,
        new_state=petition.state,
        actor_kind=actor.kind,
        actor_id=actor.user_id,
        detail=dict(detail),
    )
    session.add(event)
    session.flush()
    codes = {"from": old.value if old else None, "to": petition.state.value, **detail}
    audit.record(session, actor, now, f"petition.{act.value}", "petition", petition.slug, agency_id=petition.case.agency_id, detail=codes)
    outbox.announce(session, f"petition.{act.value}", now, petition_id=petition.id)
    raise_public_revision(session)
    return event
