"""Named reads of scores, none of which reads a result but that of a single agency."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased, defer, joinedload

from portal.agencies.areas.models import AgencyArea
from portal.agencies.models import Agency
from portal.agencies.rules import ADDRESSABLE, AgencyLevel
from portal.participation.listing.rules import Row
from portal.participation.scores.models import FrozenDossier, Score


def rows_of(session: Session, fiscal_year: int, scale: str, claimed: Collection[int] = ()) -> list[Row]:
    """Every open agency that people can write to, and closed ones that were scored, with its level; one query however many."""
    before = aliased(Score)
    query = (
        select(
            Agency.id, Agency.slug, Agency.name_th, Agency.name_en, Agency.kind, Agency.level, Agency.is_sample, Agency.is_compulsory,
            Score.id.is_not(None), Score.level, Score.source_level, Score.reached, Score.is_first_year, before.level,
        )
        .outerjoin(Score, and_(Score.agency_id == Agency.id, Score.fiscal_year == fiscal_year, Score.scale == scale))
        .outerjoin(before, and_(before.agency_id == Agency.id, before.fiscal_year == fiscal_year - 1, before.scale == scale))
        .where(Agency.level.in_(ADDRESSABLE), Agency.closed_at.is_(None) | Score.id.is_not(None))
        .order_by(Agency.id)
    )  # fmt: skip
    handed_in = frozenset(claimed)
    rows = [_row(*columns) for columns in session.execute(query)]
    return [replace(row, has_claimed=True) if row.agency_id in handed_in else row for row in rows] if handed_in else rows


def _row(*columns: Any) -> Row:
    """Of an agency without a score the columns of the score are empty."""
    values = [*columns[:11], columns[11] or 0, bool(columns[12]), columns[13]]
    return Row(*values)


def years_scored(session: Session) -> list[int]:
    """Fiscal years in which anything was computed, the newest first."""
    return list(session.scalars(select(Score.fiscal_year).distinct().order_by(Score.fiscal_year.desc())))


def scores_of(session: Session, agency_id: int, fiscal_year: int) -> dict[str, Score]:
    """The computed ladders of an agency and a year, by scale."""
    rows = session.scalars(select(Score).where(Score.agency_id == agency_id, Score.fiscal_year == fiscal_year).order_by(Score.scale))
    return {row.scale: row for row in rows}


def history_of(session: Session, agency_id: int) -> Sequence[Score]:
    """Every year and scale of an agency, the oldest first; results are not read."""
    query = select(Score).where(Score.agency_id == agency_id).order_by(Score.fiscal_year, Score.scale)
    return session.scalars(query.options(defer(Score.result))).all()


def newest_of(session: Session, agency_id: int) -> Sequence[Score]:
    """The newest year that was computed, by scale; results are not read."""
    rows = history_of(session, agency_id)
    return [row for row in rows if row.fiscal_year == rows[-1].fiscal_year]


def changes(session: Session, most: int, agency_ids: Collection[int] | None = None) -> Sequence[Score]:
    """Levels that became others last, the newest first, agencies loaded."""
    query = select(Score).join(Score.agency).order_by(Score.level_changed_at.desc(), Score.id.desc())
    if agency_ids is not None:
        query = query.where(Score.agency_id.in_(agency_ids))
    return session.scalars(query.options(joinedload(Score.agency), defer(Score.result)).limit(most)).all()


def versions_of(session: Session, agency_id: int, fiscal_year: int) -> Sequence[FrozenDossier]:
    """Every frozen version, the newest first; documents are not read."""
    query = select(FrozenDossier).where(FrozenDossier.agency_id == agency_id, FrozenDossier.fiscal_year == fiscal_year)
    return session.scalars(query.options(defer(FrozenDossier.document)).order_by(FrozenDossier.number.desc())).all()


def provinces_of(session: Session, agency_ids: Collection[int] | None = None) -> dict[int, frozenset[str]]:
    """Two digits of each province in which an agency works; agencies for the whole country are not among them."""
    query = select(AgencyArea.agency_id, AgencyArea.code)
    found: dict[int, set[str]] = {}
    for agency_id, code in session.execute(query if agency_ids is None else query.where(AgencyArea.agency_id.in_(agency_ids))):
        found.setdefault(agency_id, set()).add(code[:2])
    return {agency_id: frozenset(codes) for agency_id, codes in found.items()}


def levels_by_province(rows: Sequence[Row], provinces: dict[int, frozenset[str]]) -> dict[str, Row]:
    """The province's own agency, by the two digits of the province; a province without one, or with several, is not told."""
    own: dict[str, list[Row]] = {}
    for row in rows:
        if row.agency_level is AgencyLevel.PROVINCE and row.is_scored and not row.is_first_year:
            for code in provinces.get(row.agency_id, frozenset()):
                own.setdefault(code, []).append(row)
    return {code: found[0] for code, found in own.items() if len(found) == 1}


def frozen_document(session: Session, agency_id: int, fiscal_year: int, number: int | None = None) -> str | None:
    """The file of a frozen version, of the newest without a number; None where there is none."""
    query = select(FrozenDossier.document).where(FrozenDossier.agency_id == agency_id, FrozenDossier.fiscal_year == fiscal_year)
    if number is not None:
        query = query.where(FrozenDossier.number == number)
    return session.scalar(query.order_by(FrozenDossier.number.desc()).limit(1))
