"""An API with an agency to write to."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from portal.agencies.models import Agency
from portal.db import unit_of_work
from portal.kernel.keyring import Keyring
from portal.web.limits import limiter
from tests.casework.conftest import Office, make_office
from tests.client import PageClient

KEY = "a key of one test"
WORDS = {
    "agency": "opdc",
    "kind": "suggestion",
    "subject": "ขอให้เปิดตู้รับฟังความคิดเห็นทุกเดือน",
    "body": "ตู้หน้าอาคารไม่มีผู้เปิดอ่านมาสามเดือนแล้ว",
    "anonymity": "anonymous",
}
Send = Callable[..., TestResponse]


@pytest.fixture(autouse=True)
def office(session: Session, keyring: Keyring) -> Office:
    """The home agency and its people."""
    office = make_office(session, keyring)
    with unit_of_work(session):
        office.agency.slug, office.agency.name_th, office.agency.name_en = "opdc", "สำนักงานทดสอบ", "Test office"
    return office


@pytest.fixture
def home(office: Office) -> Agency:
    """The home agency."""
    return office.agency


@pytest.fixture
def submit(client: PageClient) -> Send:
    """Send a submission that can be taken, changed by keyword; ``None`` leaves a field out."""

    def send(key: str | None = KEY, to: str = "/api/v1/submissions", **changes: Any) -> TestResponse:
        fields = {name: value for name, value in {**WORDS, **changes}.items() if value is not None}
        return client.post(to, json=fields, headers={"Idempotency-Key": key} if key is not None else {})

    return send


@pytest.fixture
def limited(app: Flask) -> None:
    """Limits count from nothing, and afterwards forget."""
    with app.app_context():
        limiter.reset()


def problem(response: TestResponse, status: int) -> dict[str, Any]:
    """The answer, once it is sure to be a problem as RFC 9457 has it."""
    assert response.status_code == status, response.get_data(as_text=True)
    assert response.mimetype == "application/problem+json"
    told: dict[str, Any] = response.get_json()
    assert (told["type"], told["status"]) == ("about:blank", status)
    assert told["title"]
    assert told["detail"]
    return told
