"""Who writes to an agency whose governor reads along knows it before sending, and sees it on the receipt and the tracking page."""

from datetime import timedelta

import pytest
import time_machine

from portal.agencies.joining.service import join, leave
from portal.agencies.rules import AgencyLevel
from portal.casework import service as casework
from portal.db import unit_of_work
from portal.kernel.actor import Role
from portal.web.clock import now
from tests.client import parse
from tests.desk.people import counted_queries
from tests.factories import actor_of, make_agency, make_user
from tests.feedback.conftest import WORDS, body_of, handed_in, text_of

WHY = "ประสานงานน้ำท่วมกับจังหวัด"
FORM = "/feedback/new?agency=other"
READS = "ผู้ว่าราชการจังหวัดอ่าน"


@pytest.fixture
def province(town):
    with unit_of_work(town.session) as session:
        return make_agency(session, slug="province", level=AgencyLevel.PROVINCE)


@pytest.fixture
def head(town):
    with unit_of_work(town.session) as session:
        return actor_of(session, make_user(session, [(town.other, Role.EXECUTIVE)]))


@pytest.fixture
def joined(town, province, head):
    joins(town, province, head)
    return town


def joins(town, province, head, *, at=None):
    with unit_of_work(town.session) as session:
        join(session, head, at or now() - timedelta(minutes=1), session.merge(town.other), session.merge(province), WHY)


def leaves(town, province, head):
    with unit_of_work(town.session) as session:
        leave(session, head, now(), session.merge(town.other), session.merge(province), WHY)


def links(page):
    return parse(page.get_data(as_text=True)).xpath("//a/@href[contains(., '/provinces/')]")


@pytest.mark.parametrize("form", [FORM, "/frame/other"])
def test_the_form_says_it_while_the_agency_has_joined_and_not_a_moment_longer(client, town, province, head, form):
    assert READS not in body_of(client.get(form))
    joins(town, province, head)
    page = client.get(form)
    assert READS in text_of(page, "read-along")
    assert links(page) == ["/provinces/province#h-joined"]
    assert parse(page.get_data(as_text=True)).xpath("//*[@id='read-along']/a/@target") == (["_top"] if "frame" in form else [])
    assert "never who you are" in text_of(client.get("/en" + form), "read-along")
    leaves(town, province, head)
    assert READS not in body_of(client.get(form))


def test_whoever_chooses_from_the_list_reads_it_there_and_again_before_sending(client, joined):
    page = client.get("/feedback/new")
    options = ["".join(option.itertext()) for option in parse(page.get_data(as_text=True)).xpath("//select[@name='agency']/option")]
    assert [READS in option for option in options].count(True) == 1
    assert not parse(page.get_data(as_text=True)).xpath("//*[@id='read-along']")
    shown = client.post_form(page, "body", **{**WORDS, "agency": "other", "preview": "yes"})
    assert shown.status_code == 200
    assert "จึงมีเพียงท่าน เจ้าหน้าที่ และผู้ว่าราชการจังหวัด" in body_of(shown)
    assert "#read-along" in parse(shown.get_data(as_text=True)).xpath("//a/@href")
    assert READS in text_of(shown, "read-along")


def test_a_page_that_could_not_say_it_yet_comes_back_once(client, town, province, head):
    page = client.get(FORM)
    with time_machine.travel(now() + timedelta(minutes=5)):
        joins(town, province, head)
        with time_machine.travel(now() + timedelta(minutes=5)):
            back = client.post_form(page, "body", **{**WORDS, "agency": "other"})
            assert back.status_code == 200
            assert "หลังจากท่านเปิดหน้านี้" in body_of(back)
            assert READS in text_of(back, "read-along")
            assert client.post_form(back, "body").status_code == 303
    assert town.only_case().subject == WORDS["subject"]


def test_receipt_text_file_and_tracking_page_say_it_of_a_case_that_is_read_along(client, joined, province, head):
    receipt = handed_in(client, agency="other")
    tracked = client.get("/feedback/case")
    for page in (receipt.page, tracked):
        assert READS in body_of(page)
        assert links(page) == ["/provinces/province#h-joined"]
    assert READS in client.get("/feedback/receipt.txt").get_data(as_text=True)
    assert "เฉพาะท่านและเจ้าหน้าที่" not in body_of(tracked)
    assert "The governor reads along" in body_of(client.get("/en/feedback/case"))
    leaves(joined, province, head)
    for address in ("/feedback/receipt", "/feedback/case", "/feedback/receipt.txt"):
        assert READS not in client.get(address).get_data(as_text=True)


def test_never_of_what_is_about_somebody_nor_of_what_came_before(client, town, province, head):
    handed_in(client, agency="other")
    joins(town, province, head, at=now() + timedelta(seconds=1))
    assert READS not in body_of(client.get("/feedback/case"))
    with time_machine.travel(now() + timedelta(minutes=5)):
        receipt = handed_in(client, agency="other", subject="เรื่องของเจ้าหน้าที่คนหนึ่ง", about="นายช่างโยธา")
        assert town.case(receipt.number).guarded
        for page in (receipt.page, client.get("/feedback/case")):
            assert READS not in body_of(page)


def test_a_case_that_goes_on_at_an_agency_that_has_joined_says_so_then(client, joined):
    receipt = handed_in(client)
    assert READS not in body_of(client.get("/feedback/case"))
    joined.do(casework.forward, joined.case(receipt.number), joined.session.merge(joined.other), "อยู่ในหน้าที่ของหน่วยนั้น")
    assert READS in body_of(client.get("/feedback/case"))


def test_more_agencies_that_have_joined_ask_no_more_questions(app, client, joined, province):
    client.get(FORM)
    with counted_queries(app) as one:
        client.get(FORM)
    with unit_of_work(joined.session) as session:
        for number in range(5):
            agency = make_agency(session, slug=f"town-{number}")
            whose = actor_of(session, make_user(session, [(agency, Role.EXECUTIVE)]))
            join(session, whose, now(), agency, session.merge(province), WHY)
    with counted_queries(app) as many:
        client.get(FORM)
    assert len(many) == len(one)
