"""Options as a person reads them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.accounts.queries import names_of
from portal.agencies.options import Option, OptionKind, Scope, values_of
from portal.agencies.options.models import OptionValue
from portal.agencies.options.queries import rows_of
from portal.desk.admin.all_options import BY_KEY, GROUPS
from portal.kernel.messages import N_

OWN, FROM_PORTAL, BY_DEFAULT = N_("Set here"), N_("As set for the whole portal"), N_("Default")


@dataclass(frozen=True)
class Shown:
    """One option for one agency or the portal. ``version`` is 0 where nothing is set here."""

    option: Option
    value: Any
    now: str
    default: str
    source: str
    version: int
    changed_at: datetime | None
    changed_by: str

    @property
    def is_own(self) -> bool:
        """Somebody has set it here, so it can be reset."""
        return self.version > 0


def in_groups(session: Session, agency_id: int | None) -> list[tuple[str, list[Shown]]]:
    """All options that can be set for the agency (None: for the portal), by group; three queries."""
    fitting = {name: [option for option in options if fits(option, agency_id)] for name, options in GROUPS.items()}
    shown = _read(session, [option for options in fitting.values() for option in options], agency_id)
    return [(_(name), [shown[option.key] for option in options]) for name, options in fitting.items() if options]


def one(session: Session, key: str, agency_id: int | None) -> Shown | None:
    """The option of this key, None if there is none that can be set here."""
    option = BY_KEY.get(key)
    return _read(session, [option], agency_id)[key] if option and fits(option, agency_id) else None


def fits(option: Option, agency_id: int | None) -> bool:
    """The portal's page shows all of them: what it sets is every agency's default."""
    return agency_id is None or option.scope is Scope.AGENCY


def said(option: Option, value: Any) -> str:
    """The value in words."""
    match option.kind:
        case OptionKind.SWITCH:
            text = _("On") if value else _("Off")
        case OptionKind.NUMBER:
            text = f"{value:,} {_(option.unit)}" if option.unit else f"{value:,}"
        case OptionKind.CHOICE:
            text = _choice(option, value)
        case OptionKind.CODES:
            text = " · ".join(_choice(option, code) for code in value)
        case _:
            text = str(value)
    return str(text) or "–"


def _choice(option: Option, code: str) -> str:
    label = option.choices.get(code)
    return str(_(label)) if label else code


def _read(session: Session, options: Sequence[Option], agency_id: int | None) -> Mapping[str, Shown]:
    values, rows = values_of(session, options, agency_id), rows_of(session, [option.key for option in options], agency_id)
    portal = rows_of(session, [option.key for option in options], None) if agency_id else {}
    people = names_of(session, {row.changed_by_id for row in rows.values() if row.changed_by_id})
    return {option.key: _shown(option, values[option.key], rows.get(option.key), option.key in portal, people) for option in options}


def _shown(option: Option, value: Any, row: OptionValue | None, portal: bool, people: Mapping[int, str]) -> Shown:
    return Shown(
        option=option,
        value=value,
        now=said(option, value),
        default=said(option, option.default),
        source=OWN if row else FROM_PORTAL if portal else BY_DEFAULT,
        version=row.row_version if row else 0,
        changed_at=row.changed_at if row else None,
        changed_by=people.get(row.changed_by_id or 0, "") if row else "",
    )
