"""Dossiers of an agency that passes, and ways to take something away from them."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import msgspec

from portal.kernel.evidence import (
    Activity,
    AnyFact,
    Box,
    BoxOpened,
    CaseQuarter,
    ChannelFact,
    ChannelInput,
    Fact,
    ImprovementFact,
    LegalItem,
    LegalList,
    ListeningPlanFact,
    Mission,
    MissionPage,
    OpinionReportFact,
    Subject,
)
from portal.kernel.thai_calendar import fiscal_year_bounds
from portal.participation.rules.computing import compute
from portal.participation.rules.dossier import Dossier
from portal.participation.rules.results import CheckResult, ScaleResult
from portal.participation.scales import scale_for

YEAR = 2569
MISSIONS = (
    Mission(code="m1", name_th="ดูแลน้ำ", name_en="Water", is_core=True),
    Mission(code="m2", name_th="ดูแลถนน", name_en="Roads"),
)
LISTS = (
    LegalList(code="s7", law="s7", name_th="มาตรา 7", name_en="Section 7", is_complete=True, items=("1", "2")),
    LegalList(code="s9", law="s9", name_th="มาตรา 9", name_en="Section 9", is_complete=True, items=("1", "2", "3")),
    LegalList(code="oit", law="oit", name_th="OIT", is_complete=True, items=tuple(f"O{number}" for number in range(1, 11))),
)


def on(month: int, day: int = 15, year: int = YEAR) -> date:
    """A day of the fiscal year."""
    return date(year - 543 - (month >= 10), month, day)


def fact(shape: type[Fact], key: str, day: date, **values: Any) -> Any:
    """A public fact that was stored on its day and has somebody responsible."""
    about: dict[str, Any] = {"path": f"/{shape.__name__.lower()}/{key}", "name_th": key, "responsible": "กองแผน", "recorded_on": day}
    return shape(key=key, on=day, **{**about, **values})


def subject(year: int = YEAR, **values: Any) -> Subject:
    """An agency at the end of the year."""
    about: dict[str, Any] = {"kind": "government", "level": "department", "as_of": fiscal_year_bounds(year)[1], "missions": MISSIONS}
    return Subject(agency="sommotthani", name_th="สมมตธานี", name_en="Sommotthani", fiscal_year=year, **{**about, **values})


def at_three() -> Dossier:
    """Everything that the first three levels of 2549 ask for, and no more."""
    return Dossier(subject=subject(), lists=LISTS, facts=(*opening(), *listening(), *handling()))


def opening() -> tuple[AnyFact, ...]:
    """Level 1."""
    pages = (fact(MissionPage, f"page-{one.code}", on(6), mission=one.code) for one in MISSIONS)
    items = (
        fact(LegalItem, f"{law.code}-{item}", on(1), list_code=law.code, item=item)
        for law in LISTS
        for item in (law.items if law.code != "oit" else law.items[:9])
    )
    channels = (
        fact(ChannelFact, "web", on(10, 1), channel="web", audience="general_public", is_formal=True, collector="กองกลาง"),
        fact(ChannelFact, "box", on(10, 1), channel="box", audience="target_group", is_formal=False, collector="กองกลาง"),
    )
    return (*pages, *items, *channels)


def listening() -> tuple[AnyFact, ...]:
    """Level 2: five activities, four of which were held, each quarter something by the box, which was opened each month."""
    first, last = fiscal_year_bounds(YEAR)
    plan = fact(
        ListeningPlanFact, "plan", on(10, 5), approved_on=on(10, 5), by_head=True, budget=1000.0, budget_spent=900.0, until=last
    )  # fmt: skip
    months = tuple(on(month, 1) for month in (10, 11, 12, *range(1, 10)))
    box = fact(Box, "hall", first, months=months, name_th="ตู้หน้าอำเภอ")
    openings = (fact(BoxOpened, f"opened-{one:%Y-%m}", one + timedelta(days=9), box="hall", witnesses=1) for one in months)
    return (plan, box, *activities(), *openings, *inputs())


def activities() -> tuple[Activity, ...]:
    """Four held, one cancelled: exactly four fifths."""
    held = tuple(
        activity(f"a{number}", on(month), mission=mission)
        for number, (month, mission) in enumerate([(11, "m1"), (2, "m2"), (5, "m1"), (8, "m2")], start=1)
    )
    off = activity("a5", on(9, 1), mission="m1", is_done=False, is_cancelled=True, people=0, has_summary=False, recorded_on=on(10, 5))
    return (*held, off)


def activity(key: str, day: date, **values: Any) -> Activity:
    """A hearing that was held with thirty people."""
    about: dict[str, Any] = {
        "method": "hearing",
        "is_formal": True,
        "is_done": True,
        "planned_on": day,
        "notice_on": day - timedelta(days=15),
    }
    rest = {"people": 30, "officers": 5, "has_summary": True, "mission": "m1", "records": (f"/reports/{key}",)}
    made: Activity = fact(Activity, key, day, **{**about, **rest, **values})
    return made


def inputs() -> tuple[ChannelInput, ...]:
    """Something by the box in each quarter, by the form in the first."""
    ends = (on(12, 31), on(3, 31), on(6, 30), on(9, 30))
    box = (fact(ChannelInput, f"box-{q}", end, channel="box", is_formal=False, quarter=q, received=5) for q, end in enumerate(ends, 1))
    return (*box, fact(ChannelInput, "web-1", ends[0], channel="web", is_formal=True, quarter=1, received=20))


def handling() -> tuple[AnyFact, ...]:
    """Level 3: exactly at each share; twenty matters a quarter, eighty in all."""
    ends = (on(12, 31), on(3, 31), on(6, 30), on(9, 30))
    cases = (
        fact(
            CaseQuarter, f"cases-{q}", end, quarter=q, received=20, classified=19, assigned=19, answered_after=((3, 10), (15, 8)),
            waiting_for=((16, 2),), ended=12, ended_with_reason=12,
        )
        for q, end in enumerate(ends, 1)
    )  # fmt: skip
    reports = (
        fact(OpinionReportFact, f"report-{q}", day, first_on=on(10, 1), last_on=day, due_on=day, opinions=12)
        for q, day in ((1, on(3, 1)), (2, on(9, 1)))
    )
    done = fact(
        ImprovementFact,
        "improvement",
        on(7),
        planned_on=on(12),
        is_done=True,
        has_opinions=True,
        has_before=True,
        has_after=True,
        has_evidence=True,
    )
    return (*cases, *reports, done)


def scored(dossier: Dossier, code: str = "2549") -> ScaleResult:
    """The ladder of a scale as it ships."""
    scale = scale_for(code, dossier.subject.fiscal_year)
    assert scale is not None
    return compute(scale, dossier)


def check(dossier: Dossier, name: str, code: str = "2549") -> CheckResult:
    """One check of it."""
    return checks(scored(dossier, code))[name]


def checks(result: ScaleResult) -> dict[str, CheckResult]:
    """All checks by their id."""
    return {one.id: one for level in result.levels for criterion in level.criteria for one in criterion.checks}


def with_facts(dossier: Dossier, *facts: Any) -> Dossier:
    """The same with more facts."""
    return msgspec.structs.replace(dossier, facts=(*dossier.facts, *facts))


def without(dossier: Dossier, *keys: str) -> Dossier:
    """The same without the facts with these keys."""
    assert set(keys) <= {one.key for one in dossier.facts}
    return msgspec.structs.replace(dossier, facts=tuple(one for one in dossier.facts if one.key not in keys))


def without_any(dossier: Dossier, shape: type[Fact]) -> Dossier:
    """The same without all facts of a shape."""
    return msgspec.structs.replace(dossier, facts=tuple(one for one in dossier.facts if not isinstance(one, shape)))


def changed(dossier: Dossier, key: str, **values: Any) -> Dossier:
    """The same with one fact changed."""
    assert key in {one.key for one in dossier.facts}
    return each(dossier, lambda one: msgspec.structs.replace(one, **values) if one.key == key else one)


def each(dossier: Dossier, change: Callable[[Any], Any]) -> Dossier:
    """The same with every fact put through ``change``."""
    return msgspec.structs.replace(dossier, facts=tuple(change(one) for one in dossier.facts))


def seen(dossier: Dossier, **values: Any) -> Dossier:
    """The same with a changed subject, such as an earlier ``as_of``."""
    return msgspec.structs.replace(dossier, subject=msgspec.structs.replace(dossier.subject, **values))
