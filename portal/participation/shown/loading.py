"""Reading what a page shows of one agency and year: the ladders of its scales, from what is stored."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.kernel.evidence import AnyFact
from portal.participation.listing.queries import scores_of
from portal.participation.rules.results import ScaleResult
from portal.participation.rules.scales import Scale
from portal.participation.scales import scales_for
from portal.participation.scores.models import GatheredFacts, Score
from portal.participation.shown.ladder import Facts, Ladder, by_key, ladder

_FACTS = msgspec.json.Decoder(list[AnyFact])


@dataclass(frozen=True)
class Shown:
    """One scale on the page; without ``score`` and ``ladder`` where nothing was computed yet."""

    scale: Scale
    score: Score | None = None
    ladder: Ladder | None = None


def shown_of(session: Session, agency: Agency, fiscal_year: int) -> list[Shown]:
    """Every scale that holds for the agency in the year, the older first."""
    scores = scores_of(session, agency.id, fiscal_year)
    facts = facts_of(session, agency.id, fiscal_year) if scores else {}
    return [_shown(scale, scores.get(scale.code), facts) for scale in scales_for(fiscal_year, agency.kind)]


def facts_of(session: Session, agency_id: int, fiscal_year: int) -> Facts:
    """What was gathered for the agency and the year, by kind and key."""
    query = select(GatheredFacts.facts).where(GatheredFacts.agency_id == agency_id, GatheredFacts.fiscal_year == fiscal_year)
    return by_key(fact for text in session.scalars(query.order_by(GatheredFacts.source)) for fact in _FACTS.decode(text))


def result_of(score: Score) -> ScaleResult:
    """The stored result as the values it was made of."""
    return msgspec.convert(score.result, ScaleResult)


def ladders(shown: Sequence[Shown]) -> list[Ladder]:
    """Those that were computed."""
    return [one.ladder for one in shown if one.ladder]


def _shown(scale: Scale, score: Score | None, facts: Facts) -> Shown:
    return Shown(scale, score, ladder(scale, result_of(score), facts)) if score else Shown(scale)
