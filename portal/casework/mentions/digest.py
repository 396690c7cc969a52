"""What colleagues told one of, in the morning mail (``docs/rules/digest.md``)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from portal.casework.mentions.service import count_unread
from portal.casework.queries.queue import COUNTED_MOST
from portal.kernel.actor import Actor
from portal.kernel.digest import Line
from portal.kernel.messages import N_


def lines(session: Session, actor: Actor, _now: datetime) -> Sequence[Line]:
    """One line while something is unread; nobody's words and no numbers."""
    count = min(count_unread(session, actor, COUNTED_MOST), COUNTED_MOST)
    return [Line(N_("Mentioned"), count, "/desk/mentions")] if count else []
