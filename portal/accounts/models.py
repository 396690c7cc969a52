"""People, what they may do where, and their sessions."""

import secrets
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.rules import Proof
from portal.agencies.models import Agency
from portal.db import Base, UtcDateTime, code
from portal.kernel.actor import Role


def new_public_id() -> str:
    """Random, for addresses: internal ids never leave."""
    return secrets.token_hex(8)


class User(Base):
    """A person with an account. Names are official and shown beside what they are responsible for."""

    __tablename__ = "user_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Stands in addresses of pages about the person.
    public_id: Mapped[str] = mapped_column(String(32), unique=True, default=new_public_id)
    #: Lower-cased.
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name_th: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    position_th: Mapped[str] = mapped_column(String(200), default="")
    position_en: Mapped[str] = mapped_column(String(200), default="")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    #: Who stands in for this person; cases about the one are kept from the other (``docs/rules/apart.md``).
    substitute_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    #: Argon2id; empty means that no password opens the account.
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Counts every act of an administrator on the account and its grants; a form hands back the one it was filled in for.
    row_version: Mapped[int] = mapped_column(default=1, server_default="1")

    unit: Mapped[Agency | None] = relationship()
    grants: Mapped[list["Grant"]] = relationship(back_populates="user", cascade="all, delete-orphan", order_by="Grant.id")


class Grant(Base):
    """A role held in an agency, or above agencies."""

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("user_id", "agency_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    #: Empty for roles above agencies only.
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    role: Mapped[Role] = mapped_column(code(Role, "grant_role"))
    with_children: Mapped[bool] = mapped_column(default=False)

    user: Mapped[User] = relationship(back_populates="grants")
    agency: Mapped[Agency | None] = relationship()


class SignInSession(Base):
    """A signed-in browser. The cookie holds an opaque token; only its hash is stored."""

    __tablename__ = "sign_in_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Stands in the form that ends this session.
    public_id: Mapped[str] = mapped_column(String(32), unique=True, default=new_public_id)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: The last thing that was shown to open it.
    proof: Mapped[Proof] = mapped_column(code(Proof, "sign_in_proof"), default=Proof.PASSWORD, server_default=Proof.PASSWORD.value)
    #: When the person last showed who they are; acts that ask for it look here.
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Kind of browser as a code, such as ``chrome-android`` (``agents``); never what the browser said of itself, never an address.
    agent: Mapped[str] = mapped_column(String(40), default="", server_default="")
    #: Roughly: written with some of the person's acts, at most every quarter of an hour; reading pages does not move it.
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SignInFailures(Base):
    """Recent failed sign-ins for one keyed hash of an address or a network; survives a restart."""

    __tablename__ = "sign_in_failures"

    #: HMAC with a key that only lives as long as the data key; no address is kept.
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    blocked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
