"""What published cases offer to the search: the redacted text and nothing else."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.casework.models import Case, PublicCase
from portal.casework.queries import is_public, public_list
from portal.kernel.facts import SearchDocument
from portal.kernel.thai_text import pick

KIND = "case"
#: After these the index must look at the case again.
EVENTS = (
    *("case.published", "case.unpublished", "case.consent_withdrawn", "case.marked_about", "case.about_said", "case.about_unmarked"),
    *("case.passage_hidden", "case.passage_shown"),
)


def documents(session: Session, case: Case) -> list[SearchDocument]:
    """One document, in the language of the case; none unless it is public now."""
    public = session.scalar(public_list().where(PublicCase.case_id == case.id))
    return [_document(case, public)] if public else []


def documents_of(session: Session, case_id: int) -> tuple[str, list[SearchDocument]] | None:
    """Number and documents of a case by its id, as events name it."""
    case = session.get(Case, case_id)
    return (case.number, documents(session, case)) if case else None


def ids(session: Session) -> Sequence[int]:
    """Ids of all public cases."""
    return session.scalars(select(PublicCase.case_id).join(PublicCase.case).where(is_public()).order_by(PublicCase.case_id)).all()


def _document(case: Case, public: PublicCase) -> SearchDocument:
    return SearchDocument(
        kind=KIND,
        key=case.number,
        language=case.language,
        title=public.subject,
        text=f"{public.body}\n{public.answer}",
        url_path=f"/cases/{case.number}",
        agency_id=case.agency_id,
        agency_name=pick(case.language, case.agency.name_th, case.agency.name_en),
        at=public.published_at or public.updated_at,
    )
