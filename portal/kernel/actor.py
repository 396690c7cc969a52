"""Who acts, as far as rules and policies need to know: never a web session, never a table row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from portal.kernel.messages import N_


class Role(StrEnum):
    """What a grant lets a person do in one agency; the last two stand above agencies.

    ``INTEGRITY``, ``PRIVACY`` and ``REVIEWER`` open nothing of ordinary casework: reports of corruption, the rights of those
    whose data are kept, and contested cases that nobody inside may judge.
    """

    PUBLISHER = "publisher"
    COORDINATOR = "coordinator"
    OFFICER = "officer"
    EXECUTIVE = "executive"
    ADMINISTRATOR = "administrator"
    INTEGRITY = "integrity"
    PRIVACY = "privacy"
    REVIEWER = "reviewer"
    CIVIL_SOCIETY = "civil_society"
    ASSESSOR = "assessor"
    SYSTEM_ADMINISTRATOR = "system_administrator"

    @property
    def label(self) -> str:
        """English source text of the role's name."""
        return ROLE_LABELS[self]


ROLE_LABELS = {
    Role.PUBLISHER: N_("Publisher"),
    Role.COORDINATOR: N_("Coordinator"),
    Role.OFFICER: N_("Officer"),
    Role.EXECUTIVE: N_("Executive"),
    Role.ADMINISTRATOR: N_("Administrator"),
    Role.INTEGRITY: N_("Collector of corruption reports"),
    Role.PRIVACY: N_("Data protection officer"),
    Role.REVIEWER: N_("Outside reviewer"),
    Role.CIVIL_SOCIETY: N_("Civil-society member"),
    Role.ASSESSOR: N_("Assessor"),
    Role.SYSTEM_ADMINISTRATOR: N_("System administrator"),
}

#: Roles that need no agency: they look across all of them.
ABOVE_AGENCIES = frozenset({Role.ASSESSOR, Role.SYSTEM_ADMINISTRATOR})
#: Roles whose holders work cases.
CASE_ROLES = (Role.COORDINATOR, Role.OFFICER, Role.EXECUTIVE)


class ActorKind(StrEnum):
    """Where an act comes from; written into histories and the audit trail."""

    VISITOR = "visitor"  # nobody we know
    CITIZEN = "citizen"  # holds the receipt of the case at hand
    USER = "user"  # signed in
    SYSTEM = "system"  # a job, the command line


@dataclass(frozen=True)
class Ties:
    """People and units near somebody: a case about one of them is kept from that person. In words: ``docs/rules/apart.md``."""

    people: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Actor:
    """One who acts.

    ``roles`` maps a role to the ids of the agencies where it is held, children already unfolded
    where the grant says so; roles above agencies map to an empty set.
    """

    kind: ActorKind
    user_id: int | None = None
    name: str = ""
    roles: Mapping[Role, frozenset[int]] = field(default_factory=dict)
    #: The part of ``roles`` that comes only from a grant at an agency above.
    inherited: Mapping[Role, frozenset[int]] = field(default_factory=dict)
    ties: Ties = Ties()
    #: People who are away today and whose cases this one works (``docs/rules/absence.md``).
    stands_in_for: frozenset[int] = frozenset()

    @property
    def is_signed_in(self) -> bool:
        """True for people with an account."""
        return self.kind is ActorKind.USER

    def holds(self, role: Role, agency_id: int) -> bool:
        """True if the role is held in this very agency or inherited from a grant with children."""
        return agency_id in self.roles.get(role, frozenset())

    def holds_itself(self, roles: "tuple[Role, ...]", agency_id: int) -> bool:
        """True if one of the roles is granted in this very agency: what a grant above it does not open."""
        return any(self.holds(role, agency_id) and agency_id not in self.inherited.get(role, frozenset()) for role in roles)

    def holds_any(self, roles: "tuple[Role, ...]", agency_id: int) -> bool:
        """True if one of the roles is held in the agency."""
        return any(self.holds(role, agency_id) for role in roles)

    def has_role(self, *roles: Role) -> bool:
        """True if one of the roles is held anywhere."""
        return any(role in self.roles for role in roles)

    def agencies(self, *roles: Role) -> frozenset[int]:
        """Ids of all agencies where one of the roles is held."""
        return frozenset().union(*(self.roles.get(role, frozenset()) for role in roles))


VISITOR = Actor(ActorKind.VISITOR)
CITIZEN = Actor(ActorKind.CITIZEN)
SYSTEM = Actor(ActorKind.SYSTEM, name="system")
