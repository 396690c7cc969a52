"""Scores as they are stored, made without computing: what a page shows of them is looked at here, not how they come about."""

from datetime import date
from typing import Any

import msgspec

from portal.kernel.evidence import Activity, ChannelFact, Fact, MissionPage
from portal.participation.rules.results import (
    CheckResult,
    CriterionResult,
    Finding,
    Flag,
    LevelResult,
    Missing,
    Ref,
    Said,
    ScaleResult,
    Standing,
    Verdict,
)
from portal.participation.rules.scales import Level
from portal.participation.rules.weighing import kind_of
from portal.participation.scales import scale_for
from portal.participation.scores.models import GatheredFacts, Score
from tests.conftest import NOW

YEAR = 2569
DAY = date(2026, 3, 1)
SAID = Said("%(have)s of %(need)s", {"have": 1, "need": 2})


def fact(place: int, **more: Any) -> Fact:
    """A page about a mission that counts."""
    name = {"name_th": f"หน้าภารกิจ {place}", "name_en": f"Mission page {place}"}
    path = f"/disclosures/page-{place}"
    return MissionPage(
        **{"key": f"page-{place}", "path": path, "on": DAY, "recorded_on": DAY, "mission": "m1", "responsible": "กอง", **name, **more}
    )


def result_of(
    scale: str = "2549",
    reached: int = 3,
    verdict: Verdict = Verdict.FAILED,
    facts: tuple[Fact, ...] = (),
    standings: dict[str, Standing] | None = None,
    year: int = YEAR,
    flags: tuple[Flag, ...] = (),
    said: Said = SAID,
) -> ScaleResult:
    """The first ``reached`` levels are passed, the next one has this verdict; ``facts`` show the first check of level 1."""
    found = scale_for(scale, year)
    assert found
    levels = tuple(_level(level, Verdict.PASSED if level.number <= reached else verdict, facts, said) for level in found.levels)
    stops = reached + 1 if reached < 5 else None
    level = None if verdict is Verdict.UNKNOWN and stops else reached
    told = tuple((kind_of(one), one.key, (standings or {}).get(one.key, Standing.COUNTS)) for one in facts)
    return ScaleResult(
        scale=scale, edition=found.edition, level=level, source_level=level, reached=reached, stops_at=stops, levels=levels, standings=told,
        flags=flags,
    )  # fmt: skip


def _level(level: Level, verdict: Verdict, facts: tuple[Fact, ...], said: Said) -> LevelResult:
    criteria = []
    for criterion in level.criteria:
        checks = []
        for check in criterion.checks:
            first = check.id == level.criteria[0].checks[0].id and level.number == 1
            refs = tuple(Ref(kind=kind_of(one), key=one.key) for one in facts) if first else ()
            lacks = (
                () if verdict is Verdict.PASSED else (Missing(said=Said("%(have)s of %(need)s", {"have": 1, "need": 2}), path="/agencies"),)
            )
            finding = Finding(verdict=verdict, said=said, refs=refs, missing=lacks)
            checks.append(CheckResult(id=check.id, origin=check.origin, owner=check.owner, effort=check.effort, finding=finding))
        criteria.append(CriterionResult(id=criterion.id, checks=tuple(checks)))
    return LevelResult(number=level.number, verdict=verdict, source_verdict=verdict, criteria=tuple(criteria))


def score(session: Any, agency: Any, result: ScaleResult, year: int = YEAR, **more: Any) -> Score:
    """The stored row; call inside a unit of work."""
    row = Score(
        **{
            "agency_id": agency.id,
            "fiscal_year": year,
            "scale": result.scale,
            "edition": result.edition,
            "level": result.level,
            "source_level": result.source_level,
            "reached": result.reached,
            "stops_at": result.stops_at,
            "level_changed_at": NOW,
            "result": msgspec.to_builtins(result),
            "changed_at": NOW,
            "computed_at": NOW,
            **more,
        }
    )
    session.add(row)
    session.flush()
    return row


def gathered(session: Any, agency: Any, facts: tuple[Fact, ...], year: int = YEAR) -> None:
    """What the rooms told; call inside a unit of work."""
    text = msgspec.json.encode(list(facts)).decode()
    session.add(GatheredFacts(agency_id=agency.id, fiscal_year=year, source="disclosures", facts=text, gathered_at=NOW))
    session.flush()


__all__ = ["YEAR", "Activity", "ChannelFact", "fact", "gathered", "result_of", "score"]
