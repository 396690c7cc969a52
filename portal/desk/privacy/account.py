"""One's own data: everything that is kept about the account, requests about it, and what came of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.accounts.models import User
from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.db import unit_of_work
from portal.desk.privacy.blueprint import bp
from portal.disclosures.models import Disclosure
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.messages import N_, Message
from portal.privacy import queries, service
from portal.privacy.forms import AccountForm, AppealForm
from portal.privacy.models import PrivacyRequest
from portal.privacy.rules import RequestAct, Right, appeal_until, possible
from portal.privacy.service import Asked
from portal.privacy.views.data import as_file
from portal.privacy.views.page import can_appeal
from portal.privacy.views.reading import in_words
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import PortalForm, say
from portal.web.runtime import runtime
from portal.web.step_up import step_up

Answer = Response | str | tuple[str, int]
#: Acts on the page to read; the file has them all.
SHOWN = 200
DONE = {
    "asked": N_("We have your request"),
    "appealed": N_("Your appeal is with somebody who did not decide"),
    "taken-back": N_("You took the request back"),
}


@dataclass(frozen=True)
class Forms:
    """The forms of the page; the one that came back holds what was typed and its errors."""

    ask: AccountForm = field(default_factory=AccountForm)
    appeal: AppealForm = field(default_factory=AppealForm)
    refused: str = ""
    about: str = ""  # public id of the request that a refused appeal is about


@bp.get("/desk/account/data")
@audience(Audience.SIGNED_IN)
def account() -> str:
    """What can be seen and asked for, and the requests so far."""
    done = DONE.get(request.args.get("done", ""))
    return _page(Forms(), notice=_(done) if done else "")


@bp.get("/desk/account/data/everything")
@audience(Audience.SIGNED_IN)
@step_up
def account_data() -> str:
    """Everything that is kept, to read and to print."""
    sections = in_words(everything(db.session, me(), SHOWN))
    return render_template("privacy_desk/account_data.html", sections=sections, most=SHOWN, made_at=now(), noindex=True)


@bp.get("/desk/account/data.json")
@audience(Audience.SIGNED_IN)
@step_up
def account_data_json() -> Response:
    """The same for machines, with every act."""
    return as_file(everything(db.session, me()), "account")


@bp.post("/desk/account/data/ask")
@audience(Audience.SIGNED_IN)
def ask_for_account() -> Answer:
    """Ask for a correction, for erasing, or object."""
    form = AccountForm(request.form)

    def do(session: Session) -> str:
        if form.right.data not in (Right.CORRECTION, Right.ERASURE, Right.OBJECTION):
            raise Invalid({"right": [Message(N_("Choose what you ask for"))]})
        asked = Asked(Right(form.right.data), words=form.words.data or "")
        user = me()
        service.ask_for_account(session, current_actor(), now(), user, _decides(session, user).id, asked)
        return "asked"

    return _save(Forms(ask=form, refused="ask"), form, do)


@bp.post("/desk/account/data/requests/<public_id>/appeal")
@audience(Audience.SIGNED_IN)
def appeal_account(public_id: str) -> Answer:
    """Say that a decision is not right."""
    form = AppealForm(request.form)

    def do(session: Session) -> str:
        service.appeal(session, current_actor(), now(), _own(session, public_id), form.words.data or "")
        return "appealed"

    return _save(Forms(appeal=form, refused="appeal", about=public_id), form, do)


@bp.post("/desk/account/data/requests/<public_id>/take-back")
@audience(Audience.SIGNED_IN)
def take_back_account(public_id: str) -> Answer:
    """Take a request back."""

    def do(session: Session) -> str:
        service.take_back(session, current_actor(), now(), _own(session, public_id))
        return "taken-back"

    return _save(Forms(), PortalForm(), do)


def me() -> User:
    """The person who is signed in."""
    return db.session.get_one(User, current_actor().user_id)


def everything(session: Session, user: User, most_acts: int | None = None) -> dict[str, Any]:
    """What all rooms keep about the person."""
    pages = session.scalars(select(Disclosure.slug).where(Disclosure.responsible_user_id == user.id).order_by(Disclosure.slug)).all()
    export = queries.account_export(session, current_actor(), now(), user, most_acts=most_acts)
    acts = export.pop("acts")
    return {**export, "pages": list(pages), "acts": acts}


def _decides(session: Session, user: User) -> Agency:
    """The agency of the person's unit, else the home agency."""
    if user.unit is not None:
        return agencies.root_of(session, user.unit)
    home = agencies.home(session, runtime().settings.home_agency)
    if home is None:
        raise NotFound
    return home


def _own(session: Session, public_id: str) -> PrivacyRequest:
    found = queries.by_public_id(session, public_id, lock=True)
    if found is None or found.user_id is None or found.user_id != current_actor().user_id:
        raise NotFound
    return found


def _save(forms: Forms, form: PortalForm, do: Callable[[Session], str]) -> Answer:
    try:
        with unit_of_work(db.session) as session:
            done = do(session)
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(forms, form=form), 422
    except Conflict as conflict:
        return _page(forms, sentence=say(conflict.message)), 409
    return redirect(url_for("privacy_desk.account", done=done), 303)


def _page(forms: Forms, *, form: PortalForm | None = None, sentence: str = "", notice: str = "") -> str:
    user = me()
    requests = queries.of_user(db.session, user.id)
    return render_template(
        "privacy_desk/account.html",
        me=user,
        forms=forms,
        form=form,
        sentence=sentence,
        notice=notice,
        requests=[(one, can_appeal(one), appeal_until(one.decided_at) if one.decided_at else None) for one in requests],
        possible=possible,
        take_back=RequestAct.TAKE_BACK,
        noindex=True,
    )
