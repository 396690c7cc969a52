"""The one door: status, history, audit row and event of an act are written here and nowhere else.

Every verb checks policy and words first and then comes through ``act_on``; ``first`` is the same for a new case.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from portal.audit import service as audit
from portal.casework.clock.days import end_pause
from portal.casework.errors import SavedWords, StaleCase
from portal.casework.models import Case, CaseEvent, CaseFile, CaseProposal, CaseQuarantine, CaseWords, PublicDraft
from portal.casework.pictures.ending import end_pictures
from portal.casework.publication.rules import ENDED_BY
from portal.casework.rules import ACKNOWLEDGING, ANSWERING, OPEN, Act, Status, WordsKind, checked
from portal.casework.rules.abuse import Verdict
from portal.casework.signing.rules import OVERTAKEN_BY, ProposalState
from portal.casework.snooze.rules import wakes
from portal.casework.snooze.service import wake
from portal.kernel.actor import Actor, ActorKind
from portal.kernel.errors import NotAllowed
from portal.kernel.thai_calendar import office_day
from portal.outbox import service as outbox


@dataclass(frozen=True)
class Said:
    """Words that go with an act, already tidy."""

    kind: WordsKind
    body: str
    is_public: bool = False


@dataclass(frozen=True)
class Extra:
    """What goes with an act: words, codes and ids for the history, files (ids of ``stored_file``)."""

    said: Sequence[Said] = ()
    detail: Mapping[str, Any] = field(default_factory=dict)
    file_ids: Sequence[int] = ()
    #: False for an end that answers nobody: what is refused as abuse stands in no figure of answers.
    answers: bool = True


#: An officer who does one of these has looked at a case that lay in quarantine.
LOOKED_AT = frozenset(
    {Act.ASSIGN, Act.START, Act.ASK, Act.REPLY, Act.CLOSE, Act.REFER, Act.DECLINE, Act.FORWARD_UNIT, Act.FORWARD_AGENCY, Act.MERGE}
    | {Act.PUT_OUT, Act.PROPOSE, Act.PAUSE, Act.EXTEND, Act.SPLIT}
)
#: The owner of the case is another one after these.
GIVING = frozenset({Act.ASSIGN, Act.HAND_OVER, Act.RELEASE})
#: Key in the detail of an act: the owner, who was away, in whose name it was done.
FOR = "stands_in_for"
RELEASED = "case.released_from_quarantine"
NOTHING = Extra()


def allow(allowed: bool) -> None:
    """Raise ``NotAllowed`` unless policy said yes."""
    if not allowed:
        raise NotAllowed


def expect(session: Session, case: Case, row_version: int) -> None:
    """Raise ``StaleCase`` with what was saved meanwhile, unless the form was filled in for the present version."""
    if case.row_version == row_version:
        return
    newer = select(CaseWords).join(CaseEvent, CaseWords.event_id == CaseEvent.id)
    rows = session.scalars(newer.where(CaseWords.case_id == case.id, CaseEvent.version > row_version).order_by(CaseWords.id))
    saved = [SavedWords(row.kind, row.body, row.author_id, row.at) for row in rows]
    raise StaleCase(case.status, case.row_version, saved)


def first(session: Session, actor: Actor, now: datetime, case: Case, extra: Extra = NOTHING) -> CaseEvent:
    """Store a new case with the beginning of its history."""
    case.row_version = 1
    session.add(case)
    session.flush()
    return _write(session, actor, now, case, Act.SUBMIT, None, extra)


def act_on(session: Session, actor: Actor, now: datetime, case: Case, act: Act, extra: Extra = NOTHING) -> CaseEvent:
    """Do the act: raises ``Conflict`` if it does not fit the status. The verb has asked policy before."""
    old = case.status
    case.status = checked(act, old)
    case.is_open = case.status in OPEN
    case.counted = case.status is not Status.MERGED and not case.guarded
    case.row_version += 1
    if case.paused_until is not None and not case.is_open:  # before the answer is judged
        end_pause(session, now, case)
    if act in ACKNOWLEDGING and actor.kind is ActorKind.USER and case.acknowledged_at is None:
        case.acknowledged_at = now
    if act in ANSWERING:
        case.outcome_at = now
        if extra.answers:
            _count_answer(case, now)
    if act in OVERTAKEN_BY:
        overtake(session, now, case)
    if act in ENDED_BY:
        drop_draft(session, case)
        end_pictures(session, case, act)
    if old is Status.RECEIVED and act in LOOKED_AT and actor.kind is ActorKind.USER:
        taken_up(session, actor, now, case)
    if wakes(act, case.status):
        wake(session, case)
    return _write(session, actor, now, case, act, old, extra)


def taken_up(session: Session, actor: Actor, now: datetime, case: Case) -> None:
    """Out of quarantine, if it lies there: from now on a case like any other, and its sender gets the mail that waited."""
    row = session.get(CaseQuarantine, case.id)
    if row is None or row.decided_at is not None:
        return
    row.decided_at, row.decided_by_id, row.verdict = now, actor.user_id, Verdict.RELEASED
    audit.record(session, actor, now, RELEASED, "case", case.number, agency_id=case.agency_id)
    began = select(CaseEvent.id).where(CaseEvent.case_id == case.id).order_by(CaseEvent.id).limit(1)
    outbox.announce(session, RELEASED, now, case_id=case.id, event_id=session.scalars(began).one())


def overtake(session: Session, now: datetime, case: Case) -> None:
    """End a proposal that waits for a signature, because something else was written or done."""
    waits = (CaseProposal.case_id == case.id, CaseProposal.state == ProposalState.WAITING)
    session.execute(update(CaseProposal).where(*waits).values(state=ProposalState.WITHDRAWN, decided_at=now))


def drop_draft(session: Session, case: Case) -> None:
    """Let go of a public text that waits for a second officer or for the sender."""
    session.flush()
    session.execute(delete(PublicDraft).where(PublicDraft.case_id == case.id))
    session.expire(case, ["public_draft"])


def _count_answer(case: Case, now: datetime) -> None:
    if case.answered_at is None:
        case.answered_at = now
        case.days_to_answer = (office_day(now) - office_day(case.received_at)).days
        case.answered_in_time = office_day(now) <= case.first_due_on


def _write(session: Session, actor: Actor, now: datetime, case: Case, act: Act, old: Status | None, extra: Extra) -> CaseEvent:
    told = {**extra.detail, **_for_whom(actor, case, act)}
    event = CaseEvent(case_id=case.id, **event_values(actor, now, act, old, case.status, told, case.row_version))
    session.add(event)
    _flush(session)
    words = _keep_words(session, actor, now, event, extra.said)
    _link_files(session, actor, now, event, words, extra.file_ids)
    detail = {"event": event.id, **audit_detail(old, case.status, told)}
    audit.record(session, actor, now, act.event, "case", case.number, agency_id=case.agency_id, detail=detail)
    outbox.announce(session, act.event, now, case_id=case.id, event_id=event.id)
    session.flush()
    return event


def _for_whom(actor: Actor, case: Case, act: Act) -> dict[str, int]:
    """For which owner, who is away, somebody acted. Who gives a case away does that in their own name."""
    if act in GIVING or case.owner_id is None or case.owner_id not in actor.stands_in_for:
        return {}
    return {FOR: case.owner_id}


def event_values(
    actor: Actor, now: datetime, act: Act, old: Status | None, new: Status, detail: Mapping[str, Any], version: int
) -> dict[str, Any]:
    """Columns of a row of history, without its case."""
    return {
        "at": now,
        "act": act,
        "old_status": old,
        "new_status": new,
        "actor_kind": actor.kind,
        "actor_id": actor.user_id,
        "detail": dict(detail),
        "visible_to_citizen": act.shown_to_citizen,
        "version": version,
    }


def audit_detail(old: Status | None, new: Status, detail: Mapping[str, Any]) -> dict[str, Any]:
    """What the trail tells of an act beside the id of its row of history."""
    return {"from": old.value if old else None, "to": new.value, **detail}


def _flush(session: Session) -> None:
    try:
        session.flush()
    except StaleDataError as error:
        raise StaleCase from error


def _keep_words(session: Session, actor: Actor, now: datetime, event: CaseEvent, said: Sequence[Said]) -> list[CaseWords]:
    rows = [
        CaseWords(
            case_id=event.case_id,
            event_id=event.id,
            kind=one.kind,
            author_kind=actor.kind,
            author_id=actor.user_id,
            at=now,
            body=one.body,
            is_public=one.is_public,
        )
        for one in said
        if one.body
    ]
    session.add_all(rows)
    if rows:
        session.flush()
    return rows


def _link_files(
    session: Session, actor: Actor, now: datetime, event: CaseEvent, words: Sequence[CaseWords], file_ids: Sequence[int]
) -> None:
    words_id = words[0].id if words else None
    for file_id in file_ids:
        session.add(
            CaseFile(case_id=event.case_id, stored_file_id=file_id, event_id=event.id, words_id=words_id, added_by=actor.kind, at=now)
        )
