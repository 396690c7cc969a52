"""The matters of a text that was divided, for the page of one of them."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.casework import policy
from portal.casework.models import Case, CasePart
from portal.casework.rules import Act, possible
from portal.casework.splitting import queries, service
from portal.kernel.actor import Actor


@dataclass(frozen=True)
class Sibling:
    """One matter of the text. ``opens`` if this officer may see its case."""

    part: CasePart
    opens: bool
    is_this: bool


def offers_split(actor: Actor, case: Case) -> bool:
    """True where the page may offer it."""
    return possible(Act.SPLIT, case.status) and service.can_split(actor, case)


def siblings(session: Session, actor: Actor, case: Case) -> list[Sibling]:
    """All matters of the text, this one among them; of those that the officer may not see, number and agency only."""
    return [Sibling(part, policy.can_see(actor, part.case), part.case_id == case.id) for part in queries.parts_of(session, case)]
