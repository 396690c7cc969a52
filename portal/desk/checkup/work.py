"""What happens by itself: the trail's chain, the worker, its failures, the search index, the keys of what is stored."""

from datetime import timedelta

from cryptography.fernet import InvalidToken
from sqlalchemy import func, select

from portal.audit.models import AuditEntry
from portal.audit.service import verify_chain
from portal.casework import identity, receipts
from portal.casework.models import Case, CaseIdentity, CaseTallyMove
from portal.casework.tallies.counting import is_uncounted
from portal.desk.checkup.findings import Finding, Patient
from portal.index.models import SearchChunk
from portal.kernel.keyring import key_id
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import BANGKOK
from portal.outbox import service as outbox
from portal.outbox.models import OutboxEvent

LATE = timedelta(minutes=10)
#: Beyond this many moves that are not folded in, reading the figures becomes slow.
MOVES_MOST = 100_000


def chain(patient: Patient) -> Finding:
    """Nobody has changed the trail. Read whole, from the first row on."""
    if not patient.thorough:
        said = Message(N_("`portal doctor` reads it from the first row on, the audit trail's page tells what it found last"))
        return Finding("audit_chain", N_("Audit chain"), True, said)
    state = verify_chain(patient.session)
    if state.broken_at is not None:
        mend = Message(N_("keep a copy of the database and find out who changed it"))
        return Finding("audit_chain", N_("Audit chain"), False, Message(N_("broken at %(place)d"), {"place": state.broken_at}), mend)
    said = Message(N_("%(sealed)d sealed, %(unsealed)d waiting for their seal"), {"sealed": state.sealed, "unsealed": state.unsealed})
    return Finding("audit_chain", N_("Audit chain"), True, said)


def tallies(patient: Patient) -> Finding:
    """The figures are counted, and what moves them is folded in."""
    moves = patient.session.scalar(select(func.count()).select_from(select(CaseTallyMove.id).limit(MOVES_MOST + 1).subquery())) or 0
    if is_uncounted(patient.session):
        said, mend = Message(N_("nobody has counted the cases yet")), Message(N_("run `portal figures recount`"))
        return Finding("figures", N_("Figures"), False, said, mend)
    if moves > MOVES_MOST:
        said, mend = (
            Message(N_("more than %(most)d changes wait to be folded in"), {"most": MOVES_MOST}),
            Message(N_("start `portal worker`")),
        )
        return Finding("figures", N_("Figures"), False, said, mend)
    return Finding("figures", N_("Figures"), True, Message(N_("kept up to date")))


def worker(patient: Patient) -> Finding:
    """Somebody does the work that waits."""
    waiting = patient.session.scalar(
        select(func.min(OutboxEvent.due_at)).where(OutboxEvent.done_at.is_(None), OutboxEvent.failed_at.is_(None))
    )
    unsealed = patient.session.scalar(select(func.min(AuditEntry.at)).where(AuditEntry.sealed_as.is_(None)))
    late = [moment for moment in (waiting, unsealed) if moment is not None and moment < patient.now - LATE]
    since = f"{min(late).astimezone(BANGKOK):%Y-%m-%d %H:%M}" if late else ""
    said = Message(N_("oldest job waits since %(since)s"), {"since": since}) if late else Message(N_("nothing waits long"))
    return Finding("worker", N_("Worker"), not late, said, Message(N_("start `portal worker`, or `portal serve` on the embedded database")))


def failed_jobs(patient: Patient) -> Finding:
    """Nothing was given up."""
    failed = outbox.failed(patient.session)
    names = ", ".join(sorted({f"{event.name} ({event.error})" for event in failed}))
    said = Message("%(names)s", {"names": names}) if failed else Message(N_("none"))
    mend = Message(N_("check the mail settings; mails that failed eight times were given up"))
    return Finding("failed_jobs", N_("Failed jobs"), not failed, said, mend)


def index(patient: Patient) -> Finding:
    """There is something to find."""
    count = patient.session.scalar(select(func.count()).select_from(SearchChunk)) or 0
    return Finding(
        "index", N_("Search index"), count > 0, Message(N_("%(count)d pieces"), {"count": count}), Message(N_("run `portal reindex`"))
    )


def data_keys(patient: Patient) -> Finding:
    """Every key that something stored was made with is still listed; without it nobody can read or find that again."""
    listed = {key_id(secret) for secret in patient.settings.data_keys}
    columns = (Case.receipt_key_id, CaseIdentity.contact_key_id)
    used = {name for column in columns for name in patient.session.scalars(select(column).distinct()) if name and name != receipts.NO_KEY}
    missing = sorted(used - listed)
    readable = not missing and all(_opens(patient, newest) for newest in (True, False))
    said = (
        Message(N_("%(count)d in use, all listed"), {"count": len(used)})
        if readable
        else Message(N_("some of what is stored cannot be read"))
    )
    mend = Message(N_("put the earlier key back at the end of PORTAL_DATA_KEY (missing: %(names)s)"), {"names": ", ".join(missing) or "?"})
    return Finding("data_keys", N_("Keys of what is stored"), readable, said, mend)


def _opens(patient: Patient, newest: bool) -> bool:
    """True if the newest (or the oldest) identity can be opened, or there is none."""
    order = CaseIdentity.case_id.desc() if newest else CaseIdentity.case_id.asc()
    case = patient.session.scalar(select(Case).join(CaseIdentity).order_by(order).limit(1))
    try:
        if case is not None:
            identity.opened(patient.keyring, case)
    except InvalidToken:
        return False
    return True
