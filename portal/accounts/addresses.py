"""Addresses of accounts. Latin letters only: two that look alike must not be two accounts, nor two that fold to one another one."""

import re

from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import normalise

MOST = 254
_ADDRESS = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")


def account_address(text: str) -> str:
    """The address as it is stored, lower-cased. Raises ``Invalid`` (field ``email``) for what no account can have.

    Letters are looked at before they are lower-cased: some foreign ones become Latin by it and would pass for somebody else's address.
    """
    text = normalise(text).strip()
    if not text.isascii():
        raise Invalid({"email": [Message(N_("The address of an account has Latin letters only, such as name@example.go.th"))]})
    address = text.lower()
    if len(address) > MOST or not _ADDRESS.fullmatch(address):
        raise Invalid({"email": [Message(N_("Write an e-mail address, such as name@example.go.th"))]})
    return address
