"""By the form, the API and the call screen."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.casework.models import Case
from portal.feedback import tokens
from portal.web.database import db
from tests.messages import MESSAGES, differing

FIELDS = {"agency": "opdc", "kind": "suggestion", "subject": "เรื่องที่เล่า", "anonymity": "anonymous", "answer_by": "code"}


def kept() -> list[str]:
    """The words of all cases, in the order in which they came."""
    db.session.rollback()
    return list(db.session.scalars(select(Case.body).order_by(Case.id)))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_by_the_form(client: FlaskClient) -> None:
    for message in MESSAGES:
        token = tokens.write(client.application.config["SECRET_KEY"], tokens.fresh())
        sent = client.post("/feedback/new", data={**FIELDS, "body": message, "form_token": token})
        assert sent.status_code == 303, ascii(message)
    assert differing(MESSAGES, kept()) == []


def test_by_the_api_and_back(client: FlaskClient) -> None:
    receipts = []
    for number, message in enumerate(MESSAGES):
        key = {"Idempotency-Key": f"message-{number:04d}"}
        receipts.append(client.post("/api/v1/submissions", json={**FIELDS, "body": message}, headers=key).json["receipt"])
    told = [client.post("/api/v1/receipts/lookup", json={"receipt": receipt}).json["body"] for receipt in receipts]
    assert differing(MESSAGES, told) == []
    assert differing(MESSAGES, kept()) == []
