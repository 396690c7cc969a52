"""Documents for the tests of search, with values nobody relies on."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.db import unit_of_work
from portal.index import service
from portal.index.dictionary import breaker
from portal.index.queries import Filters, Found, find
from portal.index.question import ask
from portal.kernel.facts import SearchDocument

AT = datetime(2026, 10, 1, 3, 0, tzinfo=UTC)


def make_document(text: str = "เนื้อความ", key: str = "one", **values: Any) -> SearchDocument:
    """A Thai disclosure with this text."""
    return SearchDocument(
        **{
            "kind": "disclosure",
            "key": key,
            "language": "th",
            "title": "หัวข้อ",
            "text": text,
            "url_path": f"/disclosures/{key}",
            "agency_id": 1,
            "agency_name": "",
            "at": AT,
            **values,
        }
    )


def put(session: Session, *documents: SearchDocument) -> None:
    """Index them in one unit of work."""
    with unit_of_work(session):
        service.put(session, documents)


def search(session: Session, typed: str, filters: Filters | None = None, **page: Any) -> Found:
    """What a reader who types this is shown."""
    return find(session, ask(typed, breaker(session)), filters, **page)


def keys(session: Session, typed: str, filters: Filters | None = None) -> list[str]:
    """Keys of the records found, in their order."""
    return [chunk.key for chunk in search(session, typed, filters).chunks]
