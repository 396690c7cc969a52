"""What may be entered as a mailbox, and how its address takes a reply token. Values in, values out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import fold_digits
from portal.outbox.mail_server.rules import MailServer, Security, host_fault

#: Ports of IMAP; others, above these, are for administrators of the portal alone, so that the form is no tool to look at other services.
IMAP_PORTS = (143, 993)
SCHEMES = {"imaps": Security.TLS, "imap+starttls": Security.STARTTLS, "imap": Security.NONE}
DEFAULT_PORTS = {Security.TLS: 993, Security.STARTTLS: 143, Security.NONE: 143}
LOCAL_MOST = 64  # characters before the "@" (RFC 5321)
EVERY = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
MOST = {"host": 253, "user": 254, "password": 200, "address": 254, "folder": 200, "done_folder": 200}
ADDRESS = re.compile(r"[^@\s,;:<>()\[\]\"\\+]{1,64}@[a-z0-9.-]{1,185}\.[a-z0-9-]{2,63}", re.ASCII | re.IGNORECASE)
SECURITY_LABELS = {
    Security.TLS: N_("TLS from the start, usual with port 993"),
    Security.STARTTLS: N_("STARTTLS, usual with port 143"),
    Security.NONE: N_("No encryption, only for a server inside the office"),
}


@dataclass(frozen=True)
class Box:
    """Where mail lies: on a server, or, from the settings alone, in a folder of this machine."""

    address: str
    host: str = ""
    port: int = 993
    security: Security = Security.TLS
    user: str = ""
    password: str = field(default="", repr=False)
    folder: str = "INBOX"
    #: Where messages go that are done with; empty leaves them, marked as read.
    done_folder: str = ""
    maildir: Path | None = None

    @property
    def server(self) -> MailServer:
        """The same as a mail server, for what both have in common."""
        return MailServer(self.host, self.port, self.security, self.user)

    def same_place(self, other: "Box") -> bool:
        """True if a password kept for one may go to the other, and the numbers of one mean the same in the other."""
        return self.server.same_place(other.server)


def with_token(address: str, token: str) -> str:
    """``name+token@agency``; empty where that would be longer than an address may be."""
    local, _, domain = address.partition("@")
    marked = f"{local}+{token}"
    return f"{marked}@{domain}" if len(marked) <= LOCAL_MOST else ""


def wait_after(failures: int) -> timedelta:
    """How long a mailbox that could not be reached so often in a row is left alone."""
    longer: timedelta = EVERY * int(2 ** min(failures, 10))
    return min(longer, LONGEST_WAIT)


def checked(values: Mapping[str, str], *, any_port: bool = False) -> Box:
    """A box from a form's texts. Raises ``Invalid`` by field."""
    text = {name: values.get(name, "").strip() for name in (*MOST, "port", "security")}
    text["password"] = values.get("password", "")
    wrong = {name: [fault] for name in (*MOST, "port", "security") if (fault := _fault(name, text[name], any_port=any_port))}
    if wrong:
        raise Invalid(wrong)
    box = Box(
        address=text["address"].lower(),
        host=text["host"].lower(),
        port=int(fold_digits(text["port"])),
        security=Security(text["security"]),
        user=text["user"],
        password=text["password"],
        folder=text["folder"] or "INBOX",
        done_folder=text["done_folder"],
    )
    if box.security is Security.NONE and not box.server.is_local:
        raise Invalid({"security": [Message(N_("Without encryption the password would travel openly; choose STARTTLS or TLS"))]})
    return box


def box_of_url(url: str) -> tuple[str, Box]:
    """Slug of the agency (empty: the home agency) and box of one address of ``PORTAL_MAILBOX_URL``.

    Raises ``ValueError`` that repeats nothing of it.
    """
    parts = urlsplit(url)
    query = {name: found[0] for name, found in parse_qs(parts.query).items()}
    address = query.get("address", unquote(parts.username or ""))
    if not ADDRESS.fullmatch(address):
        raise ValueError("name the address that people write to, without a plus sign, as ?address=inbox@agency.go.th")
    if parts.scheme == "maildir":
        return query.get("agency", ""), Box(address=address.lower(), maildir=Path(unquote(parts.path)))
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise ValueError("it begins with imaps://, imap+starttls://, imap:// or maildir:///")
    security = SCHEMES[parts.scheme]
    box = Box(
        address=address.lower(),
        host=parts.hostname,
        port=parts.port or DEFAULT_PORTS[security],
        security=security,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        folder=query.get("folder", "INBOX"),
        done_folder=query.get("done", ""),
    )
    if security is Security.NONE and not box.server.is_local:
        raise ValueError("without encryption the password would travel openly; use imaps:// or imap+starttls://")
    return query.get("agency", ""), box


def replace_password(box: Box, password: str) -> Box:
    """The same box with the password that was kept."""
    return replace(box, password=password)


def _fault(name: str, text: str, *, any_port: bool) -> Message | None:
    if name in MOST and len(text) > MOST[name]:
        return Message(N_("At most %(most)s characters"), {"most": MOST[name]})
    if any(ord(letter) < 32 or ord(letter) == 127 for letter in text):
        return Message(N_("Write it on one line, without control characters"))
    match name:
        case "host":
            return host_fault(text.lower())
        case "port":
            return _port_fault(fold_digits(text), any_port=any_port)
        case "security":
            return None if text in set(Security) else Message(N_("Choose one of the options"))
        case "user":
            return None if text else Message(N_("Write the user of the mailbox"))
        case "address":
            wanted = Message(N_("Write the whole e-mail address, without a plus sign, for example inbox@agency.go.th"))
            return None if ADDRESS.fullmatch(text) else wanted
    return None


def _port_fault(port: str, *, any_port: bool) -> Message | None:
    if port.isdecimal() and len(port) < 6 and (int(port) in IMAP_PORTS or (any_port and 1024 <= int(port) <= 65535)):
        return None
    return Message(N_("Write the port of the mailbox: 993 or 143"))
