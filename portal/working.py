"""``portal worker``: runs due events and timed jobs inside the app, until it is told to stop."""

import signal
import time
from types import FrameType
from typing import cast

import structlog
from flask import Flask
from sqlalchemy.exc import InterfaceError, OperationalError

from portal.kernel.errors import Unavailable
from portal.outbox.mail import Mailer, SmtpMailer
from portal.outbox.mail_server import queries as mail_servers
from portal.outbox.worker import JobContext, run_due, run_timed
from portal.registry import HANDLERS, TIMED
from portal.web.clock import now
from portal.web.database import db
from portal.web.runtime import Runtime

log = structlog.get_logger(__name__)
IDLE_SECONDS = 1.0


class Worker:
    """One worker; any number may run side by side."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._stopping = False

    def run(self) -> None:
        """Block until SIGTERM or SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        while not self._stopping:
            if not self.run_once():
                time.sleep(IDLE_SECONDS)

    def run_once(self) -> int:
        """Run what is due now. Returns the number of events; a database that is away for a moment is waited for."""
        with self._app.app_context():
            try:
                return run_pending(self._app)
            except (Unavailable, OperationalError, InterfaceError):  # reading raises the driver's own
                log.warning("database_unavailable")
                return 0

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True


def run_pending(app: Flask) -> int:
    """One round of events and timed jobs, inside an app context."""
    runtime: Runtime = app.extensions["portal"]
    context = JobContext(db.session, now(), _mailer(runtime), runtime.store, runtime.keyring, runtime.settings.base_url)
    done = run_due(context, HANDLERS)
    run_timed(context, TIMED)
    return done


def _mailer(runtime: Runtime) -> Mailer:
    """That of the environment; else the server that an administrator has entered, read anew each round; else a folder."""
    if runtime.settings.mail_is_set:
        return cast(Mailer, runtime.mailer)
    entered = mail_servers.opened(mail_servers.stored(db.session), runtime.keyring)
    db.session.rollback()
    return SmtpMailer(entered.url) if entered else cast(Mailer, runtime.mailer)
