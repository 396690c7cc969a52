"""Where facts come from: the rooms that give them, and the rows that touch them.

A row that is watched tells, by itself or by way of the row that it belongs to, whose facts have become others. Whoever adds a source adds
the tables that its ``facts_of`` reads; a test compares both.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal.agencies.models import Agency
from portal.casework.models import Case
from portal.db import Base
from portal.disclosures import evidence as disclosures
from portal.disclosures.legal.models import LegalListPage
from portal.disclosures.models import Disclosure, DisclosureMission, DisclosureTranslation, DisclosureVersion
from portal.feedback.boxes import evidence as boxes
from portal.feedback.boxes.models import Box, BoxCorrection, BoxOpening, BoxWitness
from portal.feedback.channels import evidence as channels
from portal.feedback.channels.models import AgencyChannel
from portal.kernel.evidence import Fact, Look
from portal.outcomes.improvements import evidence as improvements
from portal.outcomes.improvements.models import Improvement, ImprovementCase, ImprovementEvent
from portal.outcomes.reports import evidence as reports
from portal.outcomes.reports.models import OpinionReport, OpinionReportVersion
from portal.outcomes.themes import evidence as themes
from portal.outcomes.themes.models import ThemedCase
from portal.plans import evidence as plans
from portal.plans.models import ActivityRecord, ListeningPlan, PlanActivity, PlanRevision

FactsOf = Callable[[Session, Sequence[Agency], Look], dict[int, list[Fact]]]


@dataclass(frozen=True)
class Watched:
    """Rows of a table: ``key`` holds the agency's id, or with ``of`` the id of a row of that table, which is watched for the same source.

    ``only`` names the columns whose change matters; empty for all. With ``ask`` the agencies are those that the database names for the
    row's ``key``; a row that is new touches none of them, as without ``new``.
    """

    row: type[Base]
    key: str = "agency_id"
    of: type[Base] | None = None
    only: tuple[str, ...] = ()
    ask: Callable[[int], Select[Any]] | None = None
    new: bool = True


@dataclass(frozen=True)
class Named:
    """Whom a row names, and the agency whose facts tell that name; ``by`` leads from the row to the one that holds the agency."""

    person: InstrumentedAttribute[Any]
    agency: InstrumentedAttribute[int]
    by: InstrumentedAttribute[Any] | None = None

    def agencies(self, user_id: int) -> Select[Any]:
        """Their ids, for one person."""
        query: Select[Any] = select(self.agency.label("agency_id")).select_from(self.person.class_)
        return (query if self.by is None else query.join(self.by)).where(self.person == user_id)


@dataclass(frozen=True)
class Source:
    """A room's facts."""

    name: str
    facts_of: FactsOf
    watched: tuple[Watched, ...]
    people: tuple[Named, ...] = ()


def _improved_by(case_id: int) -> Select[Any]:
    """Agencies that put the case behind an improvement: the one that holds it, or one above."""
    linked = select(Improvement.agency_id).join(ImprovementCase, ImprovementCase.improvement_id == Improvement.id)
    return linked.where(ImprovementCase.case_id == case_id).distinct()


#: What is counted of a case in the figures, and what ``casework.evidence`` asks beside.
_OF_CASE = (
    "agency_id", "fiscal_year", "received_at", "recorded_at", "counted", "status", "topic_id", "unit_id", "owner_id", "acknowledged_at",
    "answered_at", "days_to_answer", "closed_at", "outcome_at", "disposition",
)  # fmt: skip

#: The portal itself shows these where the law asks for them.
_CONTACTS = ("address_th", "address_en", "phone", "fax", "hotline", "email", "website", "hours_th", "hours_en")

SOURCES: dict[str, Source] = {
    source.name: source
    for source in (
        Source(
            "disclosures",
            disclosures.facts_of,
            (
                Watched(Agency, "id", only=_CONTACTS, new=False),
                Watched(Disclosure, only=("agency_id", "slug", "is_sample")),
                Watched(DisclosureTranslation, "disclosure_id", Disclosure),
                Watched(DisclosureVersion, "translation_id", DisclosureTranslation),
                Watched(DisclosureMission, "disclosure_id", Disclosure),
                Watched(LegalListPage),
            ),
        ),
        Source(
            "channels",
            channels.facts_of,
            (Watched(AgencyChannel), Watched(Case, only=("agency_id", "fiscal_year", "received_at", "recorded_at", "counted", "channel"))),
            (Named(AgencyChannel.collector_id, AgencyChannel.agency_id),),
        ),
        Source(
            "boxes",
            boxes.facts_of,
            (
                Watched(AgencyChannel),
                Watched(Box),
                Watched(BoxOpening, "box_id", Box),
                Watched(BoxWitness, "opening_id", BoxOpening),
                Watched(BoxCorrection, "opening_id", BoxOpening),
            ),
            (Named(AgencyChannel.collector_id, AgencyChannel.agency_id),),
        ),
        Source("cases", themes.facts_of, (Watched(Case, only=_OF_CASE), Watched(ThemedCase, "case_id", Case))),
        Source(
            "reports",
            reports.facts_of,
            (Watched(OpinionReport, only=("slug",)), Watched(OpinionReportVersion, "report_id", OpinionReport)),
        ),
        Source(
            "improvements",
            improvements.facts_of,
            (
                Watched(Improvement),
                Watched(ImprovementCase, "improvement_id", Improvement),
                Watched(ImprovementEvent, "improvement_id", Improvement),
                Watched(Case, "id", only=("counted",), ask=_improved_by),
            ),
            (Named(Improvement.owner_id, Improvement.agency_id),),
        ),
        Source(
            "plans",
            plans.facts_of,
            (
                Watched(ListeningPlan),
                Watched(PlanActivity, "plan_id", ListeningPlan),
                Watched(ActivityRecord, "activity_id", PlanActivity),
                Watched(PlanRevision, "plan_id", ListeningPlan),
            ),
            (
                Named(ListeningPlan.approved_by_id, ListeningPlan.agency_id),
                Named(ListeningPlan.handed_in_by_id, ListeningPlan.agency_id),
                Named(PlanActivity.owner_id, ListeningPlan.agency_id, PlanActivity.plan),  # a unit may be scored by itself
            ),
        ),
    )
}
