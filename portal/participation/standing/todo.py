"""What brings an agency to the next level: everything that is missing, by rung, by whose it is, and what is quick first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal.kernel.actor import Role
from portal.participation.rules.kept import NOT_KEPT
from portal.participation.rules.results import CheckResult, LevelResult, Missing, Said, ScaleResult, Verdict
from portal.participation.rules.scales import Check, Effort, Level, Origin, Scale, checks_of

#: Page of the desk where a predicate's evidence is made. What stands here with no page yet has no room yet either.
WHERE = {
    "mission_pages": "disclosures_desk.index",
    "legal_lists": "legal_lists_desk.index",
    "channel_for": "admin.channels",
    "channels_with_input": "plans_desk.index",
    "collector_for_every_channel": "admin.channels",
    "boxes_opened": "boxes_desk.index",
    "approved_plan": "plans_desk.index",
    "activity_per_mission": "plans_desk.index",
    "resources_and_spending": "plans_desk.index",
    "every_quarter": "plans_desk.index",
    "planned_done": "plans_desk.index",
    "activities_complete": "plans_desk.index",
    "governor_consulted": "plans_desk.index",
    "classified_and_assigned": "desk.index",
    "answered_in_time": "desk.index",
    "opinion_reports": "reports_desk.index",
    "improvements_linked": "improvements_desk.index",
    "improvement_done_with_measures": "improvements_desk.index",
}
#: Whose a page is, where that is another than the one who has to see to it that the check is passed.
HANDS = {"admin.channels": Role.ADMINISTRATOR}
_QUICK = {effort: place for place, effort in enumerate(Effort)}


@dataclass(frozen=True)
class Task:
    """A check that is not passed, with what it misses."""

    check: Check
    verdict: Verdict
    said: Said
    missing: Sequence[Missing]

    @property
    def where(self) -> str:
        """Endpoint of the desk; empty where there is none."""
        return WHERE.get(self.check.predicate, "")

    @property
    def hand(self) -> Role:
        """Who can do it."""
        return HANDS.get(self.where, Role(self.check.owner))

    @property
    def effort(self) -> Effort:
        """How much work it is."""
        return self.check.effort

    @property
    def is_source(self) -> bool:
        """Asked by the source's own words."""
        return self.check.origin is Origin.SOURCE


@dataclass(frozen=True)
class Rung:
    """A level that is not passed yet."""

    level: Level
    verdict: Verdict
    #: By the role that can mend it, the role with the quickest task first.
    by_owner: Sequence[tuple[Role, Sequence[Task]]]
    #: English source text: what the portal keeps no records of yet; empty where there is something to do at the desk.
    not_kept: str = ""

    @property
    def count(self) -> int:
        """How many things are missing."""
        return sum(max(1, len(task.missing)) for _, tasks in self.by_owner for task in tasks)


def rungs_of(scale: Scale, result: ScaleResult) -> list[Rung]:
    """The next rung first, then those above it that are not passed either."""
    checks = {check.id: check for check in checks_of(scale)}
    waiting = [level for level in result.levels if level.number > result.reached and level.verdict is not Verdict.PASSED]
    return [_rung(scale, level, _by_owner(level, checks)) for level in waiting]


def _rung(scale: Scale, level: LevelResult, by_owner: list[tuple[Role, Sequence[Task]]]) -> Rung:
    somewhere = any(task.where for _role, tasks in by_owner for task in tasks)
    not_kept = "" if somewhere else NOT_KEPT.get((scale.code, level.number), "")
    return Rung(scale.level(level.number), level.verdict, by_owner, not_kept)


def _by_owner(level: LevelResult, checks: Mapping[str, Check]) -> list[tuple[Role, Sequence[Task]]]:
    found = [_task(checks[one.id], one) for criterion in level.criteria for one in criterion.checks if one.id in checks]
    tasks = sorted((task for task in found if task.verdict is not Verdict.PASSED), key=lambda task: _QUICK[task.effort])
    hands = list(dict.fromkeys(task.hand for task in tasks))
    return [(hand, [task for task in tasks if task.hand is hand]) for hand in hands]


def _task(check: Check, result: CheckResult) -> Task:
    return Task(check, result.finding.verdict, result.finding.said, result.finding.missing)
