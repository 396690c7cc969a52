"""What a browser may hold for 30 minutes: the receipt just given, and the case that a code has opened."""

from werkzeug.wrappers import Response

from portal.web import held
from portal.web.held import CASE, LASTS, RECEIPT, forget
from portal.web.runtime import runtime

__all__ = ["CASE", "LASTS", "RECEIPT", "forget", "get", "put"]


def put(response: Response, name: str, value: str) -> None:
    """Let the browser hold ``value`` until 30 minutes from now."""
    held.put(response, runtime().keyring, name, value)


def get(name: str) -> str | None:
    """What this browser holds; None if nothing, if it is over, or if we did not write it."""
    return held.get(runtime().keyring, name)
