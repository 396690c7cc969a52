"""What a leaving would do, in counts, and whom things can go to."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.heads.service import posts_of
from portal.accounts.invitation import queries as invitations
from portal.accounts.models import User
from portal.accounts.policy import Realm, can_see
from portal.casework import service as casework
from portal.disclosures import service as disclosures
from portal.disclosures.desk.at_hand import RESPONSIBLE_ROLES
from portal.kernel.actor import CASE_ROLES, Actor, Role


@dataclass(frozen=True)
class Plan:
    """Cases and pages by agency; invitations that the person wrote, units that they head, roles."""

    cases_by_agency: Mapping[int, int]
    pages_by_agency: Mapping[int, int]
    invitations: int
    heads: int
    roles: int

    @property
    def cases(self) -> int:
        """All of them that the administrator may know of."""
        return sum(self.cases_by_agency.values())

    @property
    def pages(self) -> int:
        """All of them."""
        return sum(self.pages_by_agency.values())

    @property
    def fingerprint(self) -> str:
        """What the administrator confirms."""
        return f"{self.cases}-{self.pages}-{self.invitations}-{self.heads}-{self.roles}"


def plan(session: Session, actor: Actor, person: User) -> Plan:
    """What is to be handed on or ended now; the number of queries does not grow with it."""
    return Plan(
        cases_by_agency=casework.owned_by(session, person.id, actor),
        pages_by_agency=disclosures.answered_for(session, person.id),
        invitations=len(invitations.written_by(session, person.id)),
        heads=posts_of(session, person.id),
        roles=len(person.grants),
    )


def case_successors(session: Session, realm: Realm, person: User, made: Plan) -> list[User]:
    """People of the realm who work cases where the person has some, or would."""
    return _colleagues(session, realm, person, made.cases_by_agency, CASE_ROLES)


def page_successors(session: Session, realm: Realm, person: User, made: Plan) -> list[User]:
    """People of the realm who can answer for pages where the person does."""
    return _colleagues(session, realm, person, made.pages_by_agency, RESPONSIBLE_ROLES)


def _colleagues(session: Session, realm: Realm, person: User, agency_ids: Collection[int], roles: Sequence[Role]) -> list[User]:
    found = {user.id: user for agency_id in agency_ids for user in accounts.workers_of(session, agency_id, roles)}
    return sorted((user for user in found.values() if user.id != person.id and can_see(realm, user)), key=lambda user: user.name_th)
