"""Named reads of people, of what administrators look after, of sessions and their history."""

from portal.accounts.queries.people import (
    actor_for,
    ancestors,
    by_email,
    by_ids,
    by_public_id,
    holders,
    listed,
    names_of,
    of_session,
    workers_of,
)
from portal.accounts.queries.realms import administered, realm_of
from portal.accounts.queries.sessions import by_token, open_sessions, sign_in_history

__all__ = [
    "actor_for",
    "administered",
    "ancestors",
    "by_email",
    "by_ids",
    "by_public_id",
    "by_token",
    "holders",
    "listed",
    "names_of",
    "of_session",
    "open_sessions",
    "realm_of",
    "sign_in_history",
    "workers_of",
]
