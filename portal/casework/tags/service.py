"""Putting tags on cases and taking them off. No act of the case: its version stays, its history tells nothing of it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from portal.casework import policy
from portal.casework.models import Case
from portal.casework.service.door import allow
from portal.casework.tags import queries, rules
from portal.casework.tags.models import CaseTag, CaseTagged
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message


def put_on(session: Session, actor: Actor, now: datetime, case: Case, text: str) -> list[CaseTag]:
    """Put the tags of a field (between commas) on the case. Returns those that it did not carry before.

    Raises ``Invalid`` for "tags": nothing written, one too long, too many on the case or in the agency.
    """
    allow(policy.can_see(actor, case))
    if wrong := rules.fault_of(text):
        raise Invalid({"tags": [wrong]})
    there = {tag.id for tag in queries.tags_of(session, [case]).get(case.id, ())}
    tags = [_tag(session, actor, case, name) for name in rules.split(text)]
    fresh = [tag for tag in tags if tag.id not in there]
    if len(there) + len(fresh) > rules.ON_CASE_MOST:
        raise Invalid({"tags": [Message(N_("A case carries at most %(most)s tags; take one off first"), {"most": rules.ON_CASE_MOST})]})
    session.add_all(CaseTagged(case_id=case.id, tag_id=tag.id, by_id=actor.user_id, at=now) for tag in fresh)
    session.flush()
    return fresh


def take_off(session: Session, actor: Actor, case: Case, keys: Sequence[str]) -> int:
    """Take the tags with these keys off the case; what it does not carry is passed over. Returns how many."""
    allow(policy.can_see(actor, case))
    tags = [tag for tag in queries.tags_of(session, [case]).get(case.id, ()) if tag.key in keys]
    _forget(session, case, [tag.id for tag in tags])
    return len(tags)


def take_off_by_id(session: Session, actor: Actor, case: Case, tag_ids: Sequence[int]) -> None:
    """The same for tags that were put on together; one that is gone already is passed over."""
    allow(policy.can_see(actor, case))
    _forget(session, case, tag_ids)


def erase_tags(session: Session, case: Case) -> None:
    """With the words of the case: a tag may say who it is about."""
    _forget(session, case, list(session.scalars(select(CaseTagged.tag_id).where(CaseTagged.case_id == case.id))))


def _forget(session: Session, case: Case, tag_ids: Sequence[int]) -> None:
    """A tag that no case carries any more goes, too."""
    session.execute(delete(CaseTagged).where(CaseTagged.case_id == case.id, CaseTagged.tag_id.in_(tag_ids)))
    still = select(CaseTagged.tag_id).where(CaseTagged.tag_id == CaseTag.id).exists()
    session.execute(delete(CaseTag).where(CaseTag.id.in_(tag_ids), ~still))


def _tag(session: Session, actor: Actor, case: Case, name: str) -> CaseTag:
    """The agency's tag of this spelling or another; the spelling of whoever cannot know the tag becomes its name."""
    tag = session.scalar(select(CaseTag).where(CaseTag.agency_id == case.agency_id, CaseTag.fold == rules.fold(name)))
    if tag is None:
        _check_room(session, case.agency_id)
        tag = CaseTag(agency_id=case.agency_id, name=name, fold=rules.fold(name))
        session.add(tag)
        session.flush()
    elif tag.name != name and not queries.is_seen(session, actor, tag):
        tag.name = name
    return tag


def _check_room(session: Session, agency_id: int) -> None:
    count = session.scalar(select(func.count()).select_from(CaseTag).where(CaseTag.agency_id == agency_id)) or 0
    if count >= rules.AGENCY_MOST:
        raise Invalid({"tags": [Message(N_("The agency has %(most)s tags already; use one of them"), {"most": rules.AGENCY_MOST})]})
