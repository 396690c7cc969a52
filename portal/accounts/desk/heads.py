"""Where an administrator says who heads a unit and who stands in for whom."""

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.accounts import queries as people
from portal.accounts.desk.blueprints import people_bp as bp
from portal.accounts.desk.colleagues import choices, colleagues, substitute_form
from portal.accounts.desk.forms import HeadForm, SubstituteForm
from portal.accounts.desk.person import Answer, act, at_hand, page
from portal.accounts.heads import queries, service
from portal.accounts.heads.models import UnitHead
from portal.accounts.models import User
from portal.accounts.policy import ADMINISTRATORS, Realm, administers
from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.db import unit_of_work
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.thai_text import normalise
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import next_url, paginate, per_page
from portal.web.database import db
from portal.web.forms import say
from portal.web.step_up import step_up

TEXT_MOST = 100


@dataclass(frozen=True)
class Row:
    """A unit and its head."""

    unit: Agency
    head: User | None


@bp.get("/desk/admin/heads")
@audience(Audience.DESK, *ADMINISTRATORS)
def heads() -> str:
    """Agencies and units with their heads; ``?q=`` is a part of a name."""
    text = " ".join(normalise(request.args.get("q", ""))[:TEXT_MOST].split())
    realm = people.realm_of(db.session, current_actor())
    query = select(Agency).where(Agency.closed_at.is_(None))
    if not realm.everything:
        query = query.where(Agency.id.in_(sorted(realm.agencies)))
    if text:
        query = query.where(or_(*(column.icontains(text, autoescape=True) for column in (Agency.name_th, Agency.name_en))))
    found = paginate(db.session, query, [(Agency.name_th, "asc"), (Agency.id, "asc")], per_page(), request.args.get("cursor"))
    posts = queries.heads(db.session, [unit.id for unit in found.items])
    rows = [Row(unit, posts[unit.id].user if unit.id in posts else None) for unit in found.items]
    done = _("Saved") if request.args.get("done") else ""
    return render_template("accounts/desk/heads.html", rows=rows, text=text, next_url=next_url(found), done=done, noindex=True)


@bp.get("/desk/admin/heads/<slug>")
@audience(Audience.DESK, *ADMINISTRATORS)
@step_up
def head(slug: str) -> str:
    """Choose the head of one unit."""
    unit, row = _unit_at_hand(slug)
    return _page(unit, row, HeadForm(data=_as_it_is(row)))


@bp.post("/desk/admin/heads/<slug>")
@audience(Audience.DESK, *ADMINISTRATORS)
@step_up
def set_head(slug: str) -> Response | tuple[str, int]:
    """Keep the choice, unless somebody else made another meanwhile."""
    form, (unit, row) = HeadForm(request.form), _unit_at_hand(slug)
    _offer(form, unit, row)
    if not form.validate():
        return _page(unit, row, form), 422
    try:
        with unit_of_work(db.session) as session:
            chosen = people.by_public_id(session, form.head.data) if form.head.data else None
            service.set_head(session, current_actor(), now(), _unit_at_hand(slug)[0], chosen, version=form.seen_version)
    except (Conflict, Invalid) as refused:
        db.session.rollback()
        if isinstance(refused, Invalid):
            form.errors_from(refused)
            return _page(*_unit_at_hand(slug), form), 422
        unit, row = _unit_at_hand(slug)
        return _page(unit, row, HeadForm(data=_as_it_is(row)), say(refused.message)), 409
    return redirect(url_for("people.heads", done="saved"), 303)


@bp.post("/desk/admin/people/<public_id>/substitute")
@audience(Audience.DESK, *ADMINISTRATORS)
@step_up
def set_substitute(public_id: str) -> Answer:
    """The form stands on the person's page."""
    realm, user = at_hand(public_id)
    form = substitute_form(db.session, user, SubstituteForm(request.form))
    if not form.validate():
        return page(realm, user, substitute_form=form), 422

    def save(session: Session, realm: Realm, user: User) -> None:
        substitute = people.by_public_id(session, form.substitute.data) if form.substitute.data else None
        service.set_substitute(session, current_actor(), now(), user, substitute, before=user.substitute_id)

    return act(public_id, form, save, "substitute", form_name="substitute_form")


def _unit_at_hand(slug: str) -> tuple[Agency, UnitHead | None]:
    """The unit and its head as they are now; raises ``NotFound`` outside the administrator's realm."""
    unit, realm = agencies.by_slug(db.session, slug), people.realm_of(db.session, current_actor())
    if unit is None or unit.is_closed or not administers(realm, unit.id):
        raise NotFound
    return unit, queries.heads(db.session, [unit.id]).get(unit.id)


def _as_it_is(row: UnitHead | None) -> dict[str, str]:
    return {"head": row.user.public_id, "version": str(row.row_version)} if row else {"version": "0"}


def _offer(form: HeadForm, unit: Agency, row: UnitHead | None) -> None:
    form.head.choices = choices(colleagues(db.session, [unit.id], row.user if row else None))


def _page(unit: Agency, row: UnitHead | None, form: HeadForm, conflict: str = "") -> str:
    _offer(form, unit, row)
    return render_template("accounts/desk/head.html", unit=unit, form=form, conflict=conflict, noindex=True)
