"""Named reads of pages. Everything public goes through ``is_public`` or the version that the public sees."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from portal.agencies.models import Agency
from portal.disclosures.models import Disclosure, DisclosureTranslation, DisclosureVersion, RelatedDisclosure
from portal.disclosures.policy import visible_to
from portal.disclosures.rules import DisclosureKind, PolicyPage, PublishState, is_slug
from portal.files.models import StoredFile
from portal.kernel.actor import Actor


def by_slug(session: Session, slug: str) -> Disclosure | None:
    """The disclosure at this address, whatever its state, with its texts and their public versions; anything may be asked for."""
    return session.scalar(select(Disclosure).where(Disclosure.slug == slug).options(*_shown())) if is_slug(slug) else None


def by_id(session: Session, disclosure_id: int) -> Disclosure | None:
    """The same by id, for handlers of events."""
    return session.scalar(select(Disclosure).where(Disclosure.id == disclosure_id).options(*_shown()))


def policy_pages(session: Session, agency_id: int, *, public_only: bool = True) -> dict[PolicyPage, str]:
    """Addresses of the agency's policy pages, in the order of the footer; one query."""
    rows = select(Disclosure.policy, Disclosure.slug).where(Disclosure.agency_id == agency_id, Disclosure.policy.is_not(None))
    if public_only:
        rows = rows.where(Disclosure.latest_at.is_not(None)).order_by(Disclosure.latest_at)
    found = {policy: slug for policy, slug in session.execute(rows) if policy is not None}
    return {policy: found[policy] for policy in PolicyPage if policy in found}


@dataclass(frozen=True)
class ShownPage:
    """A public page as a list shows it: the page, the text for this reader and its version."""

    disclosure: Disclosure
    translation: DisclosureTranslation
    version: DisclosureVersion

    @property
    def slug(self) -> str:
        """Its address."""
        return self.disclosure.slug

    @property
    def agency(self) -> Agency:
        """Whose it is."""
        return self.disclosure.agency

    @property
    def kind(self) -> DisclosureKind:
        """Page or report."""
        return self.disclosure.kind

    @property
    def is_sample(self) -> bool:
        """Invented for demonstration."""
        return self.disclosure.is_sample


def every() -> Select[Disclosure]:
    """Pages in any state with their texts and public versions; not for the public."""
    return select(Disclosure).options(*_shown())


def published(
    agency_ids: Collection[int] | None = None, kind: DisclosureKind | None = None, place_ids: Collection[int] | None = None
) -> Select[Disclosure]:
    """Public pages with what a list shows, to be ordered by ``latest_at, id``; a fixed number of queries."""
    query = every().where(Disclosure.latest_at.is_not(None))
    if agency_ids is not None:
        query = query.where(Disclosure.agency_id.in_(agency_ids))
    if place_ids is not None:
        query = query.where(Disclosure.strategy_node_id.in_(place_ids))
    return query.where(Disclosure.kind == kind) if kind else query


def latest_published(
    session: Session, limit: int, agency_id: int | None = None, kind: DisclosureKind | None = None, language: str = "th"
) -> list[ShownPage]:
    """The newest public pages for a reader of that language, for home and feeds."""
    query = published([agency_id] if agency_id is not None else None, kind)
    return shown_pages(session.scalars(query.order_by(Disclosure.latest_at.desc(), Disclosure.id.desc()).limit(limit)), language)


def shown_pages(disclosures: Iterable[Disclosure], language: str) -> list[ShownPage]:
    """Pages with the text that a reader of the language gets; what is not public is left out."""
    found = ((page, shown(page, language)) for page in disclosures)
    return [ShownPage(page, *text) for page, text in found if text]


def count_published(session: Session) -> int:
    """How many pages are public."""
    return session.scalar(select(func.count()).select_from(Disclosure).where(Disclosure.latest_at.is_not(None))) or 0


def desk_list(actor: Actor, state: PublishState | None = None) -> Select[Disclosure]:
    """Pages that the actor may write, to be ordered by id."""
    query = select(Disclosure).where(visible_to(actor)).options(*_shown())
    if state is None:
        return query
    return query.where(Disclosure.translations.any(DisclosureTranslation.state == state))


