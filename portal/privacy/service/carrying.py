"""Carrying out what was granted: one act that erases or corrects, writes the ledger, and ends the request."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.casework import service as casework
from portal.casework.identity import Contact
from portal.casework.rules import Part
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.messages import N_, Message
from portal.privacy import policy, queries
from portal.privacy.models import PrivacyRequest
from portal.privacy.rules import Ground, RequestAct, RequestStatus, Right
from portal.privacy.service.asking import PURPOSE
from portal.privacy.service.deciding import ERASING
from portal.privacy.service.door import act_on, allow
from portal.privacy.service.erasing import Tools, erase_account, erase_case


def carry_out(session: Session, actor: Actor, now: datetime, tools: Tools, request: PrivacyRequest) -> bool:
    """Do what was granted. False, and the request waits, while something stands in the way; it is then done by the worker.

    Raises ``Conflict`` for a request that was not granted, and for an account that is still open.
    """
    allow(policy.can_carry_out(actor, request))
    if request.status not in (RequestStatus.GRANTED, RequestStatus.WAITING):
        raise Conflict(Message(N_("Only what was granted can be carried out")))
    if request.case is not None and request.right in ERASING and (why := queries.hindrance(session, request.case)):
        if request.status is RequestStatus.GRANTED:
            act_on(session, actor, now, request, RequestAct.WAIT, detail={"waits_for": why.value})
        return False
    _do(session, actor, now, tools, request)
    act_on(session, actor, now, request, RequestAct.CARRY_OUT, detail={"parts": list(request.granted)})
    return True


def note_export(session: Session, actor: Actor, now: datetime, request: PrivacyRequest) -> bool:
    """Write down that the data were opened, before they are shown. True if they go out in clear: for a granted request for a copy only."""
    allow(policy.can_decide(actor, request))
    clear = request.right is Right.ACCESS and request.status in (RequestStatus.GRANTED, RequestStatus.DONE)
    act_on(session, actor, now, request, RequestAct.EXPORT, detail={"clear": clear})
    return clear


def _do(session: Session, actor: Actor, now: datetime, tools: Tools, request: PrivacyRequest) -> None:
    if request.case is not None and request.right in ERASING:
        erase_case(session, actor, now, tools, request.case, {Part(part) for part in request.granted}, request=request)
    elif request.case is not None and request.right is Right.CORRECTION and request.proposed_enc:
        name = tools.keyring.decrypt(PURPOSE, request.proposed_enc)
        casework.correct_contact(session, actor, now, tools.keyring, request.case, Contact(name=name))
    elif request.user is not None and request.right is Right.ERASURE:
        _erase_account(session, actor, now, request)


def _erase_account(session: Session, actor: Actor, now: datetime, request: PrivacyRequest) -> None:
    assert request.user is not None
    if request.user.disabled_at is None:
        raise Conflict(Message(N_("The account is still in use: an administrator closes it first, then this can be carried out")))
    erase_account(session, actor, now, request.user, request.ground or Ground.NO_LONGER_NEEDED, request.public_id)
