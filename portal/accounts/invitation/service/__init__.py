"""Verbs on invitations: invite, send again, withdraw, accept, decline. In words: ``docs/rules/people.md``."""

from portal.accounts.invitation.service.answering import accept, accept_by_address, accept_by_link, decline, new_link, open_by_link
from portal.accounts.invitation.service.ending import send_again, sweep, withdraw, withdraw_all_of
from portal.accounts.invitation.service.inviting import Guest, Promise, invite

__all__ = [
    "Guest",
    "Promise",
    "accept",
    "accept_by_address",
    "accept_by_link",
    "decline",
    "invite",
    "new_link",
    "open_by_link",
    "send_again",
    "sweep",
    "withdraw",
    "withdraw_all_of",
]
