"""What the person has: app, passkeys, recovery codes; and taking one away."""

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.accounts.confirming import held_by_me, site
from portal.accounts.second_factor import service
from portal.accounts.second_factor.queries import passkeys_of
from portal.accounts.second_factor.rules import FEW_CODES, in_groups
from portal.accounts.second_factor.views.blueprint import bp, me
from portal.accounts.sign_in import second_factor_due
from portal.db import unit_of_work
from portal.kernel.messages import N_
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.runtime import runtime
from portal.web.step_up import before_second_factor, step_up

DONE = {
    "app": N_("The app is set up"),
    "passkey": N_("The passkey is added"),
    "app-removed": N_("The app was removed"),
    "passkey-removed": N_("The passkey was removed"),
}


@bp.get("/desk/account/second-factor")
@audience(Audience.SIGNED_IN)
@before_second_factor
def index() -> str:
    """Everything on one page; ``?done=`` says what was just done."""
    done = DONE.get(request.args.get("done", ""))
    return render_template("accounts/second_factor.html", **section(), due=second_factor_due(), done=_(done) if done else "", noindex=True)


def section() -> dict[str, object]:
    """What ``accounts/parts/second_factor.html`` shows, for every page that includes it."""
    passkeys = passkeys_of(db.session, current_actor().user_id or 0)
    return {"held": held_by_me(), "passkeys": passkeys, "few_codes": FEW_CODES, "takes_passkeys": site().takes_passkeys}


@bp.post("/desk/account/second-factor/codes")
@audience(Audience.SIGNED_IN)
@step_up
def renew_codes() -> str:
    """Ten new recovery codes, on this one answer only."""
    with unit_of_work(db.session):
        codes = service.renew_codes(db.session, current_actor(), now(), runtime().keyring, me())
    return codes_page(codes, _("Your new recovery codes"))


@bp.post("/desk/account/second-factor/app/remove")
@audience(Audience.SIGNED_IN)
@step_up
def remove_app() -> Response:
    """Take the app away."""
    with unit_of_work(db.session):
        service.remove_app(db.session, current_actor(), now(), me())
    return back("app-removed")


@bp.post("/desk/account/second-factor/passkeys/<public_id>/remove")
@audience(Audience.SIGNED_IN)
@step_up
def remove_passkey(public_id: str) -> Response:
    """Take one passkey away."""
    with unit_of_work(db.session):
        service.remove_passkey(db.session, current_actor(), now(), me(), public_id)
    return back("passkey-removed")


def codes_page(codes: list[str], title: str) -> str:
    """Shown once: no address leads here again."""
    return render_template("accounts/codes.html", codes=[in_groups(code) for code in codes], title=title, noindex=True)


def back(done: str) -> Response:
    """To the page of all factors, which says what was done."""
    return redirect(url_for("second_factor.index", done=done), 303)
