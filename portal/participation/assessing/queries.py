"""What waits for assessors, over all agencies and years but those that are too near."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased, joinedload

from portal.kernel.messages import N_
from portal.participation.claims.models import Claim
from portal.participation.confirmations.models import Confirmation
from portal.participation.objections import queries as objections
from portal.participation.objections.models import Objection
from portal.participation.rulings.models import EvidenceRuling
from portal.participation.scores.models import Score

COUNTED_MOST = 1000
#: A column and its way.
Key = tuple[InstrumentedAttribute[Any], str]


class Part(StrEnum):
    """A part of the list."""

    EVIDENCE = "evidence"
    CLAIMS = "claims"
    OBJECTIONS = "objections"

    @property
    def label(self) -> str:
        """English source text."""
        return PART_LABELS[self]


PART_LABELS = {
    Part.EVIDENCE: N_("Late or flagged evidence"),
    Part.CLAIMS: N_("Handed in, not confirmed"),
    Part.OBJECTIONS: N_("Objections to answer"),
}
#: In what order each is read; unique together.
ORDER: Mapping[Part, Sequence[Key]] = {
    Part.EVIDENCE: [(Score.late, "desc"), (Score.flagged, "desc"), (Score.id, "asc")],
    Part.CLAIMS: [(Claim.handed_in_at, "asc"), (Claim.id, "asc")],
    Part.OBJECTIONS: [(Objection.made_at, "asc"), (Objection.id, "asc")],
}


def listed(part: Part, near: Collection[int], year: int | None = None, agency_id: int | None = None) -> Select[Any]:
    """The rows of a part, agencies loaded; of one year (B.E.) or agency where these are given."""
    table: Any = {Part.EVIDENCE: Score, Part.CLAIMS: Claim, Part.OBJECTIONS: Objection}[part]
    query: Select[Any] = {Part.EVIDENCE: _evidence, Part.CLAIMS: _claims, Part.OBJECTIONS: objections.waiting}[part](near)
    if year is not None:
        query = query.where(table.fiscal_year == year)
    return query if agency_id is None else query.where(table.agency_id == agency_id)


def count(session: Session, part: Part, near: Collection[int]) -> int:
    """How many there are, counted up to ``COUNTED_MOST``."""
    some = listed(part, near).with_only_columns(ORDER[part][-1][0]).limit(COUNTED_MOST).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def _evidence(near: Collection[int]) -> Select[Score]:
    """One row an agency and year, since all its ladders rest on the same facts.

    What is flagged waits until somebody has ruled or confirmed.
    """
    other = aliased(Score)
    same = and_(other.agency_id == Score.agency_id, other.fiscal_year == Score.fiscal_year, other.scale < Score.scale)
    waits = or_(Score.late > 0, and_(Score.flagged > 0, ~_looked(EvidenceRuling), ~_looked(Confirmation)))
    query = select(Score).where(waits, ~exists().where(same), Score.agency_id.not_in(sorted(near)))
    return query.options(joinedload(Score.agency))


def _looked(table: type[EvidenceRuling | Confirmation]) -> ColumnElement[bool]:
    return exists().where(table.agency_id == Score.agency_id, table.fiscal_year == Score.fiscal_year)


def _claims(near: Collection[int]) -> Select[Claim]:
    """The last version of each that was not confirmed since."""
    newer = aliased(Claim)
    same = (newer.agency_id == Claim.agency_id, newer.fiscal_year == Claim.fiscal_year, newer.number > Claim.number)
    confirmed = exists().where(
        Confirmation.agency_id == Claim.agency_id, Confirmation.fiscal_year == Claim.fiscal_year, Confirmation.at >= Claim.handed_in_at
    )
    query = select(Claim).where(~exists().where(*same), ~confirmed, Claim.agency_id.not_in(sorted(near)))
    return query.options(joinedload(Claim.agency))
