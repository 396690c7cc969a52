"""With the words of a case go those that wait for it."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.casework.bulk.models import CaseInBatch
from portal.casework.models.case import Case


def erase_batches(session: Session, case: Case) -> None:
    """What waits to be said to its sender is never said."""
    session.execute(delete(CaseInBatch).where(CaseInBatch.case_id == case.id))
