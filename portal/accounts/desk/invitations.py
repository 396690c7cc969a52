"""Writing invitations, seeing what became of them, sending them again, withdrawing them."""

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.accounts import queries as people
from portal.accounts.desk.blueprints import people_bp as bp
from portal.accounts.desk.forms import place_choices, roles_for
from portal.accounts.desk.listing import places_by_slug
from portal.accounts.invitation import queries, service
from portal.accounts.invitation.forms import InviteForm
from portal.accounts.invitation.models import Invitation
from portal.accounts.invitation.rules import InvitationState
from portal.accounts.invitation.service import Guest, Promise
from portal.accounts.policy import ADMINISTRATORS, Realm
from portal.accounts.queries.realms import grantable
from portal.db import unit_of_work
from portal.kernel.actor import ABOVE_AGENCIES, Role
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import next_url, paginate, per_page
from portal.web.database import db
from portal.web.forms import labelled
from portal.web.step_up import step_up

DONE = {
    "sent": N_("The invitation is on its way"),
    "again": N_("The invitation is sent again, the earlier link no longer works"),
    "withdrawn": N_("The invitation is withdrawn, its link no longer works"),
}


@dataclass(frozen=True)
class Row:
    """An invitation as the list shows it."""

    invitation: Invitation
    state: InvitationState

    @property
    def is_open(self) -> bool:
        """True where it can still be sent again or withdrawn."""
        return self.state in (InvitationState.WAITING, InvitationState.EXPIRED)


@bp.get("/desk/admin/people/invitations")
@audience(Audience.DESK, *ADMINISTRATORS)
def invitations() -> str:
    """Newest first; who accepted stands among the people."""
    query = queries.listed(people.realm_of(db.session, current_actor()))
    page = paginate(db.session, query, [(Invitation.id, "desc")], per_page(), request.args.get("cursor"))
    rows, done = [Row(one, one.state(now())) for one in page.items], DONE.get(request.args.get("done", ""))
    return render_template("accounts/desk/invitations.html", rows=rows, next_url=next_url(page), done=_(done) if done else "", noindex=True)


@bp.get("/desk/admin/people/invite")
@audience(Audience.DESK, *ADMINISTRATORS)
@step_up
def invite_page() -> str:
    """The form."""
    return _page(_form())


@bp.post("/desk/admin/people/invite")
@audience(Audience.DESK, *ADMINISTRATORS)
@step_up
def invite() -> Response | tuple[str, int]:
    """Write the invitation; the worker makes the link and sends it."""
    form = _form(request.form)
    if not form.validate():
        return _page(form), 422
    try:
        with unit_of_work(db.session) as session:
            realm = people.realm_of(session, current_actor())
            service.invite(session, current_actor(), now(), *_written(form, realm))
    except Invalid as invalid:
        db.session.rollback()
        form.errors_from(invalid)
        return _page(form), 422
    return redirect(url_for("people.invitations", done="sent"), 303)


@bp.post("/desk/admin/people/invitations/<public_id>/again")
@audience(Audience.DESK, *ADMINISTRATORS)
def send_again(public_id: str) -> Response:
    """Another mail with another link."""
    with unit_of_work(db.session) as session:
        service.send_again(session, current_actor(), now(), public_id)
    return redirect(url_for("people.invitations", done="again"), 303)


@bp.post("/desk/admin/people/invitations/<public_id>/withdraw")
@audience(Audience.DESK, *ADMINISTRATORS)
def withdraw(public_id: str) -> Response:
    """End it."""
    with unit_of_work(db.session) as session:
        service.withdraw(session, current_actor(), now(), public_id)
    return redirect(url_for("people.invitations", done="withdrawn"), 303)


def _form(given: object = None) -> InviteForm:
    form, realm = InviteForm(given), people.realm_of(db.session, current_actor())
    places = list(people.administered(db.session, realm))
    form.unit.choices = list(place_choices(places, _("No unit") if realm.everything else ""))
    form.agency.choices = list(place_choices(grantable(places), _("Without agency, for roles above agencies") if realm.everything else ""))
    form.role.choices = labelled(roles_for(realm))()
    return form


def _written(form: InviteForm, realm: Realm) -> tuple[Guest, list[Promise]]:
    places, role = places_by_slug(realm), Role(form.role.data)
    agency = None if role in ABOVE_AGENCIES else places.get(form.agency.data)
    guest = Guest(
        email=form.email.data,
        name_th=form.name_th.data,
        name_en=form.name_en.data or "",
        position_th=form.position_th.data or "",
        position_en=form.position_en.data or "",
        unit=places.get(form.unit.data),
    )
    return guest, [Promise(role, agency, bool(form.with_children.data) and agency is not None)]


def _page(form: InviteForm) -> str:
    return render_template("accounts/desk/invite.html", form=form, noindex=True)
