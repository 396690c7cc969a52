"""Pages, their drafts and versions, figures and what hangs on them."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, and_, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from portal.accounts.models import User
from portal.agencies.models import Agency, Mission
from portal.db import Base, UtcDateTime, code
from portal.disclosures.numbers import ExactDecimal
from portal.disclosures.rules import Direction, DisclosureKind, Licence, PolicyPage, PublishState
from portal.files.models import StoredFile


class Disclosure(Base):
    """One page of an agency at one address; its words are in ``DisclosureTranslation``."""

    __tablename__ = "disclosure"
    __table_args__ = (
        Index("ix_disclosure_latest", "latest_at", "id"),
        Index("ix_disclosure_agency_latest", "agency_id", "latest_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    #: ASCII, in addresses; never changes once a version is public.
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    kind: Mapped[DisclosureKind] = mapped_column(code(DisclosureKind, "disclosure_kind"), default=DisclosureKind.PAGE)
    #: Place in the agency's strategy tree: the breadcrumb.
    strategy_node_id: Mapped[int | None] = mapped_column(ForeignKey("strategy_node.id"), index=True)
    #: Who answers for the page: a person with an account, or else position, unit and office contact together.
    responsible_user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    responsible_position_th: Mapped[str] = mapped_column(String(200), default="")
    responsible_position_en: Mapped[str] = mapped_column(String(200), default="")
    responsible_unit_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    office_contact: Mapped[str] = mapped_column(String(300), default="")
    licence: Mapped[Licence] = mapped_column(code(Licence, "disclosure_licence"), default=Licence.CC_BY_4_0)
    #: Invented for demonstration: marked on the page and kept from search engines.
    is_sample: Mapped[bool] = mapped_column(default=False)
    #: Fiscal year in B.E. that a report is about.
    fiscal_year: Mapped[int | None] = mapped_column()
    #: Which policy of the agency's website this is; where agencies were merged an agency may have two, and the newer one counts.
    policy: Mapped[PolicyPage | None] = mapped_column(code(PolicyPage, "disclosure_policy"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Updated time of the newest public version in any language; empty while nothing is public. Lists go by it.
    latest_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    agency: Mapped[Agency] = relationship(foreign_keys=[agency_id])
    responsible_user: Mapped[User | None] = relationship()
    responsible_unit: Mapped[Agency | None] = relationship(foreign_keys=[responsible_unit_id])
    translations: Mapped[list["DisclosureTranslation"]] = relationship(back_populates="disclosure", order_by="DisclosureTranslation.id")
    attachments: Mapped[list["DisclosureAttachment"]] = relationship(order_by="DisclosureAttachment.position", cascade="all, delete-orphan")
    indicators: Mapped[list["Indicator"]] = relationship(order_by="Indicator.position", cascade="all, delete-orphan")
    #: The mission that it is about; a page counts for one only.
    about: Mapped["DisclosureMission | None"] = relationship(cascade="all, delete-orphan")

    @property
    def mission(self) -> Mission | None:
        """The mission that it is about."""
        return self.about.mission if self.about else None


class DisclosureMission(Base):
    """The mission that a page is about: of its unit, or of the agency that the unit belongs to."""

    __tablename__ = "disclosure_mission"

    disclosure_id: Mapped[int] = mapped_column(ForeignKey("disclosure.id"), primary_key=True)
    mission_id: Mapped[int] = mapped_column(ForeignKey("mission.id"), index=True)
    #: When somebody said so.
    linked_at: Mapped[datetime] = mapped_column(UtcDateTime)

    mission: Mapped[Mission] = relationship()


class DisclosureTranslation(Base):
    """The draft of a page in one language, and which version of it is public."""

    __tablename__ = "disclosure_translation"
    __table_args__ = (
        UniqueConstraint("disclosure_id", "language"),
        CheckConstraint("language IN ('th', 'en')", name="language"),
        CheckConstraint("(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name="withdrawn"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    disclosure_id: Mapped[int] = mapped_column(ForeignKey("disclosure.id"))
    language: Mapped[str] = mapped_column(String(2))
    state: Mapped[PublishState] = mapped_column(code(PublishState, "disclosure_state"), default=PublishState.DRAFT)
    title: Mapped[str] = mapped_column(String(300), default="")
    lead: Mapped[str] = mapped_column(Text, default="")
    #: Clean HTML of the draft.
    body: Mapped[str] = mapped_column(Text, default="")
    #: What changed since the version before; goes into the next version.
    change_note: Mapped[str] = mapped_column(String(300), default="")
    #: When the public could first read it, where that was before us; otherwise set by the first publication.
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: A historical time for the next version; used up by publishing.
    updated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Number of the version that the public sees; stays when withdrawn, for the tombstone.
    published_number: Mapped[int | None] = mapped_column()
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_reason: Mapped[str] = mapped_column(String(1000), default="")
    #: What the import found wrong, as ``{"text": source text, "values": {...}}``; emptied by publishing.
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    #: Counts every act; an editor hands back the one they saw.
    row_version: Mapped[int] = mapped_column(default=1)

    disclosure: Mapped[Disclosure] = relationship(back_populates="translations")
    version: Mapped["DisclosureVersion | None"] = relationship(
        primaryjoin=lambda: and_(
            DisclosureTranslation.id == DisclosureVersion.translation_id,
            DisclosureTranslation.published_number == DisclosureVersion.number,
        ),
        foreign_keys=lambda: [DisclosureVersion.translation_id, DisclosureVersion.number],
        uselist=False,
        viewonly=True,
    )

    @property
    def is_public(self) -> bool:
        """True if somebody outside can read a version."""
        return self.published_number is not None and self.withdrawn_at is None


class DisclosureVersion(Base):
    """What was published, as it was published. Never updated, never deleted."""

    __tablename__ = "disclosure_version"
    __table_args__ = (UniqueConstraint("translation_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    translation_id: Mapped[int] = mapped_column(ForeignKey("disclosure_translation.id"))
    #: From 1.
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    lead: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    #: Copy of the indicators, see ``figures.snapshot``; numbers as text, exact.
    figures: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    #: Copy of the attachments: ``{"file": public id, "title": …}``.
    attachments: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    #: As of then, in the language of the text.
    responsible_name: Mapped[str] = mapped_column(String(200))
    responsible_position: Mapped[str] = mapped_column(String(200))
    responsible_unit: Mapped[str] = mapped_column(String(200))
    office_contact: Mapped[str] = mapped_column(String(300))
    #: May be historical.
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: When we wrote it down; never set by hand.
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Empty where the command line published.
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    change_note: Mapped[str] = mapped_column(String(300))


class DisclosureAttachment(Base):
    """A file that hangs on the draft; public once a version that lists it is."""

    __tablename__ = "disclosure_attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    disclosure_id: Mapped[int] = mapped_column(ForeignKey("disclosure.id"), index=True)
    stored_file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    title: Mapped[str] = mapped_column(String(200))
    position: Mapped[int] = mapped_column(default=0)

    file: Mapped[StoredFile] = relationship()


class RelatedDisclosure(Base):
    """A page that a reader of another page may want next."""

    __tablename__ = "related_disclosure"
    __table_args__ = (CheckConstraint("disclosure_id <> related_id", name="not_itself"),)

    disclosure_id: Mapped[int] = mapped_column(ForeignKey("disclosure.id"), primary_key=True)
    related_id: Mapped[int] = mapped_column(ForeignKey("disclosure.id"), primary_key=True)


class Indicator(Base):
    """What a performance report measures."""

    __tablename__ = "indicator"

    id: Mapped[int] = mapped_column(primary_key=True)
    disclosure_id: Mapped[int] = mapped_column(ForeignKey("disclosure.id"), index=True)
    position: Mapped[int]
    name_th: Mapped[str] = mapped_column(String(300), default="")
    name_en: Mapped[str] = mapped_column(String(300), default="")
    unit_th: Mapped[str] = mapped_column(String(60), default="")
    unit_en: Mapped[str] = mapped_column(String(60), default="")
    direction: Mapped[Direction] = mapped_column(code(Direction, "indicator_direction"), default=Direction.UP)
    #: Where it stood before.
    baseline: Mapped[Decimal | None] = mapped_column(ExactDecimal)

    periods: Mapped[list["IndicatorPeriod"]] = relationship(order_by="IndicatorPeriod.position", cascade="all, delete-orphan")


class IndicatorPeriod(Base):
    """Target and actual of an indicator in one period, such as a quarter."""

    __tablename__ = "indicator_period"

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), index=True)
    position: Mapped[int]
    label_th: Mapped[str] = mapped_column(String(60), default="")
    label_en: Mapped[str] = mapped_column(String(60), default="")
    target: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    actual: Mapped[Decimal | None] = mapped_column(ExactDecimal)


class VersionIsImmutable(Exception):
    """Somebody tried to change or delete what was published."""


@event.listens_for(DisclosureVersion, "before_update")
@event.listens_for(DisclosureVersion, "before_delete")
def _refuse(mapper: Mapper[DisclosureVersion], connection: Any, version: DisclosureVersion) -> None:
    raise VersionIsImmutable(f"version {version.number} of translation {version.translation_id}")
