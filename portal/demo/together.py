"""What the coordinator of the demonstration did to several cases at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.casework.bulk.rules import Plan, What
from portal.casework.bulk.service import Pick, carry_out_here, write_down
from portal.casework.models import Case
from portal.demo.reading import read

COORDINATOR = "coordinator@demo.example"
WORDS = ("tags", "result", "disposition", "reason")


def load_together(session: Session, now: datetime, people: Mapping[str, User], cases: Sequence[Case]) -> None:
    """After everything else that happened to these cases; what was held back goes out when its time has come."""
    actor, by_subject = accounts.actor_for(session, people[COORDINATOR]), {case.subject: case for case in cases}
    for entry in read("together"):
        words: dict[str, Any] = {name: entry.get(name) or "" for name in WORDS}
        plan = Plan(What(entry["what"]), **words)
        ticked = [by_subject[subject] for subject in entry["cases"]]
        picks = [Pick(case.number, case.row_version) for case in ticked]
        batch = write_down(session, actor, now - timedelta(minutes=entry["minutes_ago"]), plan, picks)
        carry_out_here(session, batch.goes_at, batch.id)