def for_desk(session: Session, actor: Actor, slug: str) -> Disclosure | None:
    """The disclosure if the actor may write it; anything may be asked for."""
    own = select(Disclosure).where(Disclosure.slug == slug, visible_to(actor)).options(*_shown())
    return session.scalar(own) if is_slug(slug) else None


def public_translation(disclosure: Disclosure, language: str) -> DisclosureTranslation | None:
    """The public text for a reader: in their language, else in the other; ``None`` if nothing is public."""
    public = [translation for translation in disclosure.translations if translation.is_public]
    return next((one for one in public if one.language == language), public[0] if public else None)


def shown(disclosure: Disclosure, language: str) -> tuple[DisclosureTranslation, DisclosureVersion] | None:
    """The public text for a reader with its version."""
    translation = public_translation(disclosure, language)
    return (translation, translation.version) if translation and translation.version else None


def withdrawn_translation(disclosure: Disclosure, language: str) -> DisclosureTranslation | None:
    """The text whose tombstone stands at the address, if nothing is public and something was."""
    gone = [one for one in disclosure.translations if one.withdrawn_at and one.published_number]
    return next((one for one in gone if one.language == language), gone[0] if gone else None)


def versions(session: Session, translation: DisclosureTranslation) -> Sequence[DisclosureVersion]:
    """All versions of a text, newest first."""
    query = select(DisclosureVersion).where(DisclosureVersion.translation_id == translation.id)
    return session.scalars(query.order_by(DisclosureVersion.number.desc())).all()


def version(session: Session, translation: DisclosureTranslation, number: int) -> DisclosureVersion | None:
    """One version of a text."""
    return session.scalar(
        select(DisclosureVersion).where(DisclosureVersion.translation_id == translation.id, DisclosureVersion.number == number)
    )


def related(session: Session, disclosure: Disclosure) -> Sequence[Disclosure]:
    """Public pages that this one points to."""
    ids = select(RelatedDisclosure.related_id).where(RelatedDisclosure.disclosure_id == disclosure.id)
    return session.scalars(published().where(Disclosure.id.in_(ids)).order_by(Disclosure.latest_at.desc())).all()


def related_slugs(session: Session, disclosure: Disclosure) -> Sequence[str]:
    """Addresses of all pages that this one points to, public or not, for the desk."""
    ids = select(RelatedDisclosure.related_id).where(RelatedDisclosure.disclosure_id == disclosure.id)
    return session.scalars(select(Disclosure.slug).where(Disclosure.id.in_(ids)).order_by(Disclosure.slug)).all()


def files(session: Session, listed: Sequence[dict[str, Any]]) -> list[tuple[str, StoredFile]]:
    """Titles and files of a version's list of attachments, in its order."""
    ids = [entry["file"] for entry in listed]
    rows = {row.public_id: row for row in session.scalars(select(StoredFile).where(StoredFile.public_id.in_(ids)))} if ids else {}
    return [(entry["title"], rows[entry["file"]]) for entry in listed if entry["file"] in rows]


def slugs_like(session: Session, prefix: str) -> list[str]:
    """Taken addresses that begin like this."""
    return list(session.scalars(select(Disclosure.slug).where(Disclosure.slug.startswith(prefix, autoescape=True))))


def _shown() -> tuple[Any, ...]:
    return (
        selectinload(Disclosure.translations).selectinload(DisclosureTranslation.version),
        selectinload(Disclosure.agency),
    )


def public_file(session: Session, disclosure: Disclosure, public_id: str) -> StoredFile | None:
    """The file, if a version of a text that is public lists it."""
    ids = [translation.id for translation in disclosure.translations if translation.is_public]
    lists = session.scalars(select(DisclosureVersion.attachments).where(DisclosureVersion.translation_id.in_(ids))).all()
    if not any(entry["file"] == public_id for listed in lists for entry in listed):
        return None
    return session.scalar(select(StoredFile).where(StoredFile.public_id == public_id))
