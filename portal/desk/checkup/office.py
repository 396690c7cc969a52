"""Whether the people and papers are there that the portal promises to citizens."""

from datetime import timedelta

from sqlalchemy import exists, func, or_, select

from portal.accounts.models import Grant, User
from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.casework.models import Case, DeadlineRuleRow
from portal.casework.rules import Status
from portal.desk.checkup.findings import Finding, Patient, plain
from portal.disclosures.models import Disclosure
from portal.kernel.actor import Role
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import office_day
from portal.kernel.workdays import office_holidays

POOL_DAYS = timedelta(days=1)
LAWFUL_DAYS = 15  # Royal Decree on Good Governance B.E. 2546, section 38
NAMED_MOST = 5
DECIDERS = (Role.COORDINATOR, Role.EXECUTIVE)


def home_agency(patient: Patient) -> Finding:
    """Whose identity the root has."""
    chosen = patient.settings.home_agency
    home = agencies.home(patient.session, chosen)
    mend = (
        N_("set PORTAL_HOME_AGENCY to the slug of an agency that exists") if chosen else N_("open /setup with the token of `portal init`")
    )
    said = plain(home.slug if home else chosen or "–")
    return Finding("home_agency", N_("Home agency"), home is not None, said, Message(mend))


def administrators(patient: Patient) -> Finding:
    """Somebody can set things."""
    held = select(func.count(Grant.user_id.distinct())).join(Grant.user).where(User.disabled_at.is_(None))
    count = patient.session.scalar(held.where(Grant.role.in_((Role.ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR)))) or 0
    said = Message(N_("%(count)d people"), {"count": count})
    mend = Message(N_("create one with `portal user add … --role system_administrator`"))
    return Finding("administrators", N_("Administrators"), count > 0, said, mend)


def receivers(patient: Patient) -> Finding:
    """Each agency with open cases has somebody who decides about them, itself or above it."""
    waiting = select(Agency).where(exists().where(Case.agency_id == Agency.id, Case.is_open))
    lonely = [agency for agency in patient.session.scalars(waiting) if not _decided_by_anybody(patient, agency)]
    said = Message(N_("every agency with open cases has somebody who decides")) if not lonely else _named(lonely)
    mend = Message(N_("give somebody there the role of coordinator, or a coordinator above it the units below"))
    return Finding("receivers", N_("Who receives"), not lonely, said, mend)


def _decided_by_anybody(patient: Patient, agency: Agency) -> bool:
    above, here = [], agency.parent
    while here is not None and here.id not in above:
        above.append(here.id)
        here = here.parent
    place = or_(Grant.agency_id == agency.id, Grant.agency_id.in_(above) & Grant.with_children)
    held = select(Grant.id).join(Grant.user).where(place, Grant.role.in_(DECIDERS), User.disabled_at.is_(None))
    return patient.session.scalar(held.limit(1)) is not None


def pool(patient: Patient) -> Finding:
    """What nobody knew where to send is routed within a day."""
    waiting = select(Case).where(Case.is_open, Case.pool, Case.status == Status.RECEIVED, Case.received_at < patient.now - POOL_DAYS)
    count = patient.session.scalar(select(func.count()).select_from(waiting.subquery())) or 0
    said = Message(N_("%(count)d wait for longer than a day"), {"count": count})
    return Finding(
        "pool", N_("Cases without an agency"), count == 0, said, Message(N_("open the queue and pass them to the agency they belong to"))
    )


def responsible_officers(patient: Patient) -> Finding:
    """Nobody who has left stands under a page as responsible."""
    gone = select(func.count()).select_from(Disclosure).join(User, Disclosure.responsible_user_id == User.id)
    count = patient.session.scalar(gone.where(User.disabled_at.is_not(None))) or 0
    said = Message(N_("%(count)d pages name somebody who has left"), {"count": count})
    return Finding("responsible", N_("Responsible officers"), count == 0, said, Message(N_("open these pages and name another officer")))


def owners(patient: Patient) -> Finding:
    """No case belongs to somebody whose account is closed. The worker lets go of these within moments."""
    gone = select(func.count()).select_from(Case).join(User, Case.owner_id == User.id)
    stuck = gone.where(User.disabled_at.is_not(None), Case.guarded.is_(False), Case.is_open | (Case.status == Status.ANSWERED))
    count = patient.session.scalar(stuck) or 0
    said = Message(N_("%(count)d cases belong to somebody whose account is closed"), {"count": count})
    return Finding(
        "owners", N_("Owners of cases"), count == 0, said, Message(N_("start the worker, which gives them back to the coordinators"))
    )


def holidays(patient: Patient) -> Finding:
    """The calendar reaches as far as today's promises do."""
    year = office_day(patient.now + timedelta(days=60)).year
    known = len(office_holidays(year))
    said = Message(N_("%(count)d days known for %(year)d"), {"count": known, "year": year + 543})
    mend = Message(N_("enter the cabinet's holidays of that year in the office calendar, or renew the portal"))
    return Finding("holidays", N_("Office calendar"), known >= 13, said, mend)


def deadlines(patient: Patient) -> Finding:
    """No promise is longer than the law's without naming a law of its own."""
    long = select(func.count()).select_from(DeadlineRuleRow).where(DeadlineRuleRow.days > LAWFUL_DAYS, DeadlineRuleRow.basis_th == "")
    count = patient.session.scalar(long) or 0
    said = Message(N_("%(count)d rules longer than %(days)d days without a legal basis"), {"count": count, "days": LAWFUL_DAYS})
    return Finding("deadlines", N_("Deadlines"), count == 0, said, Message(N_("write the law that allows it, or shorten the rule")))


def _named(found: list[Agency]) -> Message:
    names = ", ".join(agency.slug for agency in found[:NAMED_MOST])
    return Message(N_("nobody decides at %(names)s (%(count)d in all)"), {"names": names, "count": len(found)})
