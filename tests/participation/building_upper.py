"""Facts of an invented agency that passes levels 4 and 5 of 2549 and all of 2550 in the fiscal year 2569, and ways to spoil them.

Every share and number lies exactly on its threshold.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from msgspec.structs import replace

from portal.kernel import evidence as shapes
from portal.kernel.evidence import Fact, Mission, Seat, Sector, Subject
from portal.participation.rules.computing import compute
from portal.participation.rules.dossier import Dossier
from portal.participation.rules.results import CheckResult, ScaleResult, Verdict
from portal.participation.scales import scale_for
from tests.participation.builders import at_three

YEAR = 2569
LAST_DAY = date(2026, 9, 30)
MISSIONS = (Mission(code="m1", name_th="ทะเบียน", is_core=True), Mission(code="m2", name_th="งานธุรการ"))
STATE = Seat(sector=Sector.STATE)
BUSINESS = Seat(sector=Sector.BUSINESS, chosen_openly=True)
COMMUNITY = Seat(sector=Sector.COMMUNITY, chosen_openly=True)
#: Three and four of ten from outside the state, of two sectors.
THIRTY = (STATE,) * 7 + (BUSINESS,) * 2 + (COMMUNITY,)
FORTY = (STATE,) * 6 + (BUSINESS,) * 2 + (COMMUNITY,) * 2

F = TypeVar("F", bound=Fact)
Facts = tuple[Fact, ...]


def fact(shape: type[F], key: str, on: date, **more: Any) -> F:
    """One that counts: public, with somebody responsible, stored on its day."""
    return shape(**{"key": key, "path": f"/{key}", "name_th": key, "responsible": "กองแผนงาน", "on": on, "recorded_on": on, **more})


def body(key: str = "body", **more: Any) -> shapes.Committee:
    """An advisory committee with an order and a term."""
    return fact(shapes.Committee, key, date(2025, 10, 10), **{"until": date(2027, 10, 9), "order": "12/2568", "seats": THIRTY, **more})


def meeting(key: str, on: date, **more: Any) -> shapes.CommitteeMeeting:
    """A meeting of it."""
    return fact(shapes.CommitteeMeeting, key, on, **{"body": "body", "has_minutes": True, "had_quorum": True, "outside": 1, **more})


def group(key: str = "group", **more: Any) -> shapes.JointGroup:
    """A joint working group."""
    return fact(shapes.JointGroup, key, date(2025, 10, 15), **{"order": "13/2568", "mandate": "performance", "seats": FORTY, **more})


def issue(name: str, on: date = date(2025, 11, 20), **more: Any) -> Facts:
    """An issue that was chosen on a day, with everything that levels 2 to 5 ask for."""
    indicator = {f"has_{part}": True for part in ("baseline", "target", "formula", "unit", "direction")}
    indicator |= {f"has_{part}": True for part in ("source", "collector", "frequency", "verification")}
    agreed = {"strategy": "s1", "in_favour": 15, "against": 3, "undecided": 2, "objections": 1, "objections_answered": 1, **more}
    approved, first = on + timedelta(days=11), on + timedelta(days=70)
    return (
        fact(shapes.Consensus, f"{name}-consensus", on, group="group", issue=name, **agreed),
        fact(
            shapes.JointIndicator,
            f"{name}-indicator",
            approved,
            group="group",
            issue=name,
            target_on=LAST_DAY,
            agency_approved_on=on,
            civil_society_approved_on=approved,
            first_measured_on=first,
            **indicator,
        ),
        measuring(f"{name}-first", name, first),
        measuring(f"{name}-second", name, on + timedelta(days=170)),
        fact(
            shapes.ExecutiveReport, f"{name}-told", on + timedelta(days=90), issue=name, received_on=on + timedelta(days=91), answer="noted"
        ),
        fact(
            shapes.ReportSeries,
            f"{name}-series",
            on + timedelta(days=40),
            issue=name,
            has_schedule=True,
            has_audience=True,
            has_data_file=True,
            has_feed=True,
            takes_replies=True,
            next_due_on=LAST_DAY,
        ),
        fact(
            shapes.ProgressReport,
            f"{name}-report",
            on + timedelta(days=95),
            series=f"{name}-series",
            issue=name,
            indicators=1,
            with_latest_value=1,
            delivered=1,
        ),
    )


def measuring(key: str, name: str, on: date, **more: Any) -> shapes.RoundOfMeasuring:
    """A round in which both sides entered figures, and half of the members acknowledged them."""
    entered = {"planned_on": on, "agency_entered_on": on, "member_entered_on": on + timedelta(days=2)}
    heard = {"acknowledged_on": on + timedelta(days=10), "acknowledged_by": 5, "members": 10}
    return fact(shapes.RoundOfMeasuring, key, on, **{"issue": name, **entered, **heard, **more})


#: Levels 4 and 5 of 2549.
UPPER_2549: Facts = (
    body(),
    meeting("meeting-1", date(2025, 12, 1)),
    meeting("meeting-2", date(2026, 3, 2)),
    fact(shapes.Resolution, "resolution", date(2026, 3, 2), body="body", policy_path="/disclosures/policy", answer="adopted"),
    fact(shapes.Mechanism, "mechanism", date(2025, 11, 3), has_mandate=True, public_members=1),
    fact(shapes.MonitoringRound, "round-1", date(2026, 1, 15), mechanism="mechanism", by_public_member=True, covers_progress=True),
    fact(shapes.MonitoringRound, "round-2", date(2026, 6, 15), mechanism="mechanism", by_public_member=True, covers_success=True),
    fact(
        shapes.MonitoringFinding,
        "finding",
        date(2026, 1, 15),
        mechanism="mechanism",
        round="round-1",
        answered_on=date(2026, 1, 30),
        outcome="changed",
    ),
)
#: All levels of 2550.
ALL_2550: Facts = (
    group(),
    fact(shapes.GroupConsultation, "consultation-1", date(2025, 10, 25), group="group", has_minutes=True, people=1),
    fact(shapes.GroupConsultation, "consultation-2", date(2025, 11, 20), group="group", has_minutes=True, people=30),
    fact(shapes.Shortlist, "shortlist", date(2025, 11, 10), group="group", issues=2),
    *issue("i1"),
)


def at_five() -> Dossier:
    """Everything that both scales ask for, and no more."""
    lower = at_three()
    return replace(lower, facts=(*lower.facts, *UPPER_2549, *ALL_2550))


def changed(facts: Facts, key: str, **values: Any) -> Facts:
    """The same with other values in the fact of this key."""
    assert [one.key for one in facts].count(key) == 1
    return tuple(replace(one, **values) if one.key == key else one for one in facts)


def without(facts: Facts, *keys: str) -> Facts:
    """The same without the facts of these keys."""
    assert set(keys) <= {one.key for one in facts}
    return tuple(one for one in facts if one.key not in keys)


def computed(code: str, facts: Sequence[Fact], as_of: date = LAST_DAY, **more: Any) -> ScaleResult:
    """The ladder of this agency."""
    subject = Subject(
        agency="demo", name_th="หน่วยงานสมมติ", kind="government", level="department", fiscal_year=YEAR, as_of=as_of, missions=MISSIONS
    )
    scale = scale_for(code, YEAR)
    assert scale is not None
    return compute(scale, Dossier(subject=subject, facts=tuple(facts), **more))  # type: ignore[arg-type]


def checks(result: ScaleResult, *levels: int) -> dict[str, CheckResult]:
    """The checks of these levels by their ids."""
    found = [level for level in result.levels if level.number in levels]
    return {check.id: check for level in found for criterion in level.criteria for check in criterion.checks}


def not_passed(code: str, facts: Sequence[Fact], as_of: date = LAST_DAY) -> dict[str, Verdict]:
    """What is not passed: of 2549 at levels 4 and 5, of 2550 anywhere."""
    found = checks(computed(code, facts, as_of), *((4, 5) if code == "2549" else (1, 2, 3, 4, 5)))
    return {name: check.finding.verdict for name, check in found.items() if check.finding.verdict is not Verdict.PASSED}
