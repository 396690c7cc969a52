"""Erasing with its row in the ledger: parts of a case, words of a request, an account."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.accounts import erasing as accounts
from portal.accounts.models import User
from portal.casework import service as casework
from portal.casework.models import Case
from portal.casework.rules import Part
from portal.files.store import FileStore
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.keyring import Keyring
from portal.kernel.messages import N_, Message
from portal.privacy import queries
from portal.privacy.models import PrivacyRequest, PrivacyWords
from portal.privacy.queries import Hindrance
from portal.privacy.rules import ErasedPart, Ground
from portal.privacy.service.ledger import enter

CASE, REQUEST, ACCOUNT = "case", "privacy_request", "user"


@dataclass(frozen=True)
class Tools:
    """What carrying out needs beside the database."""

    store: FileStore
    keyring: Keyring


def erase_case(
    session: Session,
    actor: Actor,
    now: datetime,
    tools: Tools,
    case: Case,
    parts: Collection[Part],
    *,
    request: PrivacyRequest | None = None,
    ground: Ground = Ground.NO_LONGER_NEEDED,
    though_open: bool = False,
) -> frozenset[Part]:
    """Erase the parts and write the ledger; raises ``Conflict`` while something stands in the way. Returns what was there."""
    why = queries.hindrance(session, case)
    if why is not None and not (though_open and why is Hindrance.OPEN):
        raise Conflict(Message(N_("Nothing can be erased now: %(why)s"), {"why": Message(why.label)}))
    erased = casework.erase(session, actor, now, tools.store, case, parts)
    ground = (request.ground if request else None) or ground
    for part in sorted(erased):
        enter(session, now, ErasedPart(part.value), CASE, case.number, ground, request.public_id if request else "")
    return erased


def erase_request(session: Session, now: datetime, request: PrivacyRequest, ground: Ground = Ground.RETENTION) -> bool:
    """Blank the words of a request that ended long ago; what was asked and decided stays. False if that was done before."""
    if not blank_request(session, now, request):
        return False
    enter(session, now, ErasedPart.REQUEST, REQUEST, request.public_id, ground)
    return True


def blank_request(session: Session, now: datetime, request: PrivacyRequest) -> bool:
    """The same without a row in the ledger, for an erasure that has its row already."""
    if request.words_erased_at is not None:
        return False
    session.execute(update(PrivacyWords).where(PrivacyWords.request_id == request.id).values(body=""))
    request.words_erased_at, request.proposed_enc = now, None
    session.flush()
    session.expire(request, ["words"])
    return True


def erase_account(session: Session, actor: Actor, now: datetime, user: User, ground: Ground, request_key: str = "") -> bool:
    """E-mail and sign-in of a person who has left go; the name stays in the record. False if that was done before."""
    key = user.public_id
    if not accounts.erase(session, actor, now, user):
        return False
    enter(session, now, ErasedPart.ACCOUNT, ACCOUNT, key, ground, request_key)
    return True


def user_of(session: Session, key: str) -> User | None:
    """The account with this public id."""
    return session.scalar(select(User).where(User.public_id == key))
