"""The timed job of this room; ``registry`` puts it on the worker's clock."""

from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from portal.files import service
from portal.files.rules import SWEEP_EVERY
from portal.files.store import FileStore

EVERY = SWEEP_EVERY  # remove_orphans counts on being called this often


class Context(Protocol):
    """The part of a worker's context that is needed; the worker knows the file store, so this room cannot import it."""

    @property
    def session(self) -> Session: ...
    @property
    def store(self) -> FileStore: ...
    @property
    def now(self) -> datetime: ...


def sweep(context: Context) -> None:
    """Remove what unfinished forms and crashes left behind. Runs inside a unit of work."""
    service.sweep(context.session, context.store, context.now)
    service.remove_orphans(context.session, context.store, context.now)
