"""``portal doctor``: looks at settings, stores and the audit chain, and says what to mend."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.accounts.models import Grant
from portal.agencies import queries as agencies
from portal.audit.models import AuditEntry
from portal.audit.service import verify_chain
from portal.index.models import SearchChunk
from portal.kernel.actor import Role
from portal.outbox import service as outbox
from portal.outbox.models import OutboxEvent
from portal.settings import DEVELOPMENT_DATA_KEY, DEVELOPMENT_SECRET, Settings

LATE = timedelta(minutes=10)


@dataclass(frozen=True)
class Finding:
    """What one check found; ``mend`` says what to do where it is not fine."""

    name: str
    fine: bool
    said: str
    mend: str = ""


@dataclass(frozen=True)
class Patient:
    """What the checks look at."""

    session: Session
    settings: Settings
    migrations: str
    now: datetime


def examine(patient: Patient) -> Iterator[Finding]:
    """Run every check; those after the database rest on it."""
    yield _secrets(patient)
    yield _address(patient)
    yield _limits(patient)
    yield _files(patient)
    schema = _schema(patient)
    yield schema
    if schema.fine:
        yield from (check(patient) for check in CHECKS)


def _secrets(patient: Patient) -> Finding:
    settings = patient.settings
    default = settings.secret_key == DEVELOPMENT_SECRET or DEVELOPMENT_DATA_KEY in settings.data_keys
    said = "development keys" if default else f"own keys, {len(settings.data_keys)} data key(s)"
    return Finding("keys", not (default and settings.is_production), said, "set PORTAL_SECRET_KEY and PORTAL_DATA_KEY")


def _address(patient: Patient) -> Finding:
    settings = patient.settings
    return Finding("address", settings.https or not settings.is_production, settings.base_url, "set PORTAL_BASE_URL to an https:// address")


def _limits(patient: Patient) -> Finding:
    url = patient.settings.redis_url
    if url is None:
        return Finding("limits", True, "each process counts for itself")
    try:
        Redis.from_url(url, socket_connect_timeout=1, socket_timeout=1).ping()
    except RedisError as error:
        mend = "check PORTAL_REDIS_URL; until then each process counts for itself"
        return Finding("limits", False, f"Redis does not answer ({type(error).__name__})", mend)
    return Finding("limits", True, "Redis answers")


def _files(patient: Patient) -> Finding:
    folder = patient.settings.files
    fine = folder.is_dir() and os.access(folder, os.W_OK)
    return Finding("files", fine, str(folder), f"create the folder {folder} and let this user write into it")


def _schema(patient: Patient) -> Finding:
    present = MigrationContext.configure(patient.session.connection()).get_current_revision()
    head = ScriptDirectory(patient.migrations).get_current_head()
    return Finding("database", present == head, f"revision {present or 'none'}, newest {head}", "run `portal init`")


def _home_agency(patient: Patient) -> Finding:
    chosen = patient.settings.home_agency
    home = agencies.home(patient.session, chosen)
    mend = "set PORTAL_HOME_AGENCY to the slug of an agency that exists" if chosen else "open /setup with the token of `portal init`"
    return Finding("home agency", home is not None, home.slug if home else chosen or "none", mend)


def _administrators(patient: Patient) -> Finding:
    roles = (Role.ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR)
    count = patient.session.scalar(select(func.count()).select_from(Grant).where(Grant.role.in_(roles))) or 0
    return Finding("administrators", count > 0, f"{count} grant(s)", "create one with `portal user add … --role system_administrator`")


def _chain(patient: Patient) -> Finding:
    state = verify_chain(patient.session)
    said = f"{state.sealed} sealed, {state.unsealed} waiting for their seal"
    if state.broken_at is not None:
        return Finding("audit chain", False, f"broken at {state.broken_at}", "keep a copy of the database and find out who changed it")
    return Finding("audit chain", True, said)


def _worker(patient: Patient) -> Finding:
    waiting = patient.session.scalar(
        select(func.min(OutboxEvent.due_at)).where(OutboxEvent.done_at.is_(None), OutboxEvent.failed_at.is_(None))
    )
    unsealed = patient.session.scalar(select(func.min(AuditEntry.at)).where(AuditEntry.sealed_as.is_(None)))
    late = [moment for moment in (waiting, unsealed) if moment is not None and moment < patient.now - LATE]
    said = f"oldest job waits since {min(late):%Y-%m-%d %H:%M} UTC" if late else "nothing waits long"
    return Finding("worker", not late, said, "start `portal worker`, or `portal serve` on the embedded database")


def _failed_jobs(patient: Patient) -> Finding:
    failed = outbox.failed(patient.session)
    names = ", ".join(sorted({f"{event.name} ({event.error})" for event in failed}))
    return Finding("failed jobs", not failed, names or "none", "check PORTAL_MAIL_URL; mails that failed eight times were given up")


def _index(patient: Patient) -> Finding:
    count = patient.session.scalar(select(func.count()).select_from(SearchChunk)) or 0
    return Finding("search index", count > 0, f"{count} pieces", "run `portal reindex`")


CHECKS: tuple[Callable[[Patient], Finding], ...] = (_home_agency, _administrators, _chain, _worker, _failed_jobs, _index)
