"""What was posted at the box, and up to which moment the sheet told."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.feedback.boxes import policy
from portal.feedback.boxes.models import Box, BoxPosting
from portal.feedback.boxes.queries import openings
from portal.feedback.boxes.reading import Reading
from portal.feedback.boxes.service.acts import allow, check_hangs, done, keep_photo
from portal.files.service import Received
from portal.kernel.actor import Actor
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import office_day


def covers_since(session: Session, box: Box) -> datetime | None:
    """Where the next sheet begins; None for the first one."""
    there = openings.postings(session, box)
    return there[0].covers_until if there else None


def record_posting(
    session: Session, actor: Actor, now: datetime, box: Box, day: str, covers_until: datetime | None, photo: Received | None = None
) -> BoxPosting:
    """The sheet that told up to ``covers_until`` hangs at the box since ``day``. Raises ``Invalid`` by field."""
    allow(policy.can_record(actor, box))
    check_hangs(box)
    read = Reading()
    posted_on = read.day("posted_on", day, N_("Write on which day it was posted"))
    since = covers_since(session, box)
    if covers_until is None or covers_until > now or (since is not None and covers_until <= since):
        read.fault("posted_on", N_("This sheet was recorded already, or is of another day; open the sheet to be posted once more"))
    elif posted_on is not None and not office_day(covers_until) <= posted_on <= office_day(now):
        read.fault("posted_on", N_("It was posted between the day on which the sheet was made and today"))
    read.done()
    posting = BoxPosting(
        box_id=box.id,
        posted_on=posted_on,
        covers_until=covers_until,
        recorded_at=now,
        recorded_by_id=actor.user_id,
        photo_id=keep_photo(session, now, photo),
    )
    session.add(posting)
    done(session, actor, now, box, "box.posted")
    return posting
