"""Everything that is kept under the code: a page to read and print, and JSON to take away."""

from flask import Response, json, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal.privacy import queries
from portal.privacy.views.blueprint import bp
from portal.privacy.views.page import held_case
from portal.privacy.views.reading import in_words
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.runtime import runtime


@bp.get("/feedback/privacy/data")
@audience(Audience.CITIZEN)
def data() -> BaseResponse | str:
    """To read and to print. The contact is masked: a code proves nothing about who holds it."""
    case = held_case()
    if case is None:
        return redirect(url_for("feedback.track", over=1), 303)
    sections = in_words(queries.case_export(db.session, runtime().keyring, case))
    return render_template("privacy/data.html", case=case, sections=sections, made_at=now(), noindex=True)


@bp.get("/feedback/privacy/data.json")
@audience(Audience.CITIZEN)
def data_json() -> BaseResponse:
    """The same for machines."""
    case = held_case()
    if case is None:
        return redirect(url_for("feedback.track", over=1), 303)
    return as_file(queries.case_export(db.session, runtime().keyring, case), case.number)


def as_file(values: dict[str, object], name: str) -> Response:
    """JSON to be saved, never kept by a cache."""
    text = json.dumps({"made_at": now().isoformat(), **values}, ensure_ascii=False, indent=2)
    response = Response(text, content_type="application/json; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.json")
    response.headers["Cache-Control"] = "no-store"
    return response
