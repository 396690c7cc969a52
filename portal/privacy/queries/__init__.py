"""Named reads of privacy."""

from portal.privacy.queries.account import account_export
from portal.privacy.queries.exports import case_export, request_export
from portal.privacy.queries.hindrances import Hindrance, hindered, hindrance, hold_of
from portal.privacy.queries.ledger import ledger_after, ledger_of
from portal.privacy.queries.requests import by_public_id, desk_list, of_case, of_user, ready_to_carry_out, waiting_kind
from portal.privacy.queries.retention import ended_requests, left_accounts, overdue_cases, refused_texts

__all__ = [
    "Hindrance",
    "account_export",
    "by_public_id",
    "case_export",
    "desk_list",
    "ended_requests",
    "hindered",
    "hindrance",
    "hold_of",
    "ledger_after",
    "ledger_of",
    "left_accounts",
    "of_case",
    "of_user",
    "overdue_cases",
    "ready_to_carry_out",
    "refused_texts",
    "request_export",
    "waiting_kind",
]
