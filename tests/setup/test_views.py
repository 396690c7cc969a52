"""The pages: who gets in, what is refused stays typed, and the administrator goes on without the second factor that the desk asks for."""

import io
from dataclasses import replace

import pytest
import time_machine
from sqlalchemy import select

from portal.accounts.models import User
from portal.accounts.rules import Proof
from portal.accounts.service import start_session
from portal.db import unit_of_work
from portal.setup.cli import way_in
from portal.setup.models import SetupState
from portal.setup.rules import STEPS
from tests.client import parse
from tests.conftest import NOW
from tests.files.makers import encoded

NAMES = {"name_th": "อบต.บ้านใหม่", "name_en": "Ban Mai"}
PERSON = {"name_th": "นางสาวสมหญิง ใจดี", "email": "a@banmai.example", "password": "มะม่วง สะพาน ลมหนาว สีคราม"}
GOOD = {
    "agency": NAMES,
    "contact": {},
    "look": {},
    "administrator": PERSON,
    "calendar": {},
    "mail": {"pass": "yes"},
    "form": {},
    "policies": {},
}
TYPED = {"name_th", "name_en", "website", "email", "colour", "day", "host", "sender", "topics"}
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


@pytest.fixture(autouse=True)
def second_factors():
    """Left as they are: administrators must have one before the desk opens."""


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def settings(settings):
    return replace(settings, home_agency="", mail_is_set=False, base_url="https://banmai.example")


@pytest.fixture
def token(app):
    with app.app_context():
        said = way_in()
    return said.split("type: ")[1].split()[0]


@pytest.fixture
def browser(app):
    """A new browser that speaks https, as the cookies ask for."""

    def another():
        client = app.test_client()
        client.environ_base["wsgi.url_scheme"] = "https"
        client.environ_base["HTTP_HOST"] = "banmai.example"
        return client

    return another


@pytest.fixture
def first(browser, token):
    """A browser in which the token was typed."""
    client = browser()
    assert send(client, "", token=token).status_code == 303
    return client


def send(client, step, **values):
    """The form of a step, filled in and sent."""
    path = f"/setup/{step}".rstrip("/")
    return client.post_form(client.get(path), path, **values)


def words(page):
    return page.get_data(as_text=True)


def up_to(client, last):
    """Send every step before ``last`` with little in it."""
    for step, values in GOOD.items():
        if step == last:
            return
        assert send(client, step, **values).status_code == 303, step


def test_an_empty_portal_says_so_calmly_and_shows_where_to_begin(browser, token):
    page = browser().get("/")
    assert page.status_code == 200
    assert 'href="/setup"' in words(page)
    assert browser().get("/healthz").status_code == 200


def test_without_a_living_token_there_is_nothing_to_set_up(browser, session):
    assert browser().get("/setup").status_code == 404
    assert browser().post("/setup", data={"token": "7K3M-9QXA-2VBN"}).status_code == 404


def test_a_wrong_token_stays_typed_and_opens_nothing(browser, token):
    client = browser()
    for typed in ("7K3M-9QXA-2VBN", "nonsense"):
        page = send(client, "", token=typed)
        assert page.status_code == 422
        assert f'value="{typed}"' in words(page)
    assert client.get("/setup/agency").headers["Location"] == "/setup"


def test_steps_that_were_not_reached_lead_back_and_reached_ones_stay_open(first):
    assert first.get("/setup/policies").headers["Location"] == "/setup/agency"
    up_to(first, "look")
    assert first.get("/setup/mail").headers["Location"] == "/setup/look"
    assert first.get("/setup").headers["Location"] == "/setup/look"
    assert 'value="อบต.บ้านใหม่"' in words(first.get("/setup/agency"))


WRONG = [
    ("agency", {"name_th": ""}, "name_th"),
    ("agency", {"name_th": "อบต.", "name_en": ""}, "slug"),
    ("agency", {**NAMES, "level": "division"}, "level"),
    ("contact", {"website": "javascript:alert(1)"}, "website"),
    ("contact", {"email": "x"}, "email"),
    ("look", {"colour": "#ffcc00"}, "colour"),
    ("look", {"colour": "red; }"}, "colour"),
    ("look", {"seal": (SVG, "seal.svg")}, "seal"),
    ("look", {"seal": (SVG, "seal.png")}, "seal"),
    ("administrator", {**PERSON, "password": "password1234"}, "password"),
    ("administrator", {**PERSON, "email": ""}, "email"),
    ("calendar", {"day": "31/2/2570", "name_th": "วัน"}, "day"),
    ("calendar", {"day": "13/4/2600", "name_th": ""}, "name_th"),
    ("mail", {"host": "http://smtp", "sender": "a@example.org"}, "host"),
    ("mail", {"host": "169.254.169.254", "sender": "a@example.org"}, "host"),
    ("form", {"topics": "ก" * 300}, "topics"),
    ("policies", {"policies": "nonsense"}, "policies"),
]


