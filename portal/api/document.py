"""The description of the API, OpenAPI 3.1, at ``/api/v1/openapi.json``: for programmers, in English, whatever the reader's language."""

from functools import cache
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Flask, Response, json, request
from flask_smorest import Api

from portal.api.blueprint import PREFIX, open_to_every_site
from portal.api.blueprint import bp as calls
from portal.api.problems import MEDIA_TYPE, ProblemSchema
from portal.web.audience import Audience, audience

TITLE, VERSION, OPENAPI = "Suanruam (ส่วนร่วม)", "1", "3.1.0"
RETRY_AFTER = {"Retry-After": {"description": "Seconds to wait", "schema": {"type": "integer", "minimum": 0}}}
ABOUT = """\
What citizens and programs can do with this portal: send a submission and follow it with its receipt code, and read what is published.

Words are in Thai unless `?language=en`; codes are the same in both. Times are ISO 8601 with the zone of Bangkok, days ISO 8601.
Lists are newest first and page by cursor; they and single records carry an `ETag`, so ask again with `If-None-Match`.
Errors are RFC 9457 problems. `429` and `503` say in `Retry-After` when to come back; nothing was stored then.
Records with `"is_sample": true` are invented for demonstration."""
TAGS = [
    {"name": "Petitions", "description": "What people put to an agency and others support, and what it answered"},
    {"name": "Submissions", "description": "Tell an agency something"},
    {"name": "Receipts", "description": "Follow a submission with the receipt code that only its sender holds"},
    {"name": "Agencies", "description": "Who can be written to, and what they are there for"},
    {"name": "Boxes", "description": "Suggestion boxes of the agencies, and whether each was opened in time"},
    {"name": "Disclosures", "description": "Published pages and performance reports"},
    {"name": "Cases", "description": "Answered cases that their senders allowed to be published, without personal data"},
    {"name": "Figures", "description": "How much was received, answered and not, by fiscal year"},
    {
        "name": "Participation",
        "description": "Levels of participation, computed by the portal from public evidence; not an assessment by OPDC",
    },
    {"name": "Plans", "description": "Listening plans: how each agency hears people in a fiscal year, what it takes, and what came of it"},
    {"name": "Outcomes", "description": "Reports on how opinions were considered, and what was improved because of them"},
]

bp = Blueprint("api_document", __name__)
bp.after_request(open_to_every_site)


class PortalApi(Api):  # type: ignore[misc]  # flask-smorest is untyped
    """Describes problems as they are; leaves the handling of errors to the portal."""

    ERROR_SCHEMA = ProblemSchema

    def _register_error_handlers(self) -> None:
        """The portal has its own for every kind of answer; flask-smorest would take over those of the pages too."""

    def _register_pagination_header(self) -> None:
        """Our lists page by cursor."""

    def _register_responses(self) -> None:
        for status in HTTPStatus:
            if status >= HTTPStatus.BAD_REQUEST:
                waits = {"headers": RETRY_AFTER} if status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE) else {}
                self.spec.components.response(status.name, {**_problem(status.phrase), **waits}, lazy=True)
        self.spec.components.response(self.DEFAULT_ERROR_RESPONSE_NAME, _problem("Any other problem"), lazy=True)


def _problem(description: str) -> dict[str, Any]:
    return {"description": description, "content": {MEDIA_TYPE: {"schema": ProblemSchema}}}


@cache
def description() -> str:
    """The whole description as text; the same for every app, so it is put together once, in an app of its own, when somebody first asks.

    A process that starts does not wait for it: looking at all schemas takes longer than most of what it needs to be ready.
    """
    info = {"title": TITLE, "version": VERSION, "openapi_version": OPENAPI, "info": {"description": ABOUT}}
    app = Flask(__name__)
    api = PortalApi(app, spec_kwargs={**info, "servers": [{"url": "/"}]})
    api.register_blueprint(calls)
    with app.app_context():
        return json.dumps({**api.spec.to_dict(), "tags": TAGS}, indent=1, sort_keys=False)


@bp.get(f"{PREFIX}/openapi.json")
@audience(Audience.PUBLIC)
def openapi() -> Response:
    """The same for everybody until the next release."""
    response = Response(description(), content_type="application/json")
    response.headers["Cache-Control"] = "public, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
