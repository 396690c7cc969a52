"""Providers of identities, and who is who there."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.db import Base, UtcDateTime


class IdentityProvider(Base):
    """Where people of an agency sign in instead of here."""

    __tablename__ = "identity_provider"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name_th: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120), default="")
    #: To the letter as the provider writes it into its tokens.
    issuer: Mapped[str] = mapped_column(String(300), unique=True)
    client_id: Mapped[str] = mapped_column(String(300))
    client_secret_enc: Mapped[str] = mapped_column(Text)
    #: Domains of addresses that the provider answers for.
    domains: Mapped[list[str]] = mapped_column(JSON, default=list)
    #: Its word that a second factor was asked for is enough.
    trusted_second_factor: Mapped[bool] = mapped_column(default=False)
    enabled: Mapped[bool] = mapped_column(default=True)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    row_version: Mapped[int] = mapped_column()

    __mapper_args__: dict[str, Any] = {"version_id_col": row_version}  # noqa: RUF012 - SQLAlchemy declares it so


class LinkedIdentity(Base):
    """The person behind a subject of a provider."""

    __tablename__ = "linked_identity"
    __table_args__ = (
        UniqueConstraint("provider_id", "subject"),
        UniqueConstraint("user_id", "provider_id", name="uq_linked_identity_person"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    provider_id: Mapped[int] = mapped_column(ForeignKey("identity_provider.id"))
    #: Opaque to us; of people who are linked only.
    subject: Mapped[str] = mapped_column(String(255))
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    linked_at: Mapped[datetime] = mapped_column(UtcDateTime)

    provider: Mapped[IdentityProvider] = relationship()
    user: Mapped[User] = relationship()
