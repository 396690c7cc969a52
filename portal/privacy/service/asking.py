"""Asking: the sender of a case by the receipt, a person for their account."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.casework.models import Case
from portal.casework.rules import Part
from portal.casework.service.submission import NAME_MOST
from portal.casework.texts import optional, required, tidy_line, too_long
from portal.kernel.actor import SYSTEM, Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.keyring import Keyring
from portal.kernel.messages import N_, Message
from portal.privacy import policy, queries
from portal.privacy.models import PrivacyRequest
from portal.privacy.rules import RequestAct, RequestStatus, Right, WordsKind, due_on
from portal.privacy.service.door import Said, act_on, allow, first, public_id
from portal.privacy.service.erasing import Tools, erase_case

PURPOSE = "privacy"
BODY_MOST = 2000
#: What a sender may ask to be erased; name and contacts go by rule.
BY_DECISION = frozenset({Part.WORDS, Part.FILES, Part.PUBLIC_TEXT})
AGAIN = Message(N_("You have asked this already and it has not ended; follow it here, or take it back and ask anew"))


@dataclass(frozen=True)
class Asked:
    """What was typed: the right, the parts that should go, the words, and the name as it should be."""

    right: Right
    parts: Collection[str] = ()
    words: str = ""
    name: str = ""


def ask(session: Session, actor: Actor, now: datetime, keyring: Keyring, case: Case, asked: Asked) -> PrivacyRequest:
    """A request that somebody has to decide. A second press with the same words finds the first one.

    Raises ``Invalid`` by field; ``Conflict`` where one of the kind waits already.
    """
    allow(policy.can_ask(actor, case, None))
    words, parts, name = _checked(asked, _kept_name(case))
    if known := queries.waiting_kind(session, asked.right, case_id=case.id):
        return _same(known, words, parts)
    request = _new(now, asked.right, parts, case.agency_id)
    request.case = case
    request.proposed_enc = keyring.encrypt(PURPOSE, name) if name else None
    first(session, actor, now, request, Said(WordsKind.REQUEST, words))
    return request


def ask_for_account(session: Session, actor: Actor, now: datetime, user: User, agency_id: int, asked: Asked) -> PrivacyRequest:
    """A request about the person's own account; ``agency_id`` decides."""
    allow(policy.can_ask(actor, None, user.id))
    words = required("words", asked.words, Message(N_("Write what you ask for")), BODY_MOST)
    if known := queries.waiting_kind(session, asked.right, user_id=user.id):
        return _same(known, words, [])
    request = _new(now, asked.right, [], agency_id)
    request.user = user
    first(session, actor, now, request, Said(WordsKind.REQUEST, words))
    return request


def erase_identity(session: Session, actor: Actor, now: datetime, tools: Tools, case: Case) -> PrivacyRequest:
    """The sender's name and contacts go: now if nothing stands in the way, else as soon as nothing does. Nobody decides about it."""
    allow(policy.can_ask(actor, case, None))
    if case.identity is None:
        raise Conflict(Message(N_("No name or contact is kept for this case")))
    if known := queries.waiting_kind(session, Right.ERASURE, case_id=case.id, of_identity=True):
        return known
    request = _new(now, Right.ERASURE, [Part.IDENTITY.value], case.agency_id)
    request.case, request.granted = case, [Part.IDENTITY.value]
    first(session, actor, now, request)
    if why := queries.hindrance(session, case):
        act_on(session, SYSTEM, now, request, RequestAct.WAIT, detail={"waits_for": why.value})
    else:
        erase_case(session, actor, now, tools, case, {Part.IDENTITY}, request=request)
        act_on(session, SYSTEM, now, request, RequestAct.CARRY_OUT)
    return request


def take_back(session: Session, actor: Actor, now: datetime, request: PrivacyRequest) -> None:
    """Who asked thinks better of it. What was erased does not come back."""
    allow(policy.can_ask(actor, request.case, request.user_id))
    if request.status is RequestStatus.TAKEN_BACK:
        return
    act_on(session, actor, now, request, RequestAct.TAKE_BACK)


def _checked(asked: Asked, has_name: bool) -> tuple[str, list[str], str]:
    parts = sorted({part.value for part in BY_DECISION if part.value in asked.parts})
    if asked.right is Right.ERASURE and not parts:
        raise Invalid({"parts": [Message(N_("Choose what is to be erased"))]})
    name = tidy_line(asked.name) if asked.right is Right.CORRECTION else ""
    if asked.right is Right.CORRECTION:
        _check_name(name, has_name)
        return optional("words", asked.words, BODY_MOST), parts, name
    needs_words = asked.right is not Right.ACCESS
    empty = Message(N_("Write why, so that it can be decided"))
    words = required("words", asked.words, empty, BODY_MOST) if needs_words else optional("words", asked.words, BODY_MOST)
    return words, parts, name


def _check_name(name: str, has_name: bool) -> None:
    if not has_name:
        raise Invalid({"name": [Message(N_("No name was given with the case, so there is none to correct"))]})
    if not name:
        raise Invalid({"name": [Message(N_("Write the name as it should be"))]})
    if len(name) > NAME_MOST:
        raise Invalid({"name": [too_long(NAME_MOST)]})


def _kept_name(case: Case) -> bool:
    return case.identity is not None and bool(case.identity.name_enc)


def _same(known: PrivacyRequest, words: str, parts: list[str]) -> PrivacyRequest:
    said = next((one.body for one in known.words if one.kind is WordsKind.REQUEST), "")
    if said != words or list(known.parts) != parts:
        raise Conflict(AGAIN)
    return known


def _new(now: datetime, right: Right, parts: list[str], agency_id: int) -> PrivacyRequest:
    return PrivacyRequest(
        public_id=public_id(),
        agency_id=agency_id,
        right=right,
        parts=parts,
        granted=[],
        status=RequestStatus.RECEIVED,
        received_at=now,
        due_on=due_on(now),
    )
