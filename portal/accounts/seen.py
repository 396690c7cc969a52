"""The rough time at which a session was last used: moved by acts, at most every quarter of an hour, never by reading."""

from flask import Flask, Response, request
from sqlalchemy.orm import Session

from portal.accounts import queries, service
from portal.accounts.rules import SEEN_EVERY
from portal.db import unit_of_work
from portal.kernel.errors import Unavailable
from portal.web.actor import session_token
from portal.web.clock import now
from portal.web.csrf import SAFE
from portal.web.database import db


def init_seen(app: Flask) -> None:
    """Look after every answer to an act on the desk."""
    app.after_request(_note)


def _note(response: Response) -> Response:
    token = session_token()
    if token and request.method not in SAFE and request.path.startswith("/desk") and response.status_code < 400:
        _move(db.session, service.token_hash(token))
    return response


def _move(session: Session, digest: str) -> None:
    row = queries.by_token(session, digest)
    if row is None or (row.seen_at is not None and row.seen_at > now() - SEEN_EVERY):
        return
    try:
        with unit_of_work(session):
            service.note_seen(session, now(), digest)
    except Unavailable:
        return  # the act itself is done; a missed time is no reason to frighten anybody
