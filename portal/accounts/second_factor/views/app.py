"""Setting up the app: a picture to scan, a first code to prove that it worked."""

import segno
from flask import render_template, request
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from portal.accounts.confirming import held_by_me, site
from portal.accounts.second_factor import service
from portal.accounts.second_factor.forms import AppForm
from portal.accounts.second_factor.rules import in_groups
from portal.accounts.second_factor.views.account import back, codes_page
from portal.accounts.second_factor.views.blueprint import bp, me, my_session
from portal.db import unit_of_work
from portal.kernel.errors import Invalid
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.runtime import runtime
from portal.web.step_up import before_second_factor, step_up


@bp.get("/desk/account/second-factor/app")
@audience(Audience.SIGNED_IN)
@before_second_factor
@step_up
def set_up_app_page() -> str:
    """A new secret as picture and letters; nothing is kept before its first code comes."""
    return _page(AppForm())


@bp.post("/desk/account/second-factor/app")
@audience(Audience.SIGNED_IN)
@before_second_factor
@step_up
def set_up_app() -> Response | str | tuple[str, int]:
    """Take the app; with a first factor the answer shows the recovery codes, this once."""
    form = AppForm(request.form)
    if not form.validate():
        return _page(form), 422
    try:
        with unit_of_work(db.session):
            keys, sealed, code = runtime().keyring, form.offer.data or "", form.code.data
            codes = service.set_up_app(db.session, current_actor(), now(), keys, me(), sealed, code, my_session())
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(form), 422
    return codes_page(codes, _("The app is set up, keep these recovery codes")) if codes else back("app")


def _page(form: AppForm) -> str:
    offer = service.offer_app(runtime().keyring, now(), me(), site().name, form.offer.data or "")
    return render_template(
        "accounts/app.html",
        form=form,
        sealed=offer.sealed,
        secret=in_groups(offer.secret, between=" "),
        address=offer.address,
        qr=_picture(offer.address),
        held=held_by_me(),
        noindex=True,
    )


def _picture(address: str) -> Markup:
    code = segno.make_qr(address, error="m")
    return Markup(code.svg_inline(svgclass=None, lineclass=None, omitsize=True, border=1))  # noqa: S704 - drawn by segno from our own address
