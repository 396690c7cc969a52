"""Static files under names that change with their content, so that browsers may keep them for a year.

``asset("suanruam.css")`` gives ``/static/suanruam.1a2b3c4d.css``; no file of that name exists, ``static_files``
answers it with the file itself. Three ages:

* a hashed name: one year, immutable;
* a font: one year under its plain name, because the style sheet names its fonts (``url(fonts/…)``) and a
  font file is never changed, only replaced by one of another name;
* anything else under its plain name (pictures in the style sheet, the favicon of an old bookmark): one hour.

A hashed name of an earlier release is answered with today's file and the short age, so that a page kept by a
cache across an upgrade does not lose its style.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from wsgiref.headers import Headers

from whitenoise import WhiteNoise

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

STATIC = Path(__file__).parent.parent / "static"
PREFIX = "/static/"
YEAR = 365 * 24 * 60 * 60
HOUR = 60 * 60
HASHED = re.compile(r"(?P<stem>.+)\.[0-9a-f]{8}(?P<suffix>\.\w+)")


def fingerprints(root: Path) -> dict[str, str]:
    """Every file under ``root``: its path as templates write it, and the path with the hash of its content."""
    files = (path for path in sorted(root.rglob("*")) if path.is_file() and path.suffix != ".gz")
    return {path.relative_to(root).as_posix(): _hashed(path, root) for path in files}


def _hashed(path: Path, root: Path) -> str:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
    return path.with_name(f"{path.stem}.{digest}{path.suffix}").relative_to(root).as_posix()


#: Read once, when the process starts; a changed file needs a restart.
NAMES: Mapping[str, str] = fingerprints(STATIC)


def asset(path: str, names: Mapping[str, str] = NAMES) -> str:
    """URL of a static file; ``KeyError`` if there is none, so that a test finds the page that asks for it.

    Fonts keep their plain name: the style sheet asks for the same URL, and each is fetched once.
    """
    return PREFIX + (path if path.endswith(".woff2") else names[path])


class StaticFiles(WhiteNoise):  # type: ignore[misc]  # WhiteNoise carries no types
    """Answers ``/static/`` before the application is asked: no session, no language, no database."""

    FOREVER = YEAR

    def __init__(self, application: "WSGIApplication", root: Path) -> None:
        self._hashed_urls: set[str] = set()
        super().__init__(application, max_age=HOUR, allow_all_origins=False, add_headers_function=_headers)
        for plain, hashed in fingerprints(root).items():
            self._hashed_urls.add(PREFIX + hashed)
            for name in (plain, hashed):
                self.add_file_to_dictionary(PREFIX + name, str(root / plain))

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Serve the file, or pass the request on."""
        path = environ.get("PATH_INFO", "")
        if path.startswith(PREFIX) and path not in self.files and (old := HASHED.fullmatch(path)):
            environ = {**environ, "PATH_INFO": old["stem"] + old["suffix"]}
        answer: Iterable[bytes] = super().__call__(environ, start_response)
        return answer

    def immutable_file_test(self, path: str, url: str) -> bool:
        """True for names that hold the hash of their content."""
        return url in self._hashed_urls


def _headers(headers: Headers, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    if path.endswith(".woff2"):
        headers["Cache-Control"] = f"max-age={YEAR}, public"


def static_files(wsgi_app: Any, root: Path = STATIC) -> StaticFiles:
    """Wrap an application so that the files under ``root`` are served beneath ``/static/``."""
    return StaticFiles(wsgi_app, root)
