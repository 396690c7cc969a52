"""What people see and press: without scripts, without a cookie but the one of pressing, never an error for what can be sent."""

import json

import pytest
from flask import Flask
from sqlalchemy import event, select

from portal.casework import service as casework
from portal.casework.models import Case
from portal.db import unit_of_work
from portal.feedback.petitions import jobs, search
from portal.feedback.petitions.devices import SUPPORT_COOKIE
from portal.feedback.petitions.models import Petition, PetitionConfirmation
from portal.index import service as index
from portal.kernel.receipt_code import read_code
from portal.outbox.worker import JobContext
from portal.web.clock import now
from portal.web.database import db
from tests.client import PageClient
from tests.desk.people import Desk
from tests.feedback.conftest import body_of, text_of
from tests.feedback.petitions.making import TEXT, TITLE, Square, days


@pytest.fixture
def square(square: Square) -> Square:
    """The home agency of the portal is the office's."""
    with unit_of_work(square.session):
        square.office.agency.slug = "opdc"
    return square


def public(square: Square, **values) -> Petition:
    """Open for support today, and in the index."""
    petition = square.accepted(at=now() - days(1), **values)
    with unit_of_work(square.session):
        index.put(square.session, search.documents_of(square.session, petition.id)[1])
    return square.again(petition.slug)


def numbers(square: Square, petition: Petition) -> tuple[int, int, int]:
    found = square.again(petition.slug)
    return found.devices, found.contacts, found.held


def test_opening_one_without_scripts(client: PageClient, square: Square):
    there = public(square, title="ขอให้เปิดห้องสมุดประชาชนวันเสาร์")
    page = client.get("/petitions/new?agency=opdc")
    again = client.post_form(page, "/petitions/new", title=TITLE, text=f"{TEXT} โทร 081-234-5678")
    words = body_of(again)
    assert again.status_code == 200
    assert there.title in words  # what is there already, before anything is sent
    assert "[ปิด: เบอร์โทร]" in words
    assert square.session.query(Case).count() == 1
    sent = client.post_form(again, "/petitions/new", send="yes")
    assert sent.status_code == 303
    receipt = client.get(sent.location)
    assert len(read_code(text_of(receipt, "receipt-code"))) == 20
    square.session.rollback()
    case = square.session.scalars(select(Case).order_by(Case.id.desc())).first()
    assert f"/petitions/{case.number.lower()}" in receipt.get_data(as_text=True)
    assert client.post_form(again, "/petitions/new", send="yes").status_code == 303  # once more, by mistake
    assert square.session.query(Petition).count() == 2
    other = client.post_form(again, "/petitions/new", send="yes", title="อีกเรื่องหนึ่ง")
    assert (other.status_code, "อีกเรื่องหนึ่ง" in other.get_data(as_text=True)) == (409, True)
    waiting = client.get(f"/petitions/{case.number.lower()}")
    assert TITLE not in waiting.get_data(as_text=True)  # nothing of it is public yet


def test_what_was_typed_stays_and_every_fault_is_told(client: PageClient, square: Square):
    page = client.get("/petitions/new")
    for values, status in (
        ({"title": "ก" * 500, "text": "<script>alert(1)</script>"}, 422),
        ({"title": "\u200b", "text": TEXT}, 422),
        ({"agency": "\x00", "title": TITLE, "text": TEXT}, 422),
        ({"agency": "unsure", "title": TITLE, "text": TEXT}, 422),
        ({"agency": "opdc", "title": TITLE, "text": TEXT, "form_token": "forged", "send": "yes"}, 422),
    ):
        answer = client.post_form(page, "/petitions/new", **values)
        assert answer.status_code == status, values
        assert "<script>alert" not in answer.get_data(as_text=True)
        assert str(values["text"]).strip("<>")[:6] in answer.get_data(as_text=True)
    public(square)
    same = client.post_form(page, "/petitions/new", agency="opdc", title=TITLE, text=TEXT, send="yes")
    assert (same.status_code, f"/petitions/{square.session.query(Petition).one().slug}" in same.get_data(as_text=True)) == (422, True)
    assert square.session.query(Case).count() == 1


def test_while_typing_the_like_is_offered(client: PageClient, square: Square):
    petition = public(square)
    found = json.loads(client.post("/petitions/similar", data={"text": "ห้องสมุดประชาชนเปิดวันอาทิตย์"}).data)
    assert [one["url"] for one in found] == [f"/petitions/{petition.slug}"]
    assert json.loads(client.post("/en/petitions/similar", data={"text": "ก"}).data) == []


