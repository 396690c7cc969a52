"""What may be entered as a mail server. Values in, values out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import quote

from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import fold_digits


class Security(StrEnum):
    """How the way to the server is encrypted."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"

    @property
    def label(self) -> str:
        """English source text."""
        return SECURITY_LABELS[self]


SECURITY_LABELS = {
    Security.STARTTLS: N_("STARTTLS, usual with port 587"),
    Security.TLS: N_("TLS from the start, usual with port 465"),
    Security.NONE: N_("No encryption, only for a server inside the office"),
}
SCHEMES = {Security.STARTTLS: "smtp+starttls", Security.TLS: "smtps", Security.NONE: "smtp"}
#: Below 1024 only the ports of mail, so that the form is no tool to look at other services.
MAIL_PORTS = (25, 465, 587)
MOST = {"host": 253, "user": 254, "password": 200, "sender": 254}
_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*")
_ADDRESS = re.compile(r"[^@\s,;:<>()\[\]\"\\]{1,64}@[a-z0-9.-]{1,185}\.[a-z0-9-]{2,63}", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class MailServer:
    """Where mails leave. Everything here is secret once there is a password in it."""

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str = ""

    @property
    def url(self) -> str:
        """As ``PORTAL_MAIL_URL`` would say it."""
        who = f"{quote(self.user, safe='')}:{quote(self.password, safe='')}@" if self.user else ""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{SCHEMES[self.security]}://{who}{host}:{self.port}?from={quote(self.sender, safe='@')}"

    @property
    def is_local(self) -> bool:
        """True for this very machine, where nothing travels."""
        return self.host == "localhost" or bool((address := _literal(self.host)) and address.is_loopback)

    def same_place(self, other: "MailServer") -> bool:
        """True if a password kept for one may go to the other."""
        return (self.host, self.port, self.user, self.security) == (other.host, other.port, other.user, other.security)


def checked(values: Mapping[str, str]) -> MailServer:
    """A server from a form's texts ``host``, ``port``, ``security``, ``user``, ``password``, ``sender``. Raises ``Invalid`` by field."""
    text = {name: values.get(name, "").strip() for name in ("host", "port", "security", "user", "sender")}
    text["password"] = values.get("password", "")
    wrong = {name: [message] for name in (*MOST, "port", "security") if (message := _fault(name, text[name]))}
    if wrong:
        raise Invalid(wrong)
    server = MailServer(
        host=text["host"].lower(),
        port=int(fold_digits(text["port"])),
        security=Security(text["security"]),
        user=text["user"],
        password=text["password"],
        sender=text["sender"],
    )
    if server.security is Security.NONE and server.user and not server.is_local:
        raise Invalid({"security": [Message(N_("Without encryption the password would travel openly; choose STARTTLS or TLS"))]})
    return server


def refused_address(address: IPv4Address | IPv6Address) -> bool:
    """True for addresses where no mail server stands, and where other things answer that this form must not reach."""
    plain = getattr(address, "ipv4_mapped", None) or address
    return plain.is_link_local or plain.is_multicast or plain.is_unspecified or plain.is_reserved


def _fault(name: str, text: str) -> Message | None:
    if name in MOST and len(text) > MOST[name]:
        return Message(N_("At most %(most)s characters"), {"most": MOST[name]})
    if any(ord(letter) < 32 or ord(letter) == 127 for letter in text):
        return Message(N_("Write it on one line, without control characters"))
    match name:
        case "host":
            return host_fault(text.lower())
        case "port":
            return _port_fault(fold_digits(text))
        case "security":
            return None if text in set(Security) else Message(N_("Choose one of the options"))
        case "sender":
            return None if _ADDRESS.fullmatch(text) else Message(N_("Write the whole e-mail address, for example no-reply@agency.go.th"))
    return None


def host_fault(host: str) -> Message | None:
    """What is wrong with the name of a server, in small letters; None if nothing is."""
    if not host:
        return Message(N_("Write the name of the mail server, for example smtp.agency.go.th"))
    address = _literal(host)
    if address is None and (not _HOST.fullmatch(host) or host.replace(".", "").isdecimal()):
        return Message(N_("This is no name of a server: write it without http:// and without a path, for example smtp.agency.go.th"))
    if address is not None and refused_address(address):
        return Message(N_("No mail server can stand at this address"))
    return None


def _port_fault(port: str) -> Message | None:
    if port.isdecimal() and len(port) < 6 and (int(port) in MAIL_PORTS or 1024 <= int(port) <= 65535):
        return None
    return Message(N_("Write the port of the mail server, usually 587 or 465"))


def _literal(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None
