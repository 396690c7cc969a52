"""The QR of a tracking page: the code stands after the ``#``, which browsers never send."""

import segno
from markupsafe import Markup


def tracking_address(page_url: str, digits: str) -> str:
    """``page_url`` is the whole address of the tracking page."""
    return f"{page_url}#{digits}"


def svg(address: str, error: str = "m") -> Markup:
    """A drawing without size and style of its own, so that the strict content policy lets it stand in the page."""
    code = segno.make_qr(address, error=error)
    return Markup(code.svg_inline(svgclass=None, lineclass=None, omitsize=True, border=1))  # noqa: S704 - drawn by segno from digits and our address


def picture(address: str, error: str = "m") -> str:
    """The same as a small picture within the page (``data:``), for PDF: a hundred drawings of lines would weigh a hundred times as much."""
    return str(segno.make_qr(address, error=error).png_data_uri(scale=6, border=1))
