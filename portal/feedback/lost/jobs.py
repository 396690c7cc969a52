"""Mails about lost codes: the link, and the word that a code was replaced."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask import current_app
from flask_babel import force_locale, gettext

from portal.casework import identity
from portal.casework.models import Case
from portal.casework.service import REPLACED
from portal.feedback.lost import service
from portal.feedback.lost.models import CodeLink
from portal.feedback.lost.rules import LINK_LIFE
from portal.kernel.messages import N_
from portal.outbox.mail import Mail
from portal.outbox.service import payload_id
from portal.outbox.worker import Handler, JobContext, Timed

LINK_SUBJECT = N_("A new tracking code for your matter")
REPLACED_SUBJECT = N_("The tracking code of your matter was replaced")


def send_link(context: JobContext, payload: dict[str, Any]) -> None:
    """Find out whether the address is the case's, and write to it. Nothing leaves for another address."""
    row = context.session.get(CodeLink, payload_id(payload, "link_id"))
    made = service.make_link(context.session, context.now, context.keyring, row) if row else None
    if made is None:
        return
    case, token = made
    hours = int(LINK_LIFE.total_seconds() // 3600)
    _send(context, case, LINK_SUBJECT, "code_link", token=token, hours=hours, reference=f"code-link-{context.event_id}")


def tell_replaced(context: JobContext, payload: dict[str, Any]) -> None:
    """Whoever replaced it: the sender hears of it where there is an address. The code itself is not mailed."""
    case = context.session.get(Case, payload_id(payload, "case_id"))
    if case is not None:
        _send(context, case, REPLACED_SUBJECT, "code_replaced", reference=f"code-replaced-{context.event_id}")


def _send(context: JobContext, case: Case, subject: str, template: str, *, reference: str, **facts: Any) -> None:
    to = identity.notice_address(context.keyring, case)
    if not to:
        return
    prefix = context.base_url + ("/en" if case.language == "en" else "")
    with force_locale(case.language):
        # Not flask.render_template: its context processors want a request, and the worker has none.
        text = current_app.jinja_env.get_template(f"mail/{template}.txt").render(number=case.number, prefix=prefix, **facts)
        mail = Mail(to=to, subject=gettext(subject), text=text.strip() + "\n", reference=reference)
    context.mailer.send(mail)


def sweep(context: JobContext) -> None:
    """Forget old links."""
    service.sweep(context.session, context.now)


HANDLERS: Mapping[str, Sequence[Handler]] = {service.ASKED: [send_link], REPLACED: [tell_replaced]}
TIMED: Sequence[Timed] = [Timed("lost.sweep", timedelta(hours=1), sweep)]
