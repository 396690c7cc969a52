"""A report as a page, a CSV and a JSON show it: the figures of a version or of a draft, words, and the published cases it names."""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from portal.casework.models import Case, PublicCase
from portal.casework.queries import public_list
from portal.casework.rules import CaseKind, Channel
from portal.disclosures.figures import guarded
from portal.feedback.channels.rules import ChannelAudience
from portal.kernel.messages import N_
from portal.outcomes.improvements.rules import ImprovementKind, ImprovementState
from portal.outcomes.reports import figures, rules
from portal.outcomes.reports.figures import Figures
from portal.outcomes.reports.models import OpinionReport, OpinionReportVersion
from portal.outcomes.rules import Outcome

COLUMNS = ("part", "code", "name_th", "name_en", "number")
LABELS: Mapping[str, Mapping[str, str]] = {
    "kinds": {kind.value: kind.label for kind in CaseKind},
    "channels": {channel.value: channel.label for channel in Channel},
    "audiences": {**{one.value: one.label for one in ChannelAudience}, figures.NOT_DESCRIBED: N_("Ways that the agency has not described")},
    "outcomes": {outcome.value: outcome.label for outcome in Outcome},
    "states": {state.value: state.label for state in ImprovementState},
    "changes": {kind.value: kind.label for kind in ImprovementKind},
}


@dataclass(frozen=True)
class Shown:
    """What the template needs of one version, or of the draft (without ``version``)."""

    report: OpinionReport
    figures: Figures
    words: OpinionReport | OpinionReportVersion
    cases: Mapping[str, PublicCase]
    version: OpinionReportVersion | None = None

    @property
    def as_of(self) -> datetime:
        """When it was counted."""
        return datetime.fromisoformat(self.figures["as_of"])

    @property
    def in_time_share(self) -> float | None:
        """Percent, of all that were answered or should have been."""
        judged = self.figures["in_time"] + self.figures["late"]
        return round(100 * float(self.figures["in_time"]) / judged, 1) if judged else None

    @property
    def months(self) -> list[tuple[date, date, int]]:
        """First and last day of each month, and what came."""
        firsts = [date.fromisoformat(month["first_on"]) for month in self.figures["months"]]
        lasts = [rules.period_of(first, 12).last for first in firsts]
        return [(first, last, month["count"]) for first, last, month in zip(firsts, lasts, self.figures["months"], strict=True)]

    def behind(self, figure: str = "received", **narrowed: str) -> str:
        """Address of the list behind a figure."""
        days: dict[str, Any] = {"from": self.report.first_on.isoformat(), "until": self.report.last_on.isoformat(), **narrowed}
        return url_for("cases.index", list=figure, agency=self.report.agency.slug, **days)

    def behind_kind(self, code: str) -> str:
        """Of one kind."""
        return self.behind(kind=code)

    def behind_channel(self, code: str) -> str:
        """Of one channel."""
        return self.behind(channel=code)

    def behind_days(self, first: date, last: date) -> str:
        """Of some days of the period."""
        return self.behind(**{"from": first.isoformat(), "until": last.isoformat()})


def of_version(session: Session, report: OpinionReport, version: OpinionReportVersion) -> Shown:
    """As it was published; of cases only what is public now."""
    return Shown(report, version.figures, version, _cases(session, version.figures), version)


def of_draft(session: Session, report: OpinionReport) -> Shown | None:
    """As it would be published; None before anything was counted."""
    counted = report.draft.figures
    return Shown(report, counted, report, _cases(session, counted)) if counted is not None else None


def _cases(session: Session, counted: Figures) -> dict[str, PublicCase]:
    numbers = figures.numbers_of(counted)
    rows = session.scalars(public_list().where(Case.number.in_(numbers))) if numbers else ()
    return {row.case.number: row for row in rows}


def as_csv(shown: Shown) -> str:
    """UTF-8 with BOM, one row a figure; safe to open in a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for part, code, name_th, name_en, number in figures.lines(shown.figures):
        writer.writerow([guarded(part), guarded(code), guarded(name_th), guarded(name_en), number])
    return "\ufeff" + out.getvalue()


def as_json(shown: Shown, url: str) -> str:
    """The figures with what they are of."""
    report, version = shown.report, shown.version
    about: dict[str, Any] = {
        "slug": report.slug,
        "agency": report.agency.slug,
        "fiscal_year": report.fiscal_year,
        "part": report.part,
        "parts": report.parts,
        "due_on": report.due_on.isoformat(),
        "invented": report.agency.is_sample,
        "version": version.number if version else None,
        "published_at": version.published_at.isoformat() if version else None,
        "url": url,
    }
    return json.dumps({**about, **shown.figures}, ensure_ascii=False, indent=2)
