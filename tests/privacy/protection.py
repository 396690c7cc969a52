"""An office with a data protection officer, and a case whose sender told a name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.casework import service as casework
from portal.casework.models import Case
from portal.db import unit_of_work
from portal.files import service as files
from portal.files.rules import Kind
from portal.files.service import Received
from portal.files.store import LocalStore
from portal.kernel.actor import CITIZEN, Actor, Role
from portal.kernel.keyring import Keyring
from portal.privacy import service
from portal.privacy.models import PrivacyRequest
from portal.privacy.rules import Right
from portal.privacy.service import Asked, Tools, Verdict
from tests.casework.conftest import Office, make_office
from tests.conftest import NOW
from tests.factories import actor_of, make_user

NAME, EMAIL, PHONE = "มาลี ทดสอบใจดี", "malee.test@example.org", "081-234-5678"
LATER = NOW + timedelta(days=12)


@dataclass
class Protection:
    """The office, its data protection officer, and one from elsewhere."""

    office: Office
    tools: Tools
    officer: Actor
    user: User
    elsewhere: Actor

    @property
    def session(self) -> Session:
        return self.office.session

    def case(self, **values: Any) -> Case:
        """An open case whose sender is named."""
        return self.office.case(**{"anonymity": "named", "name": NAME, "email": EMAIL, "phone": PHONE, **values})

    def closed(self, **values: Any) -> Case:
        """The same, answered and closed."""
        return self.office.closed(**{"anonymity": "named", "name": NAME, "email": EMAIL, "phone": PHONE, **values})

    def closed_with_file(self, **values: Any) -> Case:
        """Closed, after the sender added a file."""
        office = self.office
        case = office.assigned(**{"anonymity": "named", "name": NAME, "email": EMAIL, "phone": PHONE, **values})
        self.with_file(case)
        office.do(casework.reply, office.officer, case, "เปิดตู้ทุกวันจันทร์", publish=True)
        words = {"result": "ติดประกาศตารางแล้ว", "disposition": "accepted", "reason": "เป็นประโยชน์ต่อประชาชน"}
        office.do(casework.close, office.officer, case, at=NOW + timedelta(days=10), **words)
        return case

    def with_file(self, case: Case, content: bytes = b"%PDF of the sender", name: str = "มาลี.pdf") -> str:
        """Let the sender add a file; returns its id in the store."""
        received = Received(self.store.put(content), name, Kind.PDF, len(content), "a" * 64, "b" * 64)
        with unit_of_work(self.session) as session:
            row = files.keep(session, NOW, received)
            casework.citizen_add(session, CITIZEN, NOW, case, "เพิ่มรูป", file_ids=[row.id])
        return received.public_id

    @property
    def store(self) -> LocalStore:
        store = self.tools.store
        assert isinstance(store, LocalStore)
        return store

    def ask(self, case: Case, right: Right = Right.ERASURE, at: datetime = LATER, **values: Any) -> PrivacyRequest:
        """The sender asks."""
        asked = Asked(right, **{"parts": ("words",) if right is Right.ERASURE else (), "words": "ไม่อยากให้เก็บไว้", **values})
        with unit_of_work(self.session) as session:
            return service.ask(session, CITIZEN, at, self.tools.keyring, case, asked)

    def do(self, verb: Callable[..., Any], actor: Actor, *args: Any, at: datetime = LATER, **values: Any) -> Any:
        """The verb in a unit of work of its own."""
        with unit_of_work(self.session) as session:
            return verb(session, actor, at, *args, **values)

    def decide(self, request: PrivacyRequest, decision: str = "granted", actor: Actor | None = None, **values: Any) -> None:
        """The officer decides."""
        ground = "public_task" if decision == "refused" else "no_longer_needed"
        verdict = Verdict(**{"decision": decision, "ground": ground, "words": "เหตุผลที่บอกได้", **values})
        with unit_of_work(self.session) as session:
            service.decide(session, actor or self.officer, LATER, request, verdict, row_version=request.row_version)

    def everywhere(self) -> str:
        """Every text in every table, as somebody with the database file would find it."""
        self.session.rollback()
        found = []
        for (name,) in self.session.execute(text(_TABLES[self.session.get_bind().dialect.name])).all():
            found += [str(row) for row in self.session.execute(text(f'SELECT * FROM "{name}"')).all()]
        self.session.rollback()
        return "\n".join(found)


_TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
}


def make_protection(session: Session, keyring: Keyring, store: LocalStore) -> Protection:
    """An office in a database of any kind."""
    office = make_office(session, keyring)
    with unit_of_work(session):
        user = make_user(session, [(office.agency, Role.PRIVACY)])
        stranger = make_user(session, [(office.elsewhere, Role.PRIVACY)])
        actors = actor_of(session, user), actor_of(session, stranger)
    return Protection(office, Tools(store, keyring), actors[0], user, actors[1])
