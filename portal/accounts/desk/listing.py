"""The people of an administrator, found by name, place and role."""

from dataclasses import dataclass

from flask import render_template, request
from flask_babel import gettext as _

from portal.accounts import queries
from portal.accounts.desk.blueprints import people_bp as bp
from portal.accounts.desk.forms import place_choices, roles_for
from portal.accounts.models import Grant, User
from portal.accounts.policy import ADMINISTRATORS, Realm, administers
from portal.agencies.models import Agency
from portal.kernel.actor import Role
from portal.kernel.messages import N_
from portal.kernel.thai_text import normalise
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.cursor import next_url, paginate, per_page
from portal.web.database import db

TEXT_MOST = 100
DONE = {
    "left": N_("The account is closed, and what was open has been handed on"),
}


@dataclass(frozen=True)
class Row:
    """A person as the list shows them; ``elsewhere`` says that they hold roles outside the administrator's agencies."""

    user: User
    grants: list[Grant]
    elsewhere: bool


@bp.get("/desk/admin/people")
@audience(Audience.DESK, *ADMINISTRATORS)
def index() -> str:
    """``?q=`` a part of a name or address, ``?place=`` and ``?role=`` narrow it, ``?closed=yes`` shows closed accounts."""
    realm = queries.realm_of(db.session, current_actor())
    places = list(queries.administered(db.session, realm))
    text = " ".join(normalise(request.args.get("q", ""))[:TEXT_MOST].split())
    place = next((one for one in places if one.slug == request.args.get("place")), None)
    role, closed = _role(), request.args.get("closed") == "yes"
    query = queries.listed(realm, text, place.id if place else None, role, closed=closed)
    page = paginate(db.session, query, [(User.name_th, "asc"), (User.id, "asc")], per_page(), request.args.get("cursor"))
    return render_template(
        "accounts/desk/people.html",
        rows=[row_of(realm, user) for user in page.items],
        next_url=next_url(page),
        text=text,
        place=place,
        role=role,
        closed=closed,
        places=place_choices(places, _("Every place")),
        roles=roles_for(realm),
        done=_done(),
        noindex=True,
    )


def row_of(realm: Realm, user: User) -> Row:
    """What of the person's roles belongs to the realm."""
    own = [row for row in user.grants if realm.everything or administers(realm, row.agency_id)]
    return Row(user, own, elsewhere=len(own) < len(user.grants))


def places_by_slug(realm: Realm) -> dict[str, Agency]:
    """Agencies and units of the realm."""
    return {agency.slug: agency for agency in queries.administered(db.session, realm)}


def _role() -> Role | None:
    wanted = request.args.get("role", "")
    return Role(wanted) if wanted in list(Role) else None


def _done() -> str:
    done = DONE.get(request.args.get("done", ""))
    return _(done) if done else ""
