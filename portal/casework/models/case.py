"""The case itself: where it stands, whose it is, when it is due."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.casework.models.case_indexes import case_indexes
from portal.casework.rules import OPEN, Anonymity, AnswerBy, CaseKind, Channel, Disposition, Judge, Status
from portal.casework.topics.models import Topic
from portal.db import Base, UtcDateTime, code

if TYPE_CHECKING:
    from portal.casework.contributing.models import Contribution
    from portal.casework.models.apart import CaseAbout, CaseBarred
    from portal.casework.models.history import CaseEvent, CaseWords
    from portal.casework.models.identity import CaseIdentity
    from portal.casework.models.letter import CaseLetter
    from portal.casework.models.public import PublicCase
    from portal.casework.models.referral import CaseReferral
    from portal.casework.pictures.models import PublicPicture
    from portal.casework.publication.models import PublicDraft
    from portal.casework.raising.models import CaseRaise
    from portal.casework.snooze.models import CaseSnooze
    from portal.casework.splitting.models import CasePart

_OPEN_LIST = ", ".join(f"'{status.value}'" for status in sorted(OPEN))


class Case(Base):
    """What one person told an agency. Only ``service.door`` changes its status."""

    __tablename__ = "case_record"  # "case" is a word of SQL
    __table_args__ = (
        CheckConstraint(f"is_open = (status IN ({_OPEN_LIST}))", name="open_by_status"),
        CheckConstraint("counted = (status <> 'merged' AND NOT guarded)", name="counted_by_status"),
        *case_indexes(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Who holds it now; forwarding changes it, the number stays.
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), active_history=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), active_history=True)
    #: The sender did not know which agency; the home agency routes it.
    pool: Mapped[bool] = mapped_column(default=False)
    #: ``<AGENCY>-<FY>-<6 digits>``.
    number: Mapped[str] = mapped_column(String(40), unique=True)
    #: B.E., of the day of receipt.
    fiscal_year: Mapped[int] = mapped_column(active_history=True)
    kind: Mapped[CaseKind] = mapped_column(code(CaseKind, "case_kind"), active_history=True)
    #: What it is about, of the topics of the agency that received it; nobody has to choose one.
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("case_topic.id"), active_history=True)
    channel: Mapped[Channel] = mapped_column(code(Channel, "case_channel"), active_history=True)
    #: "th" or "en": the language of its mails.
    language: Mapped[str] = mapped_column(String(2))
    status: Mapped[Status] = mapped_column(code(Status, "case_status"), active_history=True)
    #: Follows the status (constraint above); partial indexes need a plain column.
    is_open: Mapped[bool] = mapped_column(default=True, active_history=True)
    #: In the figures: neither merged into another nor guarded (constraint above).
    counted: Mapped[bool] = mapped_column(default=True, active_history=True)
    #: The citizen's words as they came, never altered.
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(String(300), default="")
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    #: Code of the province that the place lies in, or in which alone the agency works; empty where nobody can say (``figures.md``).
    province: Mapped[str | None] = mapped_column(String(2), active_history=True)
    anonymity: Mapped[Anonymity] = mapped_column(code(Anonymity, "case_anonymity"))
    answer_by: Mapped[AnswerBy] = mapped_column(code(AnswerBy, "case_answer_by"))
    publish_consent: Mapped[bool] = mapped_column(default=False)
    #: Somebody's life is in danger, as the officer who took it down understood: it has a clock of its own (``clock.md``).
    urgent: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: A petition: others may support it, and it is reviewed before (``petitions.md``).
    collects: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: About something invented for the demonstration, though its agency is not; see ``is_sample``.
    is_invented: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: When it reached the agency; may lie before ``recorded_at`` for letters and calls.
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, active_history=True)
    #: When the portal stored it; never set by hand.
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Last day on which an answer is in time; pauses, extensions, and what begins the clock anew move it (``clock.md``).
    due_on: Mapped[date] = mapped_column(Date, active_history=True)
    #: The first promise, by which figures judge; only pauses move it, and only while it can be kept.
    first_due_on: Mapped[date] = mapped_column(Date, active_history=True)
    #: The clock of this case counts working days.
    due_working: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: By when an officer takes it up; empty for cases from before this was promised.
    acknowledge_by: Mapped[date | None] = mapped_column(Date)
    #: When one did: the first act of an officer who works it.
    acknowledged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Last day for the final answer; empty where no rule names one.
    final_by: Mapped[date | None] = mapped_column(Date)
    #: Last day of the pause that runs (``case_pause``), so that a list need not ask.
    paused_until: Mapped[date | None] = mapped_column(Date)
    #: How often its due day was extended.
    extensions: Mapped[int] = mapped_column(default=0, server_default="0", active_history=True)
    #: English source of the legal ground of ``due_on``, or the agency's own words in Thai.
    due_basis: Mapped[str] = mapped_column(String(300))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    escalation_level: Mapped[int] = mapped_column(default=0, active_history=True)
    #: Who may judge the contest; empty means whoever decides in the holding agency (``rules.judging``).
    judge: Mapped[Judge | None] = mapped_column(code(Judge, "case_judge"))
    #: The agency above whose coordinators and executives judge it; the case itself stays where it is.
    judge_agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    #: Somebody outside let the outcome stand: it cannot be contested again.
    upheld_at: Mapped[datetime | None] = mapped_column(UtcDateTime, active_history=True)
    #: First answer, whatever came later.
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Calendar days from the Bangkok day of receipt to that of the first answer.
    days_to_answer: Mapped[int | None] = mapped_column(active_history=True)
    answered_in_time: Mapped[bool | None] = mapped_column(active_history=True)
    #: Last answer or closing; the time to contest runs from here.
    outcome_at: Mapped[datetime | None] = mapped_column(UtcDateTime, active_history=True)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Result, reason and proof lie in ``case_words``.
    disposition: Mapped[Disposition | None] = mapped_column(code(Disposition, "case_disposition"))
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, active_history=True)
    #: How often it was forwarded.
    hops: Mapped[int] = mapped_column(default=0)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("case_record.id"), index=True)
    #: The sender says that somebody pressed for the withdrawal.
    withdrawn_pressed: Mapped[bool] = mapped_column(default=False)
    #: About a named officer or unit: in no public figure or list, and hidden from them (``case_about``).
    guarded: Mapped[bool] = mapped_column(default=False)
    #: When its words were erased; subject and body then read ``ERASED``.
    words_erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    receipt_key_id: Mapped[str] = mapped_column(String(16))
    receipt_hash: Mapped[str] = mapped_column(String(64), unique=True)
    #: Counted by every act, so that a form filled in for an earlier version is noticed.
    row_version: Mapped[int] = mapped_column()

    agency: Mapped[Agency] = relationship(foreign_keys=[agency_id])
    unit: Mapped[Agency | None] = relationship(foreign_keys=[unit_id])
    judge_agency: Mapped[Agency | None] = relationship(foreign_keys=[judge_agency_id])
    topic: Mapped[Topic | None] = relationship()
    owner: Mapped[User | None] = relationship()
    merged_into: Mapped["Case | None"] = relationship(remote_side=[id])
    identity: Mapped["CaseIdentity | None"] = relationship(back_populates="case")
    public: Mapped["PublicCase | None"] = relationship(back_populates="case")
    public_draft: Mapped["PublicDraft | None"] = relationship(back_populates="case")
    pictures: Mapped[list["PublicPicture"]] = relationship(order_by="PublicPicture.id", back_populates="case")
    letter: Mapped["CaseLetter | None"] = relationship(back_populates="case")
    referral: Mapped["CaseReferral | None"] = relationship(back_populates="case")
    snooze: Mapped["CaseSnooze | None"] = relationship(back_populates="case")
    events: Mapped[list["CaseEvent"]] = relationship(order_by="CaseEvent.id", back_populates="case")
    words: Mapped[list["CaseWords"]] = relationship(order_by="CaseWords.id", back_populates="case")
    barred: Mapped[list["CaseBarred"]] = relationship(back_populates="case")
    about: Mapped[list["CaseAbout"]] = relationship(order_by="CaseAbout.id", back_populates="case", cascade="all, delete-orphan")
    part: Mapped["CasePart | None"] = relationship(foreign_keys="CasePart.case_id", back_populates="case")
    #: Its steps up to agencies above, the first one first.
    raises: Mapped[list["CaseRaise"]] = relationship(order_by="CaseRaise.id", back_populates="case")
    contributions: Mapped[list["Contribution"]] = relationship(order_by="Contribution.id", back_populates="case")

    @property
    def is_sample(self) -> bool:
        """Invented for the demonstration: marked wherever it shows, and kept from search engines."""
        return self.agency.is_sample or self.is_invented

    __mapper_args__: dict[str, Any] = {"version_id_col": row_version, "version_id_generator": False}  # noqa: RUF012 - SQLAlchemy declares it so
