"""Giving and taking roles on a person's page."""

from flask import request
from sqlalchemy.orm import Session

from portal.accounts import service
from portal.accounts.desk.blueprints import people_bp as bp
from portal.accounts.desk.forms import GrantForm, VersionForm
from portal.accounts.desk.listing import places_by_slug
from portal.accounts.desk.person import Answer, act, at_hand, offer, page
from portal.accounts.models import User
from portal.accounts.policy import ADMINISTRATORS, Realm
from portal.agencies import queries as agencies
from portal.kernel.actor import ABOVE_AGENCIES, Role
from portal.kernel.errors import NotFound
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.step_up import step_up


@bp.post("/desk/admin/people/<public_id>/grants")
@audience(Audience.DESK, *ADMINISTRATORS)
@step_up
def grant(public_id: str) -> Answer:
    """Give a role; one that is held already only changes what lies below."""
    form = GrantForm(request.form)
    offer(form, at_hand(public_id)[0])
    if not form.validate():
        return page(*at_hand(public_id), grant_form=form), 422

    def save(session: Session, realm: Realm, user: User) -> None:
        role = Role(form.role.data)
        agency = None if role in ABOVE_AGENCIES else places_by_slug(realm).get(form.agency.data)
        service.grant(session, current_actor(), now(), user, role, agency, bool(form.with_children.data) and agency is not None)

    return act(public_id, form, save, "granted", form_name="grant_form")


@bp.post("/desk/admin/people/<public_id>/grants/end")
@audience(Audience.DESK, *ADMINISTRATORS)
@step_up
def revoke(public_id: str) -> Answer:
    """Take a role away: ``role``, and ``place`` where it is held in an agency."""
    at_hand(public_id)
    wanted, place = request.form.get("role", ""), request.form.get("place", "")
    agency = agencies.by_slug(db.session, place) if place else None
    if wanted not in list(Role) or (place and agency is None):
        raise NotFound
    agency_id = agency.id if agency else None

    def save(session: Session, realm: Realm, user: User) -> None:
        service.revoke(session, current_actor(), now(), user, Role(wanted), agency_id)

    return act(public_id, VersionForm(request.form), save, "revoked")
