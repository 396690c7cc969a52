"""What every act on a text shares: the lock, the one door through which its state changes, and the trail."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.audit import service as audit
from portal.db.revision import raise_public_revision
from portal.disclosures import policy, rules
from portal.disclosures.models import Disclosure, DisclosureTranslation
from portal.kernel.actor import Actor


def take(session: Session, actor: Actor, translation: DisclosureTranslation) -> Disclosure:
    """Check the policy and read the text again under a lock: what follows rests on what is true now."""
    policy.check_write(actor, translation.disclosure.agency_id)
    session.refresh(translation, with_for_update=True)
    session.expire(translation, ["version"])
    session.expire(translation.disclosure)
    return translation.disclosure


def move(
    session: Session,
    actor: Actor,
    now: datetime,
    translation: DisclosureTranslation,
    act: rules.Move,
    detail: dict[str, int | str] | None = None,
    name: str = "",
) -> None:
    """The one door: state, row version and audit entry are written together. Raises ``Conflict`` where the act does not fit.

    ``name`` is how the trail calls the act, if it says more than the move.
    """
    before = translation.state
    state = rules.after(act, before, is_public=translation.is_public)
    gone = state is rules.PublishState.WITHDRAWN
    # All at once, before anything is read: a constraint holds state and withdrawal together.
    translation.state, translation.row_version = state, translation.row_version + 1
    translation.withdrawn_at = (translation.withdrawn_at or now) if gone else None
    translation.withdrawn_reason = translation.withdrawn_reason if gone else ""
    codes = {"from": before.value, "to": state.value, **(detail or {})}
    record(session, actor, now, translation, name or f"disclosure.{act.value}", codes)


def record(
    session: Session, actor: Actor, now: datetime, translation: DisclosureTranslation, act: str, detail: dict[str, int | str]
) -> None:
    """Into the trail: codes only."""
    page = translation.disclosure
    audit.record(
        session, actor, now, act, "disclosure", page.slug, agency_id=page.agency_id, detail={"language": translation.language, **detail}
    )


def refresh_latest(disclosure: Disclosure) -> None:
    """Set when the page last changed for the public; empty if nothing of it is public."""
    public = [one.version for one in disclosure.translations if one.is_public and one.version]
    disclosure.latest_at = max((version.updated_at for version in public), default=None)


def public_may_have_changed(session: Session, disclosure: Disclosure) -> None:
    """Licence, place, kind and related pages show at once, without a new version."""
    session.flush()
    if any(one.published_number for one in disclosure.translations):
        raise_public_revision(session)
