"""Petitions, their supports, and what happened to them. No table here holds a name, and none an address in clear."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.casework.models import Case
from portal.db import Base, UtcDateTime, code
from portal.feedback.petitions.rules import Act, Ground, State, Way
from portal.kernel.actor import ActorKind


class Petition(Base):
    """One petition, beside its case. Only ``service.trail`` changes its state."""

    __tablename__ = "petition"
    __table_args__ = (
        CheckConstraint("supports = devices + contacts", name="sum_of_both"),
        CheckConstraint("devices >= 0 AND contacts >= 0 AND held >= 0", name="no_less_than_none"),
        Index("ix_petition_newest", "state", "opened_at", "id"),
        Index("ix_petition_most_supported", "state", "supports", "id"),
        Index("ix_petition_waiting", "state", "answer_due_on", "id"),
        Index("ix_petition_answered", "state", "answered_at", "id"),
        Index("ix_petition_closing", "state", "closes_on"),
        Index("ix_petition_changed", "updated_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), unique=True)
    #: To which it was put when it was accepted; before that, and for the answer, the case says who holds it.
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    #: The number of the case in small letters.
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    state: Mapped[State] = mapped_column(code(State, "petition_state"))
    #: What everybody reads: redacted, confirmed by an officer, then never changed. Empty before that.
    title: Mapped[str] = mapped_column(String(400), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    review_due_on: Mapped[date] = mapped_column(Date)
    #: When it was accepted; with it the last day and the threshold that held on that day.
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closes_on: Mapped[date | None] = mapped_column(Date)
    threshold: Mapped[int | None]
    #: Rows of ``petition_support`` that count, by their kind; a test recounts them.
    devices: Mapped[int] = mapped_column(default=0)
    contacts: Mapped[int] = mapped_column(default=0)
    supports: Mapped[int] = mapped_column(default=0)
    #: Laid apart to be checked; in none of the numbers above.
    held: Mapped[int] = mapped_column(default=0)
    reached_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answer_due_on: Mapped[date | None] = mapped_column(Date)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Of one whose threshold was reached: published on or before the due day.
    answered_in_time: Mapped[bool | None]
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ground: Mapped[Ground | None] = mapped_column(code(Ground, "petition_ground"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("petition.id"), index=True)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)

    case: Mapped[Case] = relationship()
    agency: Mapped[Agency] = relationship()
    merged_into: Mapped["Petition | None"] = relationship(remote_side=[id])
    events: Mapped[list["PetitionEvent"]] = relationship(order_by="PetitionEvent.id", back_populates="petition")


class PetitionEvent(Base):
    """One act. Never updated, never deleted; codes and ids only."""

    __tablename__ = "petition_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    act: Mapped[Act] = mapped_column(code(Act, "petition_act"))
    old_state: Mapped[State | None] = mapped_column(code(State, "petition_event_old_state"))
    new_state: Mapped[State] = mapped_column(code(State, "petition_event_new_state"))
    actor_kind: Mapped[ActorKind] = mapped_column(code(ActorKind, "petition_event_actor_kind"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    petition: Mapped[Petition] = relationship(back_populates="events")
    actor: Mapped[User | None] = relationship()


class PetitionSupport(Base):
    """One support. ``mark`` is a keyed hash of a device's random number or of an address; wiped a while after the end."""

    __tablename__ = "petition_support"
    __table_args__ = (UniqueConstraint("petition_id", "way", "mark"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id"))
    way: Mapped[Way] = mapped_column(code(Way, "petition_support_way"))
    mark: Mapped[str | None] = mapped_column(String(64))
    mark_key_id: Mapped[str] = mapped_column(String(16))
    #: The whole hour: the minute would only help to find out who it was.
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    held: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: Of a contact: SHA-256 of the secret in the link of its mail, by which it is taken back.
    link_hash: Mapped[str | None] = mapped_column(String(64), unique=True)

    petition: Mapped[Petition] = relationship()


class PetitionConfirmation(Base):
    """An address that waits for its owner to press the button; gone when it is pressed, or after a day."""

    __tablename__ = "petition_confirmation"
    __table_args__ = (Index("ix_petition_confirmation_of", "address_mark", "asked_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id"), index=True)
    #: Padded, so that its length says nothing.
    address_enc: Mapped[str] = mapped_column(Text)
    #: Keyed hash of the address, the same for every petition: to count mails. It fades with the row.
    address_mark: Mapped[str] = mapped_column(String(64))
    #: Of the browser that asked, so that one person counts once; empty if it supported nothing.
    device_mark: Mapped[str | None] = mapped_column(String(64))
    tell: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(String(2))
    #: SHA-256 of the secret in the link; empty until the worker has made it.
    link_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

    petition: Mapped[Petition] = relationship()


class PetitionFollower(Base):
    """Who wants one mail, when there is an answer."""

    __tablename__ = "petition_follower"

    support_id: Mapped[int] = mapped_column(ForeignKey("petition_support.id"), primary_key=True)
    address_enc: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))

    support: Mapped[PetitionSupport] = relationship()


class PetitionTally(Base):
    """One support of late, by the hash of its petition and network; joined to nothing and forgotten after twenty minutes."""

    __tablename__ = "petition_tally"
    __table_args__ = (Index("ix_petition_tally_key", "key", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    #: The end of the minute.
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    key: Mapped[str] = mapped_column(String(64))
