"""Verbs on people: create, edit, grant, sign in and out, close. Each checks the policy; flush, never commit."""

from portal.accounts.service.closing import disable, open_again
from portal.accounts.service.failures import check_throttle, forget_failures, note_failure
from portal.accounts.service.grants import grant, revoke, revoke_all
from portal.accounts.service.passwords import check_password, set_password, set_password_hash
from portal.accounts.service.people import at_hand, create, create_with_hash, edit, touch
from portal.accounts.service.sessions import end_every_session, end_one_session, end_session, note_seen, start_session, sweep, token_hash

__all__ = [
    "at_hand",
    "check_password",
    "check_throttle",
    "create",
    "create_with_hash",
    "disable",
    "edit",
    "end_every_session",
    "end_one_session",
    "end_session",
    "forget_failures",
    "grant",
    "note_failure",
    "note_seen",
    "open_again",
    "revoke",
    "revoke_all",
    "set_password",
    "set_password_hash",
    "start_session",
    "sweep",
    "token_hash",
    "touch",
]
