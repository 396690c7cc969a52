"""Which mails are owed: before a box is due, after it, and each week until it is opened."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.db.upsert import upsert
from portal.feedback.boxes.models import BoxReminder
from portal.feedback.boxes.queries import boxes
from portal.feedback.boxes.rules import reminder_round
from portal.kernel.thai_calendar import office_day
from portal.outbox import service as outbox

REMINDED = "box.reminded"


def remind(session: Session, now: datetime) -> int:
    """Announce each mail that is owed and did not leave before; returns how many. Three queries and one for each mail."""
    today, count = office_day(now), 0
    for one in boxes.standings(session, boxes.hanging(session), today):
        turn = reminder_round(today, one.due_on)
        if turn is None:
            continue
        values = {"box_id": one.box.id, "due_on": one.due_on, "round": turn, "at": now}
        row = upsert(session, BoxReminder).values(values).on_conflict_do_nothing().returning(BoxReminder.id)
        reminder_id = session.scalar(row)
        if reminder_id is not None:
            outbox.announce(session, REMINDED, now, reminder_id=reminder_id)
            count += 1
    return count
