"""The search page."""

from datetime import timedelta

import pytest
from lxml import etree
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.db import unit_of_work
from portal.kernel.keyring import Keyring
from tests.casework.factories import make_case
from tests.client import PageClient, parse
from tests.factories import make_agency
from tests.index.documents import AT, make_document, put


def finds(client: PageClient, address: str, status: int = 200) -> list[str]:
    """Addresses of the finds on a page."""
    return [str(link) for link in page(client, address, status).xpath("//main//ol//a/@href")]


def page(client: PageClient, address: str, status: int = 200) -> etree._Element:
    answer = client.get(address)
    assert answer.status_code == status
    return parse(answer.get_data(as_text=True))


def text(root: etree._Element) -> str:
    return " ".join(" ".join(root.xpath("//main//text()[not(ancestor::option)]")).split())


def test_the_empty_page_offers_the_form_and_finds_nothing(client: PageClient, records: None) -> None:
    root = page(client, "/search")
    assert root.xpath("//form[@role='search']//input[@name='q']")
    assert not root.xpath("//main//ol")
    assert root.xpath("//meta[@name='robots'][contains(@content, 'noindex')]")


def test_a_find_shows_where_the_words_stand_and_nothing_of_it_is_markup(client: PageClient, records: None) -> None:
    answer = client.get("/search?q=ประปา").get_data(as_text=True)
    assert "น้ำ<mark>ประปา</mark> &lt;b&gt;ไหล&lt;/b&gt; ทุกวัน" in answer
    assert set(finds(client, "/search?q=ประปา")) == {"/disclosures/water", "/cases/NAM-2570-000001"}


def test_a_find_names_kind_agency_and_date_and_says_when_it_is_invented(client: PageClient, records: None) -> None:
    words = text(page(client, "/en/search?q=ไหล"))
    assert "Disclosed information · Invented Water Department · 1 October 2026" in words
    assert "Invented data" in words
    assert "Found 1" in words


@pytest.mark.parametrize("is_invented", [True, False])
def test_an_invented_matter_of_a_real_agency_says_so(
    client: PageClient, session: Session, keyring: Keyring, agency: Agency, is_invented: bool
) -> None:
    with unit_of_work(session):
        case = make_case(session, keyring, make_agency(session))
        case.is_invented = is_invented
    put(session, make_document("ท่อประปาแตก", case.number, kind="case", url_path=f"/cases/{case.number}", agency_id=case.agency_id))
    assert ("Invented data" in text(page(client, "/en/search?q=ประปา"))) is is_invented


def test_a_find_leads_to_the_language_that_holds_the_words(client: PageClient, records: None) -> None:
    assert finds(client, "/search?q=water") == ["/en/disclosures/water"]
    assert finds(client, "/en/search?q=water") == ["/en/disclosures/water"]
    assert finds(client, "/en/search?q=ท่อแตก") == ["/en/cases/NAM-2570-000001"]  # there is no English text of it


def test_filters_narrow_and_stay_chosen(client: PageClient, records: None) -> None:
    assert finds(client, "/search?q=ประปา&kind=case") == ["/cases/NAM-2570-000001"]
    assert finds(client, "/search?q=ประปา&agency=nam") == ["/disclosures/water"]
    root = page(client, "/search?q=ประปา&agency=nam")
    assert root.xpath("//select[@name='agency']/option[@selected]/@value") == ["nam"]


def test_where_nothing_is_found_the_page_says_so_and_offers_to_ask(client: PageClient, records: None) -> None:
    root = page(client, "/search?q=ฆฌฑฒญฐ&agency=nam")
    assert "ฆฌฑฒญฐ" in text(root)
    links = [str(link) for link in root.xpath("//main//a/@href")]
    assert "/feedback/new?kind=question&agency=nam" in links
    assert not [link for link in links if "/disclosures/" in link or "/cases/" in link]


@pytest.mark.parametrize("query", ["kind=nonsense", "agency=nobody", "kind=%00&agency=%00"])
def test_a_choice_that_is_none_is_refused_at_its_field(client: PageClient, records: None, query: str) -> None:
    root = page(client, f"/search?q=ประปา&{query}", status=422)
    assert root.xpath("//*[contains(@class, 'govuk-error-message')]")
    assert not root.xpath("//main//ol[contains(@class, 'sr-list')]")


def test_pages_are_linked_and_numbered_through(client: PageClient, session: Session, agency: Agency) -> None:
    put(session, *(make_document("ถนน", f"k{number:02}", at=AT + timedelta(hours=number)) for number in range(25)))
    first = page(client, "/search?q=ถนน")
    (following,) = first.xpath("//a[@rel='next']/@href")
    second = page(client, following)
    assert second.xpath("//main//ol/@start") == ["21"]
    assert second.xpath("//main//ol//a/@href") == [f"/disclosures/k{number:02}" for number in (4, 3, 2, 1, 0)]
    assert not second.xpath("//a[@rel='next']")
    assert finds(client, "/search?q=ถนน&per_page=3") == ["/disclosures/k24", "/disclosures/k23", "/disclosures/k22"]
    assert finds(client, "/search?q=ถนน&cursor=40") == []


@pytest.mark.parametrize("cursor", ["-1", "x", "999999", "2000", "１"])
def test_a_damaged_cursor_is_said_to_be_damaged(client: PageClient, agency: Agency, cursor: str) -> None:
    assert client.get("/search", query_string={"q": "ถนน", "cursor": cursor}).status_code == 422


@pytest.mark.parametrize("typed", ['"', "' OR 1=1 --", "a AND NOT (b", "*", "\x00ก", "ก" * 3000, "{%7%}", "<script>", "%", "\u202eก"])
def test_whatever_is_typed_gets_a_page(client: PageClient, records: None, typed: str) -> None:
    answer = client.get("/search", query_string={"q": typed})
    assert answer.status_code == 200
    assert "<script>" not in answer.get_data(as_text=True).split("</head>")[1]


def test_a_new_record_shows_at_once_although_the_page_is_cached(client: PageClient, session: Session, agency: Agency) -> None:
    assert finds(client, "/search?q=ถนน") == []
    put(session, make_document("ถนน", "road"))
    assert finds(client, "/search?q=ถนน") == ["/disclosures/road"]
    answer = client.get("/search?q=ถนน")
    assert client.get("/search?q=ถนน", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
