"""Adding a passkey. The browser talks with the device, so this page alone needs its script."""

from flask import Response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from portal.accounts.agents import words_of
from portal.accounts.confirming import site
from portal.accounts.entering import this_agent
from portal.accounts.second_factor import service
from portal.accounts.second_factor.forms import PasskeyForm
from portal.accounts.second_factor.rules import NAME_MOST
from portal.accounts.second_factor.views.account import back, codes_page
from portal.accounts.second_factor.views.blueprint import bp, me, my_session
from portal.db import unit_of_work
from portal.kernel.errors import Invalid
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import say
from portal.web.runtime import runtime
from portal.web.step_up import before_second_factor, step_up


@bp.get("/desk/account/second-factor/passkeys/new")
@audience(Audience.SIGNED_IN)
@before_second_factor
@step_up
def new_passkey() -> str:
    """The form, with the kind of this browser as a first name of the key."""
    return _page(PasskeyForm(data={"name": say(words_of(this_agent()))[:NAME_MOST]}))


@bp.post("/desk/account/second-factor/passkeys/challenge")
@audience(Audience.SIGNED_IN)
@before_second_factor
def ask_new_passkey() -> Response:
    """What the script asks the device."""
    with unit_of_work(db.session):
        asked = service.ask_for_new_passkey(db.session, now(), runtime().keyring, site(), me())
    return Response(asked, content_type="application/json")


@bp.post("/desk/account/second-factor/passkeys/new")
@audience(Audience.SIGNED_IN)
@before_second_factor
@step_up
def add_passkey() -> BaseResponse | str | tuple[str, int]:
    """Keep it; with a first factor the answer shows the recovery codes, this once."""
    form = PasskeyForm(request.form)
    if not form.validate():
        return _page(form), 422
    try:
        with unit_of_work(db.session):
            keys, answer = runtime().keyring, form.passkey.data or ""
            codes = service.add_passkey(db.session, current_actor(), now(), keys, site(), me(), form.name.data, answer, my_session())
    except Invalid as invalid:  # of what the device said; no field that one sees is at fault
        return _page(form, problem=say(invalid.fields["passkey"][0])), 422
    return codes_page(codes, _("The passkey is added, keep these recovery codes")) if codes else back("passkey")


def _page(form: PasskeyForm, problem: str = "") -> str:
    return render_template("accounts/passkey.html", form=form, problem=problem, takes_passkeys=site().takes_passkeys, noindex=True)
