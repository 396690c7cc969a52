"""Answers that wait for a signature, and one that was returned."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.agencies.options.service import set_option
from portal.casework import service
from portal.casework.models import Case
from portal.casework.options import SIGNED_KINDS
from portal.demo.reading import read
from portal.kernel.actor import Actor

ADMINISTRATOR = "admin@demo.example"


def load_signing(
    session: Session, now: datetime, agencies: Mapping[str, Agency], people: Mapping[str, User], cases: Sequence[Case]
) -> None:
    """After the cases, which were answered before the agency asked for signatures."""
    actor = {email: accounts.actor_for(session, user) for email, user in people.items()}
    for told in read("signing"):
        set_option(session, actor[ADMINISTRATOR], now - timedelta(days=2), SIGNED_KINDS, agencies[told["agency"]], told["kinds"], 0)
        for one in told["proposals"]:
            case = next(case for case in cases if case.subject == one["case"])
            _propose(session, now - timedelta(hours=one["hours_ago"]), actor, case, one)


def _propose(session: Session, at: datetime, actor: Mapping[str, Actor], case: Case, one: Mapping[str, Any]) -> None:
    service.reply(session, actor[one["by"]], at, case, one["body"], row_version=case.row_version, publish=case.publish_consent)
    if "returned_by" in one:
        later = at + timedelta(hours=one["after_hours"])
        service.return_proposal(session, actor[one["returned_by"]], later, case, one["why"], row_version=case.row_version)
