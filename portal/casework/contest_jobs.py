"""What the worker does about contests: finding again who judges, and telling administrators where nobody independent can.

The contact index of a case follows it to another agency here as well, because only the worker and the entrances hold the keys.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask import current_app
from flask_babel import force_locale, gettext

from portal.accounts import queries as accounts
from portal.casework import identity
from portal.casework.models import Case
from portal.casework.rules import Act, Judge
from portal.casework.service.judging import NOBODY, judge_anew
from portal.kernel.actor import Role
from portal.outbox.mail import Mail
from portal.outbox.service import payload_id
from portal.outbox.worker import Handler, JobContext, Timed

EVERY = timedelta(hours=1)
#: Acts after which another agency may hold the case.
MOVING = (Act.FORWARD_AGENCY, Act.REORGANISE, Act.CONTEST, Act.LIFT)


def follow_agency(context: JobContext, payload: dict[str, Any]) -> None:
    """Let the contact index be that of the agency that holds the case now."""
    case = context.session.get(Case, payload_id(payload, "case_id"))
    if case is not None:
        identity.follow(context.keyring, case)


def tell_administrators(context: JobContext, payload: dict[str, Any]) -> None:
    """A contested case waits for somebody independent; of a case about somebody nothing is said here (``docs/rules/apart.md``)."""
    case = context.session.get(Case, payload_id(payload, "case_id"))
    if case is None or case.judge is not Judge.NOBODY or case.guarded:
        return
    for place, person in enumerate(accounts.workers_of(context.session, case.agency_id, [Role.ADMINISTRATOR])):
        context.mailer.send(_mail(case, person.email, f"no-judge-{context.event_id}-{place}"))


def _mail(case: Case, to: str, reference: str) -> Mail:
    with force_locale("th"):
        text = current_app.jinja_env.get_template("mail/without_judge.txt").render(number=case.number, agency=case.agency.name_th)
        return Mail(to=to, subject=f"{case.number} {gettext('Nobody independent yet')}", text=text.strip() + "\n", reference=reference)


def find_judges(context: JobContext, _payload: dict[str, Any] | None = None) -> None:
    """Rights have changed, or an hour has passed."""
    judge_anew(context.session, context.now)


HANDLERS: Mapping[str, Sequence[Handler]] = {
    **{act.event: [follow_agency] for act in MOVING},
    NOBODY: [tell_administrators],
    "user.granted": [find_judges],
    "user.revoked": [find_judges],
}
TIMED: Sequence[Timed] = [Timed("casework.find_judges", EVERY, find_judges)]
