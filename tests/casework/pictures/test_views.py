"""Pictures in the browser: the officer's page, the sender's, everybody's, and who is kept out."""

import io
from datetime import timedelta

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy.orm import Session

from portal.casework import service
from portal.files.store import LocalStore
from portal.kernel.actor import CITIZEN, VISITOR
from portal.web.runtime import runtime
from tests.casework.pictures.conftest import ALT, Album, make_album
from tests.client import PageClient
from tests.desk.people import Desk, counted_queries
from tests.files import makers

FIELDS = {"alt_th": ALT[0], "alt_en": ALT[1], "looked": "y", "act": "prepare"}


@pytest.fixture
def shelf(desk: Desk, app: Flask) -> Album:
    """The album, its files where the app keeps them."""
    with app.app_context():
        store = runtime().store
    assert isinstance(store, LocalStore)
    return make_album(desk.office, store)


def address_of(album: Album, address: str | None = None) -> str:
    return f"/cases/{album.case.number}/pictures/{address or album.row.address}"


def status_of(client: PageClient, path: str, **request: object) -> int:
    """Its file is closed again."""
    with client.get(path, **request) as answer:
        return answer.status_code


def test_an_officer_covers_and_shows_and_the_public_gets_it_without_place_and_time(desk: Desk, shelf: Album, client: PageClient) -> None:
    officer = desk.browser("officer")
    listing = f"/desk/cases/{shelf.case.number}/pictures"
    assert listing in officer.get(f"/desk/cases/{shelf.case.number}").get_data(as_text=True)
    address = f"{listing}/{shelf.source.public_id}"
    assert address in officer.get(listing).get_data(as_text=True)
    page = officer.get(address)
    refused = officer.post_form(page, "alt_th", **{**FIELDS, "alt_en": "", "area-1-left": "๑๐", "area-1-top": "x"})
    assert refused.status_code == 422
    assert "๑๐" in refused.get_data(as_text=True)
    assert ALT[0] in refused.get_data(as_text=True)
    area = {"area-3-left": "๕๐", "area-3-top": "0", "area-3-width": "50", "area-3-height": "100"}
    made = officer.post_form(page, "alt_th", **FIELDS, **area)
    assert made.location == f"{address}?done=prepared"
    page = officer.get(made.location)
    assert "rect" in page.get_data(as_text=True)
    assert client.get(address_of(shelf)).status_code == 404
    assert officer.post_form(page, f"/pictures/{shelf.source.public_id}", act="show").location == f"{address}?done=shown"
    assert client.get(address_of(shelf)).status_code == 404
    shelf.office.do(service.agree_to_picture, CITIZEN, shelf.case, shelf.row.address)
    with client.get(address_of(shelf)) as shown:
        assert (shown.status_code, shown.mimetype, "Set-Cookie" in shown.headers) == (200, "image/jpeg", False)
        picture = Image.open(io.BytesIO(shown.get_data()))
    assert not dict(picture.getexif())
    assert abs(sum(picture.getpixel((300, 150))) - 210) < 12  # type: ignore[arg-type]  # it was white
    assert status_of(client, address_of(shelf), headers={"If-None-Match": shown.headers["ETag"]}) == 304
    assert "สมหญิง" not in str(shown.headers)


def test_the_public_page_the_api_and_the_form_to_report_carry_its_words(desk: Desk, shelf: Album, client: PageClient) -> None:
    address = address_of(shelf, shelf.released().address)
    for path, words in ((f"/cases/{shelf.case.number}", ALT[0]), (f"/en/cases/{shelf.case.number}", ALT[1])):
        html = client.get(path).get_data(as_text=True)
        assert address in html
        assert f'alt="{words}"' in html
    for told in (client.get(f"/api/v1/cases/{shelf.case.number}").json, client.get("/api/v1/cases").json["items"][0]):
        assert told["pictures"] == [{"url": address, "alt_th": ALT[0], "alt_en": ALT[1]}]
    page = client.get(f"/cases/{shelf.case.number}/report")
    assert client.post_form(page, "/report/picture").location.endswith("?done=waits")
    assert status_of(client, address) == 200
    officer = desk.browser("officer")
    page = officer.get("/desk/exposed")
    assert address in page.get_data(as_text=True)
    assert officer.post_form(page, "why", act="close").location == "/desk/exposed?done=close"
    assert client.get(address).status_code == 410
    assert address not in client.get(f"/cases/{shelf.case.number}").get_data(as_text=True)


