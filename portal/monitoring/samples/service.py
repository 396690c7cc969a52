"""Findings, and the agency's answers to them. They do nothing to the case itself."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.audit import service as audit
from portal.casework.texts import required
from portal.db.revision import raise_public_revision
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import office_day
from portal.monitoring.samples import policy
from portal.monitoring.samples.models import SampleEntry, SampleFinding
from portal.monitoring.samples.rules import ANSWER_WITHIN, Met, Proof
from portal.outbox import service as outbox

#: Announced when somebody found that a case was closed although nothing was done.
FALSE_CLOSING = "sample.false_closing"
WORDS_MOST = 4000


@dataclass(frozen=True)
class Found:
    """A finding as it was typed."""

    met: str = ""
    proof: str = ""
    false_closing: bool = False
    words: str = ""


def find(session: Session, actor: Actor, now: datetime, entry: SampleEntry, found: Found) -> SampleFinding:
    """Write down what somebody found, or write it anew while the agency has not answered.

    Raises ``Invalid`` for "met", "proof" and "words", ``Conflict`` once it was answered, or where the case is not shown any more.
    """
    if not policy.can_inspect(actor, entry.draw) or actor.user_id is None:
        raise NotAllowed
    if not entry.is_shown:
        raise Conflict(Message(N_("This case is not shown any more")))
    met, proof, words = _checked(found)
    _lock(session, entry)
    row = next((one for one in entry.findings if one.by_id == actor.user_id), None)
    if row is not None and row.replied_at is not None:
        raise Conflict(Message(N_("The agency has answered this finding; it stays as it is")))
    if row is None:
        row = SampleFinding(agency_id=entry.draw.agency_id, by_id=actor.user_id, reply="")
        entry.findings.append(row)
    was_false = bool(row.false_closing)
    row.met, row.proof, row.false_closing, row.words = met, proof, found.false_closing, words
    row.at, row.due_on = now, office_day(now) + ANSWER_WITHIN
    session.flush()
    if found.false_closing and not was_false:
        outbox.announce(session, FALSE_CLOSING, now, finding_id=row.id)
    _told(session, actor, now, entry, "sample.found")
    return row


def reply(session: Session, actor: Actor, now: datetime, finding: SampleFinding, words: str) -> None:
    """The agency's answer; it stays as it is written."""
    if not policy.can_reply(actor, finding.entry.draw):
        raise NotAllowed
    text = required("reply", words, Message(N_("Write the answer")), WORDS_MOST)
    _lock(session, finding.entry)
    session.refresh(finding)
    if finding.replied_at is not None:
        raise Conflict(Message(N_("This finding was answered already")))
    finding.reply, finding.replied_at, finding.replied_by_id = text, now, actor.user_id
    _told(session, actor, now, finding.entry, "sample.replied")


def _lock(session: Session, entry: SampleEntry) -> None:
    """Two presses at once: the second waits, and meets what the first wrote."""
    session.execute(select(SampleEntry.id).where(SampleEntry.id == entry.id).with_for_update())
    session.refresh(entry, ["findings"])


def _checked(found: Found) -> tuple[Met, Proof, str]:
    wrong = {}
    if found.met not in list(Met):
        wrong["met"] = [Message(N_("Choose one of the answers"))]
    if found.proof not in list(Proof):
        wrong["proof"] = [Message(N_("Choose one of the answers"))]
    try:
        words = required("words", found.words, Message(N_("Write what you found")), WORDS_MOST)
    except Invalid as invalid:
        raise Invalid({**wrong, **invalid.fields}) from None
    if wrong:
        raise Invalid(wrong)
    return Met(found.met), Proof(found.proof), words


def _told(session: Session, actor: Actor, now: datetime, entry: SampleEntry, act: str) -> None:
    audit.record(session, actor, now, act, "sample", entry.draw.slug, agency_id=entry.draw.agency_id, detail={"place": entry.position})
    session.flush()
    raise_public_revision(session)
