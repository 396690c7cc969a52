"""E-mail of the demonstration: the mailbox of an invented agency, two matters that came by mail, an answer, and one message that waits."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.casework import reply_token
from portal.demo.reading import read
from portal.feedback.mail_in.models import MailInMessage
from portal.feedback.mail_in.reading import Letter
from portal.feedback.mail_in.service import Came, take_letter
from portal.kernel.actor import SYSTEM
from portal.kernel.keyring import Keyring
from portal.outbox.mailbox import service as mailboxes
from portal.outbox.mailbox.rules import Box, with_token

WHERE, ADDRESS = "meknoi", "inbox@meknoi.example"


def load_mail(session: Session, now: datetime, keyring: Keyring, agencies: Mapping[str, Agency]) -> None:
    """Each message is taken as the worker takes it; a mailbox that does not exist is switched off again, or it would be looked for."""
    agency = agencies[WHERE]
    box = Box(ADDRESS, host="imap.meknoi.example", user=ADDRESS, password="invented")  # noqa: S106 - of a server that is not there
    mailboxes.enter(session, SYSTEM, now - timedelta(days=20), keyring, agency, box, 0, takes_plus=True)
    taken: list[MailInMessage] = []
    for number, message in enumerate(read("mail_in"), 1):
        at = now - timedelta(days=message["days_ago"], hours=2)
        letter = _letter(keyring, message, taken)
        taken.append(take_letter(session, at, keyring, agency, Came(f"demo.{number}", message["size"], b""), letter))
    mailboxes.switch_off(session, SYSTEM, now, agency)


def _letter(keyring: Keyring, message: Mapping[str, str], taken: list[MailInMessage]) -> Letter:
    """``answers`` counts from 1 which earlier message it answers, by the token that our acknowledgement carried."""
    to = ADDRESS
    if answers := message.get("answers"):
        case = taken[int(answers) - 1].case
        assert case
        to = with_token(ADDRESS, reply_token.token_for(keyring, case))
    return Letter(
        subject=message["subject"],
        senders=(("", message["sender"]),),
        recipients=(to,),
        message_id=f"{message['subject']}@mail.example",
        text=message["text"].rstrip("\n"),
        to_many=bool(message.get("to_many")),
    )
