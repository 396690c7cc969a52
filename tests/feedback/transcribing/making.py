"""Batches with rows of files, made through the services."""

import hashlib
import itertools
from dataclasses import dataclass, replace

from portal.casework import queries as cases
from portal.casework.rules import Channel
from portal.db import unit_of_work
from portal.feedback.calls.taking import Taken
from portal.feedback.transcribing import queries, service
from portal.files import service as files
from portal.files.rules import Kind
from portal.files.service import Received
from tests.conftest import NOW

_numbers = itertools.count()
LETTER = Taken(kind="grievance", subject="ถนนหน้าวัดเป็นหลุม", body="รถล้มสองครั้งแล้ว", anonymity="named", name="มาลี", phone="081 234 5678")


def received(content=None):
    """A file that was cleaned; without bytes in any store."""
    number = next(_numbers)
    sent = hashlib.sha256((content or f"picture {number}").encode()).hexdigest()
    return Received(f"{number:032x}", f"IMG_{number}.jpg", Kind.JPEG, 1000, sent, sent)


@dataclass
class Room:
    """An office with its batches."""

    office: object

    @property
    def session(self):
        return self.office.session

    def batch(self, pages=3, *, actor=None, channel=Channel.LETTER, received_at=NOW, contents=(), **values):
        with unit_of_work(self.session):
            rows = [files.keep(self.session, NOW, received(content)) for content in (contents or [None] * pages)]
            return service.open_batch(
                self.session, actor or self.office.officer, NOW, self.office.agency, channel, received_at=received_at, files=rows, **values
            )

    def sheets(self, batch):
        self.session.expire_all()
        return list(self.session.scalars(queries.sheets(batch).order_by(queries.Sheet.position, queries.Sheet.id)))

    def do(self, verb, sheet, *args, actor=None, at=NOW, **values):
        with unit_of_work(self.session):
            values.setdefault("row_version", sheet.row_version)
            return verb(self.session, actor or self.office.officer, at, sheet, *args, **values)

    def save(self, sheet, number="", *, actor=None, at=NOW, row_version=None, **values):
        with unit_of_work(self.session):
            version = sheet.row_version if row_version is None else row_version
            typed = replace(LETTER, **values)
            return service.save(
                self.session, actor or self.office.officer, at, self.office.keyring, sheet, typed, number, row_version=version
            )

    def begin(self, sheet, *, actor=None, at=NOW):
        with unit_of_work(self.session):
            return service.begin(self.session, actor or self.office.officer, at, sheet)

    def standing(self, batch):
        found = queries.standing(self.session, [batch.id])[batch.id]
        assert found.sheets == found.cases + found.set_aside + found.waiting
        return found

    def case(self, saved):
        return cases.by_number(self.session, saved.receipt.case_number)
