"""What officers of the demonstration sort their work with: tags, a case that is laid by, views of a desk."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.casework.kept_views.service import Wanted, keep
from portal.casework.models import Case
from portal.casework.queries import Filter
from portal.casework.rules import CaseKind, Status
from portal.casework.snooze import rules
from portal.casework.snooze.service import snooze
from portal.casework.tags.service import put_on
from portal.demo.reading import read
from portal.kernel.thai_calendar import office_day

COORDINATOR = "coordinator@demo.example"
AGENCY = "meknoi"


def load_desk(session: Session, now: datetime, agencies: Mapping[str, Agency], people: Mapping[str, User], cases: Sequence[Case]) -> None:
    """Tags by a word of the subject; the case with the most time left is laid by; the views stand at one desk."""
    (content,) = read("desk")
    actor, open_ones = accounts.actor_for(session, people[COORDINATOR]), [case for case in cases if case.is_open and not case.guarded]
    for entry in content["tags"]:
        for case in open_ones:
            if any(word in case.subject for word in entry["when"]):
                put_on(session, actor, now, case, entry["text"])
    at_work = [
        case for case in open_ones if case.status in (Status.ASSIGNED, Status.IN_PROGRESS) and rules.days(case.due_on, office_day(now))
    ]
    for case in sorted(at_work, key=lambda case: case.due_on)[-1:]:
        last = rules.days(case.due_on, office_day(now))[-1]
        snooze(session, actor, now - timedelta(hours=2), case, last, content["rests"]["reason"])
    for view in content["views"]:
        keep(session, actor, now, Wanted(Filter(view["filter"]), CaseKind(view["kind"])), view["name"], agencies[AGENCY])
