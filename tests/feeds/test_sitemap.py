"""The sitemap names what search engines may read; robots.txt what they should leave."""

from datetime import timedelta

import pytest
from lxml import etree
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.db import unit_of_work
from portal.db.revision import raise_public_revision
from portal.disclosures import service
from portal.disclosures.service import TextDraft
from portal.feeds import sitemap
from portal.kernel.actor import SYSTEM
from tests.client import PageClient
from tests.conftest import NOW
from tests.factories import make_agency
from tests.feedback.boxes.counting import counted
from tests.feeds.conftest import Portal

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def read(client: PageClient, path: str = "/sitemap.xml") -> etree._Element:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.mimetype == "application/xml"
    return etree.fromstring(answer.get_data())


def located(root: etree._Element) -> list[str]:
    return [str(text) for text in root.xpath("//s:loc/text()", namespaces=NAMES)]


def parts(client: PageClient) -> list[str]:
    return [address.removeprefix("http://localhost") for address in located(read(client))]


def addresses(client: PageClient) -> list[str]:
    """Of all parts that the index names."""
    return [address for part in parts(client) for address in located(read(client, part))]


def test_real_pages_are_in_it_in_the_languages_they_have(client: PageClient, portal: Portal) -> None:
    found = addresses(client)
    assert "http://localhost/" in found
    assert "http://localhost/en" in found
    assert "http://localhost/disclosures/plan" in found
    assert "http://localhost/en/disclosures/plan" not in found
    assert f"http://localhost/en/cases/{portal.case.number}" in found
    assert "http://localhost/en/agencies/opdc" in found
    assert len(found) == len(set(found))


def test_nothing_invented_is_in_it(client: PageClient, portal: Portal) -> None:
    found = " ".join(addresses(client))
    assert "water" not in found
    assert "nam" not in found
    assert portal.invented_case.number not in found


def test_an_invented_matter_of_a_real_agency_is_not_in_it(client: PageClient, session: Session, portal: Portal) -> None:
    with unit_of_work(session):
        portal.case.is_invented = True
        raise_public_revision(session)
    assert portal.case.number not in " ".join(addresses(client))


def test_each_address_names_the_other_language_and_itself(client: PageClient, session: Session, portal: Portal) -> None:
    with unit_of_work(session):
        text = TextDraft(title="Plan", body="<p>Text</p>")
        translation = service.add_language(session, SYSTEM, NOW, portal.page, "en", text)
        service.publish(session, SYSTEM, NOW + timedelta(days=1), translation)
    root = read(client, "/sitemap/disclosures-1.xml")
    for address in ("http://localhost/disclosures/plan", "http://localhost/en/disclosures/plan"):
        (entry,) = root.xpath(f"//s:url[s:loc='{address}']", namespaces=NAMES)
        links = {link.get("hreflang"): link.get("href") for link in entry.findall("x:link", NAMES)}
        assert links == {"th": "http://localhost/disclosures/plan", "en": "http://localhost/en/disclosures/plan"}
        assert entry.findtext("s:lastmod", namespaces=NAMES)


def test_the_index_names_a_part_for_each_kind_that_there_is(client: PageClient, portal: Portal) -> None:
    assert parts(client) == [f"/sitemap/{name}-1.xml" for name in ("pages", "agencies", "disclosures", "cases")]
    for name in ("petitions-1", "agencies-2", "agencies-0", "pages-2", "nothing-1", f"agencies-{10**30}"):
        assert client.get(f"/sitemap/{name}.xml").status_code == 404, name
    assert client.get("/en/sitemap/pages-1.xml").status_code == 404  # an address says both languages, and has none itself


def test_many_pages_are_cut_into_parts_with_one_question_each(
    client: PageClient, session: Session, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "PART", 3)
    with unit_of_work(session):
        made = [make_agency(session, slug=f"office-{number}") for number in range(8)]
    with counted(engine) as statements:
        found = [[place.path for place in sitemap.places(session, "agencies", number)] for number in (1, 2, 3)]
    assert len(statements) == 3
    assert [len(part) for part in found] == [3, 3, 2]
    assert {path for part in found for path in part} == {f"/agencies/{one.slug}" for one in made}
    with counted(engine) as statements:
        assert sitemap.parts(session) == ["pages-1", "agencies-1", "agencies-2", "agencies-3"]
    assert len(statements) == len(sitemap.KINDS)


def test_every_address_in_it_is_a_page(client: PageClient, portal: Portal) -> None:
    for address in addresses(client):
        assert client.get(address.removeprefix("http://localhost")).status_code == 200, address


def test_robots_are_kept_from_the_desk_and_shown_the_sitemap(client: PageClient) -> None:
    lines = client.get("/robots.txt").get_data(as_text=True).splitlines()
    assert {"User-agent: *", "Disallow: /desk", "Disallow: /en/desk", "Sitemap: http://localhost/sitemap.xml"} <= set(lines)
    assert "Disallow: /" not in lines
