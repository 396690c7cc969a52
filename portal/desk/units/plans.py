"""Counting what a reorganisation would do. The service counts again inside its unit of work."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.accounts.invitation.models import Invitation, InvitedGrant
from portal.accounts.models import Grant, User
from portal.accounts.queries import workers_of
from portal.accounts.service import reorganising as people
from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.agencies.rules import ADDRESSABLE
from portal.casework import policy
from portal.casework.models import Case
from portal.casework.rules import Status
from portal.casework.service import places
from portal.desk.units.rules import Plan, Rights
from portal.disclosures.models import Disclosure
from portal.kernel.actor import CASE_ROLES, Actor, Role


def units_along(session: Session, agency: Agency) -> list[Agency]:
    """The unit and the units below it whose cases its own agency holds; of an agency nothing: it holds its cases itself."""
    if agency.level in ADDRESSABLE:
        return []
    along = [agency]
    for unit in along:
        along.extend(child for child in agencies.children(session, unit.id) if child.level not in ADDRESSABLE)
    return along


def holding(agency: Agency) -> list[int]:
    """The agency's own id if it holds cases."""
    return [agency.id] if agency.level in ADDRESSABLE else []


def place_for(session: Session, agency: Agency, successor: Agency | None, rights: Rights, role: Role) -> Agency | None:
    """Where a role of what ends goes on: work on cases lies with the agency that holds them, everything else with the successor itself."""
    goes = rights is Rights.ALL or (rights is Rights.WORK and role in people.WORKING)
    if successor is None or not goes:
        return None
    return agencies.root_of(session, successor) if role in CASE_ROLES and agency.level in ADDRESSABLE else successor


def plan_end(session: Session, actor: Actor, agency: Agency, successor: Agency | None, rights: Rights) -> Plan:
    """What merging or closing would do. Cases that are kept from the actor are not counted: their number would tell of them."""
    grants = people.grants_in(session, agency.id)
    held = [row.role for row in grants if row.user.disabled_at is None]
    over = [role for role in held if place_for(session, agency, successor, rights, role)]
    units = [unit.id for unit in units_along(session, agency)]
    return Plan(
        cases=sum(places(session, holding(agency), units, told=actor).values()),
        people=len(people.people_in(session, [agency.id])),
        below=len(agencies.children(session, agency.id)),
        rights_over=len(over),
        rights_end=len(grants) - len(over),
        invitations=len(open_invitations(session, agency)),
        answered=_answered(session, actor, agency),
        pages=session.scalar(select(func.count()).select_from(Disclosure).where(Disclosure.agency_id == agency.id)) or 0,
        missing=_missing(session, successor, held, over),
    )


def plan_move(session: Session, actor: Actor, agency: Agency, parent: Agency | None) -> Plan:
    """What moving would do: who gains and loses a right held with children, and which cases go to another agency."""
    old = {one.id for one in agencies.ancestors(session, agency)}
    new = {one.id for one in [parent, *agencies.ancestors(session, parent)]} if parent else set()
    before, after = _reaching(session, old), _reaching(session, new)
    units = [unit.id for unit in units_along(session, agency)] if changes_holder(session, agency, parent) else []
    cases = sum(places(session, [], units, told=actor).values())
    return Plan(cases=cases, gaining=len(after - before), losing=len(before - after))


def changes_holder(session: Session, agency: Agency, parent: Agency | None) -> bool:
    """True for a unit that would come to lie in another agency."""
    if agency.level in ADDRESSABLE or parent is None:
        return False
    return agencies.root_of(session, agency).id != agencies.root_of(session, parent).id


def open_invitations(session: Session, agency: Agency) -> Sequence[Invitation]:
    """Invitations that nobody has answered and that promise something there."""
    promised = select(InvitedGrant.invitation_id).where(InvitedGrant.agency_id == agency.id)
    open_ones = (Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None), Invitation.declined_at.is_(None))
    there = Invitation.id.in_(promised) | (Invitation.unit_id == agency.id)
    return session.scalars(select(Invitation).where(*open_ones, there).order_by(Invitation.id)).all()


def _answered(session: Session, actor: Actor, agency: Agency) -> int:
    """Answered cases that are still to be closed: they stay, and somebody must."""
    waiting = select(func.count()).select_from(Case).where(Case.agency_id == agency.id, Case.status == Status.ANSWERED)
    return session.scalar(waiting.where(~policy.kept_from(actor))) or 0


def _missing(session: Session, successor: Agency | None, held: Sequence[Role], over: Sequence[Role]) -> tuple[Role, ...]:
    if successor is None:
        return ()
    ending = sorted(set(held) - set(over), key=list(Role).index)
    return tuple(role for role in ending if not workers_of(session, successor.id, [role]))


def _reaching(session: Session, agency_ids: set[int]) -> set[int]:
    reach = select(Grant.user_id).join(User).where(Grant.agency_id.in_(agency_ids), Grant.with_children, User.disabled_at.is_(None))
    return set(session.scalars(reach))
