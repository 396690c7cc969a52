"""Invitations and what they promise."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.invitation.rules import InvitationState, state_of
from portal.accounts.models import User, new_public_id
from portal.agencies.models import Agency
from portal.db import Base, UtcDateTime, code
from portal.kernel.actor import Role


class Invitation(Base):
    """Somebody is asked to come, or to take further roles."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True, default=new_public_id)
    #: SHA-256 of the secret in the link; empty until the worker has made one, and where the address has an account.
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    #: Lower-cased.
    email: Mapped[str] = mapped_column(String(254), index=True)
    name_th: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    position_th: Mapped[str] = mapped_column(String(200), default="")
    position_en: Mapped[str] = mapped_column(String(200), default="")
    #: Where the person will work; whose administrators see the invitation.
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    #: Empty where the command line invited.
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    declined_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    unit: Mapped[Agency | None] = relationship()
    invited_by: Mapped[User | None] = relationship()
    grants: Mapped[list["InvitedGrant"]] = relationship(order_by="InvitedGrant.id", cascade="all, delete-orphan")

    def state(self, now: datetime) -> InvitationState:
        """Where it stands."""
        return state_of(now, self.expires_at, self.accepted_at, self.withdrawn_at, self.declined_at)


class InvitedGrant(Base):
    """A role that the invitation promises."""

    __tablename__ = "invited_grant"
    __table_args__ = (UniqueConstraint("invitation_id", "agency_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id"))
    #: Empty for roles above agencies only.
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    role: Mapped[Role] = mapped_column(code(Role, "invited_role"))
    with_children: Mapped[bool] = mapped_column(default=False)

    agency: Mapped[Agency | None] = relationship()
