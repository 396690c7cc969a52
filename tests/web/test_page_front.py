"""A cached page is given again without asking Flask, and never longer than it is true."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from flask import Flask, Response, request
from sqlalchemy.orm import Session

from portal.app import create_app
from portal.db import unit_of_work
from portal.db.revision import raise_public_revision
from portal.settings import Settings
from portal.web.audience import Audience, audience
from portal.web.database import db
from portal.web.page_cache import public_page

MOMENT = datetime(2026, 11, 22, 9, 0, 1, tzinfo=UTC)


class Counting:
    """Views that say how often they were asked, behind an app that counts its requests."""

    def __init__(self, settings: Settings) -> None:
        self.app = create_app(settings)
        self.asked = 0
        self.app.before_request(self._count)
        self.app.add_url_rule("/measured", "measured", audience(Audience.PUBLIC)(public_page(self._page)))
        self.app.add_url_rule("/aging", "aging", audience(Audience.PUBLIC)(public_page(seconds=30)(self._page)))
        self.app.add_url_rule("/cookie", "cookie", audience(Audience.PUBLIC)(public_page(self._page)))
        self.app.after_request(self._cookie)
        self.app.add_url_rule("/plain", "plain", audience(Audience.PUBLIC)(lambda: "plain"))
        self.pages = 0

    def get(self, path: str, **options: Any) -> Any:
        """A visitor's GET."""
        return self.app.test_client().get(path, **options)

    def _count(self) -> None:
        self.asked += 1

    def _page(self) -> str:
        self.pages += 1
        return f"<p>{self.pages} {request.script_root} {request.query_string.decode()}</p>"

    def _cookie(self, response: Response) -> Response:
        if request.path == "/cookie":
            response.set_cookie("a", "b")
        return response


@pytest.fixture
def counting(settings: Settings) -> Iterator[Counting]:
    counting = Counting(settings)
    yield counting
    with counting.app.app_context():
        db.engine.dispose()


def change(session: Session) -> None:
    with unit_of_work(session):
        raise_public_revision(session)


def test_the_second_visitor_gets_the_same_answer_without_flask(counting: Counting) -> None:
    first = counting.get("/measured")
    assert counting.asked == 1
    second = counting.get("/measured")
    assert counting.asked == 1
    assert second.status_code == 200
    assert second.data == first.data == b"<p>1  </p>"
    assert list(second.headers) == list(first.headers)
    assert {"Content-Security-Policy", "ETag", "Cache-Control", "Content-Length"} <= set(second.headers.keys())


def test_a_change_of_what_the_public_sees_ends_it_at_once(counting: Counting, session: Session) -> None:
    assert counting.get("/measured").data == b"<p>1  </p>"
    change(session)
    assert counting.get("/measured").data == b"<p>2  </p>"
    assert counting.get("/measured").data == b"<p>2  </p>"
    assert counting.asked == 2


def test_a_page_with_live_figures_ages(counting: Counting) -> None:
    with time_machine.travel(MOMENT, tick=False) as clock:
        assert counting.get("/aging").data == counting.get("/aging").data == b"<p>1  </p>"
        clock.shift(30)
        assert counting.get("/aging").data == b"<p>2  </p>"


def test_language_and_query_are_different_pages(counting: Counting) -> None:
    answers = [counting.get(path).data for path in ("/measured", "/en/measured", "/measured?a=1")]
    assert answers == [b"<p>1  </p>", b"<p>2 /en </p>", b"<p>3  a=1</p>"]
    assert [counting.get(path).data for path in ("/measured", "/en/measured", "/measured?a=1")] == answers
    assert counting.asked == 3


def test_conditions_heads_and_posts_go_the_long_way(counting: Counting) -> None:
    etag = counting.get("/measured").headers["ETag"]
    unchanged = counting.get("/measured", headers={"If-None-Match": etag})
    assert (unchanged.status_code, unchanged.data) == (304, b"")
    assert counting.get("/measured", headers={"If-None-Match": '"other"'}).status_code == 200
    head = counting.app.test_client().head("/measured")
    assert (head.status_code, head.data) == (200, b"")
    assert counting.app.test_client().post("/measured").status_code == 405
    assert counting.asked == 5
    assert counting.get("/measured").data == b"<p>1  </p>"


def test_only_what_says_so_is_kept(counting: Counting) -> None:
    for path in ("/plain", "/plain", "/cookie", "/cookie", "/missing", "/missing"):
        counting.get(path)
    assert counting.asked == 6


def test_a_long_query_is_answered_and_not_kept(counting: Counting) -> None:
    path = f"/measured?{'a' * 301}"
    assert counting.get(path).status_code == counting.get(path).status_code == 200
    assert counting.asked == 2


def test_without_a_database_the_app_is_asked(counting: Counting, monkeypatch: pytest.MonkeyPatch) -> None:
    counting.get("/measured")
    monkeypatch.setattr("portal.web.page_front.REVISION", "SELECT nothing FROM nowhere")
    counting.get("/measured")
    assert counting.asked == 2


def test_the_least_used_pages_go_first(counting: Counting, app: Flask) -> None:
    front = find_front(counting.app)
    front._most = 8 * len(b"<p>1  a=1</p>")
    for number in range(1, 10):
        counting.get(f"/measured?a={number}")
        counting.get("/measured?a=1")
    assert counting.asked == 9
    assert front._bytes <= front._most
    counting.get("/measured?a=2")
    assert counting.asked == 10


def find_front(app: Flask) -> Any:
    layer: Any = app.wsgi_app
    while type(layer).__name__ != "PageFront":
        layer = getattr(layer, "application", None) or layer._app
    return layer
