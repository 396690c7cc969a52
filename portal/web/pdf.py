"""PDF of a page that is made to be printed, where WeasyPrint is installed (the extra ``pdf``) and finds Pango.

Without it the same page prints from the browser; ``can_make_pdf`` says which. Nothing is fetched from anywhere: a page brings its pictures
inline (``data:``), and the only files are the portal's own fonts, whole, because cut ones lack the glyphs that Thai marks are shaped with.
"""

import importlib
import io
import logging
import re
import threading
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf

FONTS = Path(__file__).parent / "fonts"
_FACES = {400: "Sarabun-Regular.ttf", 600: "Sarabun-SemiBold.ttf", 700: "Sarabun-Bold.ttf"}
_PREFIX = "portal:"
#: ำ, with the tone that stands above it.
_SARA_AM = re.compile("([\u0e48-\u0e4b]?)\u0e33")
#: Pango is not at its best in two threads at once, and a long paper takes memory: one at a time in a process.
_one_at_a_time = threading.Lock()


def can_make_pdf() -> bool:
    """True where ``make_pdf`` works."""
    return _press() is not None


def make_pdf(html: str, css: str) -> bytes:
    """The pages of ``html`` under ``css``. Raises ``RuntimeError`` where nothing can make one."""
    press = _press()
    if press is None:
        raise RuntimeError("WeasyPrint is not installed, or does not find Pango")
    with _one_at_a_time:
        fonts = importlib.import_module("weasyprint.text.fonts").FontConfiguration()
        fetcher = _fetcher()
        sheet = press.CSS(string=_faces() + css, font_config=fonts, url_fetcher=fetcher)
        page = press.HTML(string=decomposed(html), url_fetcher=fetcher)
        made: bytes = page.write_pdf(stylesheets=[sheet], font_config=fonts)
    return made


def overprinted(under: bytes, over: bytes) -> bytes:
    """Every page of ``over`` on the first page of ``under``, and the last one on the last: what is the same is laid out once."""
    with pikepdf.open(io.BytesIO(under)) as same, pikepdf.open(io.BytesIO(over)) as own:
        first, last = (own.copy_foreign(page.as_form_xobject()) for page in (same.pages[0], same.pages[-1]))
        for place, page in enumerate(own.pages, start=1):
            name = page.add_resource(last if place == len(own.pages) else first, pikepdf.Name.XObject, prefix="Same")
            page.contents_add(f"q {name} Do Q\n".encode(), prepend=True)
        made = io.BytesIO()
        own.save(made)
    return made.getvalue()


def decomposed(text: str) -> str:
    """``น้ำ`` with the ring before its tone and a plain า: the look is the same, and what is copied or searched in the PDF is all there.

    Left alone, the shaper splits ำ into two drawings of which neither knows its letter.
    """
    return _SARA_AM.sub("\u0e4d\\1\u0e32", text)


@cache
def _press() -> Any:
    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # it warns of each property that only browsers know
    try:
        return importlib.import_module("weasyprint")
    except (ImportError, OSError):  # not installed; Pango not found
        return None


def _faces() -> str:
    return "".join(
        f'@font-face{{font-family:"Sarabun";font-weight:{weight};src:url("{_PREFIX}{name}")}}' for weight, name in _FACES.items()
    )


@cache
def _fetcher() -> Any:
    urls = importlib.import_module("weasyprint.urls")

    class OwnFontsOnly(urls.URLFetcher):  # type: ignore[misc, name-defined]  # imported where it is installed
        """Refuses every address but those of the fonts, and pictures that stand in the page."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:image/"):
                return super().fetch(url, headers)
            name = url.removeprefix(_PREFIX)
            if name not in _FACES.values():
                raise ValueError("a printed page fetches nothing")
            return urls.URLFetcherResponse(url, (FONTS / name).read_bytes())

    return OwnFontsOnly(allowed_protocols={"data"})
