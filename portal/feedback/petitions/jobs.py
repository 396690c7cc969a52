"""What the worker does for petitions: mails with links and about answers, following their cases, closing, forgetting."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask import current_app
from flask_babel import force_locale, gettext
from sqlalchemy import select

from portal.casework import identity
from portal.casework.models import Case, CaseEvent
from portal.feedback.petitions import service
from portal.feedback.petitions.models import Petition, PetitionConfirmation, PetitionFollower, PetitionSupport
from portal.feedback.petitions.rules import CONFIRM_LIFE, Act
from portal.feedback.petitions.service.answering import FOLLOWED
from portal.feedback.petitions.service.confirming import ASKED, FOLLOWER
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import format_date
from portal.kernel.thai_text import pick
from portal.outbox import service as outbox
from portal.outbox.mail import Mail
from portal.outbox.service import payload_id
from portal.outbox.worker import Handler, JobContext, Timed

LINK_SUBJECT = N_("Please confirm your support")
ANSWERED_SUBJECT = N_("A petition that you support was answered")
OPENER_SUBJECTS = {
    Act.ACCEPT: N_("Your petition is public and can be supported"),
    Act.REACH: N_("Your petition has reached its threshold"),
    Act.LAPSE: N_("Your petition has closed"),
}
#: As many mails as fit into a lease, if the mail server does not answer.
AT_ONCE = 8
TELL = "petition.tell"


def send_link(context: JobContext, payload: dict[str, Any]) -> None:
    """Write to the address that was typed, and to no other; the mail says nothing of the petition."""
    row = context.session.get(PetitionConfirmation, payload_id(payload, "confirmation_id"))
    made = service.make_link(context.session, context.now, context.keyring, row) if row else None
    if row is None or made is None:
        return
    address, token = made
    hours = int(CONFIRM_LIFE.total_seconds() // 3600)
    _send(context, address, row.language, LINK_SUBJECT, "petition_link", token=token, hours=hours)


def follow_case(context: JobContext, payload: dict[str, Any]) -> None:
    """What was done with the case behind a petition."""
    case = context.session.get(Case, payload_id(payload, "case_id"))
    event = context.session.get(CaseEvent, payload_id(payload, "event_id"))
    if case is not None and event is not None:
        service.case_changed(context.session, case, event)


def tell_opener(context: JobContext, payload: dict[str, Any]) -> None:
    """Public, reached or closed; what else happens is told by the mails of the case."""
    petition = context.session.get(Petition, payload_id(payload, "petition_id"))
    to = identity.notice_address(context.keyring, petition.case) if petition else ""
    if petition is None or not to:
        return
    act = Act(payload["act"])
    language = petition.case.language
    facts = {
        "act": act.value,
        "threshold": petition.threshold,
        "supports": petition.supports,
        "agency": pick(language, petition.case.agency.name_th, petition.case.agency.name_en),
        "closes_on": format_date(petition.closes_on, language) if petition.closes_on else "",
        "due_on": format_date(petition.answer_due_on, language) if petition.answer_due_on else "",
    }
    _send(context, to, language, OPENER_SUBJECTS[act], "petition_opener", slug=petition.slug, **facts)


def tell_followers(context: JobContext, payload: dict[str, Any]) -> None:
    """One mail each to those who wanted to know of the answer, a few at a time; their addresses go two days later."""
    petition = context.session.get(Petition, payload_id(payload, "petition_id"))
    if petition is None or petition.answered_at is None:
        return
    above = int(payload.get("above", 0))
    waiting = select(PetitionFollower).join(PetitionSupport).where(PetitionSupport.petition_id == petition.id)
    waiting = waiting.where(PetitionFollower.support_id > above).order_by(PetitionFollower.support_id).limit(AT_ONCE)
    rows = context.session.scalars(waiting).all()
    for row in rows:
        address = context.keyring.decrypt(FOLLOWER, row.address_enc)
        _send(context, address, row.language, ANSWERED_SUBJECT, "petition_answered", slug=petition.slug, title=petition.title)
    if len(rows) == AT_ONCE:
        outbox.announce(context.session, TELL, context.now, petition_id=petition.id, above=rows[-1].support_id)


def _send(context: JobContext, to: str, language: str, subject: str, template: str, **facts: Any) -> None:
    prefix = context.base_url + ("/en" if language == "en" else "")
    with force_locale(language):
        # Not flask.render_template: its context processors want a request, and the worker has none.
        text = current_app.jinja_env.get_template(f"mail/{template}.txt").render(prefix=prefix, **facts)
        context.mailer.send(Mail(to=to, subject=gettext(subject), text=text.strip() + "\n", reference=f"{template}-{context.event_id}"))


def _telling(act: Act) -> Handler:
    return lambda context, payload: tell_opener(context, {**payload, "act": act.value})


def lapse(context: JobContext) -> None:
    """Close what was not supported enough by its last day."""
    service.lapse(context.session, context.now)


def sweep(context: JobContext) -> None:
    """Forget what is needed no more."""
    service.sweep(context.session, context.now)


HANDLERS: Mapping[str, Sequence[Handler]] = {
    ASKED: [send_link],
    **{act.event: [follow_case] for act in sorted(FOLLOWED)},
    **{f"petition.{act.value}": [_telling(act)] for act in OPENER_SUBJECTS},
    f"petition.{Act.ANSWER.value}": [tell_followers],
    TELL: [tell_followers],
}
TIMED: Sequence[Timed] = [
    Timed("petitions.lapse", timedelta(minutes=10), lapse),
    Timed("petitions.sweep", timedelta(minutes=15), sweep),
]
