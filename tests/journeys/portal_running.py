"""The real portal, with its demonstration or empty as on its first day, served to browsers from a thread of the tests."""

import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from portal.app import create_app
from portal.cli import load_demonstration
from portal.outbox.mail import MemoryMailer
from portal.settings import Settings
from portal.web.database import db
from portal.working import run_pending

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


@dataclass(frozen=True)
class Running:
    """The portal at ``url``; its worker is run by hand, a round at a time."""

    app: Flask
    url: str

    def work(self) -> None:
        """One round of ``portal worker``: mails, search index, seals."""
        with self.app.app_context():
            run_pending(self.app)


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing: a failing journey shows its page."""


def _whole(app: "WSGIApplication") -> "WSGIApplication":
    """Each answer is read and closed before it is sent: when a browser hangs up, Werkzeug's server forgets to close it."""

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        body = app(environ, start_response)
        try:
            return list(body)
        finally:
            getattr(body, "close", lambda: None)()

    return answer


@contextmanager
def running(database: Path, files: Path, *, demonstration: bool = True) -> Iterator[Running]:
    """Serve until the block ends. The port is taken first, because the settings name it."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(128)
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        settings = _settings(database, files, url)
        app = create_app(settings if demonstration else replace(settings, home_agency="", mail_is_set=False), MemoryMailer())
        if demonstration:
            with app.app_context():
                load_demonstration(app)
        server = make_server("127.0.0.1", 0, _whole(app), threaded=True, request_handler=_Quiet, fd=listening.fileno())
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield Running(app, url)
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
            with app.app_context():
                db.engine.dispose()


def _settings(database: Path, files: Path, url: str) -> Settings:
    return Settings(
        env="development",
        database_url=f"sqlite:///{database}",
        redis_url=None,
        files=files,
        secret_key="secret key of the journeys",
        data_keys=("data key of the journeys, long enough for anything",),
        mail_url="folder:///nowhere",
        base_url=url,
        home_agency="opdc",
        trusted_proxies=0,
        limits=False,
    )
