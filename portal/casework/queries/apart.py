"""Who may handle a marked case, and which cases are one matter. In words: ``docs/rules/apart.md``."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.heads.queries import ties_of
from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.agencies.rules import ADDRESSABLE
from portal.casework import policy
from portal.casework.models import Case, CasePart
from portal.kernel.actor import Role


def independent(session: Session, case: Case, agency_id: int, roles: Collection[Role] = policy.DECIDERS) -> list[User]:
    """People with one of the roles in the agency whom the case does not concern and who did not decide it before, by name.

    While only the sender has said that it is about somebody, coordinators and executives alone.
    """
    unsettled = case.guarded and any(row.said_by_sender for row in case.about)
    people = accounts.workers_of(session, agency_id, policy.DECIDERS if unsettled else roles)
    barred = {row.user_id for row in case.barred}
    ties = ties_of(session, [user.id for user in people]) if case.guarded else {}
    return [user for user in people if user.id not in barred and not (case.guarded and policy.is_near(ties[user.id], case))]


def agency_above(session: Session, case: Case) -> Agency | None:
    """The nearest agency above the holding one where somebody independent decides; None if there is none."""
    agency = session.get_one(Agency, case.agency_id)
    passed = {agency.id}
    while agency.parent is not None and agency.parent.id not in passed:
        agency = agency.parent
        passed.add(agency.id)
        if agency.level in ADDRESSABLE and independent(session, case, agency.id):
            return agency
    return None


def one_matter(session: Session, case: Case) -> list[Case]:
    """The case, what it was merged into, all that were merged with them or came of the same text; the case itself first."""
    found = [case]
    for one in found:
        near = select(Case).where(or_(Case.merged_into_id == one.id, Case.id.in_(_of_one_text(one))))
        into = [one.merged_into] if one.merged_into is not None else []
        found.extend(other for other in (*into, *session.scalars(near)) if other not in found)
    return found


def _of_one_text(case: Case) -> Select[int]:
    """Divided texts: every matter carries the same words, so what they are kept from, all are kept from."""
    first_id = select(CasePart.first_id).where(CasePart.case_id == case.id).scalar_subquery()
    return select(CasePart.case_id).where(CasePart.first_id == first_id)


def marked_and_open(session: Session) -> Sequence[Case]:
    """Marked cases on which somebody still has to work, oldest first."""
    return session.scalars(select(Case).where(Case.guarded, Case.is_open).order_by(Case.id)).all()
