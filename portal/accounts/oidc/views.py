"""Signing in by a provider, linking an identity to one's account, and showing once more who one is."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import update
from werkzeug.wrappers import Response as BaseResponse

from portal.accounts import queries as people
from portal.accounts.entering import let_in, safe_next
from portal.accounts.models import SignInSession
from portal.accounts.oidc import queries, service
from portal.accounts.oidc.arriving import note_refusal, person_for
from portal.accounts.oidc.going import come_back, drop_cookie, in_its_language, name_of, provider_at_hand, send_off
from portal.accounts.oidc.journey import Journey, Purpose
from portal.accounts.oidc.models import IdentityProvider
from portal.accounts.oidc.rules import Claimed, Disbelieved, Failure, is_fresh
from portal.accounts.rules import Proof
from portal.accounts.second_factor.queries import held_by
from portal.accounts.service import token_hash
from portal.db import unit_of_work
from portal.kernel.errors import NotFound
from portal.kernel.messages import N_
from portal.web.actor import current_actor, session_token
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.limits import limiter, network
from portal.web.step_up import before_second_factor, step_up

bp = Blueprint("oidc", __name__)
JOURNEYS_NETWORK = "300 per 10 minutes"
ACCOUNT = "/desk/account"
AWAY = N_("It does not answer at the moment, please try again in a few minutes, or use your password")
ONCE_MORE = N_("Please begin once more from the sign-in page. If it happens again, tell your administrator when it was")


@bp.post("/sign-in/with/<slug>")
@audience(Audience.PUBLIC)
@limiter.limit(JOURNEYS_NETWORK, key_func=network)
def enter(slug: str) -> Response | tuple[str, int]:
    """To the provider."""
    return _off(slug, Purpose.ENTER, request.form.get("next", ""))


@bp.post("/desk/account/identity/<slug>")
@audience(Audience.SIGNED_IN)
@step_up
def link(slug: str) -> Response | tuple[str, int]:
    """To the provider, to link the identity that one has there."""
    return _off(slug, Purpose.LINK, ACCOUNT, current_actor().user_id)


@bp.post("/desk/confirm/with/<slug>")
@audience(Audience.SIGNED_IN)
@before_second_factor
def confirm(slug: str) -> Response | tuple[str, int]:
    """To the provider, to show once more who one is."""
    return _off(slug, Purpose.CONFIRM, request.form.get("next", ""), current_actor().user_id)


@bp.post("/desk/account/identity/<slug>/remove")
@audience(Audience.SIGNED_IN)
@step_up
def unlink(slug: str) -> BaseResponse:
    """Take the link away."""
    with unit_of_work(db.session):
        provider = queries.by_slug(db.session, slug)
        if provider is None:
            raise NotFound
        user_id = current_actor().user_id or 0
        service.unlink(db.session, current_actor(), now(), people.by_ids(db.session, [user_id])[user_id], provider)
    return redirect(safe_next(ACCOUNT), 303)


@bp.get("/sign-in/with/<slug>/back")
@audience(Audience.CITIZEN)
@limiter.limit(JOURNEYS_NETWORK, key_func=network)
def back(slug: str) -> BaseResponse:
    """Back from the provider: in, linked, confirmed, or a calm page that says what now."""
    provider = provider_at_hand(slug)
    if elsewhere := in_its_language(provider):
        return redirect(elsewhere, 303)
    try:
        journey, claimed = come_back(provider)
        return drop_cookie(_arrived(slug, journey, claimed))  # type: ignore[arg-type]  # a redirect is one of ours
    except Disbelieved as disbelieved:
        return drop_cookie(make_response(_refused(slug, disbelieved.why), 422))


def _off(slug: str, purpose: Purpose, next_path: str, user_id: int | None = None) -> Response | tuple[str, int]:
    provider = provider_at_hand(slug)
    try:
        return send_off(provider, purpose, next_path, user_id)
    except Disbelieved as disbelieved:
        return _refused(slug, disbelieved.why), 503


def _arrived(slug: str, journey: Journey, claimed: Claimed) -> BaseResponse:
    match Purpose(journey.purpose):
        case Purpose.ENTER:
            return _let_in(slug, journey, claimed)
        case Purpose.LINK:
            return _linked(slug, journey, claimed)
    return _confirmed(slug, journey, claimed)


def _let_in(slug: str, journey: Journey, claimed: Claimed) -> BaseResponse:
    with unit_of_work(db.session):
        provider = provider_at_hand(slug)
        user = person_for(db.session, now(), provider, claimed)
        user_id, trusted = user.id if user else None, provider.trusted_second_factor
        if user is None:
            note_refusal(db.session, now(), slug, "not_invited")
    if user_id is None:
        return make_response(render_template("accounts/oidc/not_invited.html", name=name_of(provider_at_hand(slug)), noindex=True), 403)
    return let_in(user_id, Proof.PROVIDER_STRONG if trusted and claimed.strong else Proof.PROVIDER, journey.next_path)


def _linked(slug: str, journey: Journey, claimed: Claimed) -> BaseResponse:
    """Only the session that began the journey may end it."""
    if journey.user_id is None or current_actor().user_id != journey.user_id:
        raise Disbelieved(Failure.STATE)
    with unit_of_work(db.session):
        person = people.by_ids(db.session, [journey.user_id])[journey.user_id]
        service.link(db.session, current_actor(), now(), provider_at_hand(slug), person, claimed)
    return redirect(safe_next(ACCOUNT), 303)


def _confirmed(slug: str, journey: Journey, claimed: Claimed) -> BaseResponse:
    """The linked identity, shown again just now."""
    if journey.user_id is None or current_actor().user_id != journey.user_id or not is_fresh(claimed, journey.begun):
        raise Disbelieved(Failure.STATE)
    with unit_of_work(db.session):
        provider = provider_at_hand(slug)
        known = queries.person_behind(db.session, provider.id, claimed.subject)
        if known is None or known.user_id != journey.user_id:
            raise Disbelieved(Failure.SUBJECT)
        if held_by(db.session, journey.user_id).any and not (provider.trusted_second_factor and claimed.strong):
            raise Disbelieved(Failure.SECOND_FACTOR)
        this = SignInSession.token_hash == token_hash(session_token() or "")
        db.session.execute(update(SignInSession).where(this).values(confirmed_at=now()))
    return redirect(safe_next(journey.next_path) or url_for("desk.index"), 303)


def _refused(slug: str, why: Failure) -> str:
    """The same page for whatever failed; the trail knows which."""
    with unit_of_work(db.session):
        note_refusal(db.session, now(), slug, why.value)
    provider: IdentityProvider = provider_at_hand(slug)
    return render_template("accounts/oidc/failed.html", name=name_of(provider), again=_again(why), noindex=True)


def _again(why: Failure) -> str:
    return str(_(AWAY if why is Failure.UNREACHABLE else ONCE_MORE))
