"""The one door of requests: status, history, audit row and event of an act are written here and nowhere else."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.audit import service as audit
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, NotAllowed
from portal.outbox import service as outbox
from portal.privacy import policy
from portal.privacy.models import PrivacyEvent, PrivacyRequest, PrivacyWords
from portal.privacy.rules import RequestAct, RequestStatus, WordsKind, checked

#: Nothing happens to a request any more, unless it is appealed.
ENDED = frozenset({RequestStatus.REFUSED, RequestStatus.DONE, RequestStatus.TAKEN_BACK})


@dataclass(frozen=True)
class Said:
    """Words that go with an act, already tidy."""

    kind: WordsKind
    body: str


def public_id() -> str:
    """A fresh random id for an address."""
    return secrets.token_hex(16)


def allow(allowed: bool) -> None:
    """Raise ``NotAllowed`` unless policy said yes."""
    if not allowed:
        raise NotAllowed


def expect(request: PrivacyRequest, row_version: int) -> None:
    """Raise ``Conflict`` unless the form was filled in for the present version."""
    if request.row_version != row_version:
        raise Conflict


def first(session: Session, actor: Actor, now: datetime, request: PrivacyRequest, said: Said | None = None) -> None:
    """Store a new request with the beginning of its history."""
    session.add(request)
    session.flush()
    _write(session, actor, now, request, RequestAct.SUBMIT, None, said, {"right": request.right.value})


def act_on(
    session: Session,
    actor: Actor,
    now: datetime,
    request: PrivacyRequest,
    act: RequestAct,
    said: Said | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Do the act: raises ``Conflict`` if it does not fit the status. The verb has asked policy before."""
    old = request.status
    request.status = checked(act, old)
    if request.status in ENDED and act is not RequestAct.EXPORT:
        request.ended_at, request.proposed_enc = now, None
    elif request.status not in ENDED:
        request.ended_at = None
    session.flush()
    _write(session, actor, now, request, act, old, said, dict(detail or {}))


def _write(
    session: Session,
    actor: Actor,
    now: datetime,
    request: PrivacyRequest,
    act: RequestAct,
    old: RequestStatus | None,
    said: Said | None,
    detail: dict[str, Any],
) -> None:
    session.add(
        PrivacyEvent(
            request_id=request.id,
            at=now,
            act=act,
            old_status=old,
            new_status=request.status,
            actor_kind=actor.kind,
            actor_id=actor.user_id,
            detail=detail,
        )
    )
    if said and said.body:
        session.add(PrivacyWords(request_id=request.id, kind=said.kind, author_id=actor.user_id, at=now, body=said.body))
    told = {"from": old.value if old else None, "to": request.status.value, **detail}
    agency_id = policy.holder_of(request)
    audit.record(session, actor, now, act.event, "privacy_request", request.public_id, agency_id=agency_id, detail=told)
    outbox.announce(session, act.event, now, request_id=request.id)
    session.flush()
    session.expire(request, ["events", "words"])
