"""Evidence of the reports on how opinions were considered: those that were published."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.kernel.evidence import Fact, Look, OpinionReportFact
from portal.kernel.thai_calendar import office_day
from portal.outcomes.reports.models import OpinionReport, OpinionReportVersion
from portal.outcomes.reports.rules import day_begins


def facts_of(session: Session, agencies: Sequence[Agency], look: Look) -> dict[int, list[Fact]]:
    """Each report by the day of its first version; one query.

    Who is responsible and how much was heard is what the last version by the day of the look says.
    """
    found: dict[int, list[Fact]] = {agency.id: [] for agency in agencies}
    for _, versions in groupby(session.execute(_versions(look)), key=lambda row: row.id):
        fact = _fact(list(versions), look)
        if look.first <= fact[1].on <= look.as_of:
            found[fact[0]].append(fact[1])
    return found


def _versions(look: Look) -> Select[Any]:
    report, version = OpinionReport, OpinionReportVersion
    heard = version.figures["heard"].as_integer().label("heard")
    columns = (
        report.id, report.agency_id, report.slug, report.fiscal_year, report.part, report.parts, report.first_on, report.last_on,
        report.due_on, version.published_at,
        version.responsible_name_th, version.responsible_position_th, version.written_by_id, version.published_by_id, heard,
    )  # fmt: skip
    there = (report.agency_id.in_(sorted(look.whose)), version.published_at < day_begins(look.entered_by + timedelta(days=1)))
    return select(*columns).join(version, version.report_id == report.id).where(*there).order_by(report.id, version.number)


def _fact(versions: Sequence[Row[Any]], look: Look) -> tuple[int, OpinionReportFact]:
    """With the id of the agency that is scored."""
    whose, day = look.whose[versions[0].agency_id], office_day(versions[0].published_at)
    last = [row for row in versions if office_day(row.published_at) <= look.as_of] or versions[:1]
    made_by: Iterable[int | None] = (versions[0].written_by_id, versions[0].published_by_id)
    row = last[-1]
    return whose, OpinionReportFact(
        key=row.slug, path=f"/reports/{row.slug}", name_th=_name_th(row), name_en=_name_en(row), on=day, recorded_on=day,
        responsible=row.responsible_name_th or row.responsible_position_th, by_scorer=any(look.scored(whose, one) for one in made_by),
        first_on=row.first_on, last_on=row.last_on, due_on=row.due_on, opinions=row.heard or 0,
    )  # fmt: skip


def _name_th(row: Row[Any]) -> str:
    return f"รายงานสรุปผลการพิจารณาความเห็นของประชาชน งวดที่ {row.part} จาก {row.parts} ปีงบประมาณ {row.fiscal_year}"


def _name_en(row: Row[Any]) -> str:
    return f"How opinions were considered, part {row.part} of {row.parts} of fiscal year {row.fiscal_year} (B.E.)"
