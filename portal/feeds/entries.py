"""Public records as entries of a feed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from flask_babel import gettext as _
from sqlalchemy.orm import Session, joinedload

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.casework import queries as casework
from portal.casework.figures import Figure, list_behind_figure
from portal.casework.models import Case, PublicCase
from portal.disclosures import queries as disclosures
from portal.disclosures.models import Disclosure
from portal.feedback.petitions.models import Petition
from portal.feedback.petitions.queries import public_list as public_petitions
from portal.kernel import rich_text
from portal.kernel.thai_calendar import BANGKOK, fiscal_year, format_month
from portal.kernel.thai_text import excerpt, pick
from portal.participation.listing.queries import changes as changed_scores
from portal.participation.scores.models import Score
from portal.participation.views.blueprint import disclaimer
from portal.participation.views.sentences import brief, figure

MOST = 50
SUMMARY = 400
#: Characters that XML cannot carry, not even escaped.
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Entry:
    """One record in one language. ``path`` has neither host nor language; plain text throughout."""

    path: str
    title: str
    summary: str
    agency: str
    published: datetime
    updated: datetime
    is_sample: bool


def disclosure_entries(session: Session, language: str, agency_ids: Iterable[int] | None = None) -> list[Entry]:
    """The newest public pages, each in the reader's language where it has one."""
    query = disclosures.published(None if agency_ids is None else list(agency_ids))
    rows = session.scalars(query.order_by(Disclosure.latest_at.desc(), Disclosure.id.desc()).limit(MOST))
    return [_of_page(shown, language) for shown in disclosures.shown_pages(rows, language)]


def case_entries(session: Session, language: str, agency_ids: Iterable[int] | None = None) -> list[Entry]:
    """The newest published answers."""
    query = casework.public_list()
    if agency_ids is not None:
        query = query.where(Case.agency_id.in_(list(agency_ids)))
    rows = session.scalars(query.order_by(PublicCase.published_at.desc(), PublicCase.case_id.desc()).limit(MOST))
    return [_of_case(public, language) for public in rows]


def petition_entries(session: Session, language: str, agency_ids: Iterable[int] | None = None) -> list[Entry]:
    """The petitions of which something happened last: published, reached, answered, closed."""
    query = public_petitions(None if agency_ids is None else list(agency_ids))
    rows = session.scalars(query.order_by(Petition.updated_at.desc(), Petition.id.desc()).limit(MOST))
    return [_of_petition(petition, language) for petition in rows]


def silence_entries(session: Session, now: datetime, language: str) -> list[Entry]:
    """What became overdue last: bare facts, whatever is published of it."""
    query = list_behind_figure(Figure.OVERDUE, None, fiscal_year(now), now).options(joinedload(Case.agency), joinedload(Case.unit))
    rows = session.scalars(query.order_by(Case.due_on.desc(), Case.id.desc()).limit(MOST))
    return [_of_silence(case, language) for case in rows]


def score_entries(session: Session, language: str) -> list[Entry]:
    """Levels of participation that became others last, each scale and year an entry of its own."""
    return [_of_score(score, language) for score in changed_scores(session, MOST)]


def agency_entries(session: Session, language: str, agency: Agency) -> list[Entry]:
    """The newest of all from an agency and its units."""
    ids = agencies.subtree_ids(session, [agency.id])
    found = disclosure_entries(session, language, ids) + case_entries(session, language, ids) + petition_entries(session, language, ids)
    return sorted(found, key=lambda entry: entry.updated, reverse=True)[:MOST]


def _of_page(shown: disclosures.ShownPage, language: str) -> Entry:
    page, version = shown.disclosure, shown.version
    return Entry(
        path=f"/disclosures/{page.slug}",
        title=_clean(version.title),
        summary=_clean(excerpt(version.lead or rich_text.to_text(version.body), SUMMARY)),
        agency=_name(page.agency, language),
        published=version.published_at,
        updated=version.updated_at,
        is_sample=page.is_sample or page.agency.is_sample,
    )


def _of_case(public: PublicCase, language: str) -> Entry:
    case = public.case
    return Entry(
        path=f"/cases/{case.number}",
        title=_clean(public.subject),
        summary=_clean(excerpt(public.answer or public.body, SUMMARY)),
        agency=_name(case.agency, language),
        published=public.published_at or public.updated_at,
        updated=public.updated_at,
        is_sample=case.is_sample,
    )


def _of_silence(case: Case, language: str) -> Entry:
    """It became overdue at the midnight that ended its due day."""
    since = datetime.combine(case.due_on + timedelta(days=1), time(), BANGKOK)
    month = format_month(case.received_at.astimezone(BANGKOK), language)
    facts = [_(case.kind.label), _name(case.agency, language), *([_name(case.unit, language)] if case.unit else []), month]
    return Entry(
        path=f"/silence#{case.number}",
        title=_("Overdue: %(number)s", number=case.number),
        summary=" · ".join(facts),
        agency=_name(case.agency, language),
        published=since,
        updated=since,
        is_sample=case.is_sample,
    )


def _of_petition(petition: Petition, language: str) -> Entry:
    return Entry(
        path=f"/petitions/{petition.slug}",
        title=_clean(petition.title),
        summary=_clean(excerpt(petition.text, SUMMARY)),
        agency=_name(petition.agency, language),
        published=petition.opened_at or petition.received_at,
        updated=petition.updated_at,
        is_sample=petition.agency.is_sample,
    )


def _of_score(score: Score, language: str) -> Entry:
    name = _name(score.agency, language)
    where = {"agency": name, "scale": score.scale, "year": score.fiscal_year}
    return Entry(
        path=f"/participation/{score.agency.slug}/{score.fiscal_year}#r{score.scale}",
        title=_("%(agency)s, scale %(scale)s, fiscal year %(year)s: %(level)s", level=brief(score.level, score.reached), **where),
        summary=" · ".join([_("before: level %(level)s", level=figure(score.level_before)), disclaimer()]),
        agency=name,
        published=score.level_changed_at,
        updated=score.level_changed_at,
        is_sample=score.agency.is_sample,
    )


def _name(agency: Agency, language: str) -> str:
    return _clean(pick(language, agency.name_th, agency.name_en))


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("", text)
