"""What the worker does for samples: the steps of the draw, and telling coordinators of a finding that weighs."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask import current_app
from flask_babel import force_locale, gettext

from portal.accounts import queries as accounts
from portal.kernel.actor import Role
from portal.monitoring.samples.drawing import advance
from portal.monitoring.samples.models import SampleFinding
from portal.monitoring.samples.service import FALSE_CLOSING
from portal.outbox.mail import Mail
from portal.outbox.service import payload_id
from portal.outbox.worker import Handler, JobContext, Timed


def step(context: JobContext) -> None:
    """Commitments, lists and draws that are due."""
    advance(context.session, context.now)


def tell_coordinators(context: JobContext, payload: dict[str, Any]) -> None:
    """That somebody found a case closed although nothing was done: where it stands, not a word of it."""
    finding = context.session.get(SampleFinding, payload_id(payload, "finding_id"))
    if finding is None or not finding.false_closing or not finding.entry.is_shown:
        return
    draw = finding.entry.draw
    url = f"{context.base_url}/desk/samples/{draw.slug}/{finding.entry.position}"
    with force_locale("th"):
        template = current_app.jinja_env.get_template("mail/false_closing.txt")
        text = template.render(agency=draw.agency.name_th, url=url, due_on=finding.due_on).strip() + "\n"
        for place, person in enumerate(accounts.holders(context.session, [draw.agency_id], [Role.COORDINATOR])):
            reference = f"false-closing-{finding.id}-{place}"
            subject = gettext("A finding about a closed case waits for the agency's answer")
            context.mailer.send(Mail(to=person.email, subject=subject, text=text, reference=reference))


HANDLERS: Mapping[str, Sequence[Handler]] = {FALSE_CLOSING: [tell_coordinators]}
TIMED: Sequence[Timed] = [Timed("samples.step", timedelta(hours=1), step)]
