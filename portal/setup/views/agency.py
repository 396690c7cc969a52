"""Steps one and two: the agency, and where it is reached."""

from typing import Any

from flask import request
from flask_babel import gettext as _

from portal.agencies.models import Agency
from portal.agencies.rules import AgencyKind, AgencyLevel
from portal.kernel.messages import N_
from portal.setup.access import entry
from portal.setup.forms import AgencyForm, ContactForm
from portal.setup.rules import Step
from portal.setup.service import save_agency, save_contact
from portal.setup.views.blueprint import bp
from portal.setup.views.page import Answer, go_on, save, show, status_of
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db

#: Usual hours of a Thai office, to be changed.
USUAL_HOURS = {"hours_th": "จันทร์ถึงศุกร์ 8.30–16.30 น. เว้นวันหยุดราชการ", "hours_en": "Monday to Friday 8:30–16:30, except official holidays"}
KIND_HINTS = {
    AgencyKind.GOVERNMENT.value: N_("Ministry, department, province"),
    AgencyKind.LOCAL.value: N_("Municipality, tambon or provincial administrative organisation"),
}


@bp.get("/setup/agency")
@audience(Audience.CITIZEN)
def agency() -> Answer:
    """Empty, or as it was saved."""
    found = entry(Step.AGENCY)
    return show(Step.AGENCY, found, AgencyForm(data=_values(found.state.agency, AgencyForm.texts)), hints=_hints())


@bp.post("/setup/agency")
@audience(Audience.CITIZEN)
def agency_sent() -> Answer:
    """Make it, or change what was made."""
    found, form = entry(Step.AGENCY), AgencyForm(request.form)
    if form.validate():
        texts = {name: form[name].data or "" for name in AgencyForm.texts}
        place = AgencyLevel(form.level.data), AgencyKind(form.kind.data)
        if save(form, lambda: save_agency(db.session, now(), found.hand, texts, *place)):
            return go_on(Step.AGENCY)
    return show(Step.AGENCY, found, form, status_of(form), hints=_hints())


@bp.get("/setup/contact")
@audience(Audience.CITIZEN)
def contact() -> Answer:
    """With usual hours proposed the first time."""
    found = entry(Step.CONTACT)
    proposed = {} if Step.CONTACT.value in found.state.done else USUAL_HOURS
    return show(Step.CONTACT, found, ContactForm(data={**_values(found.agency, ContactForm.texts), **proposed}))


@bp.post("/setup/contact")
@audience(Audience.CITIZEN)
def contact_sent() -> Answer:
    """Save it."""
    found, form = entry(Step.CONTACT), ContactForm(request.form)
    if form.validate():
        texts = {name: form[name].data or "" for name in ContactForm.texts}
        if save(form, lambda: save_contact(db.session, now(), found.hand, texts)):
            return go_on(Step.CONTACT)
    return show(Step.CONTACT, found, form, status_of(form))


def _hints() -> dict[str, str]:
    return {code: _(text) for code, text in KIND_HINTS.items()}


def _values(agency: Agency | None, names: tuple[str, ...]) -> dict[str, Any]:
    if agency is None:
        return {}
    return {**{name: getattr(agency, name) for name in names}, "level": agency.level.value, "kind": agency.kind.value}
