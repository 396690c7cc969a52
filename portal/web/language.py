"""Thai at the root, English under ``/en``.

The prefix is moved from the path into SCRIPT_NAME before Flask sees it: every HTML route exists once, and
``url_for`` stays in the reader's language by itself. Files, feeds and the API have no language.
"""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote

from flask import has_request_context, request

LANGUAGES = ("th", "en")
DEFAULT = "th"
ENVIRON = "portal.language"
#: Paths that exist once, whatever the language.
WITHOUT_LANGUAGE = ("/api/", "/files/", "/static/", "/healthz", "/readyz", "/robots.txt", "/sitemap.xml", "/sitemap/")

StartResponse = Callable[..., Any]


class LanguagePrefix:
    """WSGI wrapper that reads the language off the path."""

    def __init__(self, wsgi_app: Callable[[dict[str, Any], StartResponse], Iterable[bytes]]) -> None:
        self._app = wsgi_app

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == "/en" or (path.startswith("/en/") and not path.removeprefix("/en").startswith(WITHOUT_LANGUAGE)):
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + "/en"
            environ["PATH_INFO"] = path.removeprefix("/en") or "/"
            environ[ENVIRON] = "en"
        return self._app(environ, start_response)


def language() -> str:
    """The reader's language: ``th`` or ``en``; Thai outside a request."""
    return request.environ.get(ENVIRON, DEFAULT) if has_request_context() else DEFAULT


def other_language_path() -> str:
    """This page's path in the other language, with its query (which never holds personal data)."""
    here = quote(request.path, safe="/")
    path = here if language() == "en" else f"/en{here}".removesuffix("/") or "/en"
    query = request.query_string.decode("utf-8", "replace")
    return f"{path}?{query}" if query else path


def path_in(language_code: str, path: str) -> str:
    """A root-relative path as it reads in a language: ``/cases`` or ``/en/cases``."""
    return path if language_code == DEFAULT else f"/en{path}".removesuffix("/")
