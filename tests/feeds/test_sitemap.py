"""The sitemap names what search engines may read; robots.txt what they should leave."""

from datetime import timedelta

from lxml import etree
from sqlalchemy.orm import Session

from portal.db import unit_of_work
from portal.disclosures import service
from portal.disclosures.service import TextDraft
from portal.kernel.actor import SYSTEM
from tests.client import PageClient
from tests.conftest import NOW
from tests.feeds.conftest import Portal

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def sitemap(client: PageClient) -> etree._Element:
    answer = client.get("/sitemap.xml")
    assert answer.status_code == 200
    assert answer.mimetype == "application/xml"
    return etree.fromstring(answer.get_data())


def addresses(root: etree._Element) -> list[str]:
    return [str(text) for text in root.xpath("//s:loc/text()", namespaces=NAMES)]


def test_real_pages_are_in_it_in_the_languages_they_have(client: PageClient, portal: Portal) -> None:
    found = addresses(sitemap(client))
    assert "http://localhost/" in found
    assert "http://localhost/en" in found
    assert "http://localhost/disclosures/plan" in found
    assert "http://localhost/en/disclosures/plan" not in found
    assert f"http://localhost/en/cases/{portal.case.number}" in found
    assert "http://localhost/en/agencies/opdc" in found
    assert len(found) == len(set(found))


def test_nothing_invented_is_in_it(client: PageClient, portal: Portal) -> None:
    found = " ".join(addresses(sitemap(client)))
    assert "water" not in found
    assert "nam" not in found
    assert portal.invented_case.number not in found


def test_each_address_names_the_other_language_and_itself(client: PageClient, session: Session, portal: Portal) -> None:
    with unit_of_work(session):
        text = TextDraft(title="Plan", body="<p>Text</p>")
        translation = service.add_language(session, SYSTEM, NOW, portal.page, "en", text)
        service.publish(session, SYSTEM, NOW + timedelta(days=1), translation)
    root = sitemap(client)
    for address in ("http://localhost/disclosures/plan", "http://localhost/en/disclosures/plan"):
        (entry,) = root.xpath(f"//s:url[s:loc='{address}']", namespaces=NAMES)
        links = {link.get("hreflang"): link.get("href") for link in entry.findall("x:link", NAMES)}
        assert links == {"th": "http://localhost/disclosures/plan", "en": "http://localhost/en/disclosures/plan"}
        assert entry.findtext("s:lastmod", namespaces=NAMES)


def test_every_address_in_it_is_a_page(client: PageClient, portal: Portal) -> None:
    for address in addresses(sitemap(client)):
        assert client.get(address.removeprefix("http://localhost")).status_code == 200, address


def test_robots_are_kept_from_the_desk_and_shown_the_sitemap(client: PageClient) -> None:
    lines = client.get("/robots.txt").get_data(as_text=True).splitlines()
    assert {"User-agent: *", "Disallow: /desk", "Disallow: /en/desk", "Sitemap: http://localhost/sitemap.xml"} <= set(lines)
    assert "Disallow: /" not in lines
