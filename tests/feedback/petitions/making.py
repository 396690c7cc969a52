"""Petitions at an office, each step by whoever would do it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.agencies.options.models import OptionValue
from portal.agencies.options.service import set_option
from portal.casework import queries as cases
from portal.casework import service as casework
from portal.casework.models import Case, CaseEvent
from portal.db import unit_of_work
from portal.feedback.petitions import queries, service
from portal.feedback.petitions.marks import new_device
from portal.feedback.petitions.models import Petition, PetitionSupport
from portal.feedback.petitions.options import THRESHOLD
from portal.feedback.petitions.rules import Way
from portal.feedback.petitions.service import Outcome, Proposal
from portal.kernel.actor import CITIZEN, SYSTEM, Actor
from portal.kernel.keyring import Keyring
from tests.casework.conftest import Office
from tests.conftest import NOW

TITLE, TEXT = "ขอให้เปิดห้องสมุดประชาชนวันอาทิตย์", "คนทำงานไปได้เฉพาะวันอาทิตย์ ขอให้เปิดถึงหกโมงเย็น"
TOLD = "เผยแพร่แล้ว"
CLOSING = {"result": "เปิดตั้งแต่เดือนหน้า", "disposition": "accepted", "reason": "มีผู้ต้องการจำนวนมาก"}
_tokens = count()


@dataclass
class Square:
    """An office to which people put petitions."""

    office: Office

    @property
    def session(self) -> Session:
        return self.office.session

    @property
    def keyring(self) -> Keyring:
        return self.office.keyring

    def set_threshold(self, number: int, agency: Agency | None = None) -> None:
        with unit_of_work(self.session):
            before = queries_version(self.session)
            set_option(self.session, SYSTEM, NOW, THRESHOLD, agency or self.office.agency, number, before)

    def opened(
        self, at: datetime = NOW, *, title: str = TITLE, text: str = TEXT, agency: Agency | None = None, email: str = ""
    ) -> Petition:
        """One that waits for its review."""
        proposal = Proposal((agency or self.office.agency).slug, title, text, email)
        with unit_of_work(self.session):
            receipt = service.open_petition(self.session, at, self.keyring, proposal, self.office.agency, f"token {next(_tokens)}")
        return self.again(receipt.case_number.lower())

    def accepted(self, at: datetime = NOW, *, threshold: int = 3, actor: Actor | None = None, **values: Any) -> Petition:
        """One that can be supported."""
        if threshold:
            self.set_threshold(threshold)
        return self.accept(self.opened(at, **values), at, actor=actor)

    def accept(self, petition: Petition, at: datetime = NOW, *, actor: Actor | None = None, title: str = "", text: str = "") -> Petition:
        with unit_of_work(self.session):
            mine = queries.by_slug(self.session, petition.slug, lock=True)
            texts = title or mine.case.subject, text or mine.case.body, TOLD
            service.accept(self.session, actor or self.office.coordinator, at, mine, *texts, row_version=mine.case.row_version)
        return self.again(petition.slug)

    def refuse(self, petition: Petition, ground: str = "unclear", at: datetime = NOW, actor: Actor | None = None) -> Petition:
        with unit_of_work(self.session):
            mine = queries.by_slug(self.session, petition.slug, lock=True)
            row_version = mine.case.row_version
            service.refuse(self.session, actor or self.office.coordinator, at, mine, ground, "ไม่ชัดเจน", row_version=row_version)
        return self.again(petition.slug)

    def merge(self, petition: Petition, into: Petition, at: datetime = NOW, actor: Actor | None = None) -> Petition:
        with unit_of_work(self.session):
            mine, other = (queries.by_slug(self.session, one.slug, lock=True) for one in (petition, into))
            row_version = mine.case.row_version
            service.merge(self.session, actor or self.office.coordinator, at, mine, other, "เรื่องเดียวกัน", row_version=row_version)
        return self.again(petition.slug)

    def support(self, petition: Petition, device: str = "", at: datetime = NOW, network: str | None = None) -> Outcome:
        with unit_of_work(self.session):
            mine = queries.by_slug(self.session, petition.slug, lock=True)
            return service.support(self.session, at, self.keyring, mine, device or new_device(), network)

    def supported(self, petition: Petition, number: int, at: datetime = NOW) -> Petition:
        """So many new devices."""
        for _ in range(number):
            assert self.support(petition, at=at) is Outcome.COUNTED
        return self.again(petition.slug)

    def do(self, verb: Any, petition: Petition, *args: Any, at: datetime = NOW, actor: Actor | None = None) -> Any:
        """A verb that takes (session, actor, now, petition)."""
        with unit_of_work(self.session):
            mine = queries.by_slug(self.session, petition.slug, lock=True)
            return verb(self.session, actor or self.office.coordinator, at, mine, *args)

    def close_case(self, petition: Petition, at: datetime, publish_at: datetime | None = None, **words: Any) -> Petition:
        """Closed by the owner, published, and the petition told of both."""
        case = petition.case
        self.office.do(casework.close, self.office.coordinator, case, at=at, **{**CLOSING, **words})
        if publish_at:
            self.publish(petition, publish_at)
        return self.again(petition.slug)

    def publish(self, petition: Petition, at: datetime) -> Petition:
        with unit_of_work(self.session):
            casework.publish(self.session, self.office.coordinator, at, petition.case, petition.title, petition.text, "เปิดแน่นอน")
        return self.follow(petition)

    def follow(self, petition: Petition, times: int = 1) -> Petition:
        """What the worker does after the last act on the case; more than once changes nothing."""
        for _ in range(times):
            with unit_of_work(self.session):
                case = self.session.get_one(Case, petition.case_id)
                newest = select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.id.desc()).limit(1)
                service.case_changed(self.session, case, self.session.scalars(newest).one())
        return self.again(petition.slug)

    def citizen(self, verb: Any, petition: Petition, *args: Any, at: datetime = NOW) -> Petition:
        """Who opened it, by the receipt; the petition is told."""
        with unit_of_work(self.session):
            case = cases.by_number(self.session, petition.case.number, lock=True)
            verb(self.session, CITIZEN, at, case, *args)
        return self.follow(petition)

    def again(self, slug: str) -> Petition:
        """As it is now."""
        self.session.rollback()
        self.session.expire_all()
        found = queries.by_slug(self.session, slug)
        assert found
        return found

    def recounted(self, petition: Petition) -> tuple[int, int, int]:
        """Devices, contacts and held ones, from the rows."""
        rows = self.session.execute(
            select(PetitionSupport.way, PetitionSupport.held, func.count())
            .where(PetitionSupport.petition_id == petition.id)
            .group_by(PetitionSupport.way, PetitionSupport.held)
        )
        found = {(way, held): number for way, held, number in rows}
        held = sum(number for (_, is_held), number in found.items() if is_held)
        return found.get((Way.DEVICE, False), 0), found.get((Way.CONTACT, False), 0), held

    def user(self, name: str) -> User:
        return self.office.users[name]


def queries_version(session: Session) -> int:
    """The version of the threshold that was set last."""
    row = session.scalars(select(OptionValue).where(OptionValue.key == THRESHOLD.key)).first()
    return row.row_version if row else 0


def counts_of(petition: Petition) -> tuple[int, int, int]:
    """What is shown."""
    assert petition.supports == petition.devices + petition.contacts
    return petition.devices, petition.contacts, petition.held


def days(number: float) -> timedelta:
    return timedelta(days=number)


def devices(number: int) -> Iterable[str]:
    return [new_device() for _ in range(number)]
