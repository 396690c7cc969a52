"""What becomes of pictures when the public text of their case goes. In words: ``docs/rules/pictures.md``."""

from collections.abc import Collection

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.casework.models.case import Case
from portal.casework.pictures.models import PublicPicture
from portal.casework.pictures.rules import WITHDRAWN_BY, PictureState
from portal.casework.rules import Act

_GONE = {PictureState.SHOWN: PictureState.STOPPED, PictureState.RELEASED: PictureState.WITHDRAWN}


def end_pictures(session: Session, case: Case, act: Act) -> None:
    """Stop those that wait; after an act that takes the text away as well, withdraw those that are public."""
    _end(session, case, (*_GONE,) if act in WITHDRAWN_BY else (PictureState.SHOWN,))


def forget_pictures(session: Session, case: Case, source_ids: Collection[int] | None = None) -> set[int]:
    """Take pictures away for good and say which stored copies are to be erased; only those made of ``source_ids``, if given.

    The rows stay, without files and words, so that the address of what was public can say that it is gone.
    """
    _end(session, case, (*_GONE,))
    mine = [PublicPicture.case_id == case.id, PublicPicture.copy_id.is_not(None)]
    if source_ids is not None:
        mine.append(PublicPicture.source_id.in_(source_ids))
    copies = {copy for copy in session.scalars(select(PublicPicture.copy_id).where(*mine)) if copy is not None}
    session.execute(update(PublicPicture).where(*mine).values(source_id=None, copy_id=None, alt_th="", alt_en="", areas=[]))
    session.expire(case, ["pictures"])
    return copies


def _end(session: Session, case: Case, states: Collection[PictureState]) -> None:
    session.flush()
    for state in states:
        of_state = update(PublicPicture).where(PublicPicture.case_id == case.id, PublicPicture.state == state)
        session.execute(of_state.values(state=_GONE[state], appears_at=None))
    session.expire(case, ["pictures"])
