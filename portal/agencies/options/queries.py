"""What holds now."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.agencies.options.models import OptionValue
from portal.agencies.options.rules import Option, Scope


def value_of(session: Session, option: Option, agency_id: int | None = None) -> Any:
    """The agency's own value, else the portal's, else the default; one query. The agency counts for options of agencies only."""
    wanted = agency_id if option.scope is Scope.AGENCY else None
    rows = session.execute(
        select(OptionValue.agency_id, OptionValue.value).where(
            OptionValue.key == option.key, or_(OptionValue.agency_id.is_(None), OptionValue.agency_id == wanted)
        )
    ).all()
    values = {row.agency_id: row.value for row in rows}
    return values.get(wanted, values.get(None, option.default))


def rows_of(session: Session, keys: Collection[str], agency_id: int | None) -> dict[str, OptionValue]:
    """What has been set for one agency (``None``: for the portal), by key; one query."""
    whose = OptionValue.agency_id.is_(None) if agency_id is None else OptionValue.agency_id == agency_id
    return {row.key: row for row in session.scalars(select(OptionValue).where(OptionValue.key.in_(keys), whose))}
