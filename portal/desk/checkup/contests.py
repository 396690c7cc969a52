"""Whether whoever contests an outcome finds somebody independent, and no case waits where nobody works any more."""

from sqlalchemy import Select, exists, func, select

from portal.accounts import queries as accounts
from portal.agencies.models import Agency
from portal.casework.models import Case
from portal.casework.queries import without_judge
from portal.desk.checkup.findings import Finding, Patient
from portal.kernel.actor import Role
from portal.kernel.messages import N_, Message

NAMED_MOST = 5
DECIDING = (Role.COORDINATOR, Role.EXECUTIVE)


def judges(patient: Patient) -> Finding:
    """Each contested case has somebody independent to judge it (``docs/rules/closing.md``)."""
    waiting = without_judge(patient.session)
    numbers = ", ".join(case.number for case in waiting[:NAMED_MOST])
    said = Message(N_("none waits for somebody independent"))
    if waiting:
        said = Message(N_("%(count)d contested cases have nobody independent: %(numbers)s"), {"count": len(waiting), "numbers": numbers})
    mend = Message(N_("give somebody from outside the role “outside reviewer” in the agency, or an executive to the agency above"))
    return Finding("judges", N_("Contested cases"), not waiting, said, mend)


def foreseen(patient: Patient) -> Finding:
    """In each agency with cases somebody would be independent of whoever answers: a second person who decides, somebody above, a reviewer.

    Told before anybody contests, because in an office of one person nobody else would notice.
    """
    alone = [agency.slug for agency in patient.session.scalars(_with_cases()) if not _would_judge(patient, agency)]
    said = Message(N_("somebody independent for every agency with cases"))
    if alone:
        said = Message(N_("nobody would be independent at %(names)s"), {"names": ", ".join(alone[:NAMED_MOST])})
    mend = Message(N_("give somebody from outside the role “outside reviewer” in the agency, or an executive to the agency above"))
    return Finding("foreseen", N_("Who would judge a contest"), not alone or not patient.settings.is_production, said, mend)


def _with_cases() -> Select[Agency]:
    return select(Agency).where(exists().where(Case.agency_id == Agency.id), Agency.closed_at.is_(None)).order_by(Agency.slug)


def _would_judge(patient: Patient, agency: Agency) -> bool:
    inside = accounts.holders(patient.session, [agency.id], DECIDING)
    above = accounts.holders(patient.session, accounts.ancestors(patient.session, agency.id), DECIDING)
    return len(inside) > 1 or bool(above) or bool(accounts.workers_of(patient.session, agency.id, [Role.REVIEWER]))


def left_behind(patient: Patient) -> Finding:
    """No open case lies in an agency or a unit that was closed."""
    query = select(func.count()).select_from(Case).join(Agency, (Agency.id == Case.agency_id) | (Agency.id == Case.unit_id))
    count = patient.session.scalar(query.where(Case.is_open, Agency.closed_at.is_not(None))) or 0
    said = Message(N_("%(count)d open cases lie in a closed agency or unit"), {"count": count})
    return Finding(
        "left_behind", N_("Closed agencies"), count == 0, said, Message(N_("open them in the queue and forward them to the successor"))
    )
