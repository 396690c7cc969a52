"""What the worker does for mail that comes in: look into the mailboxes, forget what is old, forget what belonged to an erased case."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from portal.agencies.home import home_agency
from portal.casework.rules import Act
from portal.feedback.mail_in import service
from portal.feedback.mail_in.fetching import Post, boxes_by_agency, fetch_due
from portal.feedback.mail_in.service import SWEEP_EVERY, Tools
from portal.kernel.keyring import Keyring
from portal.outbox.mail import sender_of
from portal.outbox.mail_server import queries as mail_servers
from portal.outbox.mailbox import queries as mailboxes
from portal.outbox.mailbox.rules import EVERY
from portal.outbox.service import payload_id
from portal.outbox.worker import Handler, JobContext, Timed
from portal.web.runtime import runtime


def poll(context: JobContext) -> None:
    """Outside of any unit of work: it waits for servers."""
    fetch_due(context.session, context.now, tools_of(context.session, context.keyring), post_of(context.session))


def tools_of(session: Session, keyring: Keyring) -> Tools:
    """The running portal's; its own addresses are those that it reads and the one that it sends from."""
    entered = mail_servers.opened(mail_servers.stored(session), keyring)
    own = {sender_of(runtime().settings.mail_url).lower(), *([entered.sender.lower()] if entered else [])}
    return Tools(keyring, runtime().store, runtime().mail_store, mailboxes.addresses(session) | own)


def post_of(session: Session) -> Post:
    """What the settings of the machine say."""
    settings = runtime().settings
    return Post(boxes_by_agency(session, settings.mailboxes, home_agency()), settings.mail_authority)


def sweep(context: JobContext) -> None:
    """Inside a unit of work, as most timed jobs."""
    service.sweep(context.session, context.now, context.store, runtime().mail_store)
    service.sweep_raws(context.session, context.now, runtime().mail_store)


def forget_case(context: JobContext, payload: dict[str, Any]) -> None:
    """A part of a case was erased; its messages go whole."""
    service.forget_case(context.session, context.store, runtime().mail_store, payload_id(payload, "case_id"))


HANDLERS: Mapping[str, Sequence[Handler]] = {Act.ERASE.event: [forget_case]}
TIMED: Sequence[Timed] = [Timed("mail_in.poll", EVERY, poll, alone=True), Timed("mail_in.sweep", SWEEP_EVERY, sweep)]