def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(first):
    for step in (one.value for one in STEPS[:-1]):
        for values in (values for name, values, _field in WRONG if name == step):
            refused(first, step, values, next(field for name, one, field in WRONG if one is values))
        assert send(first, step, **GOOD[step]).status_code == 303, step


def refused(client, step, values, field):
    sent = {name: (io.BytesIO(value[0]), value[1]) if isinstance(value, tuple) else value for name, value in values.items()}
    page = send(client, step, **sent)
    root = parse(words(page))
    assert page.status_code == 422, (step, values)
    assert root.xpath(f"//a[@href='#{field}']"), (step, values)
    stays = {
        one.get("name"): one.get("value", one.text) for one in root.xpath("//input[not(@type='password' or @type='radio')] | //textarea")
    }
    for name in TYPED & set(values):
        assert (stays[name] or "").strip() == values[name], (step, values)


def test_a_colour_that_cannot_be_read_comes_with_the_nearest_that_can(first):
    up_to(first, "look")
    page = send(first, "look", colour="#ffcc00", seal=(io.BytesIO(encoded("PNG")), "ตรา.png"))
    assert page.status_code == 422
    assert "/files/seals/" in words(page), "the picture that came with it is kept"
    offered = parse(words(page)).xpath("//button[@name='offered']/@value")[0]
    assert first.post_form(page, "/setup/look", offered=offered).headers["Location"] == "/setup/look"
    assert f"/files/colours/{offered[1:]}.css" in words(first.get("/"))


def test_ticking_another_colour_counts_although_one_is_still_written(first):
    up_to(first, "look")
    send(first, "look", colour="#123456", stay="yes")
    assert 'value="#123456"' in words(first.get("/setup/look"))
    send(first, "look", choice="#1d4779", stay="yes")
    assert "/files/colours/1d4779.css" in words(first.get("/"))


def test_the_administrator_goes_on_by_password_alone_and_the_desk_waits_for_a_second_factor(first, session, browser):
    up_to(first, "policies")
    assert first.get("/desk").headers["Location"] == "/desk/account/second-factor"
    assert send(first, "policies").status_code == 303
    done = first.get("/setup/done")
    assert "https://banmai.example/write/ban-mai" in words(done)
    assert first.get("/setup/poster").status_code == 200
    assert session.scalar(select(User.email)) == PERSON["email"]
    assert first.post_form(done, "/setup/finish").headers["Location"] == "/desk"
    for client in (first, browser()):
        assert client.get("/setup").status_code == 404
        assert client.get("/setup/done").status_code == 404
        assert client.get("/setup/agency").status_code == 404


def test_the_token_is_dead_once_there_is_an_administrator(first, browser, token):
    up_to(first, "calendar")
    stranger = browser()
    assert stranger.get("/setup").status_code == 404
    assert stranger.post("/setup", data={"token": token}).status_code == 404
    assert stranger.get("/setup/calendar").status_code == 404


def test_who_signs_in_again_finds_the_way_back_on_the_administration_page(first, browser, session, keyring):
    up_to(first, "mail")
    person = session.scalars(select(User)).one()
    with unit_of_work(session):
        token = start_session(session, NOW, keyring, person, "network", Proof.PASSKEY)
    again = browser()
    again.set_cookie("__Host-portal_session", token)
    assert 'href="/setup"' in words(again.get("/desk/admin"))
    assert again.get("/setup").headers["Location"] == "/setup/mail"
    send(again, "mail", **{"pass": "yes"})
    send(again, "form")
    send(again, "policies")
    again.post_form(again.get("/setup/done"), "/setup/finish")
    assert 'href="/setup"' not in words(again.get("/desk/admin"))


def test_a_post_of_the_administrator_needs_the_form_s_own_mark(first):
    up_to(first, "calendar")
    page = first.get("/setup/calendar")
    assert first.post_form(page, "/setup/calendar", csrf_token="").status_code == 403


def test_two_browsers_do_not_write_over_each_other_and_nothing_typed_is_lost(first, browser, token, session):
    other = browser()
    send(other, "", token=token)
    page, late = first.get("/setup/agency"), other.get("/setup/agency")
    assert first.post_form(page, "/setup/agency", **NAMES).status_code == 303
    refused = other.post_form(late, "/setup/agency", name_th="เทศบาลบ้านใหม่", name_en="Ban Mai Town")
    assert refused.status_code == 409
    assert 'value="เทศบาลบ้านใหม่"' in words(refused)
    assert session.get_one(SetupState, 1).agency.name_th == NAMES["name_th"]
    assert other.post_form(refused, "/setup/agency").status_code == 303
    assert first.post_form(page, "/setup/agency", **NAMES).status_code == 409


def test_the_last_page_warns_of_an_address_that_nobody_else_can_open(app, first):
    up_to(first, "")
    assert "PORTAL_BASE_URL" not in words(first.get("/en/setup/done"))
    settings = app.extensions["portal"].settings
    app.extensions["portal"] = replace(app.extensions["portal"], settings=replace(settings, base_url="https://127.0.0.1:8000"))
    assert "PORTAL_BASE_URL" in words(first.get("/en/setup/done"))
