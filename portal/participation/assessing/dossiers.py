"""The facts of an agency and a year as an assessor sees them: each with its standing, the checks that rest on it, and what was ruled."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.kernel.evidence import Fact
from portal.participation.rules.results import Flag, ScaleResult, Standing
from portal.participation.rules.weighing import kind_of
from portal.participation.rulings.models import EvidenceRuling
from portal.participation.scores.keeping import kept
from portal.participation.scores.models import Score

Name = tuple[str, str]


@dataclass(frozen=True)
class Seen:
    """One fact. ``standing`` is None where no score has been computed since it was gathered."""

    fact: Fact
    kind: str
    standing: Standing | None
    #: Scale, level and id of each check that rests on it.
    checks: Sequence[tuple[str, int, str]] = ()
    flags: Sequence[Flag] = ()
    #: Oldest first; the last one holds.
    rulings: Sequence[EvidenceRuling] = ()

    @property
    def waits(self) -> bool:
        """An assessor has something to decide: entered late, or flagged and nobody has looked."""
        return self.standing is Standing.LATE or (bool(self.flags) and not self.rulings)

    @property
    def source(self) -> str:
        """Tag and key in one, for addresses of this page."""
        return f"{self.kind}:{self.fact.key}"


def results_of(session: Session, agency_id: int, fiscal_year: int) -> dict[str, ScaleResult]:
    """The computed ladders of an agency and a year (B.E.), by scale."""
    rows = session.scalars(select(Score).where(Score.agency_id == agency_id, Score.fiscal_year == fiscal_year).order_by(Score.scale))
    return {row.scale: msgspec.convert(row.result, ScaleResult) for row in rows}


def seen_facts(session: Session, agency_id: int, fiscal_year: int) -> list[Seen]:
    """Every fact: what waits for an assessor first, then by day; a fixed number of queries."""
    results = results_of(session, agency_id, fiscal_year)
    standings = {(kind, key): standing for result in results.values() for kind, key, standing in result.standings}
    checks, flags, ruled = _checks(results), _flags(results), _rulings(session, agency_id, fiscal_year)
    seen = []
    for fact in facts_of(session, agency_id, fiscal_year):
        name = (kind_of(fact), fact.key)
        seen.append(Seen(fact, name[0], standings.get(name), checks[name], flags[name], ruled[name]))
    return sorted(seen, key=lambda one: (not one.waits, one.fact.on, one.kind, one.fact.key))


def facts_of(session: Session, agency_id: int, fiscal_year: int) -> list[Fact]:
    """As they were gathered last."""
    found = kept(session, [agency_id], fiscal_year).get(agency_id)
    return list(found[0]) if found else []


def fact_of(session: Session, agency_id: int, fiscal_year: int, kind: str, key: str) -> Fact | None:
    """One of them."""
    found = facts_of(session, agency_id, fiscal_year)
    return next((fact for fact in found if (kind_of(fact), fact.key) == (kind, key)), None)


def _checks(results: dict[str, ScaleResult]) -> dict[Name, list[tuple[str, int, str]]]:
    found: dict[Name, list[tuple[str, int, str]]] = defaultdict(list)
    for scale, result in results.items():
        for level in result.levels:
            for check in (one for criterion in level.criteria for one in criterion.checks):
                for ref in check.finding.refs:
                    found[ref.kind, ref.key].append((scale, level.number, check.id))
    return found


def _flags(results: dict[str, ScaleResult]) -> dict[Name, list[Flag]]:
    """Both ladders rest on the same facts, so a flag that both have is shown once."""
    found: dict[Name, dict[str, Flag]] = defaultdict(dict)
    for result in results.values():
        for flag in result.flags:
            for ref in flag.refs:
                found[ref.kind, ref.key][flag.code] = flag
    return defaultdict(list, {name: list(flags.values()) for name, flags in found.items()})


def _rulings(session: Session, agency_id: int, fiscal_year: int) -> dict[Name, list[EvidenceRuling]]:
    mine = (EvidenceRuling.agency_id == agency_id, EvidenceRuling.fiscal_year == fiscal_year)
    found: dict[Name, list[EvidenceRuling]] = defaultdict(list)
    for row in session.scalars(select(EvidenceRuling).where(*mine).options(joinedload(EvidenceRuling.by)).order_by(EvidenceRuling.id)):
        found[row.kind, row.key].append(row)
    return found
