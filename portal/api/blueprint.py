"""The blueprint of the API, and its decorators with types (flask-smorest has none).

A view reads from the top: address, audience, limits or cache, what it takes, what it answers, what it refuses.
"""

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, TypeVar, cast

import marshmallow as ma
from flask import Response, request
from flask_smorest import Blueprint

from portal.api.parsing import JsonParser

View = TypeVar("View", bound=Callable[..., Any])
PREFIX = "/api/v1"
#: Parameter of every call.
LANGUAGE = {
    "name": "language",
    "in": "query",
    "description": "Language of the words in the answer; codes are the same in both",
    "schema": {"type": "string", "enum": ["th", "en"], "default": "th"},
}
#: Headers of what can be read.
HEADERS = {"ETag": {"description": "Changes with the content", "schema": {"type": "string"}}}
LIST_HEADERS = {**HEADERS, "Link": {"description": 'Address of the next page, `rel="next"`', "schema": {"type": "string"}}}


class ApiBlueprint(Blueprint):  # type: ignore[misc]  # flask-smorest is untyped
    """Parses with our own parser."""

    ARGUMENTS_PARSER = JsonParser()


bp = ApiBlueprint("api", __name__, url_prefix=PREFIX)


def get(rule: str, tag: str) -> Callable[[View], View]:
    """Register a call that reads."""
    return cast("Callable[[View], View]", bp.get(rule, tags=[tag], parameters=[LANGUAGE]))


def post(rule: str, tag: str, parameters: Sequence[dict[str, Any]] = ()) -> Callable[[View], View]:
    """Register a call that writes, or that must not have what it asks for in its address."""
    return cast("Callable[[View], View]", bp.post(rule, tags=[tag], parameters=[LANGUAGE, *parameters]))


def takes(schema: type[ma.Schema], location: str = "json") -> Callable[[View], View]:
    """What comes in; handed to the view as its first argument."""
    return cast("Callable[[View], View]", bp.arguments(schema, location=location))


def answers(
    status: int, schema: type[ma.Schema], description: str, headers: Mapping[str, Mapping[str, Any]] | None = None
) -> Callable[[View], View]:
    """What goes out. The view may answer with another status by returning (value, status)."""
    return cast("Callable[[View], View]", bp.response(status, schema, description=description, headers=headers))


def also_answers(status: int, schema: type[ma.Schema], description: str) -> Callable[[View], View]:
    """What goes out under another status."""
    return cast("Callable[[View], View]", bp.alt_response(status, schema=schema, description=description, success=True))


def unless_unchanged(view: View) -> View:
    """Say that a reader who has it already is told so."""
    return cast(View, bp.alt_response(304, description="What you have, by its `ETag` in `If-None-Match`, is still true")(view))


def refuses(*statuses: int) -> Callable[[View], View]:
    """Problems that the call may answer with, for the description only."""

    def described(view: View) -> View:
        for status in statuses:
            view = bp.alt_response(status, response=HTTPStatus(status).name)(view)
        return view

    return described


def describes(**operation: Any) -> Callable[[View], View]:
    """Parts of the description that cannot be told from the code."""
    return cast("Callable[[View], View]", bp.doc(**operation))


@bp.after_request  # type: ignore[untyped-decorator]  # flask-smorest is untyped
def open_to_every_site(response: Response) -> Response:
    """What everybody may read, every page of every site may read; nothing here depends on who asks."""
    if request.method in ("GET", "HEAD"):
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
