"""Confirming that it is you: the form, and judging it."""

from collections.abc import Sequence

from flask import render_template
from flask_babel import gettext as _
from wtforms import HiddenField, PasswordField, StringField

from portal.accounts import queries, service
from portal.accounts.oidc import queries as identities
from portal.accounts.oidc.models import IdentityProvider
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


def my_providers(held: Held) -> list[IdentityProvider]:
    """Where the signed-in person has a linked identity that can stand for the confirmation; only a trusted one for a second factor."""
    links = identities.links_of(db.session, current_actor().user_id or 0)
    enabled = identities.enabled(db.session) if links else ()
    return [one for one in enabled if one.id in links and (one.trusted_second_factor or not held.any)]


def confirm_page(form: ConfirmForm, kept: Sequence[tuple[str, str]], next_path: str, *, waits: bool = False, again: bool = False) -> str:
    """The question. ``kept`` are fields to send on, ``next_path`` is where a provider leads back to.

    ``waits`` says that a form waits behind it, ``again`` that not everything typed there could be kept.
    """
    held, user_id = held_by_me(), current_actor().user_id or 0
    return render_template(
        "accounts/confirm.html",
        form=form,
        held=held,
        has_password=bool(queries.by_ids(db.session, [user_id])[user_id].password_hash),
        providers=my_providers(held),
        kept=kept,
        next_path=next_path,
        waits=waits,
        again=again,
        title=_("Confirm that it is you"),
        noindex=True,
    )


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
