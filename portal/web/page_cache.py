"""Public pages are rendered once per revision and kept as bytes.

The key is path, query, language and the public revision, which every act raises that changes what the public sees: one
indexed read a request, so that all processes agree. Pages with live figures also carry a time slot. ``page_front`` gives
the same answers again without asking Flask.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, overload

from flask import Response, current_app, make_response, request

from portal.db.revision import public_revision
from portal.web.database import db
from portal.web.language import language
from portal.web.page_front import ENVIRON, LONGEST_QUERY, MOST_BYTES, Keep, slot_of

View = Callable[..., Any]
Decorated = TypeVar("Decorated", bound=View)


class PageCache:
    """Least recently used pages, bounded by bytes; safe for threads."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._pages: OrderedDict[tuple[Any, ...], tuple[bytes, str, str]] = OrderedDict()
        self._bytes = 0
        self._most = most_bytes
        self._lock = threading.Lock()

    def get(self, key: tuple[Any, ...]) -> tuple[bytes, str, str] | None:
        """Body, content type and ETag."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: tuple[Any, ...], body: bytes, content_type: str, etag: str) -> None:
        """Keep a page and let go of the least used ones when there are too many bytes."""
        with self._lock:
            if key in self._pages or len(body) > self._most // 8:
                return
            self._pages[key] = (body, content_type, etag)
            self._bytes += len(body)
            while self._bytes > self._most:
                _, (old, _, _) = self._pages.popitem(last=False)
                self._bytes -= len(old)


@overload
def public_page(view: Decorated) -> Decorated: ...
@overload
def public_page(*, seconds: int) -> Callable[[Decorated], Decorated]: ...
def public_page(view: View | None = None, *, seconds: int | None = None) -> Any:
    """Cache a public GET view. ``seconds`` bounds the age of a page with live figures."""

    def decorate(inner: View) -> View:
        @wraps(inner)
        def cached(**values: Any) -> Response:
            cache: PageCache = current_app.extensions["portal_page_cache"]
            revision, slot = public_revision(db.session), slot_of(seconds)
            key = (request.path, request.query_string, language(), revision, slot)
            page = cache.get(key)
            if page is None:
                response = make_response(inner(**values))
                if response.status_code != 200 or response.is_streamed:
                    return response
                body = response.get_data()
                page = (body, response.content_type, hashlib.sha256(body).hexdigest()[:32])
                if len(request.query_string) <= LONGEST_QUERY:
                    cache.put(key, *page)
            request.environ[ENVIRON] = Keep(revision, seconds, slot, request.endpoint or "")
            return _answer(*page)

        return cached

    return decorate(view) if view else decorate


def _answer(body: bytes, content_type: str, etag: str) -> Response:
    response = Response(body, content_type=content_type)
    response.set_etag(etag)
    response.headers["Cache-Control"] = "public, no-cache"  # keep it, but ask whether it is still true
    response.make_conditional(request)
    return response
