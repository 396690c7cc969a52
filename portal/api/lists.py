"""Lists: newest first, by cursor, the address of the next page in the body and in the header ``Link``."""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import wraps
from typing import Any, TypeVar

import marshmallow as ma
from flask import Response, request, url_for

from portal.agencies import queries as agencies
from portal.api.fields import Input, text
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.web.cursor import MOST_PER_PAGE, PER_PAGE, Page
from portal.web.database import db

Code = TypeVar("Code", bound=StrEnum)
View = TypeVar("View", bound=Callable[..., Any])
SLUG_MOST = 100
SLUG = re.compile(rf"[a-z0-9-]{{1,{SLUG_MOST}}}")


class PerPage(ma.fields.Integer):
    """How many a page; more than the most is the most."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> int:
        number = super()._deserialize(value, attr, data, **kwargs)
        if number < 1:
            raise self.make_error("invalid", input=value)
        return min(number, MOST_PER_PAGE)


class ListQuery(Input):
    """Parameters of every list."""

    class Meta:
        unknown = ma.EXCLUDE

    cursor = text("Where the page begins; comes from `next` of the page before", required=False, maxLength=500)
    per_page = PerPage(
        load_default=PER_PAGE,
        metadata={"description": f"How many a page; more than {MOST_PER_PAGE} gives {MOST_PER_PAGE}", "minimum": 1, "default": PER_PAGE},
    )


class OfAgencyQuery(ListQuery):
    """Parameters of lists that can be narrowed to one agency."""

    agency = text("Only of this agency and its units (slug)", required=False, maxLength=SLUG_MOST)


class ListSchema(ma.Schema):
    """One page of a list; a list declares ``items`` beside."""

    next = ma.fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "Address of the next page, relative to this one; null on the last", "format": "uri-reference"},
    )


def page_of(page: Page[Any], arguments: Mapping[str, Any], shown: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
    """The answer for one page; the next one keeps the arguments that the list knows, and no others."""
    return {"items": [shown(item) for item in page.items], "next": _next(page.next_cursor, arguments)}


def _next(cursor: str | None, arguments: Mapping[str, Any]) -> str | None:
    if cursor is None or request.endpoint is None:
        return None
    known = {name: value for name, value in {**arguments, "language": request.args.get("language")}.items() if value}
    return url_for(request.endpoint, **{**known, "cursor": cursor})


def linked(view: View) -> Callable[..., Response]:
    """Put ``next`` into the header too; outside of the page cache, which keeps bodies only."""

    @wraps(view)
    def answered(**values: Any) -> Response:
        response: Response = view(**values)
        following = response.get_json()["next"] if response.status_code == 200 else None
        if following:
            response.headers["Link"] = f'<{following}>; rel="next"'
        return response

    return answered


def of_agency(slug: str | None) -> frozenset[int] | None:
    """Ids of the agency and its units that a list is narrowed to, None for every one; raises ``Invalid`` for one that does not exist."""
    if not slug:
        return None
    agency = agencies.by_slug(db.session, slug) if is_slug(slug) else None
    if agency is None:
        raise Invalid({"agency": [Message(N_("There is no agency with this name in its address"))]})
    return agencies.subtree_ids(db.session, [agency.id])


def chosen(codes: type[Code], asked: str | None) -> Code | None:
    """The code that a list is narrowed to; raises ``Invalid`` for the field "kind" if there is no such code."""
    if asked and asked not in set(codes):
        raise Invalid({"kind": [Message(N_("Choose one of the answers"))]})
    return codes(asked) if asked else None


def is_slug(text: str) -> bool:
    """False for what cannot be an address and must not reach the database, which refuses some characters."""
    return SLUG.fullmatch(text) is not None
