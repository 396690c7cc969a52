"""What is stored that this release or this machine cannot work with: settings, texts, mail server, keys of reports, times."""

from datetime import timedelta
from urllib.parse import urlsplit

from sqlalchemy import func, select

from portal.agencies.options.models import OptionValue
from portal.audit.models import AuditEntry
from portal.casework.models import MailWording
from portal.casework.wording.rules import MAIL_FIELDS, problems
from portal.corruption.models import CorruptionReport
from portal.desk.admin.all_options import BY_KEY
from portal.desk.checkup.findings import Finding, Patient, listed, plain
from portal.kernel.errors import Invalid
from portal.kernel.keyring import key_id
from portal.kernel.messages import N_, Message
from portal.outbox.mail_server import queries as mail_servers
from portal.outbox.mail_server.outcome import Outcome
from portal.outbox.mailbox.queries import unreached

AHEAD = timedelta(minutes=2)


def options(patient: Patient) -> Finding:
    """Each setting holds something that it may hold."""
    wrong = sorted({row.key for row in patient.session.scalars(select(OptionValue)) if not _fits(row)})
    said = Message(N_("cannot be used: %(names)s"), {"names": listed([BY_KEY[key].label for key in wrong])})
    if not wrong:
        said = Message(N_("all can be used"))
    return Finding("options", N_("Settings"), not wrong, said, Message(N_("open them in the settings and save them again")))


def _fits(row: OptionValue) -> bool:
    option = BY_KEY.get(row.key)
    try:
        return option is None or option.checked(row.value) == row.value
    except (Invalid, TypeError):
        return False


def texts(patient: Patient) -> Finding:
    """Each text of a mail has the fields that the sender needs, and no others."""
    rows = patient.session.scalars(select(MailWording)).all()
    wrong = sorted({row.mail.label for row in rows if any(problems(text, MAIL_FIELDS[row.mail]) for text in (row.text_th, row.text_en))})
    said = Message(N_("cannot be used: %(names)s"), {"names": listed(wrong)}) if wrong else Message(N_("all can be used"))
    mend = Message(N_("open them under templates of mails and replies and mend their fields"))
    return Finding("texts", N_("Texts of mails"), not wrong, said, mend)


def mailboxes(patient: Patient) -> Finding:
    """Mail that comes in is read."""
    failing = [row.agency.name_th for row in unreached(patient.session)]
    said = Message(N_("cannot be read: %(names)s"), {"names": ", ".join(failing)}) if failing else Message(N_("all can be read"))
    mend = Message(N_("open /desk/admin/mailbox and try it; the page says what is wrong"))
    return Finding("mailboxes", N_("Mailboxes"), not failing, said, mend)


def mail(patient: Patient) -> Finding:
    """Mails leave, and to somewhere."""
    name, settings = N_("Mail"), patient.settings
    enter = Message(N_("enter the mail server at /desk/admin/mail and send a test message, or set PORTAL_MAIL_URL"))
    if settings.mail_is_set:
        folder = urlsplit(settings.mail_url).scheme == "folder"
        said = Message(N_("written into a folder, nobody gets them")) if folder else plain(urlsplit(settings.mail_url).hostname or "–")
        return Finding("mail", name, not (folder and settings.is_production), said, enter)
    row = mail_servers.stored(patient.session)
    if row is None:
        return Finding("mail", name, not settings.is_production, Message(N_("no server is entered, nobody gets them")), enter)
    if mail_servers.opened(row, patient.keyring) is None:
        return Finding("mail", name, False, Message(N_("no listed key opens what was entered")), enter)
    if row.tried is None:
        return Finding("mail", name, True, Message(N_("a server is entered, and was not tried out")))
    mend = Message(N_("mend it at /desk/admin/mail and send a test message"))
    return Finding("mail", name, row.tried is Outcome.SENT, Message(row.tried.label), mend)


def integrity_keys(patient: Patient) -> Finding:
    """Every key that codes of reports of corruption were made with is still listed."""
    listed = {key_id(secret) for secret in patient.settings.integrity_keys}
    used = set(patient.session.scalars(select(CorruptionReport.receipt_key_id).distinct()))
    missing = ", ".join(sorted(used - listed))
    said = Message(N_("%(count)d in use, all listed"), {"count": len(used)})
    lost = Message(N_("some of what is stored cannot be read"))
    mend = Message(N_("put the earlier key back at the end of PORTAL_INTEGRITY_KEY (missing: %(names)s)"), {"names": missing})
    return Finding("integrity_keys", N_("Keys of reports of corruption"), not missing, lost if missing else said, mend)


def clock(patient: Patient) -> Finding:
    """This machine's clock is not behind what was written already; one that is wrong by minutes refuses right codes of second factors."""
    newest = patient.session.scalar(select(func.max(AuditEntry.at)).where(AuditEntry.id > _last(patient) - 1000))
    behind = newest is not None and newest > patient.now + AHEAD
    said = Message(N_("behind what was written already")) if behind else Message(N_("goes forward"))
    mend = Message(N_("let this machine take its time from a time server (NTP)"))
    return Finding("clock", N_("Clock of this machine"), not behind, said, mend)


def _last(patient: Patient) -> int:
    return patient.session.scalar(select(func.max(AuditEntry.id))) or 0
