"""Reading a body: bounded, JSON and nothing that only looks like it, problems in the reader's language."""

import json
from collections.abc import Mapping
from typing import Any, NoReturn

import flask
import marshmallow as ma
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import RequestEntityTooLarge

from portal.api.problems import Problem
from portal.kernel.messages import N_, Message
from portal.web.errors import DRAIN_BYTES
from portal.web.multipart import drain

JSON_MOST = 1_000_000  # bytes; the longest submission takes about 100,000, every letter of it escaped
NOT_JSON = Message(N_("Send JSON with the header Content-Type: application/json"))
BROKEN = Message(N_("The body is not valid JSON in UTF-8 with one object in it"))
INVALID = Message(N_("There is a problem with what was filled in"))


def too_large(most: int) -> Problem:
    """413, once what was sent has been taken in and thrown away: a program that is still sending reads no answer."""
    drain(flask.request.environ["wsgi.input"], DRAIN_BYTES)
    return Problem(413, Message(N_("The body is larger than %(most)s bytes"), {"most": f"{most:,}"}))


class JsonParser(FlaskParser):
    """``webargs`` for Flask with the portal's answers."""

    def _raw_load_json(self, req: flask.Request) -> Any:
        if not req.is_json:
            raise Problem(415, NOT_JSON)
        try:
            body = json.loads(_bounded(req), parse_constant=_no_number)
        except (ValueError, RecursionError) as error:  # broken, wrong letters, a number of thousands of digits, nested without end
            raise Problem(400, BROKEN) from error
        if not isinstance(body, dict):
            raise Problem(400, BROKEN)
        return body

    def handle_error(self, error: ma.ValidationError, req: flask.Request, schema: ma.Schema, **_: Any) -> NoReturn:
        """Tell which fields do not have the shape that they should have."""
        places = error.messages if isinstance(error.messages, Mapping) else {}
        fields = {name: [Message(text) for text in texts] for place in places.values() for name, texts in place.items()}
        raise Problem(422, INVALID, fields) from error


def _bounded(req: flask.Request) -> bytes:
    req.max_content_length = JSON_MOST + 1  # a body that does not tell its length is cut here, so one byte more tells that it is too long
    try:
        data = req.get_data()
    except RequestEntityTooLarge as error:
        raise too_large(JSON_MOST) from error
    if len(data) > JSON_MOST:
        raise too_large(JSON_MOST)
    return data


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")
