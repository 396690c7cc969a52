"""The receipt: shown to the browser that sent the form, for 30 minutes."""

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.casework import receipts
from portal.casework.governed import read_by
from portal.casework.models import Case
from portal.casework.questions.queries import answers_of
from portal.casework.routing import matter_of
from portal.feedback import cookies, qr
from portal.feedback.likely import likely
from portal.feedback.views.blueprint import bp
from portal.kernel.receipt_code import format_code, parse_code
from portal.web.audience import Audience, audience
from portal.web.database import db
from portal.web.language import language, path_in
from portal.web.runtime import runtime

#: ``?from=frame``: the form stood in a frame on another site.
FROM, FRAME = "from", "frame"


@dataclass(frozen=True)
class Held:
    """A code (digits) that this browser holds, and its case."""

    digits: str
    case: Case

    @property
    def code(self) -> str:
        """In five groups."""
        return format_code(self.digits)


@bp.get("/feedback/receipt")
@audience(Audience.CITIZEN)
def receipt() -> Response | str:
    """The code large, the number, the day; without the cookie the way to the tracking page."""
    held = _held()
    if held is None and request.args.get(FROM) == FRAME:
        return render_template("feedback/arriving.html", noindex=True)  # see rule 11 of docs/rules/keep-your-site.md
    if held is None:
        return redirect(url_for("feedback.track"), 303)
    address = _tracking_page()
    drawing = qr.svg(qr.tracking_address(address, held.digits))
    meant = likely(db.session, matter_of(held.case)) if held.case.pool else []
    return render_template(
        "feedback/receipt.html",
        held=held,
        case=held.case,
        qr=drawing,
        address=address,
        likely=meant,
        answers=answers_of(db.session, held.case),
        read_by=read_by(db.session, held.case),
        noindex=True,
    )


@bp.get("/feedback/receipt.txt")
@audience(Audience.CITIZEN)
def receipt_text() -> Response:
    """The receipt as a text file to keep."""
    held = _held()
    if held is None:
        return redirect(url_for("feedback.track"), 303)
    text = render_template(
        "feedback/receipt.txt", held=held, case=held.case, address=_tracking_page(), read_by=read_by(db.session, held.case)
    )
    response = Response(text, content_type="text/plain; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=f"{held.case.number}.txt")
    return response


@bp.post("/feedback/leave")
@audience(Audience.CITIZEN)
def leave() -> Response:
    """Forget at once, for people at a borrowed computer."""
    response = redirect(f"{request.script_root}/", 303)
    cookies.forget(response)
    return response


def _held() -> Held | None:
    digits = parse_code(cookies.get(cookies.RECEIPT) or "")
    case = receipts.find(db.session, runtime().keyring, digits) if digits else None
    return Held(digits, case) if digits and case else None


def _tracking_page() -> str:
    return runtime().settings.base_url + path_in(language(), "/feedback/track")
