"""A page as it is read: what the templates of public pages, earlier versions and previews are given."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from portal.disclosures.figures import Snapshot, snapshot
from portal.disclosures.models import Disclosure, DisclosureTranslation, DisclosureVersion
from portal.disclosures.rules import Direction
from portal.disclosures.service.publishing import responsible
from portal.files.models import StoredFile
from portal.kernel import rich_text
from portal.kernel.thai_text import pick

TOC_LEVELS = (2, 3)


@dataclass(frozen=True)
class PeriodView:
    """One bar of the chart and one row of the table."""

    label: str
    target: Decimal | None
    actual: Decimal | None


@dataclass(frozen=True)
class IndicatorView:
    """An indicator in one language; ``latest`` is the last period with a result, ``reached`` says whether it met its target."""

    name: str
    unit: str
    direction: Direction
    baseline: Decimal | None
    periods: list[PeriodView]

    @property
    def latest(self) -> PeriodView | None:
        """The last period that has a result."""
        return next((period for period in reversed(self.periods) if period.actual is not None), None)

    @property
    def reached(self) -> bool | None:
        """Whether the latest result meets its target; ``None`` where there is nothing to compare."""
        latest = self.latest
        if latest is None or latest.actual is None or latest.target is None:
            return None
        return latest.actual >= latest.target if self.direction is Direction.UP else latest.actual <= latest.target


@dataclass(frozen=True)
class PageView:
    """One text of a page, published or not."""

    language: str
    title: str
    lead: str
    body: str
    responsible: str
    position: str
    unit: str
    contact: str
    published_at: datetime | None
    updated_at: datetime | None
    number: int | None
    indicators: list[IndicatorView]
    files: list[tuple[str, StoredFile]] = field(default_factory=list)

    @property
    def toc(self) -> list[rich_text.Heading]:
        """Headings of the two upper levels."""
        return [heading for heading in rich_text.headings(self.body) if heading.level in TOC_LEVELS]

    @property
    def under_name(self) -> str:
        """Position and unit, as they stand below the officer's name."""
        parts = (self.position, self.unit) if self.position != self.responsible else (self.unit,)
        return " ".join(part for part in parts if part)


def of_version(translation: DisclosureTranslation, version: DisclosureVersion, files: Sequence[tuple[str, StoredFile]]) -> PageView:
    """A version as it was published."""
    return PageView(
        language=translation.language,
        title=version.title,
        lead=version.lead,
        body=version.body,
        responsible=version.responsible_name,
        position=version.responsible_position,
        unit=version.responsible_unit,
        contact=version.office_contact,
        published_at=version.published_at,
        updated_at=version.updated_at,
        number=version.number,
        indicators=indicator_views(version.figures, translation.language),
        files=list(files),
    )


def of_draft(page: Disclosure, translation: DisclosureTranslation) -> PageView:
    """The draft, for the preview."""
    officer = responsible(page, translation.language)
    return PageView(
        language=translation.language,
        title=translation.title,
        lead=translation.lead,
        body=translation.body,
        responsible=officer.name,
        position=officer.shown_position,
        unit=officer.shown_unit,
        contact=officer.contact,
        published_at=translation.published_at,
        updated_at=translation.updated_at,
        number=None,
        indicators=indicator_views(snapshot(page.indicators), translation.language),
        files=[(one.title, one.file) for one in page.attachments],
    )


def indicator_views(figures: Snapshot, language: str) -> list[IndicatorView]:
    """A version's figures in one language."""
    return [
        IndicatorView(
            name=pick(language, one["name_th"], one["name_en"]),
            unit=pick(language, one["unit_th"], one["unit_en"]),
            direction=Direction(one["direction"]),
            baseline=_number(one["baseline"]),
            periods=[_period(period, language) for period in one["periods"]],
        )
        for one in figures
    ]


def _period(period: dict[str, Any], language: str) -> PeriodView:
    return PeriodView(pick(language, period["label_th"], period["label_en"]), _number(period["target"]), _number(period["actual"]))


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
