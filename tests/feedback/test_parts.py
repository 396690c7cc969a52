"""A text that held several matters, for its sender: one code, every matter a press away, and nobody else's."""

import pytest
from flask import Flask

from portal.casework import service
from portal.casework.models import Case
from portal.casework.rules import Status
from portal.casework.splitting.queries import parts_of
from portal.casework.splitting.rules import Wanted
from portal.casework.splitting.service import split
from portal.kernel.keyring import Keyring
from tests.client import PageClient
from tests.feedback.conftest import WORDS, Town, body_of, handed_in, stranger, text_of

TITLES = ("เปิดตู้ทุกเดือน", "ประกาศผลที่หน้าตู้")


@pytest.fixture
def divided(town: Town, client: PageClient, keyring: Keyring) -> list[Case]:
    handed_in(client)
    case = town.only_case()
    town.do(service.assign, case, town.user)
    town.do(split, case, keyring, TITLES[0], [Wanted(TITLES[1], WORDS["body"][:10])])
    return [part.case for part in parts_of(town.session, case)]


def test_the_page_lists_the_matters_and_opens_each(client: PageClient, town: Town, divided: list[Case]) -> None:
    page = client.get("/feedback/case")
    assert divided[0].number in text_of(page, "case-number")
    assert all(title in body_of(page) for title in TITLES)
    there = client.post_form(page, "/feedback/case/part", follow_redirects=True)
    assert divided[1].number in text_of(there, "case-number")
    assert WORDS["body"] in body_of(there)


def test_only_the_matters_of_this_very_text(app: Flask, client: PageClient, town: Town, divided: list[Case]) -> None:
    other = stranger(app)
    number = handed_in(other, subject="เรื่องของคนอื่น").number
    assert client.post("/feedback/case/part", data={"number": number}).status_code == 404
    assert stranger(app).post("/feedback/case/part", data={"number": number}).status_code == 303


def test_withdrawing_takes_along_the_matters_that_were_ticked(client: PageClient, town: Town, divided: list[Case]) -> None:
    page = client.get("/feedback/case")
    assert client.post_form(page, "/feedback/case/withdraw", also=divided[1].number).status_code == 303
    assert [town.case(one.number).status for one in divided] == [Status.WITHDRAWN, Status.WITHDRAWN]
