"""What passes between the agencies of the demonstration: parts asked, a divided text, a raised matter, who joined the governor."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.agencies.joining.service import join
from portal.agencies.models import Agency
from portal.casework.contributing.service import ask_contribution, contribute
from portal.casework.models import Case
from portal.casework.raising.service import raise_up
from portal.casework.splitting.rules import Wanted
from portal.casework.splitting.service import split
from portal.demo.reading import read
from portal.kernel.keyring import Keyring
from portal.kernel.thai_calendar import office_day

COORDINATOR, EXECUTIVE = "coordinator@demo.example", "executive@demo.example"


def load_between(
    session: Session, now: datetime, keyring: Keyring, agencies: Mapping[str, Agency], people: Mapping[str, User], cases: Sequence[Case]
) -> None:
    """A text that held two matters; one that was raised; of parts one that waits, one that is late, one that was answered."""
    coordinator = accounts.actor_for(session, people[COORDINATOR])
    for entry in read("divided"):
        case, at = cases[entry["case"]], now - timedelta(days=entry["divided_days_ago"])
        wanted = [Wanted(entry["title"], entry["passage"], entry["place"])]
        split(session, coordinator, at, case, keyring, entry["stays"], wanted, row_version=case.row_version)
    for entry in read("raised"):
        case, at = cases[entry["case"]], now - timedelta(days=entry["raised_days_ago"])
        raise_up(session, coordinator, at, case, agencies[entry["to"]], entry["reason"], row_version=case.row_version)
    for entry in read("contributions"):
        case, asked_at = cases[entry["case"]], now - timedelta(days=entry["asked_days_ago"])
        due = office_day(now + timedelta(days=entry["due_in_days"])).isoformat()
        place = agencies[entry["asked"]]
        ask_contribution(session, coordinator, asked_at, case, place, entry["kind"], entry["question"], due, row_version=case.row_version)
        if "answer" in entry:
            at = now - timedelta(days=entry["answered_days_ago"])
            contribute(session, coordinator, at, case.contributions[-1], entry["answer"])


def load_joined(session: Session, now: datetime, agencies: Mapping[str, Agency], people: Mapping[str, User]) -> None:
    """The municipality has joined the governor's view of the invented province."""
    executive = accounts.actor_for(session, people[EXECUTIVE])
    for entry in read("joined"):
        at, reason = now - timedelta(days=entry["joined_days_ago"]), entry["reason"]
        join(session, executive, at, agencies[entry["agency"]], agencies[entry["province"]], reason["th"], reason["en"])
