"""An office with a box channel, a box, and somebody who holds its key."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from portal.casework import queries as cases
from portal.casework.models import Case
from portal.db import unit_of_work
from portal.feedback.boxes import service
from portal.feedback.boxes.entry import BoxEntry, HolderEntry
from portal.feedback.boxes.models import Box, BoxOpening, BoxSlipSeries
from portal.feedback.boxes.round import OpeningEntry, WitnessEntry
from portal.feedback.boxes.service import Fresh
from portal.feedback.calls.taking import Taken
from portal.feedback.channels import service as channels
from portal.feedback.channels.entry import Entry
from portal.feedback.transcribing import service as transcribing
from portal.feedback.transcribing.models import Sheet
from portal.kernel.actor import SYSTEM
from portal.kernel.keyring import Keyring
from tests.casework.conftest import Office, make_office
from tests.conftest import NOW

CHANNEL = Entry(
    name_th="ตู้รับฟังความคิดเห็น", audience="general_public", formality="informal", collector_position_th="หัวหน้าฝ่าย", open_from="1/10/2568"
)
BOX = BoxEntry(name_th="ตู้หน้าศาลากลาง", name_en="Box at the hall", place_th="ประตูทิศตะวันออก", set_up_on="1/10/2569")
HOLDER = HolderEntry(position_th="หัวหน้าฝ่ายอำนวยการ", from_on="1/10/2569")
WITNESS = WitnessEntry(name="นางบุญมา ค้าขาย", sector="community", role="ประธานตลาด")
#: NOW is Sunday 22 November 2569, 16:00 in Bangkok.
ROUND = OpeningEntry(day="20/11/2569", time="9:30", openers=["1"], witnesses=[WITNESS], seal="intact", slips="3")


@dataclass
class Place:
    """A box and its office; every verb in a unit of work of its own."""

    session: Session
    keyring: Keyring
    office: Office
    box: Box

    def open(self, at: datetime = NOW, **values: Any) -> BoxOpening:
        """Record an opening."""
        with unit_of_work(self.session):
            return service.record_opening(self.session, self.office.officer, at, self.box, replace(ROUND, **values))

    def print(self, count: str = "5", box: Box | None = None, at: datetime = NOW) -> tuple[BoxSlipSeries, Sequence[Fresh]]:
        """Print slips."""
        with unit_of_work(self.session):
            return service.new_series(self.session, self.office.coordinator, at, self.keyring, box or self.box, count)

    def sheets(self, opening: BoxOpening) -> Sequence[Sheet]:
        """The sheets of an opening."""
        return self.session.query(Sheet).filter_by(batch_id=opening.batch_id).order_by(Sheet.position).all()

    def type(self, sheet: Sheet, slip_number: str = "", at: datetime = NOW, **values: Any) -> Case | None:
        """Type a sheet; the case, if it became one."""
        words = {"kind": "suggestion", "subject": "เพิ่มม้านั่ง", "body": "ขอม้านั่งหน้าห้องทะเบียน", "anonymity": "anonymous", **values}
        with unit_of_work(self.session):
            actor = self.office.officer
            transcribing.begin(self.session, actor, at, sheet)
            version = sheet.row_version
            saved = service.save_sheet(self.session, actor, at, self.keyring, sheet, Taken(**words), "", slip_number, row_version=version)
            return cases.by_number(self.session, saved.receipt.case_number) if saved.receipt else None


def make_box(office: Office, **values: Any) -> Box:
    """A box of the office's agency, with its channel and a key holder."""
    session = office.session
    with unit_of_work(session):
        if not session.query(Box).filter_by(agency_id=office.agency.id).count():
            channels.add_channel(session, SYSTEM, NOW, office.agency, "box", CHANNEL)
        box = service.add_box(session, office.coordinator, NOW, office.agency, replace(BOX, **values))
        service.add_holder(session, office.coordinator, NOW, box, HOLDER)
        return box


@pytest.fixture
def office(session: Session, keyring: Keyring) -> Office:
    return make_office(session, keyring)


@pytest.fixture
def place(office: Office) -> Place:
    return Place(office.session, office.keyring, office, make_box(office))
