"""Unique words of a report stand nowhere: not in the database file, its log, the files, mails, logs, events, trail or search."""

import logging
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.fernet import InvalidToken
from flask import Flask
from sqlalchemy import select

from portal.corruption import service
from portal.corruption.sealing import told_of
from portal.db import unit_of_work
from portal.kernel.keyring import Keyring
from portal.outbox.mail import MemoryMailer
from portal.outbox.models import OutboxEvent
from portal.outbox.worker import run_timed
from portal.registry import TIMED
from portal.settings import Settings
from portal.web.database import db
from portal.working import run_pending
from tests.client import PageClient
from tests.conftest import DATA_KEY
from tests.corruption.conftest import NO_FILES, Town
from tests.corruption.test_views import FORM, send
from tests.files.makers import encoded

CANARIES = {
    "what": "กระรอกเผือกหนึ่ง", "place": "กระรอกเผือกสอง", "who": "กระรอกเผือกสาม", "how": "กระรอกเผือกสี่", "name": "กระรอกเผือกห้า",
    "reach": "กระรอกเผือกหก", "email": "canary-seven@example.org",
}  # fmt: skip
ANSWER, NOTE, MORE, FILE_NAME = "กระรอกเผือกแปด", "กระรอกเผือกเก้า", "กระรอกเผือกสิบ", "กระรอกเผือกสิบเอ็ด"
EVERYTHING = [*CANARIES.values(), ANSWER, NOTE, MORE, FILE_NAME]


@pytest.fixture
def told(app: Flask, client: PageClient, town: Town) -> Town:
    """A report with every field, a file, a conversation; the worker has run for a day."""
    picture = (BytesIO(encoded("PNG")), f"{FILE_NAME}.png", "image/png")
    assert send(client, **CANARIES, files=[picture]).status_code == 303
    town.do(service.say, "nida", town.fresh(), ANSWER, NO_FILES)
    town.do(service.note, "nida", town.fresh(), NOTE)
    assert client.post_form(client.get(f"{FORM}/report"), "/message", body=MORE).status_code == 303
    assert NOTE in town.browser(app, "nida").get(f"/desk/corruption/{town.fresh().key}").get_data(as_text=True)
    # What a cleaning process cannot take waits, encrypted as well.
    send(client, what="", files=[(BytesIO(encoded("PNG")), f"{FILE_NAME}.png", "image/png")])
    with app.app_context():
        run_pending(app)
        run_pending(app)
    return town


def forms_of(text: str) -> list[bytes]:
    """How words may stand in a file: as text, as JSON escapes."""
    return [text.encode(), text.encode("unicode_escape"), text.encode("utf-16-le")]


def test_no_file_of_the_portal_holds_a_word(told: Town, settings: Settings, tmp_path: Path) -> None:
    found = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path for path in found if "sealed" in path.parts]
    if settings.database_url.startswith("sqlite"):
        assert [path for path in found if path.name.endswith("-wal")]
    for path in found:
        data = path.read_bytes()
        assert not [word for word in EVERYTHING for form in forms_of(word) if form in data], path


def test_no_column_holds_a_word(told: Town) -> None:
    for table in db.metadata.sorted_tables:
        rows = told.session.execute(select(table)).all()
        text = repr([[bytes(value) if isinstance(value, memoryview) else value for value in row] for row in rows])
        assert not [word for word in EVERYTHING if word in text or repr(word.encode())[2:-1] in text], table.name


def test_no_mail_and_no_event_says_of_what(told: Town, mailer: MemoryMailer) -> None:
    assert mailer.sent
    for mail in mailer.sent:
        text = f"{mail.subject}\n{mail.text}\n{mail.reference}"
        assert not [word for word in [*EVERYTHING, told.fresh().key, "ทุจริต", "เบาะแส", "corruption", "department"] if word in text]
    for event in told.session.scalars(select(OutboxEvent)):
        assert "corruption" not in event.name
        # ``begin`` is a place of the chain of seals, ``since`` the day of somebody's last morning mail
        assert set(event.payload) <= {"user_id", "report", "agency_id", "begin", "since"}


def test_no_log_line_and_no_search_knows_of_it(
    app: Flask, client: PageClient, town: Town, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        send(client, **CANARIES)
        client.get(f"{FORM}/report")
        town.browser(app, "nida").get(f"/desk/corruption/{town.fresh().key}")
    said = "".join(capfd.readouterr()) + "\n".join(record.getMessage() for record in caplog.records if record.name != "sqlalchemy.engine")
    assert not [word for word in [*EVERYTHING, town.fresh().key] if word in said]
    for path in (
        f"/search?q={CANARIES['what']}",
        "/sitemap.xml",
        "/sitemap/agencies-1.xml",
        "/feeds/cases.atom",
        "/cases",
        "/api/v1/cases",
        "/",
        "/agencies/department",
    ):
        html = client.get(path).get_data(as_text=True).replace(f'value="{CANARIES["what"]}"', "")
        assert town.fresh().key not in html, path
        assert "/feedback/corruption/report" not in html
    assert "0" in client.get(f"/search?q={CANARIES['what']}").get_data(as_text=True)


def test_the_data_key_alone_opens_nothing(told: Town) -> None:
    report = told.fresh()
    with pytest.raises(ValueError, match="not listed"):
        told_of(Keyring([DATA_KEY]), report)
    with pytest.raises((InvalidToken, ValueError)):
        Keyring([DATA_KEY]).decrypt_bytes(f"corruption told {report.key}", report.told_enc or b"")


def test_what_one_report_holds_cannot_be_moved_to_another(town: Town) -> None:
    first, second = town.hand_in("one").report, town.hand_in("two", what="words of another").report
    with unit_of_work(town.session):
        second.told_enc = first.told_enc
        with pytest.raises(ValueError, match="not what was encrypted"):
            told_of(town.integrity, second)
        town.session.rollback()


def test_the_mails_of_a_day_leave_once(app: Flask, told: Town, mailer: MemoryMailer) -> None:
    addresses = sorted(mail.to for mail in mailer.sent)
    assert addresses.count("canary-seven@example.org") <= 1
    assert len(addresses) == len(set(addresses))
    assert [timed.name for timed in TIMED if timed.name.startswith("corruption")] == ["corruption.daily", "corruption.sweep"]
    assert run_timed
