"""What a sender changes at once: the contact, and the consent to publish."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.casework import identity
from portal.casework import service as casework
from portal.casework.identity import Contact
from portal.casework.models import Case
from portal.casework.rules import Part
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.privacy import policy, queries
from portal.privacy.models import PrivacyRequest
from portal.privacy.queries import Hindrance
from portal.privacy.rules import Ground, RequestStatus, Right, WordsKind, due_on
from portal.privacy.service.asking import PURPOSE
from portal.privacy.service.door import Said, allow, first, public_id
from portal.privacy.service.erasing import Tools, erase_case

#: How long an old address is kept, encrypted, so that it can be told.
KEPT_FOR = timedelta(days=1)


def correct_contact(session: Session, actor: Actor, now: datetime, tools: Tools, case: Case, wanted: Contact) -> bool:
    """Put e-mail, telephone or postal address right at once; the old e-mail address is told. False if nothing is different.

    A name needs a request. Raises ``Invalid`` by field and ``Conflict``.
    """
    allow(policy.can_ask(actor, case, None))
    if wanted.name:
        raise Invalid({"name": [Message(N_("Letters and proofs rest on the name, so changing it is a request"))]})
    old = identity.notice_address(tools.keyring, case)
    changed = casework.correct_contact(session, actor, now, tools.keyring, case, wanted)
    if not changed:
        return False
    _write_down(session, actor, now, tools, case, old if "email" in changed else "")
    return True


def withdraw_consent(session: Session, actor: Actor, now: datetime, tools: Tools, case: Case) -> None:
    """The text leaves the public at once, and its words are erased unless an appeal or a hold keeps them. Twice is once.

    An open case keeps it not: the sender's own words are there still, and without its row in the ledger a restored backup would
    publish the text again.
    """
    allow(policy.can_ask(actor, case, None))
    if case.publish_consent:
        casework.withdraw_consent(session, actor, now, case)
    if queries.hindrance(session, case) in (None, Hindrance.OPEN):
        erase_case(session, actor, now, tools, case, {Part.PUBLIC_TEXT}, ground=Ground.CONSENT_WITHDRAWN, though_open=True)


def forget_old_addresses(session: Session, now: datetime) -> None:
    """Wipe old addresses once there was time to tell them; inside a unit of work."""
    told = (PrivacyRequest.right == Right.CORRECTION, PrivacyRequest.status == RequestStatus.DONE, PrivacyRequest.ended_at < now - KEPT_FOR)
    wiped = update(PrivacyRequest).where(*told, PrivacyRequest.proposed_enc.is_not(None)).values(proposed_enc=None)
    session.execute(wiped.execution_options(synchronize_session=False))


def _write_down(session: Session, actor: Actor, now: datetime, tools: Tools, case: Case, old_email: str) -> None:
    """A request that is done with its beginning; it holds the old address until the worker has told it."""
    request = PrivacyRequest(
        public_id=public_id(),
        case=case,
        agency_id=case.agency_id,
        right=Right.CORRECTION,
        parts=[],
        granted=[],
        status=RequestStatus.DONE,
        received_at=now,
        due_on=due_on(now),
        ended_at=now,
        proposed_enc=tools.keyring.encrypt(PURPOSE, old_email) if old_email else None,
    )
    first(session, actor, now, request, Said(WordsKind.REQUEST, ""))
