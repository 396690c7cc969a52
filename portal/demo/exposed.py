"""Personal data that visitors reported in public texts: one waits, of one an officer said that it stands."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.casework import service
from portal.casework.exposed.queries import of_case
from portal.casework.models import Case
from portal.demo.cases import COORDINATOR
from portal.demo.reading import read
from portal.kernel.actor import VISITOR


def load_exposed(session: Session, now: datetime, people: Mapping[str, User], cases: Sequence[Case]) -> None:
    """After the cases were published."""
    for one in read("exposed"):
        case = next(case for case in cases if case.subject == one["case"])
        at = now - timedelta(hours=one["hours_ago"])
        service.report_passage(session, VISITOR, at, case, one["passage"], one["what"])
        if "stands" in one:
            row, coordinator = of_case(session, case)[-1], accounts.actor_for(session, people[COORDINATOR])
            service.let_passage_stand(session, coordinator, at + timedelta(hours=3), row, one["stands"])
