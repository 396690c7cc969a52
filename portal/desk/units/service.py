"""One act across rooms: the tree, the people and their rights, the open cases. What was confirmed is what is done, or nothing is."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.heads.queries import people_of
from portal.accounts.invitation import service as invitations
from portal.accounts.service import reorganising as people
from portal.agencies import policy, queries
from portal.agencies import service as agencies
from portal.agencies.models import Agency
from portal.agencies.rules import ADDRESSABLE, free_code
from portal.agencies.service.acts import allow, changed, take
from portal.agencies.service.placing import check_successor
from portal.casework import service as casework
from portal.casework.service import Place
from portal.corruption import service as corruption
from portal.desk.units.plans import changes_holder, holding, open_invitations, place_for, plan_end, plan_move, units_along
from portal.desk.units.rules import Ending, Plan, Rights
from portal.kernel.actor import CASE_ROLES, SYSTEM, Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.messages import N_, Message


class PlanChanged(Conflict):
    """The counts that were confirmed are no longer true; ``plan`` holds those that are."""

    message = Message(N_("This has changed since you looked; nothing was done, please look at the new counts"))

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan


def end(
    session: Session,
    actor: Actor,
    now: datetime,
    agency: Agency,
    successor: Agency | None,
    how: Ending,
    rights: Rights,
    *,
    row_version: int,
    confirmed: str,
) -> None:
    """Merge or close. ``confirmed`` is the fingerprint of the plan that the person saw.

    Raises ``Invalid`` for "successor" and "rights", ``PlanChanged``, ``Conflict``, ``NotAllowed``; then nothing is written.
    """
    agencies.lock_tree(session)
    check_end(session, actor, agency, successor, rights)
    take(session, agency, row_version)
    plan = plan_end(session, actor, agency, successor, rights)
    _confirm(plan, confirmed)
    check_needs(plan, successor)
    sources = casework.places(session, holding(agency), [unit.id for unit in units_along(session, agency)])
    below, staff = list(queries.children(session, agency.id)), people.people_in(session, [agency.id])
    casework.keep_away(session, _staff_ids(session, agency))
    for child in below:
        agencies.place_below(session, child, successor)
        changed(session, actor, now, child, "agency.moved", {"from": agency.slug, "to": successor.slug if successor else None})
    people.carry_over(session, actor, now, agency, partial(place_for, session, agency, successor, rights), below)
    for invitation in open_invitations(session, agency):
        invitations.withdraw(session, SYSTEM, now, invitation.public_id)
    if successor is not None:
        people.move_people(session, actor, now, staff, successor)
        if how is Ending.MERGE:
            _copy_missions(session, agency, successor)
        _move_cases(session, actor, now, sources, queries.root_of(session, successor), _default(successor), ended=agency.id)
    _hand_on_reports(session, agency, successor)
    agencies.close(session, actor, now, agency, successor, f"agency.{how.value}d", row_version=agency.row_version)
    _judges(session, now, successor)


def check_end(session: Session, actor: Actor, agency: Agency, successor: Agency | None, rights: Rights) -> None:
    """Who may, and into what; asked before the counts are shown, and again before anything is done."""
    allow(policy.can_leave_place(actor, agency))
    if successor is not None:
        check_successor(session, agency, successor)
    allow(policy.can_end(actor, agency, successor))
    if rights is Rights.ALL and not policy.rules_everything(actor):
        raise Invalid({"rights": [Message(N_("Only a system administrator may let roles that rule go over"))]})


def check_needs(plan: Plan, successor: Agency | None) -> None:
    """Raise ``Invalid`` for "successor" where something must go on somewhere."""
    if successor is None and plan.needs_successor:
        raise Invalid({"successor": [Message(N_("Choose where its cases, people and units go on"))]})


def check_move(session: Session, actor: Actor, agency: Agency, parent: Agency | None) -> None:
    """Who may, and where to; asked before the counts are shown."""
    allow(policy.can_move(actor, agency, parent))
    agencies.check_place(session, agency, parent)


def move(session: Session, actor: Actor, now: datetime, agency: Agency, parent: Agency | None, *, row_version: int, confirmed: str) -> None:
    """Put an agency or a unit elsewhere in the tree. Raises ``Invalid`` for "parent", ``PlanChanged``, ``Conflict``, ``NotAllowed``."""
    agencies.lock_tree(session)
    allow(policy.can_move(actor, agency, parent))
    plan = plan_move(session, actor, agency, parent)
    _confirm(plan, confirmed)
    along = units_along(session, agency) if changes_holder(session, agency, parent) else []
    sources = casework.places(session, [], [unit.id for unit in along])
    casework.keep_away(session, _staff_ids(session, agency))
    agencies.move(session, actor, now, agency, parent, row_version=row_version)
    if parent is not None and along:
        _move_cases(session, actor, now, sources, queries.root_of(session, parent), None, ended=None)
    _judges(session, now, parent)


def _confirm(plan: Plan, confirmed: str) -> None:
    if plan.fingerprint != confirmed:
        raise PlanChanged(plan)


def _staff_ids(session: Session, agency: Agency) -> list[int]:
    return [user.id for user in people_of(session, queries.subtree_ids(session, [agency.id]))]


def _default(successor: Agency) -> int | None:
    return None if successor.level in ADDRESSABLE else successor.id


def _move_cases(
    session: Session, actor: Actor, now: datetime, sources: Mapping[Place, int], holder: Agency, unit_id: int | None, *, ended: int | None
) -> None:
    """Cases of a unit that goes along stay in it; all others go where the successor takes them."""
    workers = {user.id for user in accounts.workers_of(session, holder.id, CASE_ROLES)}
    for source in sorted(sources, key=lambda place: (place.agency_id, place.unit_id or 0)):
        goes_along = source.unit_id is not None and source.unit_id != ended
        target = Place(holder.id, source.unit_id if goes_along else unit_id)
        if target != source:
            casework.reorganise(session, actor, now, source, target, workers)


def _hand_on_reports(session: Session, agency: Agency, successor: Agency | None) -> None:
    """Reports of corruption go to the desk of the successor's agency, else of the one above or of the home agency, uncounted."""
    heir = successor or agency.parent or queries.home(session)
    if heir is not None and (desk := queries.root_of(session, heir)) is not agency:
        corruption.follow(session, agency.id, desk.id)


def _copy_missions(session: Session, agency: Agency, successor: Agency) -> None:
    own = queries.missions(session, successor.id)
    taken: Collection[str] = {mission.code for mission in own}
    last = max((mission.position for mission in own), default=-1)
    for place, mission in enumerate(queries.missions(session, agency.id), start=1):
        code = free_code(mission.code, agency.code, taken)
        taken = {*taken, code}
        words = {"text_th": mission.text_th, "text_en": mission.text_en, "is_core": mission.is_core}
        agencies.add_mission(session, successor, {**words, "code": code, "position": last + place})


def _judges(session: Session, now: datetime, place: Agency | None) -> None:
    if place is not None:
        casework.judge_anew(session, now, queries.subtree_ids(session, [queries.root_of(session, place).id]))
