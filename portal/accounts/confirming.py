"""Confirming that it is you: the form, and judging it."""

from flask_babel import gettext as _
from wtforms import HiddenField, PasswordField, StringField

from portal.accounts import queries, service
from portal.accounts.passwords import matches
from portal.accounts.second_factor import service as second_factor
from portal.accounts.second_factor.ceremony import Site, site_of
from portal.accounts.second_factor.queries import Held, held_by
from portal.accounts.second_factor.service import Shown
from portal.db import unit_of_work
from portal.kernel.messages import N_
from portal.web.actor import current_actor, session_token
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import Length, PortalForm, say
from portal.web.runtime import runtime
from portal.web.security import network_key


class ConfirmForm(PortalForm):
    """The password of who has no second factor, else a code or what a passkey answers."""

    step_up_password = PasswordField(N_("Your password"), validators=[Length(200)])
    step_up_code = StringField(N_("Code of the app, or a recovery code"), validators=[Length(40)])
    step_up_passkey = HiddenField()


def site() -> Site:
    """The portal as passkeys and apps know it."""
    return site_of(runtime().settings.base_url, _("Suanruam"))


def held_by_me() -> Held:
    """What the signed-in person has besides the password."""
    return held_by(db.session, current_actor().user_id or 0)


def confirmed_now(form: ConfirmForm) -> bool:
    """Judge the proof and note it with the session; else the form says what is wrong."""
    if not form.validate():
        return False
    user_id, has_second = current_actor().user_id or 0, held_by_me().any
    user = queries.by_ids(db.session, [user_id])[user_id]
    right = not has_second and matches(user.password_hash, form.step_up_password.data or "")
    shown = Shown(code=form.step_up_code.data or "", passkey=form.step_up_passkey.data or "")
    digest = service.token_hash(session_token() or "")
    with unit_of_work(db.session):
        person = queries.by_ids(db.session, [user_id])[user_id]
        keys, network = runtime().keyring, network_key()
        problem = second_factor.confirm(db.session, now(), keys, site(), person, digest, network, shown, password_right=right)
    if problem is None:
        return True
    field = form.step_up_code if has_second else form.step_up_password
    field.errors = [say(problem)]
    return False
