"""Mails about requests: that there is news, and how to read it; never what was asked or decided. The worker composes."""

from collections.abc import Mapping, Sequence
from typing import Any

from cryptography.fernet import InvalidToken
from flask import current_app
from flask_babel import force_locale, gettext

from portal.casework import identity
from portal.casework.mails import TRACK_PATH
from portal.outbox.mail import Mail
from portal.outbox.service import payload_id
from portal.outbox.worker import Handler, JobContext
from portal.privacy.models import PrivacyRequest
from portal.privacy.rules import RequestAct, RequestStatus, Right
from portal.privacy.service.asking import PURPOSE

#: Acts that who asked is told of.
TOLD = (
    RequestAct.GRANT,
    RequestAct.GRANT_PARTLY,
    RequestAct.REFUSE,
    RequestAct.CARRY_OUT,
    RequestAct.OVERTURN,
    RequestAct.UPHOLD,
)


def tell(context: JobContext, payload: dict[str, Any]) -> None:
    """News about a request, to the address of the case, if one is kept still."""
    request = context.session.get(PrivacyRequest, payload_id(payload, "request_id"))
    if request is None or request.case is None:
        return
    if to := identity.notice_address(context.keyring, request.case):
        context.mailer.send(_mail(context, request, to, "privacy"))


def tell_old_address(context: JobContext, payload: dict[str, Any]) -> None:
    """Whoever read mails at the old address learns that it was changed; a day later the address is forgotten (``forget_old_addresses``)."""
    request = context.session.get(PrivacyRequest, payload_id(payload, "request_id"))
    if request is None or request.right is not Right.CORRECTION or request.status is not RequestStatus.DONE or not request.proposed_enc:
        return
    try:
        to = context.keyring.decrypt(PURPOSE, request.proposed_enc)
    except InvalidToken:  # its key is gone, and nobody can be told any more
        to = ""
    if to and request.case is not None:
        context.mailer.send(_mail(context, request, to, "contact_changed"))


def _mail(context: JobContext, request: PrivacyRequest, to: str, template: str) -> Mail:
    assert request.case is not None
    language = request.case.language
    url = context.base_url + ("/en" if language == "en" else "") + TRACK_PATH
    with force_locale(language):
        subject = f"{request.case.number} {gettext('News about your data')}"
        # Not flask.render_template: its context processors want a request, and the worker has none.
        text = current_app.jinja_env.get_template(f"mail/{template}.txt").render(number=request.case.number, url=url)
    return Mail(to=to, subject=subject, text=text.strip() + "\n", reference=f"privacy-{context.event_id}")


HANDLERS: Mapping[str, Sequence[Handler]] = {
    **{act.event: [tell] for act in TOLD},
    RequestAct.SUBMIT.event: [tell_old_address],
}
