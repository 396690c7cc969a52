"""What a page offers to the search: each public text, with its figures in words."""

from sqlalchemy.orm import Session

from portal.disclosures import queries
from portal.disclosures.figures import Snapshot
from portal.disclosures.models import Disclosure, DisclosureTranslation, DisclosureVersion
from portal.kernel import rich_text
from portal.kernel.facts import SearchDocument
from portal.kernel.thai_text import pick

KIND = "disclosure"


def documents(session: Session, disclosure: Disclosure) -> list[SearchDocument]:
    """One document for each public text; none for a page that nobody outside can read."""
    public = [one for one in disclosure.translations if one.is_public and one.version]
    return [_document(disclosure, one, one.version) for one in public if one.version]


def documents_of(session: Session, disclosure_id: int) -> tuple[str, list[SearchDocument]] | None:
    """Key and documents of a page by its id, as events name it."""
    disclosure = queries.by_id(session, disclosure_id)
    return (disclosure.slug, documents(session, disclosure)) if disclosure else None


def _document(disclosure: Disclosure, translation: DisclosureTranslation, version: DisclosureVersion) -> SearchDocument:
    language = translation.language
    parts = [version.lead, rich_text.to_text(version.body), _figures(version.figures, language)]
    return SearchDocument(
        kind=KIND,
        key=disclosure.slug,
        language=language,
        title=version.title,
        text="\n".join(part for part in parts if part),
        url_path=f"/disclosures/{disclosure.slug}",
        agency_id=disclosure.agency_id,
        agency_name=pick(language, disclosure.agency.name_th, disclosure.agency.name_en),
        at=version.updated_at,
    )


def _figures(figures: Snapshot, language: str) -> str:
    return "\n".join(
        f"{pick(language, one['name_th'], one['name_en'])} {pick(language, one['unit_th'], one['unit_en'])}" for one in figures
    )
