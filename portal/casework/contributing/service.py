"""The verbs: ask, recall, give, contribute, decline. All but giving are acts of the case and come through the one door."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.audit import service as audit
from portal.casework.contributing import policy
from portal.casework.contributing.models import Contribution
from portal.casework.contributing.rules import WAITING_MOST, PartKind, PartState, due_day, ended
from portal.casework.models import Case, CaseEvent
from portal.casework.rules import Act, WordsKind
from portal.casework.service.door import Extra, Said, act_on, allow, expect
from portal.casework.texts import required
from portal.files import service as files
from portal.files.service import Received
from portal.kernel.actor import CASE_ROLES, Actor
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import office_day
from portal.kernel.written_day import read_day

GIVEN = "case.contribution_given"


def ask_contribution(
    session: Session, actor: Actor, now: datetime, case: Case, asked: Agency | None, kind: str, question: str, due: str, *, row_version: int
) -> CaseEvent:
    """Ask a unit or another agency for its part by a day; owner and due day stay.

    Raises ``Invalid`` for "target", "kind", "question" and "due".
    """
    allow(policy.can_ask(actor, case))
    words = required("question", question, Message(N_("Write what you ask for")))
    if kind not in list(PartKind):
        raise Invalid({"kind": [Message(N_("Choose one of the answers"))]})
    due_on = due_day(read_day(due), office_day(now))
    expect(session, case, row_version)
    place, holder = _place(session, case, asked)
    detail: dict[str, Any] = {"agency": holder.id, "unit": None if place.id == holder.id else place.id, "kind": kind, "due_on": str(due_on)}
    event = act_on(session, actor, now, case, Act.ASK_CONTRIBUTION, Extra([Said(WordsKind.PART_ASKED, words)], detail))
    part = Contribution(
        public_id=secrets.token_hex(16),
        case_id=case.id,
        agency_id=case.agency_id,
        asked_id=place.id,
        holder_id=holder.id,
        kind=PartKind(kind),
        state=PartState.WAITING,
        asked_at=now,
        due_on=due_on,
        asked_event_id=event.id,
    )
    case.contributions.append(part)
    session.flush()
    return event


def _place(session: Session, case: Case, asked: Agency | None) -> tuple[Agency, Agency]:
    """The place and the agency it belongs to."""
    if asked is None:
        raise Invalid({"target": [Message(N_("Choose a unit or an agency"))]})
    holder = agencies.root_of(session, asked)
    waiting = [part for part in case.contributions if part.state is PartState.WAITING]
    wrong = None
    if asked.is_closed or holder.is_closed:
        wrong = Message(N_("Choose one that is not closed"))
    elif asked.id == (case.unit_id or case.agency_id):
        wrong = Message(N_("The case lies there; ask somebody else"))
    elif any(part.asked_id == asked.id for part in waiting):
        wrong = Message(N_("This place is asked already; wait for its answer, or recall the request"))
    elif len(waiting) >= WAITING_MOST:
        wrong = Message(N_("At most %(most)d requests wait at once; recall one first"), {"most": WAITING_MOST})
    if wrong:
        raise Invalid({"target": [wrong]})
    return asked, holder


def recall_contribution(session: Session, actor: Actor, now: datetime, case: Case, public_id: str, *, row_version: int) -> CaseEvent:
    """Take back what waits; it leaves the lists of the asked."""
    allow(policy.can_ask(actor, case))
    expect(session, case, row_version)
    part = next((part for part in case.contributions if part.public_id == public_id), None)
    if part is None:
        raise Invalid({"part": [Message(N_("There is no such request"))]})
    return _end(session, actor, now, part, Act.RECALL_CONTRIBUTION, Extra())


def give(session: Session, actor: Actor, now: datetime, part: Contribution, officer: User | None) -> None:
    """Let somebody who works cases in the asked agency answer it; None gives it back to the coordinators."""
    allow(policy.can_give(actor, part))
    ended(Act.CONTRIBUTE, part.state)  # refuses what does not wait any more
    people = accounts.workers_of(session, part.holder_id, CASE_ROLES)
    if officer is not None and officer.id not in {user.id for user in people}:
        raise Invalid({"officer": [Message(N_("This person works no cases here"))]})
    part.officer_id = officer.id if officer else None
    detail = {"officer": part.officer_id}
    audit.record(session, actor, now, GIVEN, "case", part.case.number, agency_id=part.holder_id, detail=detail)
    session.flush()


def contribute(
    session: Session, actor: Actor, now: datetime, part: Contribution, body: str, received: Sequence[Received] = ()
) -> CaseEvent:
    """Give the part that was asked for, with files that were received before; the owner of the case uses them."""
    allow(policy.can_read(actor, part))
    words = required("body", body, Message(N_("Write your part")))
    ended(Act.CONTRIBUTE, part.state)  # refuses before a file is named
    kept = [files.keep(session, now, one).id for one in received]
    return _end(session, actor, now, part, Act.CONTRIBUTE, Extra([Said(WordsKind.PART, words)], file_ids=kept))


def decline_contribution(session: Session, actor: Actor, now: datetime, part: Contribution, reason: str) -> CaseEvent:
    """Say why no part is given."""
    allow(policy.can_read(actor, part))
    words = required("reason", reason, Message(N_("Write why, the asker reads it")))
    return _end(session, actor, now, part, Act.DECLINE_CONTRIBUTION, Extra([Said(WordsKind.PART_DECLINED, words)]))


def _end(session: Session, actor: Actor, now: datetime, part: Contribution, act: Act, extra: Extra) -> CaseEvent:
    state = ended(act, part.state)
    place = {"agency": part.holder_id, "unit": None if part.asked_id == part.holder_id else part.asked_id}
    detail = {**place, "kind": part.kind.value, "asked": part.asked_event_id}
    event = act_on(session, actor, now, part.case, act, Extra(extra.said, detail, extra.file_ids))
    part.state, part.ended_event_id = state, event.id
    session.flush()
    return event
