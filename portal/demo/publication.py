"""A changed public text that a second officer has to confirm."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.casework import service
from portal.casework.models import Case
from portal.demo.reading import read


def load_public_drafts(session: Session, now: datetime, people: Mapping[str, User], cases: Sequence[Case]) -> None:
    """After the cases were published; the old text stays until the second yes."""
    for one in read("publication"):
        case = next(case for case in cases if case.subject == one["case"])
        assert case.public
        actor, answer = accounts.actor_for(session, people[one["by"]]), f"{case.public.answer}\n\n{one['adds']}"
        service.publish(session, actor, now - timedelta(hours=6), case, case.public.subject, case.public.body, answer, accuses=True)
