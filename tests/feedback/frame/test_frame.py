"""The frame: who may show it, what is in it, that it needs no cookie; and that nothing else can be framed."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.audit.models import AuditEntry
from portal.db import unit_of_work
from portal.feedback import cookies
from portal.feedback.frame.service import SITES_MOST, list_site, sites_of, unlist_site
from portal.kernel.actor import SYSTEM, Role
from portal.kernel.errors import Invalid, NotAllowed
from portal.web.clock import now
from tests.casework.questions.asking import make_question
from tests.client import find_form, form_fields, parse
from tests.conftest import NOW
from tests.factories import actor_of, make_agency, make_user
from tests.feedback.conftest import WORDS, body_of, stranger, text_of

SITE = "https://www.example.go.th"


def listed(town, *sites):
    with unit_of_work(town.session):
        for site in sites:
            list_site(town.session, SYSTEM, NOW, town.home, site)


def ancestors(answer):
    policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
    return policy["frame-ancestors"]


def test_only_the_sites_of_the_list_may_show_it_and_without_any_nobody(client, town):
    empty = client.get("/frame/opdc")
    assert (ancestors(empty), empty.headers["X-Frame-Options"]) == ("'none'", "DENY")
    listed(town, SITE, "https://ตลาด.example:8443", SITE)
    page = client.get("/frame/opdc")
    assert ancestors(page) == f"{SITE} https://xn--l3cb2cuc.example:8443"
    assert "X-Frame-Options" not in page.headers
    assert "connect-src 'none'" in page.headers["Content-Security-Policy"]
    assert (page.headers["Cache-Control"], "Set-Cookie" in page.headers) == ("no-store", False)
    for other in (
        "/frame/other",
        "/feedback/new?agency=opdc",
        "/",
        "/feedback/track",
        "/write/opdc",
        "/frame/nobody",
        "/frame/%00",
        "/sign-in",
        "/api/v1/agencies",
    ):
        answer = client.get(other)
        assert (ancestors(answer), answer.headers["X-Frame-Options"]) == ("'none'", "DENY"), other
    with unit_of_work(town.session):
        unlist_site(town.session, SYSTEM, NOW, town.home, SITE)
    assert ancestors(client.get("/frame/opdc")) == "https://xn--l3cb2cuc.example:8443"
    acts = town.session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)).all()
    assert acts == ["frame_site.listed", "frame_site.listed", "frame_site.unlisted"]


def test_the_list_is_kept_by_administrators_and_bounded(town):
    with pytest.raises(NotAllowed), unit_of_work(town.session):
        list_site(town.session, town.officer, NOW, town.home, SITE)
    listed(town, *(f"https://site-{number}.example" for number in range(SITES_MOST)))
    with pytest.raises(Invalid):
        listed(town, SITE)
    with unit_of_work(town.session):
        administrator = actor_of(town.session, make_user(town.session, [(town.other, Role.ADMINISTRATOR)]))
    with pytest.raises(NotAllowed), unit_of_work(town.session):
        unlist_site(town.session, administrator, NOW, town.home, "https://site-1.example")
    assert len(sites_of(town.session, town.home.id)) == SITES_MOST


def test_it_posts_into_the_whole_window_without_a_cookie_and_the_receipt_is_there(app, client, town):
    make_question(town.session, town.home, "pole", at=now() - timedelta(days=1))
    page = client.get("/en/frame/opdc?kind=complaint")
    form = find_form(page.get_data(as_text=True), "/feedback/new")
    fields = form_fields(form)
    assert (form.get("target"), fields["agency"], fields["kind"]) == ("_top", "opdc", "complaint")
    assert not {"publish_consent", "about", "place"} & {field.get("name") for field in form.iter("input", "textarea", "select")}
    for link in parse(page.get_data(as_text=True)).xpath("//main//a"):
        assert link.get("target") == "_top"
    answers = {**fields, **WORDS, "answers.pole": "เสา 5"}
    sent = stranger(app).post("/en/feedback/new", data=answers, headers={"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"})
    assert (sent.status_code, sent.headers["Location"]) == (303, "/en/feedback/receipt?from=frame")
    assert town.only_case().channel == "web"
    # A browser that holds the cookie back on this first page opens it once more, from our own page.
    held_back = stranger(app).get(sent.headers["Location"])
    assert parse(held_back.get_data(as_text=True)).xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=/en/feedback/receipt"]
    assert stranger(app).get("/en/feedback/receipt").status_code == 303
    assert cookies.RECEIPT in sent.headers["Set-Cookie"]
    opened = client.post("/en/feedback/new", data=answers)  # the same token: the same receipt
    assert text_of(client.get(opened.headers["Location"]), "case-number") == town.only_case().number


def test_what_comes_back_for_mending_is_the_whole_form_with_everything_typed(client, town):
    page = client.get("/frame/opdc")
    refused = client.post_form(page, "/feedback/new", **{**WORDS, "subject": ""})
    assert refused.status_code == 422
    fields = form_fields(find_form(refused.get_data(as_text=True), "body"))
    assert (fields["body"], fields["agency"]) == (WORDS["body"], "opdc")
    assert "target=" not in refused.get_data(as_text=True)
    assert ancestors(refused) == "'none'"


def test_a_site_around_it_cannot_send_the_form_itself(client, town):
    fields = form_fields(find_form(client.get("/frame/opdc").get_data(as_text=True), "/feedback/new"))
    for headers in ({"Origin": SITE}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        assert client.post("/feedback/new", data={**fields, **WORDS}, headers=headers).status_code == 403


def test_of_a_closed_agency_it_holds_a_link_and_no_form(client, town):
    listed(town, SITE)
    with unit_of_work(town.session):
        successor = make_agency(town.session)
        town.home.closed_at, town.home.successor_id = NOW, successor.id
    page = client.get("/frame/opdc")
    assert ancestors(page) == SITE
    assert "<form" not in page.get_data(as_text=True)
    assert parse(page.get_data(as_text=True)).xpath("//main//a/@href") == ["/write/opdc"]
    assert successor.name_th in body_of(page)
