"""What the worker does for cases: mails after events, wiping of codes."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask import current_app
from flask_babel import force_locale, gettext

from portal.accounts.models import User
from portal.agencies import queries as agencies
from portal.casework import identity, receipts, service
from portal.casework.drafts import service as drafts
from portal.casework.mails import TOLD, TOLD_TO_MERGED, TRACK_PATH, Sender, compose
from portal.casework.models import Case, CaseEvent
from portal.casework.pictures.queries import due_to_appear as due_pictures
from portal.casework.presence import service as presence
from portal.casework.queries.merging import merged_with
from portal.casework.rules import Act
from portal.casework.service.aside import is_mail_withheld
from portal.casework.service.door import RELEASED
from portal.casework.service.weighing import forget
from portal.kernel.actor import SYSTEM
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import format_date
from portal.outbox.mail import Mail
from portal.outbox.service import payload_id
from portal.outbox.worker import Handler, JobContext, Timed

PUBLIC_TEXT_SUBJECT = N_("See the public text before it appears")
PICTURE_SUBJECT = N_("See a picture before it appears")
#: Texts that one run lets appear.
DUE_AT_ONCE = 50


def tell_citizen(context: JobContext, payload: dict[str, Any]) -> None:
    """Send the mail about the act that the event names."""
    case = context.session.get(Case, payload_id(payload, "case_id"))
    event = context.session.get(CaseEvent, payload_id(payload, "event_id"))
    if case is not None and event is not None and not is_mail_withheld(context.session, case, event):
        _send(context, case, event)
        for other in merged_with(context.session, case) if event.act in TOLD_TO_MERGED else ():
            _send(context, other, event, f"-{other.id}")


def tell_of_receipt(context: JobContext, payload: dict[str, Any]) -> None:
    """Send the mail about the receipt that waited until the case was released."""
    case = context.session.get(Case, payload_id(payload, "case_id"))
    event = context.session.get(CaseEvent, payload_id(payload, "event_id"))
    if case is not None and event is not None:
        _send(context, case, event)


def _send(context: JobContext, case: Case, event: CaseEvent, whose: str = "") -> None:
    sender = Sender(context.session, context.keyring, context.base_url)
    if mail := compose(sender, case, event, f"case-event-{event.id}{whose}"):
        context.mailer.send(mail)


def release_owned(context: JobContext, payload: dict[str, Any]) -> None:
    """A role was taken away: what its holder can no longer own waits for another officer."""
    user = context.session.get(User, payload_id(payload, "user_id"))
    if user is None:
        return
    if place := payload.get("agency_id"):
        there = agencies.subtree_ids(context.session, [int(place)]) if payload.get("with_children") else frozenset({int(place)})
        service.release_where_not_at_work(context.session, SYSTEM, context.now, user, there)
    service.release_stranded(context.session, SYSTEM, context.now, user)


def release_of_closed(context: JobContext, payload: dict[str, Any]) -> None:
    """An account was closed, by whatever door: what the person had open waits for another officer."""
    user = context.session.get(User, payload_id(payload, "user_id"))
    if user is not None and user.disabled_at is not None:
        service.release_stranded(context.session, SYSTEM, context.now, user)


def look_at_owners(context: JobContext) -> None:
    """Whatever way somebody went, no case stays with an owner who cannot work it."""
    for user in service.owners(context.session):
        service.release_stranded(context.session, SYSTEM, context.now, user)


def wipe_receipts(context: JobContext) -> None:
    """Forget receipt codes older than 24 hours."""
    receipts.wipe(context.session, context.now)


def forget_tallies(context: JobContext) -> None:
    """Drop what was counted of submissions more than twenty minutes ago."""
    forget(context.session, context.now)


def publish_due(context: JobContext) -> None:
    """Let the texts appear whose senders had their time; a few at once, each asked again whether it may."""
    for case_id in service.due_to_appear(context.session, context.now, DUE_AT_ONCE):
        case = context.session.get(Case, case_id, with_for_update=True, populate_existing=True)
        if case is not None:
            service.publish_due(context.session, context.now, case)


def pictures_due(context: JobContext) -> None:
    """The same for pictures."""
    for case_id, picture_id in due_pictures(context.session, context.now, DUE_AT_ONCE):
        case = context.session.get(Case, case_id, with_for_update=True, populate_existing=True)
        if case is not None:
            service.picture_due(context.session, context.now, case, picture_id)


def tell_of_public_text(context: JobContext, payload: dict[str, Any]) -> None:
    """Say that the text can be seen before it appears, and until when; not a word of it."""
    _tell_before(context, payload, "mail/public_text.txt", PUBLIC_TEXT_SUBJECT)


def tell_of_picture(context: JobContext, payload: dict[str, Any]) -> None:
    """The same of a picture."""
    _tell_before(context, payload, "mail/public_picture.txt", PICTURE_SUBJECT)


def _tell_before(context: JobContext, payload: dict[str, Any], name: str, title: str) -> None:
    case = context.session.get(Case, payload_id(payload, "case_id"))
    event = context.session.get(CaseEvent, payload_id(payload, "event_id"))
    to = identity.notice_address(context.keyring, case) if case else ""
    if case is None or event is None or not to:
        return
    url = context.base_url + ("/en" if case.language == "en" else "") + TRACK_PATH
    until = event.at + timedelta(days=int(event.detail["days"]))
    with force_locale(case.language):
        template = current_app.jinja_env.get_template(name)
        text = template.render(number=case.number, until=format_date(until, case.language), url=url)
        subject = f"{case.number} {gettext(title)}"
    context.mailer.send(Mail(to=to, subject=subject, text=text.strip() + "\n", reference=f"case-event-{event.id}"))


def forget_drafts(context: JobContext) -> None:
    """Drafts that nobody went on with for thirty days, and who looked at what within the last hours."""
    drafts.sweep(context.session, context.now)
    presence.sweep(context.session, context.now)


HANDLERS: Mapping[str, Sequence[Handler]] = {
    "user.revoked": [release_owned],
    "user.disabled": [release_of_closed],
    RELEASED: [tell_of_receipt],
    Act.SHOW_PUBLICATION.event: [tell_of_public_text],
    Act.SHOW_PICTURE.event: [tell_of_picture],
    **{act.event: [tell_citizen] for act in TOLD},
}
TIMED: Sequence[Timed] = [
    Timed("casework.publish_due", timedelta(minutes=10), publish_due),
    Timed("casework.pictures_due", timedelta(minutes=10), pictures_due),
    Timed("casework.wipe_receipts", timedelta(minutes=15), wipe_receipts),
    Timed("casework.look_at_owners", timedelta(hours=6), look_at_owners),
    Timed("casework.forget_drafts", timedelta(hours=1), forget_drafts),
    Timed("casework.forget_tallies", timedelta(minutes=5), forget_tallies),
]
