"""What every act on an agency shares: who may, the version, and telling everybody that it changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from portal.agencies.models import Agency
from portal.audit import service as audit
from portal.db.revision import raise_public_revision
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import is_blank, normalise
from portal.outbox import service as outbox

CLOSED = N_("This agency was closed and takes nothing new")
SAVED_BEFORE = N_("Somebody else changed this agency after you opened the page; look at it again, what you wrote is kept")
NO_VERSION = -1


def allow(allowed: bool) -> None:
    """Raise ``NotAllowed`` unless policy said yes."""
    if not allowed:
        raise NotAllowed


def take(session: Session, agency: Agency, row_version: int) -> None:
    """Read the agency again under a lock; raises ``Conflict`` if it is closed or somebody has saved since ``row_version``."""
    session.refresh(agency, with_for_update=True)
    if agency.is_closed:
        raise Conflict(Message(CLOSED))
    if agency.row_version != row_version:
        raise Conflict(Message(SAVED_BEFORE))


def changed(session: Session, actor: Actor, now: datetime, agency: Agency, act: str, detail: Mapping[str, Any] | None = None) -> None:
    """Count the version, write the trail, make kept pages stale, and let the search read the agency again."""
    agency.updated_at = now
    flag_modified(agency, "updated_at")  # two acts of one moment are two versions
    session.flush()
    audit.record(session, actor, now, act, "agency", agency.slug, agency_id=agency.id, detail=detail)
    outbox.announce(session, "agency.changed", now, agency_id=agency.id)
    raise_public_revision(session)


def renamed(session: Session, now: datetime, agency: Agency) -> None:
    """Its name is found with every record of it: let the search read them all again."""
    outbox.announce(session, "agency.renamed", now, agency_id=agency.id)


def tidy(text: str) -> str:
    """Normalised, without space around it; empty if nothing in it can be seen."""
    words = normalise(text).strip()
    return "" if is_blank(words) else words


def checked_texts(values: Mapping[str, str], most: Mapping[str, int], required: Mapping[str, Message]) -> dict[str, str]:
    """The tidy texts; raises ``Invalid`` with every field that is empty and must not be, or too long."""
    texts = {name: tidy(value) for name, value in values.items()}
    wrong = {name: [message] for name, message in required.items() if not texts.get(name)}
    for name, text in texts.items():
        if len(text) > most[name]:
            wrong[name] = [Message(N_("At most %(most)d characters"), {"most": most[name]})]
    if wrong:
        raise Invalid(wrong)
    return texts
