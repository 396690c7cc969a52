"""An office whose mail is taken."""

import itertools
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.casework import reply_token
from portal.casework.models import Case, CaseEvent
from portal.db import unit_of_work
from portal.feedback.mail_in import service
from portal.feedback.mail_in.models import MailInMessage
from portal.feedback.mail_in.reading import read
from portal.feedback.mail_in.service import Came, Tools
from portal.files.sealed import SealedStore
from portal.files.store import LocalStore
from portal.kernel.keyring import Keyring
from portal.outbox.evidence import CHANGED
from portal.outbox.mailbox.models import Mailbox, MailboxState
from portal.outbox.models import OutboxEvent
from tests.casework.conftest import Office, make_office
from tests.conftest import NOW

ADDRESS = "inbox@meknoi.example"


@dataclass
class PostRoom:
    """The office and everything that its mail needs."""

    office: Office
    tools: Tools
    now: datetime = NOW
    _keys: Any = field(default_factory=lambda: itertools.count(1))

    @property
    def session(self) -> Session:
        return self.office.session

    def take(self, raw: bytes, **values: Any) -> MailInMessage:
        """Take a message a second after the last, and give its row."""
        self.now += timedelta(seconds=1)
        came = Came(f"1.{next(self._keys)}", len(raw), raw, **values)
        service.take(self.session, self.now, self.tools, self.office.agency.id, came, read(raw))
        return self.row(came.key)

    def row(self, key: str) -> MailInMessage:
        self.session.rollback()
        self.session.expire_all()
        return self.session.scalars(select(MailInMessage).where(MailInMessage.source_key == key)).one()

    def case_by_mail(self, raw: bytes) -> Case:
        """The case that a message became."""
        case = self.take(raw).case
        assert case
        return case

    def token(self, case: Case) -> str:
        return reply_token.token_for(self.office.keyring, case)

    def reply_to(self, case: Case) -> str:
        return f"inbox+{self.token(case)}@meknoi.example"

    def fates(self) -> list[str]:
        self.session.rollback()
        self.session.expire_all()
        return [row.fate.value for row in self.session.scalars(select(MailInMessage).order_by(MailInMessage.id))]

    def last_event(self, case: Case) -> CaseEvent:
        self.session.rollback()
        return self.session.scalars(select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.id.desc()).limit(1)).one()

    def announced(self) -> list[str]:
        self.session.rollback()
        return list(self.session.scalars(select(OutboxEvent.name).where(OutboxEvent.name != CHANGED).order_by(OutboxEvent.id)))

    def raws(self) -> list[str]:
        return list(self.tools.raws.ids(datetime.now(NOW.tzinfo) + timedelta(days=1)))


def open_post_room(session: Session, keyring: Keyring, folder: Path) -> PostRoom:
    """With a mailbox that takes plus addresses."""
    office = make_office(session, keyring)
    with unit_of_work(session):
        session.add(Mailbox(agency_id=office.agency.id, address=ADDRESS, takes_plus=True, changed_at=NOW))
        session.flush()
        session.add(MailboxState(agency_id=office.agency.id, due_at=NOW))
    tools = Tools(keyring, LocalStore(folder / "files"), SealedStore(LocalStore(folder / "files" / "mail"), keyring), frozenset({ADDRESS}))
    return PostRoom(office, tools)


@pytest.fixture
def room(session: Session, keyring: Keyring, tmp_path: Path) -> PostRoom:
    return open_post_room(session, keyring, tmp_path)
