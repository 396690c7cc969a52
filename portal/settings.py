"""Settings from the environment: validated once, typed, with a safe default for a first try."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from portal.outbox.mail import SCHEMES
from portal.outbox.mailbox.rules import Box, box_of_url

DEVELOPMENT_SECRET = "development-only-secret-not-for-production"  # noqa: S105 - refused in production below
DEVELOPMENT_DATA_KEY = "development-only-data-key-not-for-production"
DEVELOPMENT_INTEGRITY_KEY = "development-only-integrity-key-not-for-production"


class SettingsError(ValueError):
    """A setting is missing or wrong; the text names it and says what to write."""


@dataclass(frozen=True)
class Settings:
    """All settings of a running portal. ``contract`` of names: ``docs/settings.md``."""

    env: str
    database_url: str
    redis_url: str | None
    files: Path
    secret_key: str
    data_keys: tuple[str, ...]
    mail_url: str
    base_url: str
    #: Empty where the environment does not say: then the agency marked as home is (``agencies.queries.home``).
    home_agency: str
    trusted_proxies: int
    limits: bool
    #: False where the environment does not say how mails leave: then the server that an administrator has entered is used.
    mail_is_set: bool = True
    #: Of reports of corruption alone, newest first; never one of ``data_keys``.
    integrity_keys: tuple[str, ...] = (DEVELOPMENT_INTEGRITY_KEY,)
    #: File outside of the backup that keeps the ledger of erasures.
    ledger: Path | None = None
    #: Slug (empty: the home agency) and box of each mailbox that the environment names.
    mailboxes: tuple[tuple[str, Box], ...] = ()
    #: File with a certificate authority of one's own, for mailboxes; empty for those of the system alone.
    mail_authority: str = ""

    @property
    def is_production(self) -> bool:
        """True where citizens' real data may be stored."""
        return self.env == "production"

    @property
    def https(self) -> bool:
        """True if browsers reach the portal by https, so cookies are ``__Host-`` and Secure."""
        return self.base_url.startswith("https://")


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Read ``PORTAL_*``; raises ``SettingsError`` with one clear line on the first thing wrong."""
    env = os.environ if environment is None else environment
    settings = Settings(
        env=_choice(env, "PORTAL_ENV", "development", ("development", "production")),
        database_url=env.get("PORTAL_DATABASE_URL") or f"sqlite:///{Path('var/portal.sqlite3').absolute()}",
        redis_url=env.get("PORTAL_REDIS_URL") or None,
        files=_files(env),
        secret_key=env.get("PORTAL_SECRET_KEY") or DEVELOPMENT_SECRET,
        data_keys=_keys(env, "PORTAL_DATA_KEY", DEVELOPMENT_DATA_KEY),
        mail_url=env.get("PORTAL_MAIL_URL") or f"folder://{Path('var/mail').absolute()}",
        base_url=(env.get("PORTAL_BASE_URL") or f"http://127.0.0.1:{env.get('PORT') or 8000}").rstrip("/"),
        home_agency=env.get("PORTAL_HOME_AGENCY") or "",
        trusted_proxies=_count(env, "PORTAL_TRUSTED_PROXIES"),
        limits=_choice(env, "PORTAL_LIMITS", "on", ("on", "off")) == "on",
        mail_is_set=bool(env.get("PORTAL_MAIL_URL")),
        integrity_keys=_keys(env, "PORTAL_INTEGRITY_KEY", DEVELOPMENT_INTEGRITY_KEY),
        ledger=Path(env["PORTAL_LEDGER"]).absolute() if env.get("PORTAL_LEDGER") else None,
        mailboxes=_mailboxes(env),
        mail_authority=_authority(env),
    )
    _refuse_unreadable(settings)
    if settings.is_production:
        _refuse_unsafe(settings)
    return settings


def _choice(env: Mapping[str, str], name: str, default: str, allowed: tuple[str, ...]) -> str:
    value = env.get(name) or default
    if value not in allowed:
        raise SettingsError(f"{name} must be one of {', '.join(allowed)}, not {value!r}")
    return value


def _keys(env: Mapping[str, str], name: str, default: str) -> tuple[str, ...]:
    """A comma-separated list, newest first."""
    return tuple(key.strip() for key in (env.get(name) or default).split(",") if key.strip())


def _count(env: Mapping[str, str], name: str) -> int:
    value = env.get(name) or "0"
    if not value.isdecimal():
        raise SettingsError(f"{name} must be the number of proxies in front, such as 1, not {value!r}")
    return int(value)


def _files(env: Mapping[str, str]) -> Path:
    value = env.get("PORTAL_FILES") or "var/files"
    if "://" in value:
        raise SettingsError(f"PORTAL_FILES must be a directory, not {value!r}")
    return Path(value).absolute()


def _mailboxes(env: Mapping[str, str]) -> tuple[tuple[str, Box], ...]:
    """Addresses with a space between, each for another agency."""
    try:
        found = tuple(box_of_url(url) for url in env.get("PORTAL_MAILBOX_URL", "").split())
    except ValueError as error:
        raise SettingsError(f"PORTAL_MAILBOX_URL: {error}") from None  # the address may hold a password
    if len({slug for slug, _ in found}) < len(found):
        raise SettingsError("PORTAL_MAILBOX_URL names two mailboxes of one agency; give each ?agency=slug")
    return found


def _authority(env: Mapping[str, str]) -> str:
    path = env.get("PORTAL_MAIL_CA") or ""
    if path and not Path(path).is_file():
        raise SettingsError(f"PORTAL_MAIL_CA must be a file of certificates, and {path!r} is none")
    return path


def _refuse_unreadable(settings: Settings) -> None:
    """What could not be used at all. No message repeats an address that may hold a password."""
    if not settings.database_url.startswith(("sqlite:///", "postgresql://", "postgres://")):
        raise SettingsError("PORTAL_DATABASE_URL must begin with sqlite:/// or postgresql://")
    try:
        make_url(settings.database_url)
    except (ArgumentError, ValueError) as error:
        raise SettingsError("PORTAL_DATABASE_URL must look like postgresql://user:password@host:5432/name") from error
    if settings.redis_url and urlsplit(settings.redis_url).scheme not in ("redis", "rediss", "unix"):
        raise SettingsError("PORTAL_REDIS_URL must begin with redis://, rediss:// or unix://")
    if not settings.data_keys:
        raise SettingsError("PORTAL_DATA_KEY must hold at least one key")
    if not settings.integrity_keys:
        raise SettingsError("PORTAL_INTEGRITY_KEY must hold at least one key")
    if set(settings.integrity_keys) & set(settings.data_keys):
        raise SettingsError("PORTAL_INTEGRITY_KEY must not share a key with PORTAL_DATA_KEY")
    if urlsplit(settings.mail_url).scheme not in SCHEMES:
        raise SettingsError(f"PORTAL_MAIL_URL must begin with {', '.join(f'{scheme}://' for scheme in SCHEMES)}")
    base = urlsplit(settings.base_url)
    if base.scheme not in ("http", "https") or not base.netloc or base.path or base.query:
        raise SettingsError(f"PORTAL_BASE_URL must be like https://voice.agency.go.th, without a path, not {settings.base_url!r}")


def _refuse_unsafe(settings: Settings) -> None:
    if settings.secret_key == DEVELOPMENT_SECRET or len(settings.secret_key) < 32:
        raise SettingsError("PORTAL_SECRET_KEY must be set to at least 32 random characters in production")
    if DEVELOPMENT_DATA_KEY in settings.data_keys or any(len(key) < 32 for key in settings.data_keys):
        raise SettingsError("PORTAL_DATA_KEY must be set, each key at least 32 random characters, in production")
    if DEVELOPMENT_INTEGRITY_KEY in settings.integrity_keys or any(len(key) < 32 for key in settings.integrity_keys):
        raise SettingsError("PORTAL_INTEGRITY_KEY must be set, each key at least 32 random characters, in production")
    if not settings.limits:
        raise SettingsError("PORTAL_LIMITS=off is for benchmarks, never for production")
