"""What computed levels offer to the search: one find for an agency, which leads to the newest year and tells every year's levels."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.kernel.facts import SearchDocument
from portal.kernel.thai_text import pick
from portal.participation.listing.queries import history_of
from portal.participation.rules.document import DISCLAIMER
from portal.participation.scales import scale_for
from portal.participation.scores.models import Score
from portal.participation.scores.service import MOVED

KIND = "score"
#: A level of an agency became another, or was computed for the first time.
EVENTS = (MOVED,)
TITLES = {
    "th": "ระดับการมีส่วนร่วม ปีงบประมาณ {year} ({levels}): {agency}",
    "en": "Participation level, fiscal year {year} ({levels}): {agency}",
}
LEVELS = {"th": "เกณฑ์ {scale} ระดับ {level}", "en": "scale {scale} level {level}"}
UNKNOWN = {"th": "เกณฑ์ {scale} ยังคำนวณไม่ได้", "en": "scale {scale} cannot be computed yet"}
YEARS = {"th": "ปีงบประมาณ {year}: {levels}", "en": "Fiscal year {year}: {levels}"}


def documents_of(session: Session, agency_id: int) -> tuple[str, list[SearchDocument]] | None:
    """Slug and documents of the levels of an agency by its id, as events name it; none where nothing was computed."""
    agency = session.get(Agency, agency_id)
    if agency is None:
        return None
    scores = history_of(session, agency_id)
    languages = ("th", "en") if agency.name_en else ("th",)
    return agency.slug, [_document(agency, scores, language) for language in languages] if scores else []


def ids(session: Session) -> Sequence[int]:
    """Ids of all agencies of which something was computed."""
    return session.scalars(select(Score.agency_id).distinct().order_by(Score.agency_id)).all()


def of_agency(session: Session, agency_id: int, above: int, most: int) -> Sequence[int]:
    """The agency itself, once, if something was computed of it."""
    found = select(Score.agency_id).where(Score.agency_id == agency_id, Score.agency_id > above).limit(min(most, 1))
    return session.scalars(found).all()


def _document(agency: Agency, scores: Sequence[Score], language: str) -> SearchDocument:
    years: dict[int, list[Score]] = defaultdict(list)
    for score in scores:
        years[score.fiscal_year].append(score)
    newest, name = max(years), pick(language, agency.name_th, agency.name_en)
    told = {year: _levels(found, language) for year, found in sorted(years.items(), reverse=True)}
    lines = [YEARS[language].format(year=year, levels=levels) for year, levels in told.items()]
    return SearchDocument(
        kind=KIND,
        key=agency.slug,
        language=language,
        title=TITLES[language].format(year=newest, levels=told[newest], agency=name),
        text="\n".join([pick(language, DISCLAIMER.th, DISCLAIMER.en), *lines, *_names(years[newest], language)]),
        url_path=f"/participation/{agency.slug}/{newest}",
        agency_id=agency.id,
        agency_name=name,
        at=max(score.level_changed_at for score in scores),
    )


def _levels(scores: Sequence[Score], language: str) -> str:
    return ", ".join((UNKNOWN if one.level is None else LEVELS)[language].format(scale=one.scale, level=one.level) for one in scores)


def _names(scores: Sequence[Score], language: str) -> list[str]:
    """What the level that was reached on each scale is called, so that its name finds who stands on it."""
    found = [(scale_for(one.scale, one.fiscal_year), one.level) for one in scores]
    names = [(scale.title, scale.level(level).name) for scale, level in found if scale and level]
    return [f"{pick(language, title.th, title.en)}: {pick(language, name.th, name.en)}" for title, name in names]
