"""The portal as it is served while somebody kills it, and, to see that the test can fail, with a fault planted in front of it.

The fault answers a submission through the API before its commit: code and 201 go out at once, the case is stored a moment later by a
thread. Nobody notices, until the process is killed in between.
"""

import io
import json
import os
import threading
import time
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from typing import Any

from portal import app as portal_app
from portal.casework import receipts
from portal.kernel.receipt_code import format_code, new_code

FAULT = "DURABILITY_FAULT"
DELAY_SECONDS = 0.25
promised: ContextVar[str] = ContextVar("promised")
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def create_app() -> Any:
    """What Granian serves."""
    app = portal_app.create_app()
    if os.environ.get(FAULT):
        vars(receipts)["new_code"] = lambda: promised.get("") or new_code()
        return answering_too_early(app.wsgi_app)
    return app


def answering_too_early(app: Wsgi) -> Wsgi:
    """The planted fault."""

    def faulty(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] != "/api/v1/submissions":
            return app(environ, start_response)
        code, body = new_code(), environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        later = {**environ, "wsgi.input": io.BytesIO(body)}
        threading.Thread(target=store, args=(app, later, code), daemon=True).start()
        answer = json.dumps({"receipt": format_code(code), "case_number": "", "due_on": "2026-12-07"}).encode()
        start_response("201 Created", [("Content-Type", "application/json"), ("Content-Length", str(len(answer)))])
        return [answer]

    return faulty


def store(app: Wsgi, environ: dict[str, Any], code: str) -> None:
    """Do afterwards what was said to be done."""
    time.sleep(DELAY_SECONDS)
    promised.set(code)
    for _part in app(environ, lambda *_: None):
        pass
