"""Answers to what went wrong, as RFC 9457 problems; those of the services come from ``web.errors``."""

from collections.abc import Mapping, Sequence

import marshmallow as ma
from flask import Response, json

from portal.kernel.messages import Message
from portal.web.errors import answer
from portal.web.forms import say

MEDIA_TYPE = "application/problem+json"


class Problem(Exception):
    """Something that only a program can send. ``fields`` are messages by field or header, ``members`` further members of the answer."""

    def __init__(
        self, status: int, detail: Message, fields: Mapping[str, Sequence[Message]] | None = None, members: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(str(detail))
        self.status = status
        self.detail = detail
        self.fields = fields or {}
        self.members = members or {}


def field_problem(status: int, field: str, message: Message) -> Problem:
    """A problem with one field or header, whose message is the whole story."""
    return Problem(status, message, {field: [message]})


def answer_problem(problem: Problem) -> Response:
    """The problem in the reader's language."""
    fields = {name: [say(message) for message in messages] for name, messages in problem.fields.items()}
    response = answer(problem.status, say(problem.detail), fields)
    if problem.members:
        response.set_data(json.dumps({**response.get_json(), **problem.members}))
    return response


class ProblemSchema(ma.Schema):
    """What an error answers."""

    type = ma.fields.String(required=True, metadata={"description": "`about:blank`: the status says it all", "format": "uri-reference"})
    title = ma.fields.String(required=True, metadata={"description": "What kind of problem, for people"})
    status = ma.fields.Integer(required=True, metadata={"description": "The HTTP status"})
    detail = ma.fields.String(required=True, metadata={"description": "What happened and what to do, for people"})
    errors = ma.fields.Dict(
        keys=ma.fields.String(),
        values=ma.fields.List(ma.fields.String()),
        metadata={"description": "Messages by the name of the field, parameter or header at fault"},
    )
    case_number = ma.fields.String(metadata={"description": "The case that this submission made more than 24 hours ago (409 only)"})
