"""From a dossier to the levels: weigh the facts, ask the checks, climb the ladder."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import msgspec

from portal.kernel.evidence import Fact
from portal.participation.rules.dossier import Dossier
from portal.participation.rules.flags import flags_of
from portal.participation.rules.predicates import PREDICATES, Held, Predicate
from portal.participation.rules.results import (
    CheckResult,
    CriterionResult,
    Finding,
    LevelResult,
    ScaleResult,
    Standing,
    Verdict,
)
from portal.participation.rules.scales import Check, Gaming, Level, Origin, Scale, ScaleFault, checks_of
from portal.participation.rules.weighing import kind_of, rulings_by_fact, standing_of


def check_predicates(scale: Scale) -> None:
    """Raise ``ScaleFault`` where a check names no predicate, or thresholds that the predicate does not know."""
    for check in checks_of(scale):
        if check.predicate not in PREDICATES:
            raise ScaleFault(f"{check.id}: there is no predicate {check.predicate}")
        try:
            PREDICATES[check.predicate].thresholds(check.given)
        except msgspec.ValidationError as fault:
            raise ScaleFault(f"{check.id}: {fault}") from fault


def weigh(dossier: Dossier) -> list[tuple[Fact, Standing]]:
    """Every fact with its standing, by day."""
    rulings = rulings_by_fact(dossier)
    weighed = ((fact, standing_of(fact, dossier, rulings.get((kind_of(fact), fact.key)))) for fact in dossier.facts)
    return sorted(weighed, key=lambda pair: (pair[0].on, kind_of(pair[0]), pair[0].key))


def compute(scale: Scale, dossier: Dossier) -> ScaleResult:
    """The ladder of one scale; the same dossier always gives the same."""
    weighed = weigh(dossier)
    held = _held(dossier, weighed, scale.gaming)
    levels = tuple(_level(level, held) for level in scale.levels)
    reached = _reached([level.verdict for level in levels])
    return ScaleResult(
        scale=scale.code,
        edition=scale.edition,
        level=_counted([level.verdict for level in levels]),
        source_level=_counted([level.source_verdict for level in levels]),
        reached=reached,
        stops_at=reached + 1 if reached < len(levels) else None,
        levels=levels,
        standings=tuple((kind_of(fact), fact.key, standing) for fact, standing in weighed),
        flags=flags_of(weighed, dossier.subject.fiscal_year, scale.gaming),
    )


def _held(dossier: Dossier, weighed: Sequence[tuple[Fact, Standing]], gaming: Gaming) -> Held:
    by_tag: dict[str, list[tuple[Any, Standing]]] = defaultdict(list)
    for fact, standing in weighed:
        by_tag[kind_of(fact)].append((fact, standing))
    return Held(dossier.subject, dossier.lists, by_tag, gaming)


def _level(level: Level, held: Held) -> LevelResult:
    criteria = tuple(
        CriterionResult(id=criterion.id, checks=tuple(_check(check, held) for check in criterion.checks if _holds_for(check, held)))
        for criterion in level.criteria
    )
    checks = [check for criterion in criteria for check in criterion.checks]
    own = [check for check in checks if check.origin is Origin.SOURCE]
    return LevelResult(number=level.number, verdict=_all_of(checks), source_verdict=_all_of(own), criteria=criteria)


def _holds_for(check: Check, held: Held) -> bool:
    return not check.only_levels or held.subject.level in check.only_levels


def _check(check: Check, held: Held) -> CheckResult:
    finding = _ask(PREDICATES[check.predicate], check, held)
    return CheckResult(id=check.id, origin=check.origin, owner=check.owner, effort=check.effort, finding=finding)


def _ask(named: Predicate, check: Check, held: Held) -> Finding:
    """Failed, but passed once an assessor accepts what came late: waiting."""
    given = named.thresholds(check.given)
    finding = named.ask(held, given)
    if finding.verdict is not Verdict.FAILED or held.late_accepted is None:
        return finding
    if named.ask(held.late_accepted, given).verdict is Verdict.PASSED:
        return msgspec.structs.replace(finding, verdict=Verdict.WAITING)
    return finding


def _all_of(checks: Sequence[CheckResult]) -> Verdict:
    """One unknown makes the whole unknown, even beside a failure: what the portal cannot see it does not judge."""
    verdicts = {check.finding.verdict for check in checks}
    order = (Verdict.UNKNOWN, Verdict.FAILED, Verdict.WAITING)
    return next((verdict for verdict in order if verdict in verdicts), Verdict.PASSED)


def _reached(verdicts: Sequence[Verdict]) -> int:
    return next((place for place, verdict in enumerate(verdicts) if verdict is not Verdict.PASSED), len(verdicts))


def _counted(verdicts: Sequence[Verdict]) -> int | None:
    """How many rungs hold from below; None where the first that does not is unknown."""
    reached = _reached(verdicts)
    return None if reached < len(verdicts) and verdicts[reached] is Verdict.UNKNOWN else reached
