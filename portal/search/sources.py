"""Where search documents come from. A new kind of record becomes findable by one more source in ``SOURCES``."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.casework import search as cases
from portal.casework.models import Case, PublicCase
from portal.casework.rules import PublicState
from portal.casework.topics.models import Topic
from portal.disclosures import search as disclosures
from portal.disclosures.models import Disclosure
from portal.feedback.petitions import search as petitions
from portal.kernel.facts import SearchDocument
from portal.kernel.messages import N_
from portal.kernel.thai_text import pick
from portal.participation import search as levels
from portal.plans import search as plans


@dataclass(frozen=True)
class Source:
    """One kind of record.

    ``documents_of`` answers with the record's public key and what may be found of it now: nothing, if it is not public;
    ``None``, if there is no such record. ``ids`` are those of all public records. After one of ``events`` the record
    whose id the event carries under ``payload_key`` is read again.
    """

    kind: str
    #: English source text, in the plural.
    label: str
    documents_of: Callable[[Session, int], tuple[str, Sequence[SearchDocument]] | None]
    ids: Callable[[Session], Sequence[int]]
    events: tuple[str, ...] = ()
    payload_key: str = "id"
    #: Ids of an agency's public records above one, in order: its name stands in their documents.
    of_agency: Callable[[Session, int, int, int], Sequence[int]] | None = None


def agency_documents(session: Session, agency_id: int) -> tuple[str, list[SearchDocument]] | None:
    """An agency by its names, its missions, the topics that it offers and where to reach it."""
    agency = session.get(Agency, agency_id)
    if agency is None:
        return None
    topics = session.scalars(select(Topic).where(Topic.agency_id == agency_id, Topic.closed_at.is_(None)).order_by(Topic.position)).all()
    return agency.slug, [_agency_document(agency, topics, language) for language in ("th", "en") if language == "th" or agency.name_en]


def _agency_document(agency: Agency, topics: Sequence[Topic], language: str) -> SearchDocument:
    missions = [pick(language, mission.text_th, mission.text_en) for mission in agency.missions]
    missions += [pick(language, topic.name_th, topic.name_en) for topic in topics]
    short = pick(language, agency.short_th, agency.short_en)
    address = pick(language, agency.address_th, agency.address_en)
    return SearchDocument(
        kind="agency",
        key=agency.slug,
        language=language,
        title=pick(language, agency.name_th, agency.name_en),
        text="\n".join(part for part in (short, *missions, address, agency.phone, agency.hotline, agency.email) if part),
        url_path=f"/agencies/{agency.slug}",
        agency_id=agency.id,
        agency_name=pick(language, agency.name_th, agency.name_en),
        at=agency.updated_at,
    )


def _disclosure_ids(session: Session) -> Sequence[int]:
    return session.scalars(select(Disclosure.id).where(Disclosure.latest_at.is_not(None)).order_by(Disclosure.id)).all()


def _disclosures_of(session: Session, agency_id: int, above: int, most: int) -> Sequence[int]:
    public = (Disclosure.agency_id == agency_id, Disclosure.latest_at.is_not(None), Disclosure.id > above)
    return session.scalars(select(Disclosure.id).where(*public).order_by(Disclosure.id).limit(most)).all()


def _cases_of(session: Session, agency_id: int, above: int, most: int) -> Sequence[int]:
    public = (Case.agency_id == agency_id, PublicCase.state == PublicState.PUBLISHED, Case.id > above)
    found = select(Case.id).join(PublicCase, PublicCase.case_id == Case.id).where(*public)
    return session.scalars(found.order_by(Case.id).limit(most)).all()


def _agency_ids(session: Session) -> Sequence[int]:
    return session.scalars(select(Agency.id).order_by(Agency.id)).all()


SOURCES: Sequence[Source] = (
    Source(
        kind=disclosures.KIND,
        label=N_("Disclosed information"),
        documents_of=disclosures.documents_of,
        ids=_disclosure_ids,
        events=("disclosure.published", "disclosure.withdrawn"),
        payload_key="disclosure_id",
        of_agency=_disclosures_of,
    ),
    Source(
        kind=cases.KIND,
        label=N_("Published answers"),
        documents_of=cases.documents_of,
        ids=cases.ids,
        events=cases.EVENTS,
        payload_key="case_id",
        of_agency=_cases_of,
    ),
    Source(
        kind=petitions.KIND,
        label=N_("Petitions"),
        documents_of=petitions.documents_of,
        ids=petitions.ids,
        events=petitions.EVENTS,
        payload_key="petition_id",
        of_agency=petitions.of_agency,
    ),
    Source(
        kind=plans.PLAN,
        label=N_("Listening plans"),
        documents_of=plans.plan_of,
        ids=plans.plan_ids,
        events=(plans.PLAN_CHANGED,),
        payload_key="plan_id",
        of_agency=plans.plans_of,
    ),
    Source(
        kind=plans.ACTIVITY,
        label=N_("Activities of listening plans"),
        documents_of=plans.activity_of,
        ids=plans.activity_ids,
        events=(plans.ACTIVITY_CHANGED,),
        payload_key="activity_id",
        of_agency=plans.activities_of,
    ),
    Source(
        kind=levels.KIND,
        label=N_("Levels of participation"),
        documents_of=levels.documents_of,
        ids=levels.ids,
        events=levels.EVENTS,
        payload_key="agency_id",
        of_agency=levels.of_agency,
    ),
    Source(
        kind="agency",
        label=N_("Agencies"),
        documents_of=agency_documents,
        ids=_agency_ids,
        events=("agency.created", "agency.changed"),
        payload_key="agency_id",
    ),
)
