"""Recording a breach: what could be reached is counted and listed at once; what happens to the record is its history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, insert, literal, or_, select, true
from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.audit import service as audit
from portal.audit.models import AuditEntry
from portal.casework import policy as casework
from portal.casework.mails import TOLD
from portal.casework.models import Case, CaseEvent, CaseIdentity
from portal.casework.texts import required
from portal.kernel.actor import Actor, Role
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.messages import N_, Message
from portal.privacy.models import Breach, BreachCase, BreachEvent
from portal.privacy.rules import BreachAct, BreachSource, BreachStatus
from portal.privacy.rules.breach import after
from portal.privacy.service.door import allow, public_id

BODY_MOST = 10_000
#: Categories of the data register that each source reaches.
REACHED: dict[BreachSource, tuple[str, ...]] = {
    BreachSource.ACCOUNT: ("case_words", "case_identity", "case_record", "case_history", "handed_in_file", "officer"),
    BreachSource.DATABASE: (
        *("case_words", "case_identity", "case_record", "case_history", "case_public_text", "receipt_key"),
        *("handed_in_file", "officer", "credential", "audit", "privacy_words", "privacy_record"),
    ),
    BreachSource.MAIL: ("case_words", "case_identity", "case_record"),
}


@dataclass(frozen=True)
class BreachFacts:
    """What is known when it is written down. ``user`` for an account only."""

    source: BreachSource
    begins_at: datetime
    ends_at: datetime
    known_at: datetime
    words: str
    user: User | None = None


def record_breach(session: Session, actor: Actor, now: datetime, agency: Agency, facts: BreachFacts) -> Breach:
    """Write it down with everything that it could reach. Raises ``Invalid`` by field."""
    allow(actor.holds_itself((Role.PRIVACY,), agency.id) and (facts.user is None or facts.user.id != actor.user_id))
    words = required("words", facts.words, Message(N_("Write what happened, as far as it is known")), BODY_MOST)
    _check_times(now, facts)
    breach = Breach(
        public_id=public_id(),
        agency_id=agency.id,
        source=facts.source,
        user_id=facts.user.id if facts.user else None,
        begins_at=facts.begins_at,
        ends_at=facts.ends_at,
        known_at=facts.known_at,
        recorded_at=now,
        status=BreachStatus.OPEN,
        categories=sorted(REACHED[facts.source]),
        counts={},
    )
    session.add(breach)
    session.flush()
    _reach(session, breach, _realm(session, agency))
    breach.counts = {**breach.counts, "elsewhere": _elsewhere(session, breach, _realm(session, agency))}
    _write(session, actor, now, breach, BreachAct.RECORD, words)
    return breach


def act_on_breach(session: Session, actor: Actor, now: datetime, breach: Breach, act: BreachAct, words: str, *, row_version: int) -> None:
    """Add to the record. Raises ``Conflict`` for a closed one or when somebody saved first."""
    allow(actor.holds_itself((Role.PRIVACY,), breach.agency_id) and breach.user_id != actor.user_id)
    body = required("words", words, Message(N_("Write what was found or done")), BODY_MOST)
    if breach.row_version != row_version:
        raise Conflict(Message(N_("Somebody else has added to this record since you opened it; read it, then send yours again")))
    breach.status = after(act, breach.status)
    _write(session, actor, now, breach, act, body)


def _check_times(now: datetime, facts: BreachFacts) -> None:
    wrong: dict[str, Sequence[Message]] = {}
    if facts.begins_at > facts.ends_at:
        wrong["ends_at"] = [Message(N_("It cannot end before it began"))]
    if facts.known_at > now:
        wrong["known_at"] = [Message(N_("This lies in the future"))]
    if facts.begins_at > now:
        wrong["begins_at"] = [Message(N_("This lies in the future"))]
    if (facts.source is BreachSource.ACCOUNT) != (facts.user is not None):
        wrong["account"] = [Message(N_("Choose the account that was used"))]
    if wrong:
        raise Invalid(wrong)


def _realm(session: Session, agency: Agency) -> ColumnElement[bool]:
    """Cases of the agency and of what lies below it."""
    return Case.agency_id.in_(sorted(agencies.subtree_ids(session, [agency.id])))


def _reach(session: Session, breach: Breach, realm: ColumnElement[bool]) -> None:
    acted = _acted_on(breach)
    reached = select(Case).where(realm, Case.recorded_at <= breach.ends_at, _could_reach(session, breach, acted))
    listed = breach.source is not BreachSource.DATABASE
    if listed:  # of the database it is every case, and a list of all of them says nothing
        rows = reached.with_only_columns(literal(breach.id), Case.id, acted)
        session.execute(insert(BreachCase).from_select(["breach_id", "case_id", "acted_on"], rows))
    breach.counts = {
        "cases": _count(session, reached),
        "with_contact": _count(session, reached.where(exists().where(CaseIdentity.case_id == Case.id))),
        "acted_on": _count(session, reached.where(acted)) if listed else 0,
        "accounts": _accounts(session, breach),
    }
    session.flush()


def _elsewhere(session: Session, breach: Breach, realm: ColumnElement[bool]) -> int:
    """Cases of agencies that are not this one's: their own data protection officers record it."""
    could = _could_reach(session, breach, _acted_on(breach))
    return _count(session, select(Case).where(~realm, Case.recorded_at <= breach.ends_at, could))


def _could_reach(session: Session, breach: Breach, acted: ColumnElement[bool]) -> ColumnElement[bool]:
    if breach.source is BreachSource.DATABASE:
        return true()
    if breach.source is BreachSource.MAIL:
        return acted
    assert breach.user_id is not None
    actor = accounts.actor_for(session, session.get_one(User, breach.user_id))
    return or_(casework.visible_to(actor), acted)


def _acted_on(breach: Breach) -> ColumnElement[bool]:
    """Of an account: it did something with the case; of mails: one about the case was on its way."""
    within = (CaseEvent.case_id == Case.id, CaseEvent.at.between(breach.begins_at, breach.ends_at))
    if breach.source is BreachSource.MAIL:
        with_address = exists().where(CaseIdentity.case_id == Case.id, CaseIdentity.email_enc.is_not(None))
        return exists().where(*within, CaseEvent.act.in_(TOLD)) & with_address
    by_them = CaseEvent.actor_id == breach.user_id
    read = exists().where(
        AuditEntry.object_type == "case",
        AuditEntry.object_key == Case.number,
        AuditEntry.actor_id == breach.user_id,
        AuditEntry.at.between(breach.begins_at, breach.ends_at),
    )
    return or_(exists().where(*within, by_them), read)


def _count(session: Session, cases: Select[Case]) -> int:
    return session.scalar(select(func.count()).select_from(cases.with_only_columns(Case.id).subquery())) or 0


def _accounts(session: Session, breach: Breach) -> int:
    if breach.source is BreachSource.DATABASE:
        return session.scalar(select(func.count()).select_from(User)) or 0
    return int(breach.user_id is not None)


def _write(session: Session, actor: Actor, now: datetime, breach: Breach, act: BreachAct, body: str) -> None:
    session.add(BreachEvent(breach_id=breach.id, at=now, act=act, actor_id=actor.user_id, body=body))
    detail = {"to": breach.status.value, "source": breach.source.value}
    audit.record(session, actor, now, f"breach.{act.value}", "breach", breach.public_id, agency_id=breach.agency_id, detail=detail)
    session.flush()
    session.expire(breach, ["events", "cases"])
