"""Lists page by cursor, and nothing that stands in one makes a fault."""

import base64
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.db import unit_of_work
from portal.kernel.errors import Invalid
from portal.web.cursor import Key, Page, next_url, paginate
from tests.factories import make_agency

KEYS: list[Key] = [(Agency.updated_at, "desc"), (Agency.id, "asc")]


@pytest.fixture
def context(app: Flask) -> Iterator[None]:
    """Cursors are sealed with the portal's keys."""
    with app.app_context():
        yield


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize("per_page", [1, 2, 3, 7, 10])
def test_pages_together_hold_every_row_once_in_order(session: Session, now: datetime, per_page: int) -> None:
    with unit_of_work(session):
        for number in range(7):
            make_agency(session, updated_at=now + timedelta(seconds=number // 2))
    everything = session.scalars(select(Agency).order_by(Agency.updated_at.desc(), Agency.id)).all()
    seen: list[Agency] = []
    cursor = None
    while True:
        page = paginate(session, select(Agency), KEYS, per_page, cursor)
        seen.extend(page.items)
        cursor = page.next_cursor
        if cursor is None:
            break
    assert seen == everything


@pytest.mark.usefixtures("context")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
@given(cursor=st.text(min_size=1) | st.binary(min_size=1).map(lambda value: base64.urlsafe_b64encode(value).decode()))
def test_a_cursor_that_was_not_made_here_is_refused(session: Session, cursor: str) -> None:
    with pytest.raises(Invalid) as refused:
        paginate(session, select(Agency), KEYS, 2, cursor)
    assert set(refused.value.fields) == {"cursor"}


@pytest.mark.usefixtures("context")
def test_a_cursor_of_another_list_is_refused_and_none_shows_an_internal_id(session: Session, now: datetime) -> None:
    with unit_of_work(session):
        for _number in range(3):
            make_agency(session, updated_at=now)
    cursor = paginate(session, select(Agency), KEYS, 2).next_cursor
    assert cursor
    assert cursor == paginate(session, select(Agency), KEYS, 2).next_cursor, "cached pages hold it, so it is stable"
    assert b"2026" not in base64.urlsafe_b64decode(cursor + "==")
    with pytest.raises(Invalid):
        paginate(session, select(Agency), [(Agency.id, "asc")], 2, cursor)


@pytest.mark.parametrize("argument", ["_scheme=x", "_method=X", "_anchor=x", "_external=1", "endpoint=x"])
def test_an_argument_that_the_router_knows_makes_no_fault(app: Flask, argument: str) -> None:
    with app.test_request_context(f"/agencies?{argument}&kind=x"):
        assert next_url(Page([], "abc")) == "/agencies?kind=x&cursor=abc"


def test_a_refused_method_names_those_that_are_allowed(app: Flask) -> None:
    assert "GET" in app.test_client().post("/agencies").headers["Allow"]
