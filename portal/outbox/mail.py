"""Sending mail: by SMTP, into a folder (development), or into memory (tests).

Only the worker sends, never a request. Subjects carry no personal data and bodies none of a confidential case.
"""

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

SMTP_TIMEOUT_SECONDS = 20
SCHEMES = ("folder", "smtp", "smtps", "smtp+starttls")


@dataclass(frozen=True)
class Mail:
    """A plain-text mail. ``reference`` names the event that caused it, so that a repeat can be recognised.

    ``reply_to`` is where an answer goes, ``mark`` the reply token by which it finds its case; both may be empty.
    """

    to: str
    subject: str
    text: str
    reference: str
    reply_to: str = ""
    mark: str = ""


class Mailer(Protocol):
    """Sends a mail or raises ``OSError``/``smtplib.SMTPException``; the event is then tried again."""

    def send(self, mail: Mail) -> None:
        """Send it."""


def as_message(mail: Mail, sender: str) -> EmailMessage:
    """The mail as it goes over the wire."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, mail.to, mail.subject
    if mail.reply_to:
        message["Reply-To"] = mail.reply_to
    message["Date"] = formatdate()
    marked = f"{mail.reference}.t-{mail.mark}" if mail.mark else mail.reference
    message["Message-ID"] = make_msgid(marked, domain=sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply, DR, RN, NRN"
    message.set_content(mail.text)
    return message


@dataclass
class SmtpMailer:
    """``smtp://user:password@host:port``, ``smtp+starttls://`` or ``smtps://``; ``?from=`` names the sender. Certificates are checked."""

    url: str
    #: For one step of the talk.
    timeout: float = SMTP_TIMEOUT_SECONDS

    def send(self, mail: Mail) -> None:
        """Open a connection for this mail; volumes are small and a stale connection is worse."""
        parts = urlsplit(self.url)
        with self._connected(parts) as server:
            if parts.scheme == "smtp+starttls":
                server.starttls(context=ssl.create_default_context())
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(as_message(mail, sender_of(self.url)))

    def _connected(self, parts: SplitResult) -> smtplib.SMTP:
        host = parts.hostname or "localhost"
        if parts.scheme == "smtps":
            return smtplib.SMTP_SSL(host, parts.port or 465, timeout=self.timeout, context=ssl.create_default_context())
        return smtplib.SMTP(host, parts.port or 25, timeout=self.timeout)


@dataclass
class FolderMailer:
    """``folder:///path``: one ``.eml`` a mail, named by its reference."""

    folder: Path

    def send(self, mail: Mail) -> None:
        """Write the file."""
        self.folder.mkdir(parents=True, exist_ok=True)
        message = as_message(mail, "portal@localhost")
        (self.folder / f"{mail.reference}.eml").write_bytes(message.as_bytes())


@dataclass
class MemoryMailer:
    """Keeps mails: until the worker sends them, or for tests to read."""

    sent: list[Mail] = field(default_factory=list)

    def send(self, mail: Mail) -> None:
        """Keep it."""
        self.sent.append(mail)


def sender_of(url: str) -> str:
    """The address after ``?from=``, or a no-reply address at the server's host."""
    parts = urlsplit(url)
    for pair in parts.query.split("&"):
        if pair.startswith("from="):
            return unquote(pair.removeprefix("from="))
    return f"no-reply@{parts.hostname or 'localhost'}"


def make_mailer(url: str) -> Mailer:
    """The mailer that ``PORTAL_MAIL_URL`` asks for; raises ``ValueError`` for a scheme it does not know."""
    scheme = urlsplit(url).scheme
    if scheme == "folder":
        return FolderMailer(Path(unquote(urlsplit(url).path)))
    if scheme in SCHEMES:
        return SmtpMailer(url)
    raise ValueError(f"PORTAL_MAIL_URL: {scheme!r} is not one of {', '.join(SCHEMES)}")
