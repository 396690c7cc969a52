"""Reporting personal data on a public page, and the officers' list."""

from datetime import timedelta

from flask import Flask
from sqlalchemy.orm import Session

from portal.casework import service
from portal.casework.models import Case
from portal.kernel.actor import VISITOR
from tests.client import PageClient
from tests.conftest import NOW
from tests.desk.people import Desk, counted_queries

BODY = "โทร 081-234-5678 ถามป้าสมหญิง"


def published(desk: Desk) -> Case:
    case = desk.office.answered(publish_consent=True, at=NOW)
    desk.office.do(service.publish, desk.office.officer, case, "ตู้รับฟัง", BODY, "สำนักงาน 02 141 2222")
    return case


def test_anybody_reports_without_an_account_and_the_number_is_gone(desk: Desk, client: PageClient) -> None:
    case = published(desk)
    address = f"/cases/{case.number}/report"
    assert address in client.get(f"/cases/{case.number}").get_data(as_text=True)
    page = client.get(address)
    assert "Set-Cookie" not in page.headers
    refused = client.post_form(page, "/report", passage="ไม่มี", what="telephone")
    assert refused.status_code == 422
    assert "ไม่มี" in refused.get_data(as_text=True)
    sent = client.post_form(page, "/report", passage="081-234-5678", what="telephone")
    assert sent.location == f"{address}?done=hidden"
    for public in (f"/cases/{case.number}", address, "/cases", f"/api/v1/cases/{case.number}", "/feeds/cases.atom"):
        assert "081-234-5678" not in client.get(public).get_data(as_text=True), public
    log = client.get("/en/cases/hidden").get_data(as_text=True)
    assert "Hidden at once" in log
    assert case.number in log
    assert "081" not in log


def test_an_officer_decides_at_the_desk(desk: Desk) -> None:
    case = published(desk)
    desk.office.do(service.report_passage, VISITOR, case, "ป้าสมหญิง", "personal_name")
    officer = desk.browser("officer")
    assert "/desk/exposed" in officer.get("/desk").get_data(as_text=True)
    page = officer.get("/desk/exposed")
    assert "ป้าสมหญิง" in page.get_data(as_text=True)
    assert officer.post_form(page, "why", act="stand", why="").status_code == 422
    assert officer.post_form(page, "why", act="close").location == "/desk/exposed?done=close"
    assert officer.post_form(page, "why", act="close").status_code == 404
    assert "ป้าสมหญิง" not in desk.app.test_client().get(f"/cases/{case.number}").get_data(as_text=True)
    assert "ป้าสมหญิง" not in desk.browser("stranger").get("/desk/exposed").get_data(as_text=True)


def test_what_is_not_public_has_no_form(desk: Desk, client: PageClient) -> None:
    case = desk.office.answered(publish_consent=True, at=NOW)
    assert client.get(f"/cases/{case.number}/report").status_code == 404
    assert client.post(f"/cases/{case.number}/report", data={"passage": "โทร", "what": "other"}).status_code == 404
    assert client.get("/cases/NO-SUCH-1/report").status_code == 404
    assert client.get("/cases/%00/report").status_code == 404


def test_the_lists_cost_the_same_however_long_they_are(desk: Desk, app: Flask, client: PageClient, session: Session) -> None:
    officer, cases = desk.browser("officer"), [published(desk) for _one in range(4)]
    desk.office.do(service.report_passage, VISITOR, cases[0], "ป้าสมหญิง", "personal_name")
    officer.get("/desk/exposed")
    with counted_queries(app) as few:
        officer.get("/desk/exposed")
        client.get("/cases/hidden?per_page=50")
    for case in cases[1:]:
        desk.office.do(service.report_passage, VISITOR, case, "ป้าสมหญิง", "personal_name", at=NOW + timedelta(hours=1))
        desk.office.do(service.report_passage, VISITOR, case, "081-234-5678", "telephone")
    with counted_queries(app) as many:
        officer.get("/desk/exposed")
        client.get("/cases/hidden?per_page=50")
    assert len(many) == len(few)
