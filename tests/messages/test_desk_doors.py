"""By the call screen, from letters, from a spreadsheet, by e-mail and as petitions; slips of boxes are typed on the page of letters."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.casework.models import Case
from portal.db import unit_of_work
from portal.feedback.calls.service import take_down
from portal.feedback.calls.taking import Taken
from portal.feedback.mail_in.rules import Fate
from portal.feedback.petitions.service import Proposal, open_petition
from portal.feedback.sheets import service as sheets
from portal.feedback.sheets.looking import judged
from portal.feedback.sheets.reading.child import read
from portal.feedback.sheets.rules import file_name
from tests.casework.conftest import make_office
from tests.conftest import NOW
from tests.feedback.mail_in.conftest import open_post_room
from tests.feedback.mail_in.letters import raw
from tests.feedback.sheets.making import GOOGLE_HEADINGS, as_recognised, text_file
from tests.feedback.transcribing.making import Room
from tests.messages import MESSAGES, differing

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def kept(session):
    session.rollback()
    session.expire_all()
    return list(session.scalars(select(Case.body).order_by(Case.id)))


def test_by_the_call_screen(session, keyring):
    office = make_office(session, keyring)
    call = Taken(kind="grievance", subject="เรื่องที่เล่า", anonymity="anonymous", channel="telephone", agency="unsure")
    for number, message in enumerate(MESSAGES):
        with unit_of_work(session):
            take_down(session, office.officer, NOW, keyring, replace(call, body=message), office.agency, f"call {number}")
    assert differing(MESSAGES, kept(session)) == []


def test_typed_from_letters(session, keyring):
    room = Room(make_office(session, keyring))
    given = iter(MESSAGES)
    for _batch in range(len(MESSAGES) // 100):
        for sheet in room.sheets(room.batch(100)):
            room.save(room.begin(sheet), body=next(given))
    assert differing(MESSAGES, kept(session)) == []


def test_from_a_spreadsheet(session, keyring):
    office = make_office(session, keyring)
    rows = [("13/11/2569, 9:23:13", "ร้องเรียน", f"เรื่องที่ {number}", message, *[""] * 5) for number, message in enumerate(MESSAGES)]
    data = text_file(GOOGLE_HEADINGS, rows)
    book = read(data)
    plan = as_recognised(book)
    judgement = judged(session, NOW, office.agency, book.sheets[0], plan)
    made = sheets.ready(session, office.coordinator, NOW, keyring, office.agency, file_name("a.csv", data), plan, judgement)
    with unit_of_work(session):
        sheets.import_rows(session, office.coordinator, NOW, office.agency, made, "แบบ")
    assert differing(MESSAGES, kept(session)) == []


def test_by_mail(session, keyring, tmp_path):
    room = open_post_room(session, keyring, tmp_path)
    for number, message in enumerate(MESSAGES):
        room.now += timedelta(minutes=1)  # so many in one hour would wait for a person
        room.take(raw(message, From=f"somebody{number}@example.org", Message_ID=f"<{number}@example.org>"))
    assert set(room.fates()) == {Fate.NEW_CASE.value}
    assert differing(MESSAGES, kept(session)) == []


def test_as_petitions(session, keyring):
    office = make_office(session, keyring)
    for number, message in enumerate(MESSAGES):
        with unit_of_work(session):
            proposal = Proposal(office.agency.slug, f"ข้อเสนอที่ {number}", message)
            open_petition(session, NOW, keyring, proposal, office.agency, f"petition {number}")
    assert differing(MESSAGES, kept(session)) == []
