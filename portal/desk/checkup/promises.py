"""Whether somebody is there, and something is written, for what the portal promises people about their data. Judged in production only."""

from sqlalchemy import exists, select

from portal.accounts.models import Grant, User
from portal.accounts.second_factor.models import AuthenticatorApp, Passkey
from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.agencies.options import value_of
from portal.casework.models import Case
from portal.corruption.reception import collectors_of
from portal.desk.checkup.findings import Finding, Patient, listed
from portal.disclosures.queries import policy_pages
from portal.disclosures.rules import PolicyPage
from portal.kernel.actor import Role
from portal.kernel.messages import N_, Message
from portal.privacy.rules.retention import RETENTION_ON

NAMED_MOST = 5
ADMINISTRATORS = (Role.ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR)


def policies(patient: Patient) -> Finding:
    """The policy pages that the footer leads to."""
    home = agencies.home(patient.session, patient.settings.home_agency)
    published = policy_pages(patient.session, home.id) if home else {}
    missing = [policy.label for policy in PolicyPage if policy not in published]
    said = Message(N_("not published: %(names)s"), {"names": listed(missing)}) if missing else Message(N_("all published"))
    mend = Message(N_("read the drafts of these pages, change what is not so, and publish them"))
    return _judged(patient, "policies", N_("Policy pages"), not missing, said, mend)


def collectors(patient: Patient) -> Finding:
    """Reports of corruption reach somebody, whatever agency they are about: the home agency is the last stop."""
    home = agencies.home(patient.session, patient.settings.home_agency)
    count = len(collectors_of(patient.session, home.id)) if home else 0
    mend = Message(N_("give somebody in the home agency the role “collector of corruption reports”"))
    return _judged(patient, "collectors", N_("Reports of corruption"), count > 0, Message(N_("%(count)d people"), {"count": count}), mend)


def privacy_officers(patient: Patient) -> Finding:
    """Each agency that holds cases has a data protection officer of its own, because a role above it does not count there."""
    held = exists().where(Grant.agency_id == Agency.id, Grant.role == Role.PRIVACY, Grant.user_id == User.id, User.disabled_at.is_(None))
    lacking = select(Agency.slug).where(exists().where(Case.agency_id == Agency.id), ~held, Agency.closed_at.is_(None))
    slugs = patient.session.scalars(lacking.order_by(Agency.slug)).all()
    said = Message(N_("one in every agency with cases"))
    if slugs:
        said = Message(N_("nobody at %(names)s (%(count)d in all)"), {"names": ", ".join(slugs[:NAMED_MOST]), "count": len(slugs)})
    mend = Message(N_("give somebody there the role of data protection officer; requests wait for nobody else"))
    return _judged(patient, "privacy_officers", N_("Data protection officers"), not slugs, said, mend)


def second_factors(patient: Patient) -> Finding:
    """Who can change everything shows more than a password."""
    held = select(User.id).join(Grant).where(Grant.role.in_(ADMINISTRATORS), User.disabled_at.is_(None)).distinct()
    app, passkey = exists().where(AuthenticatorApp.user_id == User.id), exists().where(Passkey.user_id == User.id)
    count = len(patient.session.scalars(held.where(~app, ~passkey)).all())
    said = Message(N_("%(count)d administrators without one"), {"count": count})
    mend = Message(N_("sign in as each of them and set up an app or a passkey"))
    return _judged(patient, "second_factors", N_("Second factors"), count == 0, said, mend)


def retention(patient: Patient) -> Finding:
    """What is over its time goes by itself."""
    on = bool(value_of(patient.session, RETENTION_ON))
    said = Message(N_("on")) if on else Message(N_("off: nothing is erased when its time is over, and the privacy notice is not kept"))
    mend = Message(N_("switch “%(what)s” on in the settings"), {"what": Message(RETENTION_ON.label)})
    return _judged(patient, "retention", N_("Keeping and erasing"), on, said, mend)


def ledger(patient: Patient) -> Finding:
    """What was erased stays erased when a backup is put back."""
    path = patient.settings.ledger
    said = Message("%(it)s", {"it": path}) if path else Message(N_("kept in the database only"))
    mend = Message(N_("set PORTAL_LEDGER to a file outside of the backup, or a restored backup brings back what was erased"))
    return _judged(patient, "ledger", N_("Ledger of erasures"), path is not None, said, mend)


def _judged(patient: Patient, key: str, name: str, right: bool, said: Message, mend: Message) -> Finding:
    return Finding(key, name, right or not patient.settings.is_production, said, mend)
