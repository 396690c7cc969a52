"""What is printed for a box: the poster, slips with their stubs, the sheet of answers; as a page for the browser's printer, and as PDF."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, render_template
from markupsafe import Markup

from portal.agencies.theme import theme_url
from portal.casework.options import KINDS_IN_ORDER
from portal.casework.rules import CaseKind
from portal.feedback import qr
from portal.feedback.boxes.models import Box, BoxSlipSeries
from portal.feedback.boxes.service import Fresh
from portal.feedback.offer import days_of
from portal.feedback.poster import Door, door_of
from portal.files.models import StoredFile
from portal.kernel.receipt_code import read_code
from portal.kernel.thai_calendar import format_date
from portal.web.assets import STATIC
from portal.web.clock import now
from portal.web.database import db
from portal.web.pdf import can_make_pdf, make_pdf, overprinted
from portal.web.runtime import runtime

POSTER, SLIPS, NOTICE = (f"boxes/sheets/{name}_sheet.html" for name in ("poster", "slips", "notice"))
SLIPS_A_PAGE = 3
LONG, VERY_LONG = 55, 110
TRACKING = "/feedback/track"
PDF = "application/pdf"
#: What fits on one line of a slip, in the words of both languages.
KINDS = (
    (CaseKind.SUGGESTION, "เสนอแนะ", "suggest"),
    (CaseKind.COMPLAINT, "ร้องเรียน", "complain"),
    (CaseKind.GRIEVANCE, "เดือดร้อน", "trouble"),
    (CaseKind.QUESTION, "ถาม", "ask"),
    (CaseKind.COMPLIMENT, "ชม", "praise"),
)
assert {kind for kind, *_ in KINDS} <= set(KINDS_IN_ORDER)


@dataclass(frozen=True)
class DrawnSlip:
    """A slip as it is printed."""

    number: str
    code: str
    qr: Markup | None = None
    #: For PDF, instead of the drawing.
    picture: str = ""


def own_door(box: Box) -> Door:
    """The box's public page, as it stands on paper."""
    return Door(f"{runtime().settings.base_url}/boxes/{box.slug}")


def poster_of(box: Box, *, embedded: bool = False) -> dict[str, Any]:
    """What the poster tells; ``embedded``: with the seal inside, for a file that fetches nothing."""
    sizes = {"agency": _size(box.agency.name_th), "box": "long" if len(box.name_th) > LONG else ""}
    seal = box.agency.seal
    picture = (_within(seal) if embedded else f"/files/seals/{seal.public_id}") if seal else ""
    days = days_of(db.session, now(), box.agency)
    return {"own": own_door(box), "door": door_of(box.agency), "days": days, "sizes": sizes, "seal": picture}


def slips_of(series: BoxSlipSeries, slips: Sequence[Fresh]) -> dict[str, Any]:
    """What the slips tell. The codes live in this answer and nowhere else."""
    address = runtime().settings.base_url + TRACKING
    drawn = [_drawn(slip, qr.tracking_address(address, read_code(slip.code))) for slip in slips]
    return {
        "pages": [drawn[start : start + SLIPS_A_PAGE] for start in range(0, len(drawn), SLIPS_A_PAGE)],
        "address": address.partition("://")[2],
        "good_until": format_date(series.good_until, "th"),
        "good_until_en": format_date(series.good_until, "en"),
        "layer": "both",
        "kinds": [(th, en) for _kind, th, en in KINDS],
    }


def as_page(box: Box, sheet: str, title: str, context: Mapping[str, Any], *, back: str, hint: str, pdf_url: str = "") -> str:
    """The sheet on the screen, with the browser's printer; ``pdf_url`` only where there is one."""
    return render_template(
        "boxes/sheets/page.html",
        box=box,
        agency=box.agency,
        sheet=sheet,
        title=title,
        back=back,
        hint=hint,
        pdf_url=pdf_url if can_make_pdf() else "",
        theme_url=theme_url(box.agency.colour),
        noindex=True,
        **context,
    )


def as_pdf(box: Box, sheet: str, title: str, context: Mapping[str, Any], file_name: str) -> Response:
    """The same as a file, not kept by anybody on the way."""
    return _file(_made(box, sheet, title, context), file_name)


def slips_as_pdf(box: Box, title: str, context: Mapping[str, Any], file_name: str) -> Response:
    """Slips as a file: what is the same on all is laid out once, and what is each slip's own is laid over it."""
    under = _made(box, SLIPS, title, {**context, "layer": "same", "pages": [context["pages"][0], context["pages"][-1]]})
    over = _made(box, SLIPS, title, {**context, "layer": "own"})
    return _file(overprinted(under, over), file_name)


def _made(box: Box, sheet: str, title: str, context: Mapping[str, Any]) -> bytes:
    html = render_template("boxes/sheets/whole.html", box=box, agency=box.agency, sheet=sheet, title=title, **context)
    own = f":root{{--sr-agency:{box.agency.colour}}}" if box.agency.colour else ""
    return make_pdf(html, own + (STATIC / "sheets.css").read_text(encoding="utf-8"))


def _file(content: bytes, name: str) -> Response:
    response = Response(content, content_type=PDF)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "no-store"
    return response


def _within(seal: StoredFile) -> str:
    with runtime().store.open(seal.public_id) as stream:
        return f"data:{seal.media_type.value};base64,{base64.b64encode(stream.read()).decode()}"


def _drawn(slip: Fresh, address: str) -> DrawnSlip:
    if can_make_pdf():
        return DrawnSlip(str(slip.number), slip.code, picture=qr.picture(address))
    return DrawnSlip(str(slip.number), slip.code, qr.svg(address))


def _size(name: str) -> str:
    return "very-long" if len(name) > VERY_LONG else "long" if len(name) > LONG else ""
