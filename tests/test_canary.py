"""Nobody anonymous leaves a trace: what 300 of them brought along is nowhere but in the encrypted columns.

Each comes from an address of their own with a browser of their own, types a name, a telephone number and a postal address that
anonymity drops, an e-mail for notices, and some send a picture that knows who took it, where and with what. Then everything that the
portal wrote is searched.
"""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from portal.accounts.passwords import hash_password
from portal.app import create_app
from portal.casework.models import Case, CaseFile, CaseIdentity
from portal.db import Base, unit_of_work
from portal.kernel.actor import Role
from portal.outbox.mail import MemoryMailer
from portal.outbox.models import OutboxEvent
from portal.settings import Settings
from portal.web.audience import Audience, rule_of
from portal.web.database import db
from portal.web.request_log import configure_logging
from portal.working import run_pending
from tests.factories import make_agency, make_user
from tests.reading_files import words_of

PEOPLE = 300
WITH_PICTURE = 5  # one in five; each is cleaned in a process of its own
MARK = "zqcanary"
NETWORK = "10.231."
PASSWORD = "a long enough password"


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What the portal writes to standard error."""
    written = io.StringIO()
    monkeypatch.setattr("sys.stderr", written)
    return written


@pytest.fixture
def live(settings: Settings, mailer: MemoryMailer, log: io.StringIO) -> Iterator[Flask]:
    """The portal as it runs for citizens: with its log of requests."""
    app = create_app(replace(settings, env="production", limits=False), mailer)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    configure_logging(json_lines=False)


def picture(who: str) -> bytes:
    """A photograph with everything that telephones write into one."""
    exif = Image.Exif()
    exif[0x010E], exif[0x013B], exif[0x010F], exif[0x8298] = (f"{MARK} {what} {who}" for what in ("about", "artist", "maker", "rights"))
    exif.get_ifd(0x8825)[29] = f"{MARK}:{who}"
    image, out = Image.new("RGB", (48, 36), "teal"), io.BytesIO()
    image.save(out, "JPEG", exif=exif, comment=f"{MARK} comment {who}".encode())
    return out.getvalue() + f"{MARK} behind the end {who}".encode()


def speak(client: FlaskClient, place: int) -> None:
    """One anonymous person tells the agency something."""
    who = f"{place:03d}"
    network = f"{NETWORK}{place // 200}.{place % 200 + 1}"
    browser = {
        "environ_overrides": {"REMOTE_ADDR": network},
        "headers": {"User-Agent": f"{MARK}-browser/{who}", "X-Forwarded-For": network},
    }
    fields = {
        "agency": "opdc",
        "kind": "complaint",
        "subject": f"ไฟทางเข้าดับ {who}",
        "body": f"ไฟทางเข้าอาคารดับมาหลายวันแล้ว {who}",
        "anonymity": "anonymous",
        "answer_by": "email",
        "email": f"{MARK}.{who}@example.org",
        "name": f"{MARK} name {who}",
        "phone": f"08{place:08d}77",
        "address": f"{MARK} address {who}",
        "publish_consent": "y",
    }
    if place % WITH_PICTURE == 0:
        fields["files"] = (io.BytesIO(picture(who)), "light.jpg")  # type: ignore[assignment]
    page = client.get("/feedback/new", **browser)
    token = page.get_data(as_text=True).split('name="form_token" value="')[1].split('"')[0]
    sent = client.post("/feedback/new", data={**fields, "form_token": token}, **browser)
    assert sent.status_code == 303, sent.get_data(as_text=True)
    assert client.get("/feedback/receipt", **browser).status_code == 200
    client.delete_cookie("portal_receipt")


def test_what_anonymous_people_brought_along_is_nowhere(
    live: Flask, session: Session, settings: Settings, mailer: MemoryMailer, log: io.StringIO
) -> None:
    with unit_of_work(session):
        agency = make_agency(session, slug="opdc")
        roles = [(agency, Role.COORDINATOR), (agency, Role.ADMINISTRATOR), (None, Role.SYSTEM_ADMINISTRATOR)]
        officer = make_user(session, roles, password_hash=hash_password(PASSWORD)).email
    client = live.test_client()
    for place in range(PEOPLE):
        speak(client, place)
    with live.app_context():
        while run_pending(live):
            pass
    # The notices did go where they should; on a working day the coordinator gets the morning mail besides.
    assert sum(mail.to != officer for mail in mailer.sent) == PEOPLE

    assert session.scalar(select(func.count()).select_from(CaseIdentity).where(CaseIdentity.email_enc.is_not(None))) == PEOPLE
    assert session.scalar(select(func.count()).select_from(CaseFile)) == PEOPLE // WITH_PICTURE
    numbers = list(session.scalars(select(Case.number).order_by(Case.id).limit(30)))
    shown = read_everything(client, live, officer, numbers)
    for where, written in {**stored(session, settings), "log": log.getvalue().encode(), "pages": shown.encode()}.items():
        for mark in (MARK, NETWORK, f"08{7:08d}77"):
            assert mark.encode() not in written, f"{mark} in {where}"
    assert '"route": "feedback.send"' in log.getvalue()  # the log was looked at
    assert "ไฟทางเข้าดับ 007" in shown  # and so were the pages


def read_everything(client: FlaskClient, app: Flask, officer: str, numbers: list[str]) -> str:
    """All that anybody can read or take away: public pages, feeds and API, then the desk with its exports and pages of cases."""
    read = [words_of(client.get(path)) for path in addresses(app, Audience.PUBLIC)]
    assert client.post("/sign-in", data={"email": officer, "password": PASSWORD}).status_code == 303
    read += [words_of(client.get(path)) for path in addresses(app, Audience.DESK)]
    return "\n".join([*read, *(client.get(f"/desk/cases/{number}").get_data(as_text=True) for number in numbers)])


def addresses(app: Flask, whose: Audience) -> list[str]:
    """Every page of these that needs nothing in its address."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments]
    return sorted({rule.rule for rule in rules if (declared := rule_of(app, rule.endpoint)) and declared.audience is whose})


def stored(session: Session, settings: Settings) -> dict[str, bytes]:
    """Everything on the disk: files, and the database as bytes (with its write-ahead log) or, on a server, as text of all rows."""
    session.rollback()
    found = {str(path): path.read_bytes() for path in settings.files.rglob("*") if path.is_file()}
    assert len(found) >= PEOPLE // WITH_PICTURE
    if settings.database_url.startswith("sqlite"):
        database = Path(settings.database_url.removeprefix("sqlite:///"))
        found |= {path.name: path.read_bytes() for path in database.parent.glob(f"{database.name}*")}
        assert any("ไฟทางเข้าดับ 007".encode() in content for content in found.values())
        return found
    for table in Base.metadata.sorted_tables:
        rows = session.scalars(text(f'SELECT row_to_json(t)::text FROM "{table.name}" AS t'))
        found[table.name] = "\n".join(rows).encode()
    assert found[OutboxEvent.__tablename__]
    return found
