"""Pictures of a case: for officers, for its sender, for everybody."""

import re
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from portal.casework.models import Case, CaseFile, PublicCase, PublicPicture
from portal.casework.pictures.rules import PictureState
from portal.casework.queries.public import is_public
from portal.files.models import StoredFile
from portal.files.rules import PICTURES

_ADDRESS = re.compile(r"[0-9a-f]{32}")


def handed_in(session: Session, case: Case) -> Sequence[CaseFile]:
    """Files of the case that are pictures, oldest first."""
    files = select(CaseFile).join(CaseFile.file).where(CaseFile.case_id == case.id, StoredFile.media_type.in_(sorted(PICTURES)))
    return session.scalars(files.order_by(CaseFile.id).options(contains_eager(CaseFile.file))).all()


def of_case(session: Session, case: Case) -> dict[int, PublicPicture]:
    """What was prepared, by the id of the file that it was made of."""
    rows = select(PublicPicture).where(PublicPicture.case_id == case.id).order_by(PublicPicture.id)
    return {row.source_id: row for row in session.scalars(rows.options(joinedload(PublicPicture.prepared_by))) if row.source_id is not None}


def by_address(session: Session, case: Case, address: str) -> PublicPicture | None:
    """The picture of this case under this address, wherever it stands."""
    return session.scalar(_at(address).where(PublicPicture.case_id == case.id)) if _ADDRESS.fullmatch(address) else None


def for_everybody(session: Session, number: str, address: str) -> PublicPicture | None:
    """The picture under this address of a case that is public now; its state says whether the picture is, or was."""
    if not _ADDRESS.fullmatch(address):
        return None
    of_public = _at(address).join(PublicPicture.case).join(PublicCase, PublicCase.case_id == Case.id)
    return session.scalar(of_public.where(is_public(), Case.number == number))


def was_public(session: Session, number: str, address: str) -> bool:
    """True if everybody could see it once, whatever became of its case."""
    if not _ADDRESS.fullmatch(address):
        return False
    row = session.scalar(_at(address).join(PublicPicture.case).where(Case.number == number, Case.guarded.is_(False)))
    return row is not None and row.released_at is not None


def with_pictures() -> ORMOption:
    """Option for lists of ``PublicCase``: one question for the pictures of all."""
    return joinedload(PublicCase.case).selectinload(Case.pictures)


def pictures_loaded() -> ORMOption:
    """The same for lists of ``Case``."""
    return selectinload(Case.pictures)


def shown_of(case: Case) -> list[PublicPicture]:
    """What everybody sees with the public text of the case, in the order in which it was prepared."""
    return [row for row in case.pictures if row.state is PictureState.RELEASED]


def waiting_of(case: Case) -> list[PublicPicture]:
    """What waits for the sender."""
    return [row for row in case.pictures if row.state is PictureState.SHOWN]


def due_to_appear(session: Session, now: datetime, most: int) -> list[tuple[int, int]]:
    """Ids of case and picture that should be public by now, longest waiting first."""
    due = select(PublicPicture.case_id, PublicPicture.id)
    due = due.where(PublicPicture.state == PictureState.SHOWN, PublicPicture.appears_at <= now)
    rows = session.execute(due.order_by(PublicPicture.appears_at, PublicPicture.id).limit(most))
    return [(row.case_id, row.id) for row in rows]


def _at(address: str) -> Select[PublicPicture]:
    return select(PublicPicture).where(PublicPicture.address == address).options(joinedload(PublicPicture.copy))
