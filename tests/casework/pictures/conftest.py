"""A published case with a picture of its sender, and what officers and sender do with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from portal.casework import service
from portal.casework.models import Case, CaseEvent, PublicPicture
from portal.casework.pictures.queries import handed_in, of_case
from portal.db import unit_of_work
from portal.files import service as files
from portal.files.models import StoredFile
from portal.files.rules import Area
from portal.files.store import LocalStore
from portal.kernel.actor import CITIZEN, Actor
from tests.casework.conftest import Office
from tests.conftest import NOW
from tests.desk.conftest import desk
from tests.files import makers

__all__ = ["Album", "album", "desk"]

AT = NOW + timedelta(days=10)
TEXT = ("ตู้รับฟัง", "ตู้หน้าอาคารไม่มีผู้เปิด", "เปิดทุกวันจันทร์")
ALT = ("ตู้รับฟังสีแดงหน้าอาคาร", "A red box in front of a building")


@dataclass
class Album:
    """The case, its picture, and the verbs."""

    office: Office
    store: LocalStore
    case: Case

    @property
    def source(self) -> StoredFile:
        """What the sender handed in."""
        return handed_in(self.office.session, self.case)[0].file

    @property
    def row(self) -> PublicPicture:
        """What was prepared of it, as it is now."""
        self.office.session.rollback()
        self.office.session.expire_all()
        return of_case(self.office.session, self.case)[self.source.id]

    def prepares(
        self, actor: Actor | None = None, areas: Sequence[Area] = (), at: datetime = AT, *, accuses: bool = False
    ) -> PublicPicture:
        """An officer opens it, covers areas, and says what is to be seen."""
        covering = service.check_covering(areas, *ALT, looked=True, accuses=accuses)
        source = self.source
        copy = files.covered_copy(self.store, source, covering.areas, "picture")
        with unit_of_work(self.office.session) as session:
            service.prepare_picture(session, actor or self.office.officer, at, self.store, self.case, source, covering, copy)
        return self.row

    def shows(self, actor: Actor | None = None, at: datetime = AT) -> CaseEvent:
        """An officer lets the sender see it."""
        event: CaseEvent = self.office.do(service.show_picture, actor or self.office.officer, self.case, self.row.address, at=at)
        return event

    def released(self) -> PublicPicture:
        """Everybody sees it."""
        self.prepares()
        self.shows()
        self.office.do(service.agree_to_picture, CITIZEN, self.case, self.row.address, at=AT)
        return self.row

    def takes_away(self, actor: Actor, why: str = "เห็นหน้าคน") -> CaseEvent:
        """It is not shown."""
        event: CaseEvent = self.office.do(service.take_picture_away, actor, self.case, self.row.address, why, at=AT)
        return event


@pytest.fixture
def album(office: Office, store: LocalStore) -> Album:
    """Before anybody has opened the picture."""
    return make_album(office, store)


def make_album(office: Office, store: LocalStore, at: datetime = AT) -> Album:
    """A case whose text is public, with a photograph that tells where and when it was taken."""
    case = office.assigned(publish_consent=True)
    photograph = files.receive(store, makers.encoded("JPEG", makers.picture((400, 300)), exif=makers.exif()), "บ้านป้าสมหญิง.jpg")
    with unit_of_work(office.session) as session:
        row = files.keep(session, NOW, photograph)
        service.citizen_add(session, CITIZEN, NOW, case, "ภาพตู้", file_ids=[row.id])
    office.do(service.reply, office.officer, case, "เปิดทุกวันจันทร์", at=at, publish=True)
    office.do(service.publish, office.officer, case, *TEXT, at=at)
    return Album(office, store, case)