def test_a_withdrawn_one_is_gone_and_another_cases_address_is_nothing(desk: Desk, shelf: Album, client: PageClient) -> None:
    shelf.released()
    other = desk.office.answered(publish_consent=True)
    assert client.get(f"/cases/{other.number}/pictures/{shelf.row.address}").status_code == 404
    assert client.get(f"/cases/{shelf.case.number}/pictures/{'0' * 32}").status_code == 404
    assert client.get(f"/cases/{shelf.case.number}/pictures/%00").status_code == 404
    officer = desk.browser("officer")
    page = officer.get(f"/desk/cases/{shelf.case.number}/pictures/{shelf.source.public_id}")
    assert officer.post_form(page, "why", act="take-away", why="").status_code == 422
    assert officer.post_form(page, "why", act="take-away", why="เห็นหน้าคน").status_code == 303
    assert client.get(address_of(shelf)).status_code == 410


@pytest.mark.parametrize("who", ["stranger", "colleague"])
def test_who_may_not_publish_the_case_sees_no_page_and_no_copy(desk: Desk, shelf: Album, who: str) -> None:
    shelf.prepares()
    address, browser = f"/desk/cases/{shelf.case.number}/pictures", desk.browser(who)
    for path in (address, f"{address}/{shelf.source.public_id}", f"{address}/{shelf.source.public_id}/copy"):
        assert browser.get(path).status_code == 404, path
    with desk.browser("officer").get(f"{address}/{shelf.source.public_id}/copy") as owner:
        assert (owner.status_code, owner.headers["Cache-Control"]) == (200, "no-store")


def test_a_copy_that_was_made_anew_is_not_shown_by_an_older_page(desk: Desk, shelf: Album) -> None:
    shelf.prepares()
    officer = desk.browser("officer")
    page = officer.get(f"/desk/cases/{shelf.case.number}/pictures/{shelf.source.public_id}")
    shelf.prepares()
    assert officer.post_form(page, f"/pictures/{shelf.source.public_id}", act="show").status_code == 404
    assert officer.post(page.request.path, data={"act": "nonsense"}).status_code in (400, 403, 404)


def test_an_officer_adds_a_photograph_of_what_was_done(desk: Desk, shelf: Album) -> None:
    officer = desk.browser("officer")
    address = f"/desk/cases/{shelf.case.number}/pictures"
    page = officer.get(address)
    assert officer.post_form(page, "words", words="", files=(io.BytesIO(makers.encoded("PNG")), "after.png")).status_code == 422
    assert officer.post_form(page, "words", words="หลังซ่อม").status_code == 422
    document = (io.BytesIO(makers.pdf()), "after.pdf")
    assert officer.post_form(page, "words", words="หลังซ่อม", files=document).status_code == 422
    assert "after.pdf" not in officer.get(address).get_data(as_text=True)
    assert officer.post_form(page, "words", words="หลังซ่อม", files=(io.BytesIO(makers.encoded("PNG")), "after.png")).status_code == 303
    assert "after.png" in officer.get(address).get_data(as_text=True)


def test_lists_cost_the_same_with_and_without_pictures(desk: Desk, shelf: Album, app: Flask, client: PageClient, session: Session) -> None:
    shelf.released()
    officer = desk.browser("officer")
    shelf.office.do(service.report_picture, VISITOR, shelf.case, shelf.row.address)
    paths = ("/api/v1/cases?per_page=50", "/cases?per_page=50")
    officer.get("/desk/exposed")
    with counted_queries(app) as few:
        officer.get("/desk/exposed")
        for path in paths:
            client.get(path)
    for _one in range(3):
        more = make_album(desk.office, shelf.store)
        more.released()
        more.office.do(service.report_picture, VISITOR, more.case, more.row.address, at=more.row.released_at + timedelta(hours=1))
    with counted_queries(app) as many:
        officer.get("/desk/exposed")
        for path in paths:
            client.get(path)
    assert len(many) == len(few)
