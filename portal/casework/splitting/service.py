"""Dividing a text: the case stays as one matter, the others become cases that carry the same words, sender and clock."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.casework import identity, policy, receipts
from portal.casework.models import Case, CaseAnswer, CaseEvent, CaseFile, CasePart, CaseRaise
from portal.casework.rules import Act, Status
from portal.casework.service.door import Extra, act_on, allow, expect, first
from portal.casework.service.making import next_number
from portal.casework.splitting.rules import Matter, Wanted, planned
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.keyring import Keyring
from portal.kernel.messages import N_, Message

#: What every matter has from the case: the sender's words and wishes, and the clock.
SAME = (
    *(
        "fiscal_year",
        "kind",
        "channel",
        "language",
        "subject",
        "body",
        "place",
        "lat",
        "lon",
        "province",
        "anonymity",
        "answer_by",
        "publish_consent",
    ),
    *("urgent", "received_at", "due_on", "first_due_on", "due_basis", "acknowledge_by", "final_by"),
)
UNFIT = N_(
    "A petition, a picture of a letter, a matter kept apart, one whose clock stands still and one that was divided already are not divided"
)
#: In the history of a matter: the id of the case that was divided.
SPLIT_OF = "split_of"


def can_split(actor: Actor, case: Case) -> bool:
    """Who works the case, where it may be divided at all."""
    return policy.can_work(actor, case) and not (
        case.guarded or case.collects or case.letter is not None or case.part is not None or case.paused_until is not None
    )


def split(
    session: Session, actor: Actor, now: datetime, case: Case, keyring: Keyring, stays: str, wanted: Sequence[Wanted], *, row_version: int
) -> CaseEvent:
    """Divide the text. Raises ``Invalid`` with the fields of the matters, ``Conflict`` for what is not divided."""
    allow(policy.can_work(actor, case))
    if not can_split(actor, case):
        raise Conflict(Message(UNFIT))
    kept, matters = planned(case.body, stays, wanted)
    places = [_place(session, case, place, one) for place, one in _numbered(wanted, matters)]
    expect(session, case, row_version)
    made = [_matter(session, actor, now, case, keyring, place, one) for place, one in zip(places, matters, strict=True)]
    case.part = CasePart(first_id=case.id, title=kept, at=now)
    return act_on(session, actor, now, case, Act.SPLIT, Extra(detail={"into": [one.id for one in made]}))


def _numbered(wanted: Sequence[Wanted], matters: Sequence[Matter]) -> list[tuple[int, Matter]]:
    numbers = [place for place, one in enumerate(wanted, 1) if not one.is_empty]
    return list(zip(numbers, matters, strict=True))


def _place(session: Session, case: Case, place: int, one: Matter) -> Agency | None:
    if not one.place:
        return None
    found = agencies.by_slug(session, one.place)
    if found is None or found.is_closed or agencies.root_of(session, found).is_closed:
        raise Invalid({f"place-{place}": [Message(N_("Choose one that is not closed"))]})
    return found


def _matter(session: Session, actor: Actor, now: datetime, case: Case, keyring: Keyring, place: Agency | None, one: Matter) -> Case:
    holder = agencies.root_of(session, place) if place else session.get_one(Agency, case.agency_id)
    nobodys = receipts.nobodys()  # the code of the divided case opens them all
    values: dict[str, Any] = {name: getattr(case, name) for name in SAME}
    made = Case(
        **values, number=next_number(session, holder, case.fiscal_year), agency_id=holder.id, status=Status.RECEIVED, recorded_at=now
    )
    made.receipt_key_id, made.receipt_hash = nobodys.key_id, nobodys.hash
    if place is None:
        made.unit_id, made.pool = case.unit_id, case.pool
    elif place.id != holder.id:
        made.unit_id = place.id
    if holder.id == case.agency_id:
        made.topic_id = case.topic_id
    made.identity = identity.sealed(keyring, holder.id, identity.opened(keyring, case), case.anonymity)
    made.part = CasePart(first_id=case.id, title=one.title, passage_start=one.start, passage_end=one.end, at=now)
    made.raises = [CaseRaise(origin_id=one.origin_id, from_id=one.from_id, to_id=one.to_id, at=one.at) for one in case.raises]
    detail = {"channel": case.channel.value, SPLIT_OF: case.id}
    first(session, actor, now, made, Extra(detail=detail, file_ids=_first_files(session, case)))
    for answer in session.scalars(select(CaseAnswer).where(CaseAnswer.case_id == case.id)):
        session.add(CaseAnswer(case_id=made.id, version_id=answer.version_id, value=answer.value))
    return made


def _first_files(session: Session, case: Case) -> list[int]:
    """What came with the text."""
    began = select(CaseEvent.id).where(CaseEvent.case_id == case.id).order_by(CaseEvent.id).limit(1).scalar_subquery()
    return list(
        session.scalars(
            select(CaseFile.stored_file_id).where(CaseFile.case_id == case.id, CaseFile.event_id == began).order_by(CaseFile.id)
        )
    )
