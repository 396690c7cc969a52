"""Named reads of divided texts."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.casework.models import Case, CasePart


def parts_of(session: Session, case: Case) -> Sequence[CasePart]:
    """All matters of the text that this case was or came of, the divided case first; none if it was never divided. Asks nobody's leave."""
    if case.part is None:
        return []
    parts = select(CasePart).where(CasePart.first_id == case.part.first_id).order_by(CasePart.case_id)
    return session.scalars(parts.options(joinedload(CasePart.case).joinedload(Case.agency))).all()
