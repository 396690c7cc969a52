"""The feeds: well-formed, absolute, stable, and what is not public is not in them."""

import pytest
from lxml import etree
from sqlalchemy.orm import Session

from portal.casework.rules import PublicState
from portal.db import unit_of_work
from portal.db.revision import raise_public_revision
from portal.disclosures import service
from portal.kernel.actor import SYSTEM
from tests.client import PageClient
from tests.conftest import NOW
from tests.disclosures.making import make_page
from tests.feeds.conftest import Portal

ATOM = {"a": "http://www.w3.org/2005/Atom"}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def feed(client: PageClient, address: str) -> etree._Element:
    """The feed, parsed strictly and checked for what RFC 4287 demands."""
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    root = etree.fromstring(answer.get_data(), etree.XMLParser(resolve_entities=False))
    for element in [root, *root.findall("a:entry", ATOM)]:
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"a:{name}", ATOM)) == 1, name
        assert element.findtext("a:author/a:name", namespaces=ATOM)
    assert all(link.startswith("http://localhost/") for link in root.xpath("//a:link/@href", namespaces=ATOM))
    ids = root.xpath("//a:id/text()", namespaces=ATOM)
    assert len(set(ids)) == len(ids)
    return root


def texts(root: etree._Element, path: str) -> list[str]:
    return [str(text) for text in root.xpath(f"a:entry/{path}", namespaces=ATOM)]


def test_the_newest_pages_come_first_with_their_agency_and_times(client: PageClient, portal: Portal) -> None:
    root = feed(client, "/feeds/disclosures.atom")
    assert texts(root, "a:title/text()") == ["[ข้อมูลสมมติ] เรื่องน้ำ", "แผน <ปี> & งบ"]
    assert texts(root, "a:link/@href") == ["http://localhost/disclosures/water", "http://localhost/disclosures/plan"]
    assert texts(root, "a:author/a:name/text()") == ["กรมน้ำสมมติ", "สำนักงานจริง"]
    assert texts(root, "a:updated/text()")[1] == "2026-11-22T16:00:00+07:00"
    assert root.findtext("a:updated", namespaces=ATOM) == "2026-11-22T17:00:00+07:00"
    assert root.get(XML_LANG) == "th"


def test_a_summary_is_text_although_readers_take_it_for_html(client: PageClient, portal: Portal) -> None:
    root = feed(client, "/feeds/disclosures.atom")
    assert texts(root, "a:summary/text()")[1] == "คำนำ &lt;b&gt;หนา&lt;/b&gt;"


def test_published_answers_have_their_feed(client: PageClient, portal: Portal) -> None:
    root = feed(client, "/feeds/cases.atom")
    assert set(texts(root, "a:title/text()")) == {"ตู้ไม่มีผู้เปิด", "[ข้อมูลสมมติ] ตู้ไม่มีผู้เปิด"}
    assert f"http://localhost/cases/{portal.case.number}" in texts(root, "a:link/@href")
    assert texts(root, "a:summary/text()")[0] == "เปิดทุกวันจันทร์แล้ว"


def test_an_agency_has_a_feed_of_its_own_pages_and_answers(client: PageClient, portal: Portal) -> None:
    root = feed(client, "/feeds/agencies/opdc.atom")
    assert texts(root, "a:link/@href") == [f"http://localhost/cases/{portal.case.number}", "http://localhost/disclosures/plan"]
    assert root.findtext("a:title", namespaces=ATOM) == "สำนักงานจริง"
    assert feed(client, "/feeds/agencies/nam.atom").findtext("a:title", namespaces=ATOM) == "[ข้อมูลสมมติ] กรมน้ำสมมติ"
    assert client.get("/feeds/agencies/nobody.atom").status_code == 404


def test_english_has_an_address_of_its_own_without_the_prefix_of_pages(client: PageClient, portal: Portal) -> None:
    root = feed(client, "/feeds/disclosures.atom?lang=en")
    assert root.get(XML_LANG) == "en"
    assert root.findtext("a:title", namespaces=ATOM) == "Disclosed information"
    assert texts(root, "a:link/@href")[1] == "http://localhost/en/disclosures/plan"
    assert texts(root, "a:author/a:name/text()")[1] == "The Real Office"
    moved = client.get("/en/feeds/disclosures.atom")
    assert moved.status_code == 301
    assert moved.location == "http://localhost/feeds/disclosures.atom?lang=en"


def test_ids_are_the_same_in_every_feed_and_language(client: PageClient, portal: Portal) -> None:
    ids = [
        set(texts(feed(client, address), "a:id/text()"))
        for address in ("/feeds/disclosures.atom", "/feeds/disclosures.atom?lang=en", "/feeds/agencies/opdc.atom")
    ]
    assert ids[0] == ids[1]
    assert "tag:localhost,2026-01-01:/disclosures/plan" in ids[0] & ids[2]


def test_what_is_withdrawn_leaves_the_feed(client: PageClient, session: Session, portal: Portal) -> None:
    with unit_of_work(session):
        service.withdraw(session, SYSTEM, NOW, portal.page.translations[0], "ข้อมูลคลาดเคลื่อน")
        public = portal.case.public
        assert public
        public.state = PublicState.WITHDRAWN
        raise_public_revision(session)
    assert texts(feed(client, "/feeds/agencies/opdc.atom"), "a:title/text()") == []
    assert "http://localhost/disclosures/plan" not in texts(feed(client, "/feeds/disclosures.atom"), "a:link/@href")


@pytest.mark.parametrize("address", ["/feeds/disclosures.atom", "/feeds/cases.atom"])
def test_a_feed_without_entries_is_a_feed_that_does_not_change(client: PageClient, address: str) -> None:
    root = feed(client, address)
    assert not root.findall("a:entry", ATOM)
    etag = client.get(f"{address}?again").headers["ETag"]
    assert client.get(f"{address}?once-more", headers={"If-None-Match": etag}).status_code == 304


def test_characters_that_xml_cannot_carry_do_not_break_the_feed(client: PageClient, session: Session, portal: Portal) -> None:
    make_page(session, NOW, portal.real, slug="odd", title="หัว\ufffe\x0bเรื่อง", lead="\uffff")
    assert "หัวเรื่อง" in [title.replace(" ", "") for title in texts(feed(client, "/feeds/disclosures.atom"), "a:title/text()")]


def test_the_page_of_feeds_links_each_in_both_languages(client: PageClient, portal: Portal) -> None:
    for prefix in ("", "/en"):
        answer = client.get(f"{prefix}/feeds/").get_data(as_text=True)
        for address in ("/feeds/disclosures.atom", "/feeds/cases.atom?lang=en", "/feeds/agencies/nam.atom"):
            assert f'href="{address}"' in answer
