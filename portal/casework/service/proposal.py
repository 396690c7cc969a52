"""The public text as the portal proposes it: the citizen's words and the agency's answer, personal data closed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.casework import identity, policy
from portal.casework.models import Case, CaseEvent, CaseWords, PublicCase
from portal.casework.rules import Act, PublicState, WordsKind
from portal.kernel.keyring import Keyring
from portal.kernel.redaction import Reason, apply, propose
from portal.kernel.thai_text import normalise

#: Stand in the public text whenever they are there; replies only where the officer offered them.
_ALWAYS = (WordsKind.RESULT, WordsKind.REFERRED_TO, WordsKind.REASON)


@dataclass(frozen=True)
class PublicText:
    """What an officer is asked to confirm; ``redactions`` counts the closed places by reason."""

    subject: str
    body: str
    answer: str
    redactions: dict[str, int] = field(default_factory=dict)


def said_by_sender(case: Case) -> str:
    """The details; of a photographed letter what was typed from it, perhaps nothing yet."""
    return case.letter.body if not case.body and case.letter is not None else case.body


def redacted(text: str, known: Sequence[str] = ()) -> str:
    """The text in one spelling with every proposal accepted; ``known`` are names that must not show."""
    text = normalise(text)
    return apply(text, propose(text, known)).text


def redactions_in(*texts: str) -> dict[str, int]:
    """How many places are closed for which reason, read from the marks in the texts themselves."""
    counted = Counter({reason.value: sum(text.count(reason.mark) for text in texts) for reason in Reason})
    return {reason: count for reason, count in counted.items() if count}


def propose_public_text(session: Session, case: Case, keyring: Keyring | None = None) -> PublicText:
    """The text for the public, made anew from the words of the case. Writes nothing.

    With ``keyring`` the sender's own name is closed wherever it stands; without, names are found by their titles only.
    """
    known = [name] if keyring and (name := identity.opened(keyring, case).name) else []
    answer = _answer(_last_round(session, case))
    texts = redacted(case.subject, known), redacted(said_by_sender(case), known), redacted(answer, known)
    return PublicText(*texts, redactions=redactions_in(*texts))


def propose_if_allowed(session: Session, now: datetime, case: Case) -> None:
    """Part of answering and closing: put the text where officers find it to confirm, if the citizen allowed publication.

    A text that was published stays as it is until an officer confirms another.
    """
    if not policy.may_be_public(case):
        return
    public = case.public or PublicCase(case_id=case.id, state=PublicState.PROPOSED)
    if public.state is not PublicState.PROPOSED:
        return
    text = propose_public_text(session, case)
    public.subject, public.body, public.answer, public.redactions = text.subject, text.body, text.answer, text.redactions
    public.updated_at = now
    case.public = public
    session.flush()


def _last_round(session: Session, case: Case) -> Sequence[CaseWords]:
    """The words since the citizen last contested, oldest first."""
    contested = select(func.max(CaseEvent.id)).where(CaseEvent.case_id == case.id, CaseEvent.act == Act.CONTEST)
    since = session.scalar(contested) or 0
    words = select(CaseWords).where(CaseWords.case_id == case.id, CaseWords.event_id > since).order_by(CaseWords.id)
    return session.scalars(words).all()


def _answer(words: Iterable[CaseWords]) -> str:
    told = (row.body for row in words if row.kind in _ALWAYS or (row.kind is WordsKind.REPLY and row.is_public))
    return "\n\n".join(told)
