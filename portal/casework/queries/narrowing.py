"""What part of the queue is asked for, in ids: one value, so that a list, its count and the next case mean the same."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement

from portal.casework.models import Case
from portal.casework.rules import CaseKind
from portal.casework.tags.queries import carries
from portal.db.plans import past_index

#: An owner who is none.
NOBODY = 0


@dataclass(frozen=True)
class Narrowing:
    """Narrows a part of the queue. ``owner_id`` is ``NOBODY`` for what has no owner; None narrows nothing."""

    kind: CaseKind | None = None
    unit_id: int | None = None
    topic_id: int | None = None
    tag_id: int | None = None
    owner_id: int | None = None
    text: str = ""

    @property
    def is_whole(self) -> bool:
        """True if nothing is left out."""
        return self == WHOLE


WHOLE = Narrowing()


def criteria(narrowing: Narrowing, *, few: bool = False) -> list[ColumnElement[bool]]:
    """Everything but the text, which the queue reads by itself. ``few``: the part is found by ids, so no index of these columns helps."""
    found: list[ColumnElement[bool]] = []
    if narrowing.kind is not None:
        found.append(Case.kind == narrowing.kind)
    if narrowing.unit_id is not None:
        found.append((past_index(Case.unit_id) if few else Case.unit_id) == narrowing.unit_id)
    if narrowing.topic_id is not None:
        found.append((past_index(Case.topic_id) if few else Case.topic_id) == narrowing.topic_id)
    if narrowing.owner_id is not None:
        found.append(Case.owner_id == narrowing.owner_id if narrowing.owner_id else Case.owner_id.is_(None))
    if narrowing.tag_id is not None:
        found.append(carries(narrowing.tag_id))
    return found
