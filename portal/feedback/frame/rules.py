"""Which origins may be listed. What stands here goes into a header: nothing but letters, digits, hyphens, dots and a port gets through."""

import re
from urllib.parse import urlsplit

from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message

ORIGIN_MOST = 270  # a host has at most 253 characters
TYPED_MOST = 500
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_LOCAL = ("localhost", "127.0.0.1")

NO_ADDRESS = Message(N_("Write the address of the site, for example https://www.example.go.th"))
NO_MORE = Message(N_("Write https:// and the name of the site only, without what comes after it: a site is listed as a whole"))
NO_WILDCARD = Message(N_("Write each site by its whole name; a star is not taken"))
NO_HTTP = Message(N_("Only sites with https:// are taken, so that nobody on the way can change the page around the form"))
NO_DIGITS = Message(N_("Write the name of the site, not its number in the network"))


def origin_of(typed: str, *, local: bool = False) -> str:
    """The origin as a browser compares it; raises ``Invalid`` for the field "origin".

    ``local``: this very machine may be listed, with http.
    """
    text = typed.strip()
    if not text or len(text) > TYPED_MOST or any(one.isspace() for one in text):
        raise _wrong(NO_ADDRESS)
    if "*" in text:
        raise _wrong(NO_WILDCARD)
    scheme, host, port = _parts(text)
    if host in _LOCAL and local:
        return f"{scheme}://{host}{_port(scheme, port)}"
    if scheme != "https":
        raise _wrong(NO_HTTP)
    return f"https://{_host(host)}{_port(scheme, port)}"


def readable(origin: str) -> str:
    """As its people write it: a Thai name in Thai letters."""
    scheme, _, rest = origin.partition("://")
    host, colon, port = rest.partition(":")
    try:
        return f"{scheme}://{host.encode('ascii').decode('idna')}{colon}{port}"
    except UnicodeError:
        return origin


def _parts(text: str) -> tuple[str, str, int | None]:
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise _wrong(NO_ADDRESS) from error
    if parts.scheme not in ("https", "http") or not host or parts.username is not None or parts.password is not None:
        raise _wrong(NO_ADDRESS)
    if parts.path not in ("", "/") or parts.query or parts.fragment or "?" in text or "#" in text:
        raise _wrong(NO_MORE)
    return parts.scheme, host, port


def _host(host: str) -> str:
    """In ASCII, as browsers write it; a Thai name becomes ``xn--…``."""
    try:
        name = host.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError as error:  # an empty label, one that is too long, letters that no name may have
        raise _wrong(NO_ADDRESS) from error
    labels = name.split(".")
    if len(name) > 253 or len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):
        raise _wrong(NO_ADDRESS)
    if labels[-1].isdecimal() or labels[-1].startswith("0x"):
        raise _wrong(NO_DIGITS)
    return name


def _port(scheme: str, port: int | None) -> str:
    return "" if port in (None, {"https": 443, "http": 80}[scheme]) else f":{port}"


def _wrong(message: Message) -> Invalid:
    return Invalid({"origin": [message]})
