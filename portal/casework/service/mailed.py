"""What arrives by mail and what does not: words that nobody has proven to be the sender's, and mails that came back.

In words: ``docs/rules/mail-in.md``.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.casework.models import Case, CaseEvent, CaseLeftOut
from portal.casework.rules import Act, Status, WordsKind, possible
from portal.casework.service.door import Extra, Said, act_on, allow
from portal.casework.texts import as_written, optional
from portal.files.names import tidy as tidy_name
from portal.kernel.actor import SYSTEM, Actor, ActorKind
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message

#: In the detail of an act: how its words came, and that our mail did not arrive.
BY_MAIL, UNDELIVERED = "by_mail", "undelivered"
#: What the line in the history says.
MAILED = N_("A message came by e-mail")
NOTED_EVERY = timedelta(days=1)


def takes_mail(case: Case) -> bool:
    """True while the case takes words at all."""
    return possible(Act.CITIZEN_ADD, case.status) and case.words_erased_at is None


def add_by_mail(session: Session, actor: Actor, now: datetime, case: Case, body: str, *, file_ids: Sequence[int] = ()) -> CaseEvent:
    """Words and files that came with the reply token. ``actor`` is a visitor: whoever wrote is nobody we know.

    They answer our question where the case waits for the sender. Raises ``Conflict`` for a case that is over, ``Invalid`` for no words.
    """
    allow(actor.kind is ActorKind.VISITOR)
    words = optional("body", body, read=as_written)
    if not words and not file_ids:
        raise Invalid({"body": [Message(N_("Write something or choose a file"))]})
    answers = case.status is Status.WAITING_CITIZEN
    act, kind = (Act.CITIZEN_ANSWER, WordsKind.CITIZEN_ANSWER) if answers else (Act.CITIZEN_ADD, WordsKind.ADDITION)
    return act_on(session, actor, now, case, act, Extra([Said(kind, words)], {BY_MAIL: True}, file_ids))


def note_undelivered(session: Session, now: datetime, case: Case) -> CaseEvent | None:
    """Tell the officers that a mail about the case did not arrive; once a day, however many came back."""
    lately = select(CaseEvent).where(CaseEvent.case_id == case.id, CaseEvent.act == Act.NOTE, CaseEvent.at > now - NOTED_EVERY)
    if any(event.detail.get(UNDELIVERED) for event in session.scalars(lately)):
        return None
    return act_on(session, SYSTEM, now, case, Act.NOTE, Extra(detail={UNDELIVERED: True}))


def leave_out(session: Session, event: CaseEvent, name: str, why: Message) -> None:
    """Keep the name of a file that was not taken, and why."""
    session.add(CaseLeftOut(case_id=event.case_id, event_id=event.id, name=tidy_name(name), why=why.text, params=dict(why.values)))
