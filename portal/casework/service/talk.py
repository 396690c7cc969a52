"""What is said on the way: questions and answers, additions, notes, replies."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy.orm import Session

from portal.casework import policy
from portal.casework.models import Case, CaseEvent
from portal.casework.rules import Act, WordsKind
from portal.casework.service.answering import Answer, give
from portal.casework.service.clock import end_what_came
from portal.casework.service.door import Extra, Said, act_on, allow, expect
from portal.casework.signing.rules import ProposedAct
from portal.casework.texts import as_written, optional, required
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message

NO_DETAIL: Mapping[str, Any] = MappingProxyType({})


def ask(session: Session, actor: Actor, now: datetime, case: Case, body: str, *, row_version: int) -> CaseEvent:
    """Ask the citizen something; the clock runs on while we wait."""
    allow(policy.can_work(actor, case))
    words = required("body", body, Message(N_("Write the question")))
    expect(session, case, row_version)
    return act_on(session, actor, now, case, Act.ASK, Extra([Said(WordsKind.QUESTION, words)]))


def citizen_answer(
    session: Session,
    actor: Actor,
    now: datetime,
    case: Case,
    body: str,
    *,
    file_ids: Sequence[int] = (),
    detail: Mapping[str, Any] = NO_DETAIL,
) -> CaseEvent:
    """Take the citizen's answer to our question; files alone are an answer too. ``detail`` says in codes how it came."""
    return _from_citizen(session, actor, now, case, Act.CITIZEN_ANSWER, WordsKind.CITIZEN_ANSWER, body, file_ids, detail)


def citizen_add(
    session: Session,
    actor: Actor,
    now: datetime,
    case: Case,
    body: str,
    *,
    file_ids: Sequence[int] = (),
    detail: Mapping[str, Any] = NO_DETAIL,
) -> CaseEvent:
    """Take words or files that the citizen adds. ``detail`` says in codes how they came."""
    return _from_citizen(session, actor, now, case, Act.CITIZEN_ADD, WordsKind.ADDITION, body, file_ids, detail)


def _from_citizen(
    session: Session,
    actor: Actor,
    now: datetime,
    case: Case,
    act: Act,
    kind: WordsKind,
    body: str,
    file_ids: Sequence[int],
    detail: Mapping[str, Any],
) -> CaseEvent:
    allow(policy.can_speak_for_citizen(actor, case))
    words = optional("body", body, read=as_written)
    if not words and not file_ids:
        raise Invalid({"body": [Message(N_("Write something or choose a file"))]})
    event = act_on(session, actor, now, case, act, Extra([Said(kind, words)], detail, file_ids))
    end_what_came(session, now, case)
    return event


def note(session: Session, actor: Actor, now: datetime, case: Case, body: str, *, row_version: int) -> CaseEvent:
    """Keep a note that only officers read."""
    allow(policy.can_see(actor, case))
    words = required("body", body, Message(N_("Write the note")))
    expect(session, case, row_version)
    return act_on(session, actor, now, case, Act.NOTE, Extra([Said(WordsKind.NOTE, words)]))


def reply(
    session: Session,
    actor: Actor,
    now: datetime,
    case: Case,
    body: str,
    *,
    row_version: int,
    publish: bool = False,
    file_ids: Sequence[int] = (),
) -> CaseEvent:
    """Answer the citizen, or propose to. ``publish`` offers the words for the public text, which an officer still confirms."""
    allow(policy.can_work(actor, case))
    words = required("body", body, Message(N_("Write the reply")))
    expect(session, case, row_version)
    answer = Answer(ProposedAct.REPLY, {WordsKind.REPLY.value: words}, publish=publish, file_ids=file_ids)
    return give(session, actor, now, case, answer)
