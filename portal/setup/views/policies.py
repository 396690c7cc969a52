"""Step eight: drafts of the policy pages."""

from flask import request

from portal.disclosures import queries as disclosures
from portal.disclosures.rules import PolicyPage
from portal.setup.access import Entry, entry
from portal.setup.forms import PoliciesForm
from portal.setup.rules import Step
from portal.setup.service import draft_policies
from portal.setup.views.blueprint import bp
from portal.setup.views.page import Answer, go_on, passed, save, show, status_of
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.runtime import runtime


@bp.get("/setup/policies")
@audience(Audience.CITIZEN)
def policies() -> Answer:
    """Which there are, and which can be drafted."""
    return _page(entry(Step.POLICIES), PoliciesForm(data={"policies": [policy.value for policy in PolicyPage]}))


@bp.post("/setup/policies")
@audience(Audience.CITIZEN)
def policies_sent() -> Answer:
    """Draft those that are ticked."""
    found, form = entry(Step.POLICIES), PoliciesForm(request.form)
    if answer := passed(Step.POLICIES, found.hand):
        return answer
    if form.validate():
        wanted = [PolicyPage(code) for code in form.policies.data or ()]
        if save(form, lambda: draft_policies(db.session, now(), found.hand, wanted, runtime().settings.base_url)):
            return go_on(Step.POLICIES)
    return _page(found, form, status_of(form))


def _page(found: Entry, form: PoliciesForm, status: int = 200) -> Answer:
    there = disclosures.policy_pages(db.session, found.agency.id, public_only=False)
    form.policies.choices = [choice for choice in form.policies.choices if PolicyPage(choice.value) not in there]
    return show(Step.POLICIES, found, form, status, there=there)
