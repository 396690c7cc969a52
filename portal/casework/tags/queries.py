"""Named reads of tags.

A tag that stands only on cases which must be kept from somebody does not exist for them (``docs/rules/apart.md``).
"""

import re
from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session, joinedload

from portal.casework import policy
from portal.casework.models import Case
from portal.casework.tags.models import CaseTag, CaseTagged
from portal.kernel.actor import CASE_ROLES, Actor
from portal.kernel.thai_text import sort_key

_KEY = re.compile(r"[0-9a-f]{16}")


def carries(tag_id: int) -> ColumnElement[bool]:
    """Criterion on ``Case``: it carries the tag, and the agency that holds it is the one whose word it is.

    The agency is said as an equality: an index then leads to its cases alone, which are asked for the tag one after the other.
    """
    whose = select(CaseTag.agency_id).where(CaseTag.id == tag_id).scalar_subquery()
    return and_(Case.agency_id == whose, exists().where(CaseTagged.case_id == Case.id, CaseTagged.tag_id == tag_id))


def offered(session: Session, actor: Actor) -> list[CaseTag]:
    """The tags on cases that the actor may see, in Thai dictionary order."""
    agencies = sorted(actor.agencies(*CASE_ROLES))
    rows = select(CaseTag).where(CaseTag.agency_id.in_(agencies), _seen_by(actor)).options(joinedload(CaseTag.agency))
    return sorted(session.scalars(rows), key=lambda tag: (sort_key(tag.name), tag.id))


def by_key(session: Session, actor: Actor, key: str) -> CaseTag | None:
    """The tag at this address if the actor sees a case with it; anything may be asked for."""
    if not _KEY.fullmatch(key):
        return None
    return session.scalar(select(CaseTag).where(CaseTag.key == key, _seen_by(actor)))


def is_seen(session: Session, actor: Actor, tag: CaseTag) -> bool:
    """True if the actor may see a case that carries it."""
    return session.scalar(select(CaseTag.id).where(CaseTag.id == tag.id, _seen_by(actor))) is not None


def tags_of(session: Session, cases: Collection[Case]) -> dict[int, list[CaseTag]]:
    """The tags of cases by the id of the case, as the agency that holds each has them; one query."""
    wanted = CaseTagged.case_id.in_([case.id for case in cases])
    pairs = select(CaseTagged.case_id, CaseTag).join(CaseTag).join(Case, Case.id == CaseTagged.case_id)
    found: dict[int, list[CaseTag]] = {}
    for case_id, tag in session.execute(pairs.where(wanted, CaseTag.agency_id == Case.agency_id)):
        found.setdefault(case_id, []).append(tag)
    return {case_id: sorted(tags, key=lambda tag: (sort_key(tag.name), tag.id)) for case_id, tags in found.items()}


def _seen_by(actor: Actor) -> ColumnElement[bool]:
    on = CaseTagged.__table__.join(Case.__table__, Case.id == CaseTagged.case_id)
    seen = (CaseTagged.tag_id == CaseTag.id, Case.agency_id == CaseTag.agency_id, policy.visible_to(actor))
    return exists().select_from(on).where(*seen).correlate(CaseTag)
