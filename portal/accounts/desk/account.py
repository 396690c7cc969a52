"""One's own page: who I am here, what waits for me, my password, my browsers, my sign-ins."""

from dataclasses import dataclass
from datetime import datetime

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.accounts import links, policy, queries, service
from portal.accounts.agents import words_of
from portal.accounts.desk.blueprints import account_bp as bp
from portal.accounts.desk.forms import ChangePasswordForm
from portal.accounts.desk.history import lines
from portal.accounts.entering import forget_cookie, this_agent
from portal.accounts.invitation import queries as invitations
from portal.accounts.invitation import service as invitation
from portal.accounts.models import User
from portal.accounts.oidc import queries as identities
from portal.accounts.passwords import matches
from portal.accounts.second_factor.views.account import section as second_factor
from portal.audit.models import AuditEntry
from portal.db import unit_of_work
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_
from portal.web.actor import SESSION_COOKIE, current_actor, session_token
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import next_url, paginate, per_page
from portal.web.database import db
from portal.web.forms import say
from portal.web.runtime import runtime
from portal.web.security import network_key
from portal.web.step_up import step_up

SHOWN_LINES = 10
DONE = {
    "accepted": N_("You have the role now"),
    "declined": N_("You declined the invitation"),
    "ended": N_("That browser is signed out"),
}


@dataclass(frozen=True)
class Browser:
    """A browser in which the person is signed in."""

    public_id: str
    words: str
    since: datetime
    seen: datetime | None
    is_this: bool


@bp.get("/desk/account")
@audience(Audience.SIGNED_IN)
def index() -> str:
    """Everything on one page."""
    return _page(ChangePasswordForm())


@bp.get("/desk/account/history")
@audience(Audience.SIGNED_IN)
def history() -> str:
    """All sign-ins of the account, newest first."""
    page = paginate(db.session, queries.sign_in_history(me()), [(AuditEntry.id, "desc")], per_page(), request.args.get("cursor"))
    return render_template("accounts/desk/history.html", lines=lines(page.items), next_url=next_url(page), noindex=True)


@bp.post("/desk/account/password")
@audience(Audience.SIGNED_IN)
def change_password() -> Response | tuple[str, int]:
    """Argon2 runs outside the unit of work, once for the old and once for the new one; then every session ends, this one too."""
    form, user, keys = ChangePasswordForm(request.form), me(), runtime().keyring
    if not form.validate():
        return _page(form), 422
    service.check_throttle(db.session, now(), keys, user.email, network_key())
    if not matches(user.password_hash, form.old_password.data):
        with unit_of_work(db.session):
            service.note_failure(db.session, now(), keys, user.email, network_key(), this_agent())
        form.old_password.errors = [_("This is not your present password")]
        return _page(form), 422
    try:
        password_hash = links.hashed(form, user.email)
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(form), 422
    with unit_of_work(db.session):
        service.set_password_hash(db.session, current_actor(), now(), me(), password_hash)
    return _signed_out(url_for("reset.changed"))


@bp.post("/desk/account/sessions/<public_id>/end")
@audience(Audience.SIGNED_IN)
def end_session(public_id: str) -> Response:
    """Sign one browser out."""
    with unit_of_work(db.session):
        service.end_one_session(db.session, current_actor(), now(), public_id)
    return redirect(url_for("account.index", done="ended"), 303)


@bp.post("/desk/account/sign-out-everywhere")
@audience(Audience.SIGNED_IN)
def sign_out_everywhere() -> Response:
    """Every browser, this one too."""
    with unit_of_work(db.session):
        service.end_every_session(db.session, current_actor(), now(), policy.Realm(everything=False), me())
    return _signed_out(url_for("site.home"))


@bp.post("/desk/account/invitations/<public_id>/accept")
@audience(Audience.SIGNED_IN)
@step_up
def accept(public_id: str) -> Response:
    """Take a further role."""
    with unit_of_work(db.session):
        invitation.accept(db.session, now(), me(), public_id)
    return redirect(url_for("account.index", done="accepted"), 303)


@bp.post("/desk/account/invitations/<public_id>/decline")
@audience(Audience.SIGNED_IN)
def decline(public_id: str) -> Response:
    """Say no to it."""
    with unit_of_work(db.session):
        invitation.decline(db.session, now(), me(), public_id)
    return redirect(url_for("account.index", done="declined"), 303)


def me() -> User:
    """The person who is signed in."""
    user_id = current_actor().user_id or 0
    return queries.by_ids(db.session, [user_id])[user_id]


def _page(form: ChangePasswordForm) -> str:
    user = me()
    newest = db.session.scalars(queries.sign_in_history(user).order_by(AuditEntry.id.desc()).limit(SHOWN_LINES)).all()
    done = DONE.get(request.args.get("done", ""))
    return render_template(
        "accounts/desk/account.html",
        me=user,
        form=form,
        offers=invitations.for_address(db.session, user.email, now()),
        browsers=_browsers(user),
        lines=lines(newest),
        providers=identities.enabled(db.session),
        links=identities.links_of(db.session, user.id),
        done=_(done) if done else "",
        noindex=True,
        **second_factor(),
    )


def _browsers(user: User) -> list[Browser]:
    this = service.token_hash(session_token() or "")
    rows = queries.open_sessions(db.session, user.id, now())
    return [Browser(row.public_id, say(words_of(row.agent)), row.created_at, row.seen_at, row.token_hash == this) for row in rows]


def _signed_out(address: str) -> Response:
    response = redirect(address, 303)
    forget_cookie(response, SESSION_COOKIE)
    return response
