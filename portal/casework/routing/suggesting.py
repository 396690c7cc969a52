"""Suggesting agencies for a matter: its place, its words, and where matters like it went."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.agencies.areas import all_areas
from portal.agencies.models import Agency
from portal.casework.models import Case
from portal.casework.routing.models import CaseRouting
from portal.casework.routing.rules import EARLIER_MOST, Suggestion, best, is_like, place_points, task_points
from portal.index.likely import sharing, words_of
from portal.kernel import places

#: Kind of the search documents that tell what an agency does (``search.sources``).
AGENCY_KIND = "agency"
#: Earlier routed cases that are compared, newest first.
LOOKED_BACK = 200


@dataclass(frozen=True)
class Matter:
    """What is known of it."""

    words: str
    place: str = ""
    lat: float | None = None
    lon: float | None = None


def matter_of(case: Case) -> Matter:
    """The matter of a case."""
    return Matter(f"{case.subject}\n{case.body}", case.place, case.lat, case.lon)


def suggest(session: Session, matter: Matter, *, earlier: bool) -> list[tuple[Agency, Suggestion]]:
    """Agencies that citizens can write to, best first, at most three. ``earlier`` looks at routed cases, for the pool desk only."""
    open_to = {agency.id: agency for agency in agencies.addressable(session)}
    found = {agency_id: Suggestion(agency_id) for agency_id in open_to}
    words = words_of(session, matter.words)
    _weigh_places(session, found, codes_of(matter))
    _weigh_tasks(session, found, words)
    if earlier:
        _weigh_earlier(session, found, words)
    return [(open_to[one.agency_id], one) for one in best(found.values())]


def codes_of(matter: Matter) -> list[str]:
    """Codes of the places of a matter: the point on the map before what is written."""
    if matter.lat is not None and matter.lon is not None and (at := places.place_at(matter.lat, matter.lon)):
        return [at.code]
    return places.find(matter.words, matter.place)


def _weigh_places(session: Session, found: Mapping[int, Suggestion], codes: Collection[str]) -> None:
    for agency_id, area in all_areas(session).items():
        if one := found.get(agency_id):
            points, code = place_points(area, codes)
            one.points += points
            one.place = places.by_code(code) if code else None


def _weigh_tasks(session: Session, found: Mapping[int, Suggestion], words: Collection[str]) -> None:
    documents: dict[int, set[str]] = {}
    for chunk in sharing(session, AGENCY_KIND, words):
        if chunk.agency_id is not None and chunk.agency_id in found:
            documents.setdefault(chunk.agency_id, set()).update(chunk.words.casefold().split())
    for agency_id, (points, shared) in task_points(words, documents, len(found)).items():
        found[agency_id].points += points
        found[agency_id].words = shared


def _weigh_earlier(session: Session, found: Mapping[int, Suggestion], words: Collection[str]) -> None:
    """Marked cases are left out: the count would tell those whom they are about."""
    routed = select(CaseRouting.agency_id, Case.subject, Case.body).join(Case, Case.id == CaseRouting.case_id)
    newest = routed.where(Case.guarded.is_(False)).order_by(CaseRouting.at.desc()).limit(LOOKED_BACK)
    rows = session.execute(newest).all()
    like = Counter(agency_id for agency_id, subject, body in rows if is_like(words, words_of(session, f"{subject}\n{body}")))
    for agency_id, count in like.items():
        if one := found.get(agency_id):
            one.points += min(EARLIER_MOST, float(count))
            one.earlier = count
