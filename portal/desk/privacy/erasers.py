"""Who erases what a row of the ledger names, by its object type: for a replay, which asks no leave, because it was given before."""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from portal.accounts import erasing as accounts
from portal.accounts import service as closing
from portal.casework import queries as casework
from portal.casework import service as cases
from portal.casework.rules import Part
from portal.kernel.actor import SYSTEM
from portal.privacy import queries, service
from portal.privacy.service import LedgerLine, Tools
from portal.privacy.service.erasing import ACCOUNT, CASE, REQUEST


class Outcome(StrEnum):
    """What a replay found."""

    ERASED = "erased again"
    GONE = "erased already"
    UNKNOWN = "not in this database"


Eraser = Callable[[Session, datetime, Tools, LedgerLine], Outcome]


def _case(session: Session, now: datetime, tools: Tools, line: LedgerLine) -> Outcome:
    case = casework.by_number(session, line.object_key, lock=True)
    if case is None:
        return Outcome.UNKNOWN
    erased = cases.erase(session, SYSTEM, now, tools.store, case, [Part(line.part)], until=line.moment)
    return Outcome.ERASED if erased else Outcome.GONE


def _request(session: Session, now: datetime, _tools: Tools, line: LedgerLine) -> Outcome:
    request = queries.by_public_id(session, line.object_key, lock=True)
    if request is None:
        return Outcome.UNKNOWN
    return Outcome.ERASED if service.blank_request(session, now, request) else Outcome.GONE


def _account(session: Session, now: datetime, _tools: Tools, line: LedgerLine) -> Outcome:
    user = service.user_of(session, line.object_key)
    if user is None:
        return Outcome.UNKNOWN
    if user.disabled_at is None:  # in the backup the person was still here
        closing.disable(session, SYSTEM, now, user)
    return Outcome.ERASED if accounts.erase(session, SYSTEM, now, user) else Outcome.GONE


#: A room that erases things of its own adds its object type here.
ERASERS: Mapping[str, Eraser] = {CASE: _case, REQUEST: _request, ACCOUNT: _account}
