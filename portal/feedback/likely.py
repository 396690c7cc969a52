"""Who may be meant, for somebody who is not sure: by place and words alone (``docs/rules/where-to.md``)."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.casework.routing import Matter, suggest
from portal.web.forms import say
from portal.web.language import language


@dataclass(frozen=True)
class Likely:
    """An agency, and why in words."""

    agency: Agency
    reasons: list[str]


def likely(session: Session, matter: Matter) -> list[Likely]:
    """At most three, best first."""
    return [
        Likely(agency, [say(reason) for reason in found.reasons(language())]) for agency, found in suggest(session, matter, earlier=False)
    ]
