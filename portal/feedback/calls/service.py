"""Storing what was taken down. Flushes, never commits."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.casework import queries as cases
from portal.casework import service as casework
from portal.casework.rules import KeyScope
from portal.casework.service import Receipt
from portal.feedback.calls.taking import Taken, judge
from portal.feedback.followups import service as followups
from portal.feedback.followups.rules import Why
from portal.kernel.actor import CASE_ROLES, Actor
from portal.kernel.errors import NotAllowed
from portal.kernel.keyring import Keyring


def take_down(session: Session, actor: Actor, now: datetime, keyring: Keyring, taken: Taken, home: Agency, token_id: str) -> Receipt:
    """One case for one screen, however often it is sent; with its place in the queues of those who want to be called or written to.

    Any officer may take down a matter for any agency, as anybody may send one. Raises what ``casework.service.submit`` raises.
    """
    if not actor.has_role(*CASE_ROLES):
        raise NotAllowed
    received_at, submission = judge(taken, now), taken.submission()
    receipt = casework.submit(
        session,
        actor,
        now,
        keyring,
        submission,
        casework.agency_of(session, submission),
        scope=KeyScope.DESK,
        key=_key(actor, token_id),
        home_agency=home,
        received_at=received_at,
    )
    case = cases.by_number(session, receipt.case_number)
    assert case
    if not receipt.repeated:
        for way in taken.ways:
            followups.want(session, now, case, way, Why.ASKED)
    return receipt


def receipt_of(session: Session, actor: Actor, now: datetime, keyring: Keyring, token_id: str) -> Receipt | None:
    """The receipt of a screen that this officer sent within 24 hours."""
    return casework.repeat_of(session, now, keyring, KeyScope.DESK, _key(actor, token_id))


def _key(actor: Actor, token_id: str) -> str:
    return f"call {actor.user_id} {token_id}"
