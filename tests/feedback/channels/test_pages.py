"""The pages of channels: the public's, and the administrator's."""

import io

import pytest

from portal.casework.rules import Channel
from portal.db import unit_of_work
from portal.feedback.channels import service
from portal.kernel.actor import SYSTEM, Role
from tests.conftest import NOW
from tests.desk.people import counted_queries, open_desk
from tests.factories import make_user
from tests.feedback.channels.test_service import TYPED
from tests.files.makers import pdf

REGISTER = "/desk/admin/channels"
FILLED = {"name_th": "สายด่วน", "address": "1785", "collector_position_th": "หัวหน้าศูนย์", "open_from": "1/10/2569"}


@pytest.fixture
def desk(app, session, keyring):
    with open_desk(app, session, keyring) as desk:
        yield desk


@pytest.fixture
def administrator(desk, session):
    with unit_of_work(session):
        user = make_user(session, [(desk.office.agency, Role.ADMINISTRATOR)])
    return desk.browser(user)


def words(page):
    return page.get_data(as_text=True)


def described(desk, *codes):
    office = desk.office
    with unit_of_work(office.session):
        for code in codes:
            service.add_channel(office.session, SYSTEM, NOW, office.agency, code, TYPED)


def test_an_administrator_describes_a_channel_and_everybody_reads_it(desk, administrator, client):
    public = f"/agencies/{desk.office.agency.slug}/channels"
    assert client.get(f"{public}/telephone").status_code == 404
    new = administrator.get(f"{REGISTER}/new")
    order = (io.BytesIO(pdf()), "คำสั่งแต่งตั้ง.pdf")
    sent = administrator.post_form(
        new, "/new", code="telephone", **FILLED, document=order, appointment_number="12/2570", appointment_on="1/10/2569"
    )
    assert sent.status_code == 303
    assert "สายด่วน" in words(administrator.get(REGISTER))
    page = client.get(f"{public}/telephone")
    assert page.status_code == 200
    assert 'href="tel:1785"' in words(page)
    assert f"{public}/telephone/appointment" in words(page)
    with client.get(f"{public}/telephone/appointment") as document:
        assert document.mimetype == "application/pdf"
    assert public in words(client.get(f"/agencies/{desk.office.agency.slug}"))
    assert client.get(f"/en{public}").status_code == 200


def test_what_is_wrong_is_said_and_what_was_typed_stays(administrator):
    refused = administrator.post_form(administrator.get(f"{REGISTER}/new"), "/new", code="fax", **{**FILLED, "open_from": "วันไหนก็ได้"})
    assert refused.status_code == 422
    assert "วันไหนก็ได้" in words(refused)
    assert "สายด่วน" in words(refused)
    wrong_file = administrator.post_form(
        administrator.get(f"{REGISTER}/new"), "/new", code="fax", **FILLED, document=(io.BytesIO(b"MZ\x90"), "x.exe")
    )
    assert wrong_file.status_code == 422
    assert 'id="document-error"' in words(wrong_file)


def test_two_administrators_at_once_lose_nothing(desk, administrator):
    described(desk, "telephone")
    page = administrator.get(f"{REGISTER}/telephone")
    assert administrator.post_form(page, "/telephone", name_th="ชื่อแรก").status_code == 303
    late = administrator.post_form(page, "/telephone", name_th="ชื่อที่สอง")
    assert late.status_code == 409
    assert "ชื่อที่สอง" in words(late)
    assert administrator.post_form(late, "/telephone").status_code == 303


def test_the_figures_of_a_channel_lead_to_exactly_its_cases(desk, client):
    described(desk, "telephone")
    office = desk.office
    ours, other = office.case(channel="telephone"), office.case(channel="letter")
    page = client.get(f"/agencies/{office.agency.slug}/channels/telephone")
    listed = client.get(f"/cases?list=received&agency={office.agency.slug}&channel=telephone&year=2570")
    assert f"list=received&amp;agency={office.agency.slug}&amp;channel=telephone&amp;year=2570" in words(page)
    assert ours.number in words(listed)
    assert other.number not in words(listed)
    assert ours.subject not in words(listed)
    for wrong in ("channel=telephone", "list=received&channel=telephone", f"list=received&agency={office.agency.slug}&channel=pigeon"):
        assert client.get(f"/cases?{wrong}").status_code == 404


def test_what_is_no_agency_channel_or_year_is_not_there(desk, client):
    described(desk, "telephone")
    slug = desk.office.agency.slug
    for path in (
        "no-such/channels",
        f"{slug}/channels/pigeon",
        f"{slug}/channels/fax",
        f"{slug}/channels?year=x",
        f"{slug}/channels/a%00b",
    ):
        assert client.get(f"/agencies/{path}").status_code == 404, path
    assert client.get(f"/agencies/{desk.office.unit.slug}/channels").status_code == 404


def test_the_list_asks_as_much_for_one_channel_as_for_all(app, desk, client):
    described(desk, "telephone")
    path = f"/agencies/{desk.office.agency.slug}/channels"
    client.get(path)
    with counted_queries(app) as one:
        client.get(path + "?year=2570")
    described(desk, *(code.value for code in Channel if code is not Channel.TELEPHONE))
    for code in Channel:
        desk.office.case(channel=code.value)
    with counted_queries(app) as every:
        assert client.get(path).status_code == 200
    assert len(every) <= len(one) <= 12


def test_the_account_in_line_is_a_plain_link_on_the_page_of_the_channel_and_of_the_agency(desk, administrator, client):
    slug = desk.office.agency.slug
    refused = administrator.post_form(administrator.get(f"{REGISTER}/new"), "/channels/new", **FILLED, code="telephone", line="@agency")
    assert "line-error" in words(refused)
    assert administrator.post_form(refused, "/channels/new", code="line", line="lin.ee/x").status_code == 422
    assert administrator.post_form(refused, "/channels/new", code="line").status_code == 303
    for address in (f"/agencies/{slug}/channels/line", f"/agencies/{slug}"):
        assert '<a class="govuk-link" href="https://line.me/R/ti/p/@agency" rel="noopener noreferrer nofollow">' in words(
            client.get(address)
        )
    page = administrator.get(f"{REGISTER}/line")
    assert administrator.post_form(page, "/channels/line", line="").status_code == 303
    assert "line.me" not in words(client.get(f"/agencies/{slug}"))
