"""What the worker does about marked cases: looking again once a day, and telling system administrators where nobody independent is left."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask import current_app
from flask_babel import force_locale, gettext
from sqlalchemy.orm import Session

from portal.accounts.heads import queries as heads
from portal.casework import policy, queries
from portal.casework.models import Case
from portal.casework.rules import Judge, Status
from portal.casework.service import judging
from portal.casework.service.apart import NOBODY, keep_apart
from portal.outbox.mail import Mail
from portal.outbox.service import payload_id
from portal.outbox.worker import Handler, JobContext, Timed


def tell_administrators(context: JobContext, payload: dict[str, Any]) -> None:
    """That a matter of this agency waits for somebody independent; no number, no subject, no word of it, and nobody whom it concerns."""
    session = context.session
    case = session.get(Case, payload_id(payload, "case_id"))
    if case is None or not case.guarded or not _is_stranded(session, case):
        return
    people = heads.system_administrators(session)
    ties = heads.ties_of(session, [person.id for person in people])
    for place, person in enumerate(people):
        if not policy.is_near(ties[person.id], case):
            context.mailer.send(_mail(case, person.email, f"nobody-independent-{context.event_id}-{place}"))


def _is_stranded(session: Session, case: Case) -> bool:
    if case.status is Status.CONTESTED:
        return case.judge is Judge.NOBODY
    return not queries.independent(session, case, case.agency_id)


def _mail(case: Case, to: str, reference: str) -> Mail:
    with force_locale("th"):
        text = current_app.jinja_env.get_template("mail/nobody_independent.txt").render(agency=case.agency.name_th)
        return Mail(to=to, subject=gettext("A matter waits for somebody independent"), text=text.strip() + "\n", reference=reference)


def look_again(context: JobContext) -> None:
    """Posts change: owners who are near by now lose their cases, and what nobody can handle goes up."""
    keep_apart(context.session, context.now)


HANDLERS: Mapping[str, Sequence[Handler]] = {NOBODY: [tell_administrators], judging.NOBODY: [tell_administrators]}
TIMED: Sequence[Timed] = [Timed("casework.keep_apart", timedelta(days=1), look_again)]
