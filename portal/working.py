"""``portal worker``: runs due events and timed jobs inside the app, until it is told to stop."""

import signal
import time
from types import FrameType

import structlog
from flask import Flask
from sqlalchemy.exc import InterfaceError, OperationalError

from portal.kernel.errors import Unavailable
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
    context = JobContext(db.session, now(), runtime.mailer, runtime.store, runtime.keyring, runtime.settings.base_url)
    done = run_due(context, HANDLERS)
    run_timed(context, TIMED)
    return done
