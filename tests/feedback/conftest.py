"""A portal with its home agency, one more agency, and an officer who answers; and a citizen at the form."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.agencies.rules import AgencyLevel
from portal.casework import service
from portal.casework.models import Case
from portal.db import unit_of_work
from portal.kernel.actor import Actor, Role
from portal.web.clock import now
from tests.client import PageClient, parse
from tests.factories import actor_of, make_agency, make_user

WORDS = {
    "agency": "opdc",
    "kind": "suggestion",
    "subject": "ขอให้เปิดตู้รับฟังความคิดเห็นทุกเดือน",
    "body": "ตู้หน้าอาคารไม่มีผู้เปิดอ่านมาสามเดือนแล้ว",
    "anonymity": "anonymous",
}


@dataclass
class Town:
    """Agencies and the officer of the home agency."""

    session: Session
    home: Agency
    other: Agency
    user: User
    officer: Actor

    def do(self, verb: Callable[..., Any], case: Case, *args: Any, **values: Any) -> Any:
        """The officer's verb, in a unit of work of its own."""
        with unit_of_work(self.session):
            if "row_version" in verb.__annotations__:
                values["row_version"] = case.row_version
            return verb(self.session, self.officer, now(), case, *args, **values)

    def case(self, number: str) -> Case:
        """The case as it is now."""
        self.session.rollback()
        self.session.expire_all()
        return self.session.scalars(select(Case).where(Case.number == number)).one()

    def only_case(self) -> Case:
        """The one case there is."""
        self.session.rollback()
        self.session.expire_all()
        return self.session.scalars(select(Case)).one()

    def answer(self, case: Case, words: str = "เปิดตู้ทุกวันจันทร์แรกของเดือน") -> None:
        """Take the case and answer it."""
        if case.owner_id is None:
            self.do(service.assign, case, self.user)
        self.do(service.reply, case, words, publish=True)

    def close(self, case: Case) -> None:
        """Answer and close it."""
        self.answer(case)
        self.do(service.close, case, result="ติดประกาศตารางแล้ว", disposition="accepted", reason="เป็นประโยชน์ต่อประชาชน")


@pytest.fixture
def town(app: Flask, session: Session) -> Town:
    """The home agency ``opdc`` with a division, and another agency that can be written to."""
    with unit_of_work(session):
        home = make_agency(session, slug="opdc", code="OPDC")
        make_agency(session, slug="division", parent_id=home.id, level=AgencyLevel.DIVISION)
        other = make_agency(session, slug="other", code="OTHER")
        user = make_user(session, [(home, Role.COORDINATOR)], unit_id=home.id)
        officer = actor_of(session, user)  # read here: outside it would hold the database as it is now
    return Town(session, home, other, user, officer)


@dataclass(frozen=True)
class Receipt:
    """What the receipt page shows."""

    code: str
    number: str
    page: TestResponse

    @property
    def digits(self) -> str:
        return self.code.replace("-", "")


def text_of(page: TestResponse, element_id: str) -> str:
    """The text of one element."""
    found = parse(page.get_data(as_text=True)).xpath(f"//*[@id='{element_id}']")
    assert found, f"no #{element_id}"
    return "".join(found[0].itertext()).strip()


def body_of(page: TestResponse) -> str:
    """Everything that can be read on the page, spaces folded."""
    root = parse(page.get_data(as_text=True))
    return " ".join(" ".join(root.xpath("//body//text()")).split())


def send(client: PageClient, path: str = "/feedback/new", **values: Any) -> TestResponse:
    """Open the form and send it."""
    return client.post_form(client.get(path), "body", **{**WORDS, **values})


def handed_in(client: PageClient, **values: Any) -> Receipt:
    """Send the form and read the receipt."""
    response = send(client, **values)
    assert response.status_code == 303, body_of(response)
    page = client.get(response.headers["Location"])
    return Receipt(text_of(page, "receipt-code"), text_of(page, "case-number"), page)


def stranger(app: Flask) -> PageClient:
    """Another browser."""
    return app.test_client()  # type: ignore[return-value]
