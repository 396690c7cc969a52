"""What holds now."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.agencies.options.models import OptionValue
from portal.agencies.options.rules import Option, Scope


def value_of(session: Session, option: Option, agency_id: int | None = None) -> Any:
    """The agency's own value, else the portal's, else the default; one query. The agency counts for options of agencies only."""
    return values_of(session, [option], agency_id)[option.key]


def values_of(session: Session, options: Sequence[Option], agency_id: int | None = None) -> dict[str, Any]:
    """``value_of`` for several options, by key; one query."""
    keys = [option.key for option in options]
    rows = session.execute(
        select(OptionValue.agency_id, OptionValue.key, OptionValue.value).where(
            OptionValue.key.in_(keys), or_(OptionValue.agency_id.is_(None), OptionValue.agency_id == agency_id)
        )
    ).all()
    found = {(row.agency_id, row.key): row.value for row in rows}
    return {option.key: _nearest(found, option, agency_id) for option in options}


def _nearest(found: dict[tuple[int | None, str], Any], option: Option, agency_id: int | None) -> Any:
    wanted = agency_id if option.scope is Scope.AGENCY else None
    return found.get((wanted, option.key), found.get((None, option.key), option.default))


def values_everywhere(session: Session, option: Option, agency_ids: Collection[int]) -> dict[int, Any]:
    """``value_of`` for several agencies, by id; one query, however many there are."""
    rows = session.execute(select(OptionValue.agency_id, OptionValue.value).where(OptionValue.key == option.key)).all()
    found = {(row.agency_id, option.key): row.value for row in rows}
    return {agency_id: _nearest(found, option, agency_id) for agency_id in agency_ids}


def rows_of(session: Session, keys: Collection[str], agency_id: int | None) -> dict[str, OptionValue]:
    """What has been set for one agency (``None``: for the portal), by key; one query."""
    whose = OptionValue.agency_id.is_(None) if agency_id is None else OptionValue.agency_id == agency_id
    return {row.key: row for row in session.scalars(select(OptionValue).where(OptionValue.key.in_(keys), whose))}
