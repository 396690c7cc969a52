"""For which of their agencies somebody works on a page of the desk."""

from dataclasses import dataclass

from flask import request
from sqlalchemy import select

from portal.agencies.models import Agency
from portal.agencies.rules import ADDRESSABLE
from portal.kernel.actor import Role
from portal.kernel.errors import NotFound
from portal.kernel.thai_text import pick, sort_key
from portal.web.actor import current_actor
from portal.web.database import db
from portal.web.language import language


@dataclass(frozen=True)
class Mine:
    """The chosen agency, and slug and name of all that can be chosen."""

    agency: Agency
    choices: list[tuple[str, str]]

    @property
    def slug(self) -> str:
        """As it stands in addresses."""
        return self.agency.slug

    @property
    def name(self) -> str:
        """In the reader's language."""
        return pick(language(), self.agency.name_th, self.agency.name_en)


def mine(*roles: Role) -> Mine:
    """What ``agency`` in the address or form asks for, else the first where one of the roles is held. Raises ``NotFound`` for any other."""
    held = sorted(current_actor().agencies(*roles))
    rows = db.session.scalars(select(Agency).where(Agency.id.in_(held), Agency.level.in_(ADDRESSABLE)))
    found = sorted(rows, key=lambda agency: sort_key(agency.name_th))
    wanted = request.values.get("agency")
    fitting = [agency for agency in found if not wanted or agency.slug == wanted]
    if not fitting:
        raise NotFound
    return Mine(fitting[0], [(agency.slug, pick(language(), agency.name_th, agency.name_en)) for agency in found])
