"""The one act. Each room hands on or ends what is its own; one transaction holds them together."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts import policy, queries
from portal.accounts import service as accounts
from portal.accounts.heads import service as heads
from portal.accounts.invitation import service as invitations
from portal.accounts.models import User
from portal.audit import service as audit
from portal.casework import service as casework
from portal.casework.bulk import service as bulk
from portal.casework.drafts import service as drafts
from portal.casework.kept_views import service as kept_views
from portal.casework.service import Handed
from portal.corruption import service as corruption
from portal.desk.leaving.plans import plan
from portal.disclosures import service as disclosures
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.messages import N_, Message

CHANGED = Message(N_("The numbers have changed since you opened the page, look at them again before you confirm"))


@dataclass(frozen=True)
class Successors:
    """Who takes over; None leaves cases to the coordinators."""

    cases_to: User | None = None
    pages_to: User | None = None


@dataclass(frozen=True)
class Left:
    """What was done."""

    cases: Handed
    pages: int


def leave(session: Session, actor: Actor, now: datetime, person: User, successors: Successors, confirmed: str) -> Left:
    """Hand on what is open, end roles, posts, invitations and sessions, close the account.

    ``confirmed`` is the fingerprint of the plan that the administrator saw. Raises ``Conflict`` if it is another by now, ``NotAllowed``,
    and ``Invalid`` for oneself, the last administrator (``role``), a successor who cannot be one (``cases_to``, ``pages_to``).
    """
    realm = queries.realm_of(session, actor)
    policy.check(policy.can_manage(realm, person))
    if plan(session, actor, person).fingerprint != confirmed:
        raise Conflict(CHANGED)
    _check_successors(realm, person, successors)
    cases = casework.hand_on(session, actor, now, person, successors.cases_to)
    pages = disclosures.hand_on(session, actor, now, person, successors.pages_to)
    kept_views.forget_own(session, person.id)
    bulk.cancel_all_of(session, person.id)
    drafts.forget_of(session, person.id)
    corruption.release(session, person.id)
    heads.let_go(session, person.id)
    invitations.withdraw_all_of(session, actor, now, person)
    accounts.disable(session, actor, now, person)  # before the roles end, on which it rests that the actor may
    accounts.revoke_all(session, actor, now, person)
    audit.record(session, actor, now, "user.left", "user", str(person.id), agency_id=person.unit_id)
    return Left(cases, pages)


def _check_successors(realm: policy.Realm, person: User, successors: Successors) -> None:
    for field, user in (("cases_to", successors.cases_to), ("pages_to", successors.pages_to)):
        if user is not None and (user.id == person.id or user.disabled_at is not None or not policy.can_see(realm, user)):
            raise Invalid({field: [Message(N_("Choose somebody of your agencies whose account is open"))]})
