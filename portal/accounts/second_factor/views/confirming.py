"""The page that asks to confirm who one is, before a page that wants it opens."""

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal.accounts.confirming import ConfirmForm, confirm_page, confirmed_now, site
from portal.accounts.entering import safe_next
from portal.accounts.second_factor import service
from portal.accounts.second_factor.rules import Purpose
from portal.accounts.second_factor.views.blueprint import bp, me
from portal.db import unit_of_work
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.step_up import before_second_factor


@bp.get("/desk/confirm", endpoint="confirm_page")
@audience(Audience.SIGNED_IN)
@before_second_factor
def confirm_question() -> str:
    """The question; ``next`` is the page behind it."""
    return _page(ConfirmForm())


@bp.post("/desk/confirm")
@audience(Audience.SIGNED_IN)
@before_second_factor
def confirm() -> BaseResponse | tuple[str, int]:
    """On to the page that was wanted."""
    form = ConfirmForm(request.form)
    if confirmed_now(form):
        return redirect(safe_next(request.form.get("next", "")) or url_for("desk.index"), 303)
    return _page(form), 422


@bp.post("/desk/confirm/passkey")
@audience(Audience.SIGNED_IN)
@before_second_factor
def ask_confirm_passkey() -> Response:
    """What the script asks the device."""
    with unit_of_work(db.session):
        asked = service.ask_for_passkey(db.session, now(), site(), Purpose.CONFIRM, me().id)
    return Response(asked, content_type="application/json")


def _page(form: ConfirmForm) -> str:
    wanted = request.values.get("next", "")
    next_path = wanted if safe_next(wanted) else ""
    return confirm_page(form, [("next", next_path)] if next_path else [], next_path)
