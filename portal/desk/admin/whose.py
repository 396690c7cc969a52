"""For whom something is being set: one of the agencies that the person administers, or the whole portal."""

from dataclasses import dataclass

from flask import request
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.agencies.rules import ADDRESSABLE
from portal.kernel.actor import Actor, Role
from portal.kernel.errors import NotFound
from portal.kernel.thai_text import pick, sort_key
from portal.web.actor import current_actor
from portal.web.database import db
from portal.web.language import language

#: Stands for the whole portal in addresses; no agency can have it as its slug.
PORTAL = "*"


@dataclass(frozen=True)
class Whose:
    """``agency`` is None for the whole portal; ``choices`` are slug and name of all that the person may choose."""

    agency: Agency | None
    choices: list[tuple[str, str]]

    @property
    def slug(self) -> str:
        """As it stands in addresses."""
        return self.agency.slug if self.agency else PORTAL

    @property
    def agency_id(self) -> int | None:
        """None for the whole portal."""
        return self.agency.id if self.agency else None

    @property
    def name(self) -> str:
        """In the reader's language."""
        return _name(self.agency)


def whose(*, portal: bool = True) -> Whose:
    """What ``?agency=`` asks for, else the whole portal or the first agency. Raises ``NotFound`` for what is not theirs.

    ``portal=False`` for what only agencies have. Inside a unit of work it reads what is true now.
    """
    actor = current_actor()
    found: list[Agency | None] = [*_administered(db.session, actor)]
    if portal and actor.has_role(Role.SYSTEM_ADMINISTRATOR):
        found.insert(0, None)
    wanted = request.values.get("agency")
    fitting = [agency for agency in found if not wanted or _slug(agency) == wanted]
    if not fitting:
        raise NotFound
    return Whose(fitting[0], [(_slug(agency), _name(agency)) for agency in found])


def _administered(session: Session, actor: Actor) -> list[Agency]:
    """Agencies that citizens write to: units have no settings of their own."""
    if actor.has_role(Role.SYSTEM_ADMINISTRATOR):
        return agencies.addressable(session)
    mine = select(Agency).where(Agency.id.in_(sorted(actor.agencies(Role.ADMINISTRATOR))), Agency.level.in_(ADDRESSABLE))
    return sorted(session.scalars(mine), key=lambda agency: sort_key(agency.name_th))


def _slug(agency: Agency | None) -> str:
    return agency.slug if agency else PORTAL


def _name(agency: Agency | None) -> str:
    if agency is None:
        return gettext("The whole portal")  # type: ignore[no-any-return]  # flask_babel has no types
    return pick(language(), agency.name_th, agency.name_en)