def test_one_press_supports_once_and_sets_the_only_cookie(client: PageClient, square: Square):
    petition = public(square, threshold=50)
    page = client.get(f"/petitions/{petition.slug}")
    assert ("Set-Cookie" in page.headers, page.headers["Cache-Control"], bool(page.headers["ETag"])) == (False, "public, no-cache", True)
    first = client.post_form(page, "/support")
    assert first.status_code == 307  # the browser sends it once more by itself
    cookie = first.headers["Set-Cookie"]
    assert all(part in cookie for part in (SUPPORT_COOKIE, "HttpOnly", "SameSite=Strict"))
    pressed = client.post(first.location)
    assert (pressed.status_code, pressed.headers["Cache-Control"], "Set-Cookie" in pressed.headers) == (200, "no-store", False)
    again = client.post_form(page, "/support", follow_redirects=True)
    assert "อุปกรณ์นี้สนับสนุนไว้แล้ว" in body_of(again)
    assert numbers(square, petition) == (1, 0, 0)
    back = client.post_form(again, "/take-back")
    assert back.status_code == 200
    assert numbers(square, petition) == (0, 0, 0)
    assert client.get(f"/petitions/{petition.slug}").headers["ETag"] == page.headers["ETag"]  # the cookie changes nothing for the page


def test_a_browser_without_cookies_counts_nothing_and_is_told(app: Flask, square: Square):
    petition = public(square)
    client = app.test_client(use_cookies=False)
    answer = client.post(client.post(f"/petitions/{petition.slug}/support").location)
    assert "ไม่เก็บคุกกี้" in body_of(answer)
    client.post(f"/petitions/{petition.slug}/support?given=1", headers={"Cookie": f"{SUPPORT_COOKIE}=made up"})
    assert client.post(f"/petitions/{petition.slug}/take-back").status_code == 200
    assert client.post(f"/petitions/{petition.slug}/support", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert numbers(square, petition) == (0, 0, 0)


def test_what_is_not_public_shows_how_it_stands_and_takes_no_support(client: PageClient, square: Square):
    waiting = square.opened(at=now() - days(30), title="คำที่ไม่ควรเห็น")
    refused = square.refuse(square.opened(at=now(), title="คำที่ไม่ควรเห็น สอง"), "insult", at=now())
    hidden = square.citizen(casework.withdraw_consent, public(square, title="คำที่ถอนแล้ว"), at=now())
    about = public(square, title="เกี่ยวกับบุคคล")
    square.office.do(casework.mark_about, square.office.coordinator, about.case, [square.office.users["officer"]], [], at=now())
    for petition, status in ((waiting, 200), (refused, 200), (hidden, 410), (about, 404)):
        page = client.get(f"/petitions/{petition.slug}")
        assert page.status_code == status
        assert petition.case.subject not in page.get_data(as_text=True)
        for path in ("support", "take-back", "email"):
            assert client.post(f"/petitions/{petition.slug}/{path}", data={"email": "a@example.org"}).status_code in (200, 404), path
    assert "ช้ากว่ากำหนด" in body_of(client.get(f"/petitions/{waiting.slug}"))
    assert "ดูหมิ่น" in body_of(client.get(f"/petitions/{refused.slug}"))
    assert client.post("/petitions/no-such-one/support").status_code == 404
    assert client.get(f"/petitions/{about.slug}/support").status_code == 303  # reloaded, or opened in the other language
    for strange in ("/petitions/%00", "/petitions/" + "x" * 300, "/petitions?tab=x", "/petitions?agency=x", "/petitions/OPDC-1"):
        assert client.get(strange).status_code == 404
    assert client.get("/api/v1/petitions/" + hidden.slug).status_code == 410
    assert client.get("/api/v1/petitions/" + waiting.slug).status_code == 404


def test_by_mail_the_same_answer_for_everybody_and_a_button_behind_the_link(app: Flask, client: PageClient, square: Square, mailer):
    petition = public(square)
    page = client.get(f"/petitions/{petition.slug}/email")
    assert client.post_form(page, "/email", email="nobody").status_code == 422
    sent = client.post_form(page, "/email", email="malee@example.org", tell="y")
    assert (sent.status_code, client.get(sent.location).status_code) == (303, 200)
    square.session.rollback()
    row = square.session.scalars(select(PetitionConfirmation)).one()
    with app.app_context(), unit_of_work(db.session):
        context = JobContext(db.session, now(), mailer, None, square.keyring, "http://localhost", 1)
        jobs.send_link(context, {"confirmation_id": row.id})
    path = mailer.sent[0].text.split("http://localhost")[1].split()[0]
    for _ in range(2):  # mail programs open links by themselves
        link = client.get(path)
    assert (link.headers["Referrer-Policy"], link.headers["Cache-Control"]) == ("no-referrer", "no-store")
    assert numbers(square, petition) == (0, 0, 0)
    counted = client.post_form(link, "/confirm", follow_redirects=True)
    assert numbers(square, petition) == (0, 1, 0)
    quiet = client.post_form(counted, "/quiet", follow_redirects=True)
    assert "/quiet" not in quiet.get_data(as_text=True)
    assert "ถอนการสนับสนุนแล้ว" in body_of(client.post_form(quiet, "/back", follow_redirects=True))
    assert numbers(square, petition) == (0, 0, 0)
    assert client.get(path).status_code == client.post(f"{path}/confirm", follow_redirects=True).status_code == 410
    assert client.get("/petitions/confirm/%00").status_code == 410


def test_the_list_page_feed_api_and_search_tell_the_same(client: PageClient, square: Square):
    petitions = [public(square, title=f"ขอเรื่องที่ {number}", threshold=2) for number in range(3)]
    owed = square.supported(petitions[0], 2, at=now() - days(20))
    page = client.get("/petitions?per_page=1")
    assert 'rel="next"' in page.get_data(as_text=True)
    assert owed.title in body_of(client.get("/en/petitions?tab=waiting&agency=opdc"))
    assert "ช้ากว่ากำหนด 5 วัน" in body_of(client.get("/petitions?tab=waiting"))
    assert petitions[1].title in body_of(client.get("/petitions?q=เรื่องที่ 1"))
    assert petitions[2].title not in body_of(client.get("/petitions?q=เรื่องที่ 1"))
    for tab in ("open", "supported", "answered", "closed"):
        assert client.get(f"/petitions?tab={tab}").status_code == 200
    feed = client.get("/feeds/petitions.atom").get_data(as_text=True)
    assert all(one.title in feed for one in petitions)
    assert petitions[1].title in client.get("/feeds/agencies/opdc.atom").get_data(as_text=True)
    assert f"/petitions/{owed.slug}" in client.get("/sitemap/petitions-1.xml").get_data(as_text=True)
    assert f"/petitions/{petitions[1].slug}" in client.get("/search?q=เรื่องที่&kind=petition").get_data(as_text=True)
    listed = client.get("/api/v1/petitions?per_page=2")
    assert (len(listed.json["items"]), bool(listed.headers["ETag"]), 'rel="next"' in listed.headers["Link"]) == (2, True, True)
    one = client.get(f"/api/v1/petitions/{owed.slug}").json
    assert (one["state"], one["supports"]["total"], one["threshold"], one["answer"]) == ("answer_owed", 2, 2, None)
    assert client.get("/api/v1/petitions?state=answer_owed&agency=opdc").json["items"][0]["slug"] == owed.slug
    assert client.get("/api/v1/petitions?state=in_review").status_code == 422


def test_the_list_costs_the_same_however_long_it_is(app: Flask, client: PageClient, square: Square):
    def queries_of(path: str) -> int:
        seen: list[str] = []
        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
        assert client.get(path).status_code == 200
        return len([statement for statement in seen if statement.startswith("SELECT")])

    public(square, title="หนึ่ง")
    few = queries_of("/petitions?q=&per_page=50")
    for number in range(3):
        public(square, title=f"เรื่อง {number}")
    assert queries_of("/petitions?q=&per_page=51") <= few


def test_the_desk_reviews_refuses_merges_and_leads_to_the_case(app: Flask, square: Square):
    office = square.office
    first, second = square.opened(at=now(), title="เรื่องแรก", text="โทร 081-234-5678"), square.opened(at=now(), title="เรื่องสอง")
    into = public(square, title="เรื่องเดิม")
    client = Desk(app, office).browser("coordinator")
    assert "รอตรวจก่อนเผยแพร่" in body_of(client.get("/desk"))
    listed = body_of(client.get("/desk/petitions"))
    assert first.case.subject in listed
    assert second.case.subject in listed
    page = client.get(f"/desk/petitions/{first.slug}")
    assert "[ปิด: เบอร์โทร]" in page.get_data(as_text=True)
    refused = client.post_form(page, "/refuse", reason="ไม่ชัด")
    assert (refused.status_code, "ไม่ชัด" in refused.get_data(as_text=True)) == (422, True)
    empty = client.post_form(page, "/accept", title=" ", text="\u200b")
    assert empty.status_code == 422
    accepted = client.post_form(page, "/accept")
    assert (accepted.status_code, square.again(first.slug).state) == (303, "collecting")
    late = client.post_form(page, "/refuse", ground="court", reason="x")
    assert late.status_code == 409
    merging = client.get(f"/desk/petitions/{second.slug}")
    assert client.post_form(merging, "/merge", into="no-such-one", reason="x").status_code == 422
    assert client.post_form(merging, "/merge", into=into.slug, reason="เรื่องเดียวกัน").status_code == 303
    assert square.again(second.slug).merged_into_id == into.id
    case_page = client.get(f"/desk/cases/{first.case.number}")
    assert f"/desk/petitions/{first.slug}" in case_page.get_data(as_text=True)
