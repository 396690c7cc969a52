"""Every error becomes an answer in the reader's language: a page, or problem+json for the API.

What was typed is shown again, so that nothing is lost. Nothing that a client can send makes a 500; a 500 is our own
fault, is logged with its trace, and says nothing about the inside.
"""

from traceback import format_tb

import structlog
from flask import Flask, Response, g, json, render_template, request
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestEntityTooLarge

from portal.kernel import errors
from portal.kernel.messages import N_
from portal.web.csrf import FIELD
from portal.web.database import db
from portal.web.forms import say
from portal.web.multipart import drain, text_before_files
from portal.web.step_up import PROOF_FIELDS

log = structlog.get_logger(__name__)
RETRY_SECONDS = 5
NEVER_SHOWN = {FIELD, "password", "old_password", "form_token", "code", "receipt", "passkey", "offer", *PROOF_FIELDS}
DRAIN_BYTES = 128 * 1024 * 1024

STATUS = {
    errors.NotFound: 404,
    errors.NotAllowed: 403,
    errors.Invalid: 422,
    errors.Conflict: 409,
    errors.TooMany: 429,
    errors.Unavailable: 503,
}
TITLES = {
    400: N_("We could not read what your browser sent"),
    401: N_("Please sign in first"),
    403: N_("You may not open this"),
    404: N_("We cannot find this page"),
    405: N_("This page does not take that"),
    409: N_("Somebody changed this before you"),
    410: N_("This page has been withdrawn"),
    413: N_("What you sent is too large"),
    415: N_("We do not accept this kind of file"),
    422: N_("There is a problem with what was filled in"),
    429: N_("Too many attempts, please wait a little"),
    500: N_("Something broke on our side"),
    503: N_("We cannot store this right now"),
}
DETAILS = {
    400: N_("Open the page again and try once more"),
    404: N_("The address may be mistyped, or the page has moved, use search to find it"),
    405: N_("Open the page from its link instead"),
    413: N_("Files may be 10 MB each and 60 MB together, your words are kept below, send them with fewer or smaller files"),
    415: N_("Use JPEG, PNG, WebP, HEIC or PDF"),
    500: N_("The fault is recorded and what had been stored is safe, please try again later"),
    503: N_("Your words are kept below, please try again in a moment"),
}


def init_errors(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(errors.PortalError, _portal_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(OperationalError, _database_error)
    app.register_error_handler(IntegrityError, _met_another)
    app.register_error_handler(InterfaceError, _database_error)
    app.register_error_handler(Exception, _own_fault)


def answer(status: int, detail: str, fields: dict[str, list[str]] | None = None, headers: dict[str, str] | None = None) -> Response:
    """The error as a page, or as RFC 9457 problem+json under ``/api/``."""
    title = _(TITLES.get(status, TITLES[500 if status >= 500 else 400]))
    if request.path.startswith("/api/"):
        body = {"type": "about:blank", "title": title, "status": status, "detail": detail or title}
        if fields:
            body["errors"] = fields
        response = Response(json.dumps(body), status, content_type="application/problem+json")
    else:
        text = render_template(
            "errors/error.html",
            status=status,
            title=title,
            detail=detail,
            fields=fields or {},
            kept=_kept(status),
            stamp=None,
            noindex=True,
        )
        response = Response(text, status)
    response.headers.extend(headers or {})
    response.headers["Cache-Control"] = "no-store"
    return response


def _portal_error(error: errors.PortalError) -> Response:
    db.session.rollback()
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 400)
    fields = {}
    if isinstance(error, errors.Invalid):
        fields = {name: [say(message) for message in messages] for name, messages in error.fields.items()}
    headers = {}
    if isinstance(error, errors.TooMany):
        headers["Retry-After"] = str(error.retry_after)
    elif status == 503:
        headers["Retry-After"] = str(RETRY_SECONDS)
    return answer(status, _detail(error, fields), fields, headers)


def _detail(error: errors.PortalError, fields: dict[str, list[str]]) -> str:
    said = " ".join(text for texts in fields.values() for text in texts)
    return said or say(error.message)


def _http_error(error: HTTPException) -> Response:
    if (error.response is not None and error.response.status_code < 400) or (error.code or 500) < 400:
        return error.get_response()  # type: ignore[return-value]  # a redirect is no error
    code = error.code or 500
    headers = {"Allow": ", ".join(sorted(error.valid_methods or ()))} if isinstance(error, MethodNotAllowed) else {}
    retry = getattr(error, "retry_after", None)
    if retry is not None or code in (429, 503):
        headers["Retry-After"] = str(retry if isinstance(retry, int) else RETRY_SECONDS)
    return answer(code, _(DETAILS[code]) if code in DETAILS else "", headers=headers)


def _database_error(error: Exception) -> Response:
    db.session.rollback()
    log.error("database_unavailable", error=type(error).__name__, endpoint=request.endpoint)
    return answer(503, _(DETAILS[503]), headers={"Retry-After": str(RETRY_SECONDS)})


def _met_another(error: IntegrityError) -> Response:
    """Two people chose the same at the same moment, after both had been told that it was free."""
    db.session.rollback()
    log.warning("met_another", endpoint=request.endpoint)
    return answer(409, say(errors.Conflict.message))


def _own_fault(error: Exception) -> Response:
    db.session.rollback()
    log.error("own_fault", error=type(error).__name__, endpoint=request.endpoint, request_id=g.get("request_id"), trace=_trace(error))
    return answer(500, _(DETAILS[500]))


def _trace(error: Exception) -> str:
    """Where it happened, in lines of our code; without the error's text, which may quote what a person wrote."""
    return "".join(format_tb(error.__traceback__))


def _kept(status: int) -> dict[str, str]:
    """What was typed, by field; of a body that is too large the text that came before its files."""
    if request.method != "POST":
        return {}
    if status == 413:
        fields = text_before_files(request.environ["wsgi.input"], request.content_type or "")
        drain(request.environ["wsgi.input"], DRAIN_BYTES)
        typed = {name: values[-1] for name, values in fields.items()}
    else:
        try:
            typed = request.form.to_dict()
        except (HTTPException, ValueError, RequestEntityTooLarge):
            return {}
    return {name: value for name, value in typed.items() if value.strip() and name not in NEVER_SHOWN}
