"""One person's page: names, roles, sessions, sign-ins; closing the account and opening it again."""

from collections.abc import Callable

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.accounts import queries, service
from portal.accounts.desk import colleagues
from portal.accounts.desk.blueprints import people_bp as bp
from portal.accounts.desk.forms import GrantForm, PersonForm, SubstituteForm, VersionForm, place_choices, roles_for
from portal.accounts.desk.history import lines
from portal.accounts.desk.listing import row_of
from portal.accounts.models import User
from portal.accounts.policy import ADMINISTRATORS, Realm, can_manage, can_see
from portal.accounts.queries.realms import grantable
from portal.accounts.second_factor.policy import can_reset
from portal.accounts.second_factor.queries import held_by
from portal.agencies.models import Agency
from portal.audit.models import AuditEntry
from portal.db import unit_of_work
from portal.kernel.actor import ABOVE_AGENCIES
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.messages import N_
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import labelled, say
from portal.web.step_up import step_up

SHOWN_LINES = 10
DONE = {
    "edited": N_("Saved"),
    "granted": N_("The role is given"),
    "revoked": N_("The role is taken away"),
    "signed-out": N_("The person is signed out everywhere"),
    "closed": N_("The account is closed"),
    "opened": N_("The account is open again"),
    "substitute": N_("Saved"),
}
Answer = Response | str | tuple[str, int]


@bp.get("/desk/admin/people/<public_id>")
@audience(Audience.DESK, *ADMINISTRATORS)
def show(public_id: str) -> str:
    """The page; ``?done=`` says what was just done."""
    realm, user = at_hand(public_id)
    return page(realm, user)


@bp.post("/desk/admin/people/<public_id>")
@audience(Audience.DESK, *ADMINISTRATORS)
def edit(public_id: str) -> Answer:
    """Names, positions, unit."""
    form = PersonForm(request.form)
    form.unit.choices = _unit_choices(*at_hand(public_id))
    if not form.validate():
        return page(*at_hand(public_id), form=form), 422
    names = ("name_th", "name_en", "position_th", "position_en")

    def save(session: Session, realm: Realm, user: User) -> None:
        places = {one.slug: one for one in queries.administered(session, realm)}
        kept = user.unit if user.unit and user.unit.slug == form.unit.data else None
        unit = kept or places.get(form.unit.data)
        values = {**{name: form[name].data or "" for name in names}, "unit_id": unit.id if unit else None}
        service.edit(session, current_actor(), now(), realm, user, values)

    return act(public_id, form, save, "edited", form_name="form")


@bp.post("/desk/admin/people/<public_id>/sign-out")
@audience(Audience.DESK, *ADMINISTRATORS)
def sign_out(public_id: str) -> Answer:
    """Sign the person out everywhere."""

    def save(session: Session, realm: Realm, user: User) -> None:
        service.end_every_session(session, current_actor(), now(), realm, user)

    return act(public_id, VersionForm(request.form), save, "signed-out")


@bp.post("/desk/admin/people/<public_id>/close")
@audience(Audience.DESK, *ADMINISTRATORS)
@step_up
def close(public_id: str) -> Answer:
    """Close the account; open cases wait for the coordinators within moments; a successor is named by leaving."""

    def save(session: Session, realm: Realm, user: User) -> None:
        service.disable(session, current_actor(), now(), user)

    return act(public_id, VersionForm(request.form), save, "closed")


@bp.post("/desk/admin/people/<public_id>/open")
@audience(Audience.DESK, *ADMINISTRATORS)
@step_up
def open_again(public_id: str) -> Answer:
    """Open a closed account, with the roles it still holds."""

    def save(session: Session, realm: Realm, user: User) -> None:
        service.open_again(session, current_actor(), now(), user)

    return act(public_id, VersionForm(request.form), save, "opened")


def at_hand(public_id: str) -> tuple[Realm, User]:
    """The administrator's realm and the person in it; raises ``NotFound`` for everybody else's."""
    realm = queries.realm_of(db.session, current_actor())
    user = queries.by_public_id(db.session, public_id)
    if user is None or not can_see(realm, user):
        raise NotFound
    return realm, user


def act(public_id: str, form: VersionForm, save: Callable[[Session, Realm, User], None], done: str, form_name: str = "other") -> Answer:
    """Do it with the person read again under a lock; a refusal or a second administrator brings the page back with what was typed."""
    at_hand(public_id)
    try:
        with unit_of_work(db.session) as session:
            realm = queries.realm_of(session, current_actor())
            save(session, realm, service.at_hand(session, realm, public_id, form.version))
    except (Conflict, Invalid) as refused:
        db.session.rollback()
        problem = say(refused.message) if isinstance(refused, Conflict) else ""
        if isinstance(refused, Invalid):
            form.errors_from(refused)
        return page(*at_hand(public_id), **({form_name: form} if form_name else {"other": form}), conflict=problem), (
            409 if problem else 422
        )
    return redirect(url_for("people.show", public_id=public_id, done=done), 303)


def page(
    realm: Realm,
    user: User,
    form: PersonForm | None = None,
    grant_form: GrantForm | None = None,
    substitute_form: SubstituteForm | None = None,
    other: VersionForm | None = None,
    conflict: str = "",
) -> str:
    """The person's page, with a form that was refused in place of a fresh one."""
    newest = db.session.scalars(queries.sign_in_history(user).order_by(AuditEntry.id.desc()).limit(SHOWN_LINES)).all()
    done = DONE.get(request.args.get("done", ""))
    manages, actor = can_manage(realm, user), current_actor()
    return render_template(
        "accounts/desk/person.html",
        person=user,
        row=row_of(realm, user),
        manages=manages,
        is_me=user.id == actor.user_id,
        form=form or _filled(realm, user),
        grant_form=grant_form or _grant_form(realm),
        substitute_form=(substitute_form or colleagues.substitute_form(db.session, user)) if manages else None,
        other=other,
        above_agencies=ABOVE_AGENCIES,
        held=held_by(db.session, user.id) if can_reset(actor, realm, user) else None,
        lines=lines(newest) if manages else [],
        browsers=len(queries.open_sessions(db.session, user.id, now())) if manages else 0,
        conflict=conflict,
        done=_(done) if done else "",
        noindex=True,
    )


def _filled(realm: Realm, user: User) -> PersonForm:
    form = PersonForm(obj=user, data={"unit": user.unit.slug if user.unit else ""})
    form.unit.choices = _unit_choices(realm, user)
    form.unit.data = user.unit.slug if user.unit else ""
    return form


def _unit_choices(realm: Realm, user: User) -> list[object]:
    """The realm's places, and where the person works now if that is none of them."""
    places: list[Agency] = list(queries.administered(db.session, realm))
    if user.unit is not None and user.unit not in places:
        places.insert(0, user.unit)
    return list(place_choices(places, "" if user.unit else _("Not chosen")))


def _grant_form(realm: Realm) -> GrantForm:
    form = GrantForm()
    offer(form, realm)
    return form


def offer(form: GrantForm, realm: Realm) -> None:
    """Fill the selects with what the administrator may give."""
    places = grantable(queries.administered(db.session, realm))
    form.agency.choices = list(place_choices(places, _("Without agency, for roles above agencies") if realm.everything else ""))
    form.role.choices = labelled(roles_for(realm))()
