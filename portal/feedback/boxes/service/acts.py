"""What every act on a box shares: the version, the trail, and making kept pages stale."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.audit import service as audit
from portal.db.revision import raise_public_revision
from portal.feedback.boxes.models import Box
from portal.files import service as files
from portal.files.service import Received
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, NotAllowed
from portal.kernel.messages import N_, Message

TAKEN_DOWN = N_("This box was taken down; nothing new is recorded for it")
SAVED_BEFORE = N_("Somebody else has changed this box since you opened the page; look at it again")


def allow(allowed: bool) -> None:
    """Raise ``NotAllowed`` unless policy said yes."""
    if not allowed:
        raise NotAllowed


def check_hangs(box: Box) -> None:
    """Raise ``Conflict`` for a tombstone."""
    if not box.hangs:
        raise Conflict(Message(TAKEN_DOWN))


def keep_photo(session: Session, now: datetime, photo: Received | None) -> int | None:
    """The id of a photograph that was received before the unit of work."""
    return files.keep(session, now, photo).id if photo is not None else None


def done(session: Session, actor: Actor, now: datetime, box: Box, act: str, detail: Mapping[str, Any] | None = None) -> None:
    """Flush, write the trail, and let the public see it."""
    session.flush()
    audit.record(session, actor, now, act, "box", box.slug, agency_id=box.agency_id, detail=detail)
    raise_public_revision(session)
