"""The page of one agency: names, contacts, place; and the ways to everything else about it."""

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal.agencies import policy, queries, service
from portal.agencies.desk.blueprint import ADMINISTRATORS, Answer, agency_at_hand, bp, refused
from portal.agencies.forms import AgencyForm
from portal.agencies.models import Agency
from portal.agencies.rules import ADDRESSABLE, AgencyKind, AgencyLevel
from portal.agencies.service import EDITABLE
from portal.kernel.messages import N_
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import labelled

DONE = {
    "added": N_("It is there now, please check names and contacts"),
    "described": N_("Saved"),
    "sealed": N_("The seal is shown now"),
    "moved": N_("It lies in its new place now"),
}


@bp.get("/desk/admin/agencies/<slug>")
@audience(Audience.DESK, *ADMINISTRATORS)
def show(slug: str) -> str:
    """What is known of the agency, to be written anew."""
    agency = agency_at_hand(slug)
    return page(agency, AgencyForm(obj=agency))


@bp.post("/desk/admin/agencies/<slug>")
@audience(Audience.DESK, *ADMINISTRATORS)
def describe(slug: str) -> Answer:
    """Write names, contacts, level and kind."""
    form = AgencyForm(request.form)
    agency_at_hand(slug)

    def act() -> None:
        level, kind = AgencyLevel(form.level.data), AgencyKind(form.kind.data)
        service.describe(
            db.session,
            current_actor(),
            now(),
            agency_at_hand(slug),
            form.values,
            level,
            kind,
            row_version=form.version,
            is_compulsory=bool(form.is_compulsory.data),
        )

    status = refused(form, act)
    if status is None:
        return redirect(url_for("agencies_desk.show", slug=slug, done="described"), 303)
    agency = agency_at_hand(slug)
    return page(agency, form, differences(agency, form) if status == 409 else []), status


def page(agency: Agency, form: AgencyForm, conflict_rows: list[dict[str, str]] | None = None) -> str:
    """The page with a form; after a conflict with what stands now beside what was typed."""
    actor = current_actor()
    form.level.choices = labelled([level for level in AgencyLevel if (level in ADDRESSABLE) == (agency.level in ADDRESSABLE)])()
    return render_template(
        "agencies_desk/show.html",
        agency=agency,
        form=form,
        conflict_rows=conflict_rows or [],
        above=list(reversed(queries.ancestors(db.session, agency))),
        below=queries.in_order(queries.children(db.session, agency.id)),
        successor=queries.successor_of(db.session, agency) if agency.is_closed else None,
        counts={
            "missions": len(queries.missions(db.session, agency.id)),
            "strategy": len(queries.strategy_nodes(db.session, agency.id)),
        },
        may={"leave": policy.can_leave_place(actor, agency), "compulsory": policy.rules_everything(actor)},
        is_known=lambda one: policy.can_administer(actor, one),
        done=_(DONE[request.args["done"]]) if request.args.get("done") in DONE else "",
        noindex=True,
    )


def differences(agency: Agency, form: AgencyForm) -> list[dict[str, str]]:
    """Both texts of the fields in which two administrators differ."""
    pairs = [(form[name].label.text, getattr(agency, name), form.text(name)) for name in EDITABLE]
    return [{"label": label, "theirs": theirs, "mine": mine} for label, theirs, mine in pairs if theirs != mine]
