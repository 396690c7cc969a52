"""What officers of the demonstration work with: tags, a case laid by, views of a desk, an answer begun, a note that names somebody."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.casework.drafts.service import keep as keep_draft
from portal.casework.kept_views.service import Wanted, keep
from portal.casework.mentions.service import tell
from portal.casework.models import Case
from portal.casework.queries import Filter
from portal.casework.rules import CaseKind, Status
from portal.casework.service import note
from portal.casework.snooze import rules
from portal.casework.snooze.service import snooze
from portal.casework.tags.service import put_on
from portal.demo.reading import read
from portal.kernel.actor import Actor
from portal.kernel.thai_calendar import office_day

COORDINATOR = "coordinator@demo.example"
AGENCY = "meknoi"


def load_desk(session: Session, now: datetime, agencies: Mapping[str, Agency], people: Mapping[str, User], cases: Sequence[Case]) -> None:
    """Tags by a word of the subject; the case with the most time left is laid by; views of one desk; a note and a draft of one case."""
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
    _told(session, now, actor, open_ones, content["told"])
    _begun(session, now, people, open_ones, content["begun"])


def _told(session: Session, now: datetime, actor: Actor, cases: Sequence[Case], entry: Mapping[str, Any]) -> None:
    """A note that tells a colleague, who has not read it yet."""
    at = now - timedelta(hours=entry["hours_ago"])
    for case in cases:
        if case.subject == entry["subject"]:
            tell(session, actor, at, case, note(session, actor, at, case, entry["note"], row_version=case.row_version), entry["note"])


def _begun(session: Session, now: datetime, people: Mapping[str, User], cases: Sequence[Case], entry: Mapping[str, Any]) -> None:
    """An answer that its officer has not sent yet."""
    for case in cases:
        if case.subject == entry["subject"]:
            actor = accounts.actor_for(session, people[entry["by"]])
            keep_draft(session, actor, now - timedelta(minutes=entry["minutes_ago"]), case, entry["words"])
