"""Whether whoever contests an outcome finds somebody independent, and no case waits where nobody works any more."""

from sqlalchemy import func, select

from portal.agencies.models import Agency
from portal.casework.models import Case
from portal.casework.queries import without_judge
from portal.desk.checkup.findings import Finding, Patient
from portal.kernel.messages import N_, Message

NAMED_MOST = 5


def judges(patient: Patient) -> Finding:
    """Each contested case has somebody independent to judge it (``docs/rules/closing.md``)."""
    waiting = without_judge(patient.session)
    numbers = ", ".join(case.number for case in waiting[:NAMED_MOST])
    said = Message(N_("%(count)d contested cases have nobody independent: %(numbers)s"), {"count": len(waiting), "numbers": numbers or "–"})
    mend = Message(N_("give somebody from outside the role “outside reviewer” in the agency, or an executive to the agency above"))
    return Finding("judges", N_("Contested cases"), not waiting, said, mend)


def left_behind(patient: Patient) -> Finding:
    """No open case lies in an agency or a unit that was closed."""
    query = select(func.count()).select_from(Case).join(Agency, (Agency.id == Case.agency_id) | (Agency.id == Case.unit_id))
    count = patient.session.scalar(query.where(Case.is_open, Agency.closed_at.is_not(None))) or 0
    said = Message(N_("%(count)d open cases lie in a closed agency or unit"), {"count": count})
    return Finding(
        "left_behind", N_("Closed agencies"), count == 0, said, Message(N_("open them in the queue and forward them to the successor"))
    )
