"""The second step of signing in, and signing in with a passkey alone."""

from flask import Response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from portal.accounts import queries
from portal.accounts.confirming import site
from portal.accounts.entering import end_earlier_session, let_in, open_desk, safe_next, this_agent, waiting_token
from portal.accounts.forms import SignInForm
from portal.accounts.rules import Proof
from portal.accounts.second_factor import service
from portal.accounts.second_factor.forms import SecondStepForm
from portal.accounts.second_factor.queries import Held, held_by
from portal.accounts.second_factor.rules import Purpose
from portal.accounts.second_factor.service.waiting import is_waiting
from portal.accounts.second_factor.views.blueprint import bp
from portal.accounts.views import sign_in_page
from portal.db import unit_of_work
from portal.kernel.errors import NotAllowed
from portal.kernel.messages import N_, Message
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import say
from portal.web.limits import limiter, network
from portal.web.runtime import runtime
from portal.web.security import network_key

BEGIN_AGAIN = Message(N_("Please sign in once more: the second step took too long, or there were too many wrong answers"))
#: Challenges for anybody; each is a row, so a network does not get them without end.
CHALLENGES_NETWORK = "120 per 10 minutes"


@bp.get("/sign-in/second-step")
@audience(Audience.CITIZEN)
def second_step() -> BaseResponse | str:
    """Asks for the second factor of who has given the right password in this browser."""
    held = _held_by_waiting()
    return _page(SecondStepForm(), held) if held else redirect(url_for("accounts.sign_in"), 303)


@bp.post("/sign-in/second-step")
@audience(Audience.CITIZEN)
def take_second_step() -> BaseResponse | tuple[str, int]:
    """The session, or what was wrong; after the fifth wrong answer everything begins again."""
    form, held = SecondStepForm(request.form), _held_by_waiting()
    if held and not form.validate():
        return _page(form, held), 422
    shown = service.Shown(code=form.code.data or "", passkey=form.passkey.data or "")
    with unit_of_work(db.session):
        keys, token, browser = runtime().keyring, waiting_token(), this_agent()
        step = service.second_step(db.session, now(), keys, site(), token, network_key(), shown, browser)
        if step.token:
            end_earlier_session()
    if step.token:
        return open_desk(step.token)
    if step.over or held is None or step.problem is None:
        return _begin_again()
    form.code.errors = [say(step.problem)]
    return _page(form, held), 422


@bp.post("/sign-in/second-step/passkey")
@audience(Audience.CITIZEN)
def ask_second_step_passkey() -> Response:
    """What the script asks the device."""
    with unit_of_work(db.session):
        row = is_waiting(db.session, now(), waiting_token())
        if row is None:
            raise NotAllowed(BEGIN_AGAIN)
        asked = service.ask_for_passkey(db.session, now(), site(), Purpose.SECOND_STEP, row.user_id)
    return Response(asked, content_type="application/json")


@bp.post("/sign-in/passkey/challenge")
@audience(Audience.PUBLIC)
@limiter.limit(CHALLENGES_NETWORK, key_func=network)
def ask_passkey() -> Response:
    """What the script asks any device that knows this site; nothing in it depends on who asks."""
    with unit_of_work(db.session):
        asked = service.ask_for_passkey(db.session, now(), site(), Purpose.SIGN_IN, None)
    return Response(asked, content_type="application/json")


@bp.post("/sign-in/passkey")
@audience(Audience.PUBLIC)
def enter_with_passkey() -> BaseResponse | tuple[str, int]:
    """A passkey whose device asked who is there stands for both steps."""
    with unit_of_work(db.session):
        passkey = service.show_passkey(db.session, now(), site(), Purpose.SIGN_IN, None, request.form.get("passkey", ""))
        user_id = (
            passkey.user_id if passkey and queries.by_ids(db.session, [passkey.user_id])[passkey.user_id].disabled_at is None else None
        )
    if user_id is None:
        return sign_in_page(SignInForm(), problem=_("The passkey was not accepted, please try once more or use your password")), 422
    return let_in(user_id, Proof.PASSKEY)


def _held_by_waiting() -> Held | None:
    row = is_waiting(db.session, now(), waiting_token())
    return held_by(db.session, row.user_id) if row else None


def _begin_again() -> tuple[str, int]:
    response = sign_in_page(SignInForm(), problem=say(BEGIN_AGAIN))
    return response, 422


def _page(form: SecondStepForm, held: Held) -> str:
    wanted = request.values.get("next", "")
    return render_template("accounts/second_step.html", form=form, held=held, next_path=wanted if safe_next(wanted) else "", noindex=True)
