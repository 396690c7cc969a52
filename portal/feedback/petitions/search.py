"""What petitions offer to the search: title and text as an officer confirmed them, and the answer."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.feedback.petitions.models import Petition
from portal.feedback.petitions.queries import answer_of, is_public, public_list
from portal.feedback.petitions.rules import MOVES, Act
from portal.feedback.petitions.service.answering import CHANGED
from portal.kernel.facts import SearchDocument
from portal.kernel.thai_text import pick

KIND = "petition"
#: After these the index reads the petition again.
EVENTS = (*(f"petition.{act.value}" for act in MOVES if act not in (Act.RELEASE, Act.DROP)), CHANGED)


def documents_of(session: Session, petition_id: int) -> tuple[str, list[SearchDocument]] | None:
    """Slug and documents of a petition by its id, as events name it; none unless it is public now."""
    petition = session.get(Petition, petition_id)
    if petition is None:
        return None
    public = session.scalar(public_list().where(Petition.id == petition_id))
    return petition.slug, [_document(session, public)] if public else []


def ids(session: Session) -> Sequence[int]:
    """Ids of all public petitions."""
    return session.scalars(select(Petition.id).join(Petition.case).where(is_public()).order_by(Petition.id)).all()


def of_agency(session: Session, agency_id: int, above: int, most: int) -> Sequence[int]:
    """Ids of an agency's public petitions above one, in order."""
    mine = select(Petition.id).join(Petition.case).where(is_public(), Petition.agency_id == agency_id, Petition.id > above)
    return session.scalars(mine.order_by(Petition.id).limit(most)).all()


def _document(session: Session, petition: Petition) -> SearchDocument:
    answer, language = answer_of(session, petition), petition.case.language
    return SearchDocument(
        kind=KIND,
        key=petition.slug,
        language=language,
        title=petition.title,
        text=f"{petition.text}\n{answer.answer}" if answer else petition.text,
        url_path=f"/petitions/{petition.slug}",
        agency_id=petition.agency_id,
        agency_name=pick(language, petition.agency.name_th, petition.agency.name_en),
        at=petition.answered_at or petition.opened_at or petition.received_at,
    )
