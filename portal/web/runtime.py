"""What an entrance needs beside the database: settings, keys, files, mail. ``app`` puts it in place."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, cast

from flask import current_app

from portal.kernel.keyring import Keyring


class RuntimeSettings(Protocol):
    """The settings that entrances read."""

    @property
    def is_production(self) -> bool: ...
    @property
    def https(self) -> bool: ...
    @property
    def secret_key(self) -> str: ...
    @property
    def base_url(self) -> str: ...
    @property
    def home_agency(self) -> str: ...
    @property
    def mail_is_set(self) -> bool: ...
    @property
    def limits(self) -> bool: ...
    @property
    def files(self) -> Path: ...
    @property
    def ledger(self) -> Path | None: ...
    @property
    def mail_url(self) -> str: ...
    @property
    def mail_authority(self) -> str: ...
    @property
    def mailboxes(self) -> tuple[tuple[str, Any], ...]: ...


@dataclass(frozen=True)
class Runtime:
    """Shared by all requests of a process. ``store`` is a ``files.store.FileStore``, ``mailer`` an ``outbox.mail.Mailer``.

    ``integrity`` holds the keys of reports of corruption, ``sealed_store`` encrypts under them before anything reaches the disk;
    ``mail_store`` does so under ``keyring``, for whole e-mails.
    """

    settings: RuntimeSettings
    keyring: Keyring
    store: Any
    mailer: Any
    release: str
    integrity: Keyring
    sealed_store: Any
    mail_store: Any


def runtime() -> Runtime:
    """The running portal's."""
    return cast(Runtime, current_app.extensions["portal"])
