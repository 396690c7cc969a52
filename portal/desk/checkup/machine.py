"""Settings of the environment, and the stores they lead to."""

import os
import shutil

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from redis import Redis
from redis.exceptions import RedisError

from portal.desk.checkup.findings import Finding, Patient, plain
from portal.kernel.messages import N_, Message
from portal.settings import DEVELOPMENT_DATA_KEY, DEVELOPMENT_INTEGRITY_KEY, DEVELOPMENT_SECRET

ROOM_LEFT = 1_000_000_000  # bytes; less, and a day of uploads may fill the disk


def secrets(patient: Patient) -> Finding:
    """Keys that only this portal knows."""
    settings = patient.settings
    known = {DEVELOPMENT_DATA_KEY, DEVELOPMENT_INTEGRITY_KEY} & {*settings.data_keys, *settings.integrity_keys}
    default = settings.secret_key == DEVELOPMENT_SECRET or bool(known)
    said = Message(N_("development keys")) if default else Message(N_("own keys, %(count)d data keys"), {"count": len(settings.data_keys)})
    mend = Message(N_("set PORTAL_SECRET_KEY, PORTAL_DATA_KEY and PORTAL_INTEGRITY_KEY to random texts of your own"))
    return Finding("keys", N_("Keys"), not (default and settings.is_production), said, mend)


def address(patient: Patient) -> Finding:
    """How browsers reach the portal."""
    settings = patient.settings
    mend = Message(N_("set PORTAL_BASE_URL to an https:// address"))
    return Finding("address", N_("Address"), settings.https or not settings.is_production, plain(settings.base_url), mend)


def proxies(patient: Patient) -> Finding:
    """Behind a proxy that is not trusted all visitors share one address, and limits would shut everybody out together."""
    settings = patient.settings
    wrong = settings.is_production and settings.https and settings.trusted_proxies == 0
    mend = Message(N_("https ends at a proxy: set PORTAL_TRUSTED_PROXIES=1, or all visitors count as one"))
    return Finding("proxies", N_("Proxies"), not wrong, Message(N_("%(count)d trusted"), {"count": settings.trusted_proxies}), mend)


def limits(patient: Patient) -> Finding:
    """Where limits are counted."""
    url = patient.settings.redis_url
    if url is None:
        return Finding("limits", N_("Limits"), True, Message(N_("each process counts for itself")))
    try:
        Redis.from_url(url, socket_connect_timeout=1, socket_timeout=1).ping()
    except RedisError as error:
        said = Message(N_("Redis does not answer (%(error)s)"), {"error": type(error).__name__})
        mend = Message(N_("check PORTAL_REDIS_URL; until then each process counts for itself"))
        return Finding("limits", N_("Limits"), False, said, mend)
    return Finding("limits", N_("Limits"), True, Message(N_("Redis answers")))


def files(patient: Patient) -> Finding:
    """The folder of uploads: there, ours, and with room left."""
    folder = patient.settings.files
    if not (folder.is_dir() and os.access(folder, os.W_OK)):
        mend = Message(N_("create the folder %(folder)s and let this user write into it"), {"folder": folder})
        return Finding("files", N_("Files"), False, plain(folder), mend)
    free = shutil.disk_usage(folder).free
    said = Message(N_("%(folder)s, %(free)s GB free"), {"folder": folder, "free": f"{free / 1e9:.1f}"})
    mend = Message(N_("make room on this disk; a full one takes no new matters"))
    return Finding("files", N_("Files"), free > ROOM_LEFT, said, mend)


def schema(patient: Patient) -> Finding:
    """The database is of this release."""
    present = MigrationContext.configure(patient.session.connection()).get_current_revision()
    head = ScriptDirectory(patient.migrations).get_current_head()
    said = Message(N_("revision %(present)s, newest %(head)s"), {"present": present or "–", "head": head})
    return Finding("database", N_("Database"), present == head, said, Message(N_("run `portal init`")))
