"""What people have besides the password, and what waits for it."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.accounts.second_factor.rules import Purpose
from portal.db import Base, UtcDateTime, code


class AuthenticatorApp(Base):
    """The app of a person: one, a new one takes its place."""

    __tablename__ = "authenticator_app"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), unique=True)
    #: Encrypted under the key "second factor".
    secret: Mapped[str] = mapped_column(String(400))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Half minutes since 1970; no code of this one or one before is taken again.
    last_step: Mapped[int] = mapped_column(BigInteger)
    #: Steps of the future whose code was shown already.
    burnt_steps: Mapped[list[int]] = mapped_column(JSON, default=list)


class RecoveryCode(Base):
    """One of ten; only a keyed hash is kept."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    code_mac: Mapped[str] = mapped_column(String(64))
    key_id: Mapped[str] = mapped_column(String(8))
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Passkey(Base):
    """The public half of a key that a device or a security key holds."""

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Random; stands in addresses.
    public_id: Mapped[str] = mapped_column(String(22), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    #: What the device calls the person: random, the same for all passkeys of one person, base64url.
    handle: Mapped[str] = mapped_column(String(64), index=True)
    #: Base64url of at most 1,023 bytes.
    credential_id: Mapped[str] = mapped_column(String(1400), unique=True)
    #: COSE.
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    #: Of the device; 0 where it does not count.
    sign_count: Mapped[int] = mapped_column(BigInteger, default=0)
    #: What the person calls it.
    name: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PasskeyChallenge(Base):
    """A random value that a passkey is to sign: once, soon, for one purpose."""

    __tablename__ = "passkey_challenge"

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_hash: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[Purpose] = mapped_column(code(Purpose, "passkey_purpose"))
    #: Empty for signing in with the passkey alone: nobody is known yet.
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class WaitingSignIn(Base):
    """The password was right, the second step is to come. It is no session: nothing but that step accepts its cookie."""

    __tablename__ = "waiting_sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    #: SHA-256 of the password's hash: another password ends the waiting.
    password_mark: Mapped[str] = mapped_column(String(64))
    failures: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

    user: Mapped[User] = relationship()
