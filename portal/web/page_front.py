"""Public pages answered before Flask is asked: the whole answer of a cached page, as long as its revision is the present one.

``page_cache`` says of an answer that it may be given again (``Keep``); this layer keeps it with its headers and gives it to whoever asks
the same address. It reads one indexed row a request, as the cache behind it does, so that all processes agree. Whatever is unusual
(another method, a condition, a part of a page, a database that is away) goes the long way.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import perf_counter, time
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from portal.web.request_log import log

ENVIRON = "portal.keep"
MOST_BYTES = 32 * 1024 * 1024
LONGEST_QUERY = 300
#: Through the driver itself: the session would need a dozen times as long for this one row.
REVISION = "SELECT value FROM revision WHERE scope = 'public'"
#: A request with one of these asks for something else than the whole page.
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_RANGE")
Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Wsgi = Callable[[Environ, StartResponse], Iterable[bytes]]
Address = tuple[str, str, str]


@dataclass(frozen=True)
class Keep:
    """Until when an answer may be given again: until the revision or, for pages that age, the slot of ``seconds`` is another one."""

    revision: int
    seconds: int | None
    slot: int
    route: str


@dataclass(frozen=True)
class Page:
    """A whole answer."""

    keep: Keep
    headers: list[tuple[str, str]]
    body: bytes


def slot_of(seconds: int | None) -> int:
    """Number of the present slot of time; always 0 for pages that do not age."""
    return int(time()) // seconds if seconds else 0


class PageFront:
    """WSGI layer around the app; ``logs`` writes the line that the app would have written for a request."""

    def __init__(self, app: Wsgi, engine: Engine, *, logs: bool, most_bytes: int = MOST_BYTES) -> None:
        self._app, self._engine, self._logs, self._most = app, engine, logs, most_bytes
        self._pages: OrderedDict[Address, Page] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("REQUEST_METHOD") != "GET":
            return self._app(environ, start_response)
        begun = perf_counter()
        address = (environ.get("SCRIPT_NAME", ""), environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", ""))
        page = self._pages.get(address)
        if page is None or any(name in environ for name in CONDITIONS) or not self._holds(page.keep):
            return self._asked(environ, start_response, address)
        self._used(address)
        start_response("200 OK", list(page.headers))
        if self._logs:
            milliseconds = round((perf_counter() - begun) * 1000, 1)
            log.info("request", id=uuid4().hex[:12], method="GET", route=page.keep.route, status=200, ms=milliseconds)
        return [page.body]

    def _holds(self, keep: Keep) -> bool:
        return keep.slot == slot_of(keep.seconds) and keep.revision == self._revision()

    def _revision(self) -> int | None:
        """The present revision as ``db.revision.public_revision`` has it; None if the database cannot say, so that no page holds."""
        try:
            connection = self._engine.raw_connection()
            try:
                cursor = connection.cursor()
                cursor.execute(REVISION)
                row = cursor.fetchone()
                cursor.close()
            finally:
                connection.close()
        except (SQLAlchemyError, self._engine.dialect.loaded_dbapi.Error):
            return None
        return int(row[0]) if row else 0

    def _asked(self, environ: Environ, start_response: StartResponse, address: Address) -> Iterable[bytes]:
        """The app's answer, kept if it says so."""
        said: list[Any] = []

        def listening(status: str, headers: list[tuple[str, str]], *exc_info: Any) -> Any:
            said[:] = [status, list(headers)]
            return start_response(status, headers, *exc_info)

        answer = self._app(environ, listening)
        keep: Keep | None = environ.get(ENVIRON)
        if keep is None or not said or not _can_be_kept(said[0], said[1], address):
            return answer
        body = _whole(answer)
        self._put(address, Page(keep, said[1], body))
        return [body]

    def _used(self, address: Address) -> None:
        with self._lock:
            if address in self._pages:
                self._pages.move_to_end(address)

    def _put(self, address: Address, page: Page) -> None:
        """Keep a page in the place of its older self, and let go of the least used ones when there are too many bytes."""
        if len(page.body) > self._most // 8:
            return
        with self._lock:
            if old := self._pages.pop(address, None):
                self._bytes -= len(old.body)
            self._pages[address] = page
            self._bytes += len(page.body)
            while self._bytes > self._most:
                _, gone = self._pages.popitem(last=False)
                self._bytes -= len(gone.body)


def _can_be_kept(status: str, headers: list[tuple[str, str]], address: Address) -> bool:
    plain = not any(name.lower() == "set-cookie" for name, _ in headers)
    return status.startswith("200 ") and plain and len(address[2]) <= LONGEST_QUERY


def _whole(answer: Iterable[bytes]) -> bytes:
    try:
        return b"".join(answer)
    finally:
        if close := getattr(answer, "close", None):
            close()
