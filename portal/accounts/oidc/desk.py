"""Where the provider of identities is named, for who looks after the whole portal."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.accounts.oidc import queries, service
from portal.accounts.oidc.fetching import kept
from portal.accounts.oidc.forms import ProviderForm, filled
from portal.accounts.oidc.going import back_url, client_of
from portal.accounts.oidc.models import IdentityProvider
from portal.accounts.oidc.protocol import addresses
from portal.accounts.oidc.rules import Disbelieved
from portal.db import unit_of_work
from portal.kernel.actor import Role
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.messages import N_
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import say
from portal.web.runtime import runtime
from portal.web.step_up import step_up

bp = Blueprint("oidc_desk", __name__)
DONE = {"saved": N_("The provider is kept"), "reached": N_("The provider answers and is the one it says it is")}
UNREACHED = N_("The provider does not answer at this address, or says that it is another one")


@bp.get("/desk/admin/identity-providers")
@audience(Audience.DESK, Role.SYSTEM_ADMINISTRATOR)
def index() -> str:
    """All of them."""
    return render_template("accounts/oidc/index.html", providers=queries.all_providers(db.session), noindex=True)


@bp.get("/desk/admin/identity-providers/new")
@audience(Audience.DESK, Role.SYSTEM_ADMINISTRATOR)
@step_up
def new() -> str:
    """An empty form."""
    return _page(ProviderForm(), None)


@bp.post("/desk/admin/identity-providers/new")
@audience(Audience.DESK, Role.SYSTEM_ADMINISTRATOR)
@step_up
def add() -> Response | tuple[str, int]:
    """Name a provider."""
    return _save(None)


@bp.get("/desk/admin/identity-providers/<slug>")
@audience(Audience.DESK, Role.SYSTEM_ADMINISTRATOR)
@step_up
def edit(slug: str) -> str:
    """The form as it stands; ``?done=`` says what was just done."""
    provider = _at_hand(slug)
    done = DONE.get(request.args.get("done", ""))
    return _page(filled(provider), provider, notice=_(done) if done else "")


@bp.post("/desk/admin/identity-providers/<slug>")
@audience(Audience.DESK, Role.SYSTEM_ADMINISTRATOR)
@step_up
def change(slug: str) -> Response | tuple[str, int]:
    """Change it."""
    return _save(slug)


@bp.post("/desk/admin/identity-providers/<slug>/try")
@audience(Audience.DESK, Role.SYSTEM_ADMINISTRATOR)
def try_out(slug: str) -> Response | tuple[str, int]:
    """Ask the provider for its addresses now."""
    provider = _at_hand(slug)
    client = client_of(provider)
    kept.forget()
    db.session.rollback()
    try:
        addresses(client)
    except Disbelieved:
        provider = _at_hand(slug)
        return _page(filled(provider), provider, problem=_(UNREACHED)), 422
    return redirect(url_for("oidc_desk.edit", slug=slug, done="reached"), 303)


def _at_hand(slug: str) -> IdentityProvider:
    provider = queries.by_slug(db.session, slug)
    if provider is None:
        raise NotFound
    return provider


def _save(slug: str | None) -> Response | tuple[str, int]:
    form, http_here = ProviderForm(request.form), not runtime().settings.is_production
    try:
        with unit_of_work(db.session):
            provider = _at_hand(slug) if slug else None
            saved = service.save(
                db.session,
                current_actor(),
                now(),
                runtime().keyring,
                provider,
                form.values(),
                version=form.seen_version,
                http_here=http_here,
            ).slug
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(form, _at_hand(slug) if slug else None), 422
    except Conflict as conflict:
        return _page(form, _at_hand(slug or ""), problem=say(conflict.message)), 409
    kept.forget()
    return redirect(url_for("oidc_desk.edit", slug=saved, done="saved"), 303)


def _page(form: ProviderForm, provider: IdentityProvider | None, notice: str = "", problem: str = "") -> str:
    return render_template(
        "accounts/oidc/edit.html",
        form=form,
        provider=provider,
        way_back=back_url(provider) if provider else "",
        lost=queries.without_another_way(db.session, provider.id) if provider else 0,
        notice=notice,
        problem=problem,
        noindex=True,
    )
