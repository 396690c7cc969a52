"""The front page of the demonstration: one sentence, two ways, figures that lead to the lists which make them."""

import re
from datetime import datetime

import pytest
from lxml import etree
from sqlalchemy.orm import Session

from portal.agencies import service as agencies
from portal.agencies.rules import AgencyKind, AgencyLevel
from portal.casework.figures import figures
from portal.db import unit_of_work
from portal.demo.load import load
from portal.kernel.actor import SYSTEM
from portal.kernel.keyring import Keyring
from portal.kernel.thai_calendar import fiscal_year
from portal.web.clock import now as present
from tests.client import PageClient, parse
from tests.factories import make_agency


@pytest.fixture
def moment(session: Session, keyring: Keyring) -> datetime:
    """The demonstration, loaded now."""
    at = present()
    with unit_of_work(session):
        load(session, at, keyring)
    return at


def home(client: PageClient, path: str = "/") -> etree._Element:
    return parse(client.get(path).get_data(as_text=True))


def shown_figures(root: etree._Element) -> dict[str, tuple[float, str]]:
    """Each number with the address of its list, by the name of the list."""
    found = {}
    for figure in root.xpath("//*[@class='sr-figure']"):
        address = figure.xpath(".//a/@href")[0]
        number = re.match(r"[\d.,]+", "".join(figure.xpath(".//*[contains(@class, 'number')]//text()")).strip())
        assert number
        found[re.search(r"list=(\w+)", address)[1]] = float(number[0].replace(",", "")), address  # type: ignore[index]
    return found


def test_the_live_figures_are_those_of_the_rules_and_each_list_has_as_many_rows(
    client: PageClient, session: Session, moment: datetime
) -> None:
    counted = figures(session, None, fiscal_year(moment), moment)
    shown = shown_figures(home(client))
    expected = {"received": counted.received, "in_time": counted.in_time}
    assert {name: shown[name][0] for name in expected} == expected
    for name, number in expected.items():
        rows, address = 0, f"{shown[name][1]}&per_page=100"
        while address:
            root = parse(client.get(address).get_data(as_text=True))
            rows += len(root.xpath("//main//tbody/tr"))
            address = next(iter(root.xpath("//a[contains(@rel, 'next')]/@href")), "")
        assert rows == number, name


def test_two_ways_and_the_code_are_one_step_away_and_each_language_has_its_own_addresses(client: PageClient, moment: datetime) -> None:
    root = home(client)
    assert root.xpath("//section[@aria-labelledby='way-read']//form[@action='/search']")
    assert root.xpath("//section[@aria-labelledby='way-speak']//a[@href='/feedback/new']")
    assert root.xpath("//form[@action='/feedback/track' and @method='post']//input[@name='code']")
    assert root.xpath("//article[@class='sr-answer']//a[starts-with(@href, '/cases/')]")
    assert root.xpath("//section[@aria-labelledby='h-pages']//a[starts-with(@href, '/disclosures/')]")
    for article in root.xpath("//article[@class='sr-answer']"):
        assert "ข้อมูลสมมติ" in "".join(article.itertext())
    english = home(client, "/en")
    assert english.get("lang") == "en"
    inside = [url for url in english.xpath("//main//a/@href") if url.startswith("/")]
    assert inside
    assert all(url.startswith("/en") for url in inside)


def test_an_empty_portal_has_a_front_page_too(client: PageClient, session: Session) -> None:
    with unit_of_work(session):
        make_agency(session, slug="opdc")
    assert "ยังไม่มีคำตอบที่เผยแพร่" in "".join(home(client).itertext())


def test_the_same_page_is_not_sent_twice_and_a_change_makes_it_anew(client: PageClient, session: Session) -> None:
    with unit_of_work(session):
        make_agency(session, slug="opdc")
    first = client.get("/agencies")
    assert client.get("/agencies", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    values = {"slug": "new", "code": "NEW", "name_th": "หน่วยงานใหม่", "level": AgencyLevel.DEPARTMENT, "kind": AgencyKind.GOVERNMENT}
    with unit_of_work(session):
        agencies.create(session, SYSTEM, present(), values)
    second = client.get("/agencies", headers={"If-None-Match": first.headers["ETag"]})
    assert second.status_code == 200
    assert "หน่วยงานใหม่" in second.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/", "/en", "/feedback/new", "/sign-in", "/desk", "/api/v1/agencies", "/no-such-page"])
def test_every_answer_carries_the_strict_headers(client: PageClient, session: Session, path: str) -> None:
    with unit_of_work(session):
        make_agency(session, slug="opdc")
    headers = client.get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
