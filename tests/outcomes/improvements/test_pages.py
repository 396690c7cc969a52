"""Pages of improvements: both ways between an opinion and what became of it."""

import io
from datetime import timedelta

import pytest

from portal.casework import receipts
from portal.casework import service as casework
from portal.casework.models import SubmissionKey
from portal.db import unit_of_work
from portal.kernel.receipt_code import format_code
from portal.outcomes.improvements import queries
from tests.conftest import NOW
from tests.desk.people import counted_queries, open_desk
from tests.files.makers import pdf
from tests.outcomes.conftest import heard, published
from tests.outcomes.improvements.test_service import RESULT, plan, step


@pytest.fixture
def desk(app, session, keyring):
    with open_desk(app, session, keyring) as desk:
        yield desk


def words(page):
    return page.get_data(as_text=True)


def test_an_officer_plans_links_and_finishes_and_everybody_reads_it(desk, client):
    office, browser = desk.office, desk.browser("officer")
    public, silent = heard(office, 2, at=NOW - timedelta(days=20), disposition="accepted", publish_consent=True)
    published(office, public, at=NOW)
    filled = {
        "kind": "service",
        "title_th": "ลดเวลารอ <script>",
        "problem_th": "รอนาน",
        "action_th": "เปิดช่องที่สาม",
        "unit": office.agency.slug,
    }
    wrong = browser.post_form(browser.get("/desk/improvements/new"), "/new", **{**filled, "due_on": "วันไหนก็ได้", "numbers": "OPDC-1"})
    assert wrong.status_code == 422
    assert 'id="due_on-error"' in words(wrong)
    assert "ลดเวลารอ &lt;script&gt;" in words(wrong)
    made = browser.post_form(
        browser.get("/desk/improvements/new"), "/new", **filled, numbers=public.number, document=(io.BytesIO(pdf()), "หลักฐาน.pdf")
    )
    assert made.status_code == 303
    slug = made.location.split("/")[-1].split("?")[0]
    address, page = f"/desk/improvements/{slug}", f"/improvements/{slug}"
    shown = browser.get(address)
    assert f'value="{silent.number}"' in words(shown)  # offered: accepted, and nothing came of it
    assert browser.post_form(shown, "/opinions", chosen=silent.number).status_code == 303
    no_result = browser.post_form(browser.get(address), "/finish", result_th=" ")
    assert no_result.status_code == 422
    assert 'id="step-result_th-error"' in words(no_result)
    stale = browser.get(address)
    assert browser.post_form(stale, f"/{slug}", title_th="ลดเวลารอคิว").status_code == 303
    late = browser.post_form(stale, f"/{slug}", title_th="ชื่อของคนที่สอง")
    assert late.status_code == 409
    assert "ชื่อของคนที่สอง" in words(late)
    assert browser.post_form(browser.get(address), "/finish", result_th="รอสั้นลง").status_code == 303
    assert browser.post_form(stale, "/begin").status_code == 409
    assert browser.post(f"{address}/steps/edit").status_code in (400, 403, 404)
    everybody = words(client.get(page))
    assert f"/cases/{public.number}" in everybody
    assert silent.number not in everybody
    assert "รอสั้นลง" in everybody
    assert page in words(client.get(f"/cases/{public.number}"))
    with client.get(f"{page}/evidence") as file:
        assert file.mimetype == "application/pdf"
    assert client.get(f"/en{page}").status_code == 200
    assert slug in words(client.get("/improvements?state=done&kind=service"))
    assert slug not in words(client.get("/improvements?state=planned"))
    for nowhere in ("/improvements?state=x", "/improvements?kind=x", "/improvements?agency=no-such", "/improvements/no%00such"):
        assert client.get(nowhere).status_code == 404, nowhere


def test_the_sender_sees_what_it_led_to_and_answers(desk, client, keyring):
    office = desk.office
    (case,) = heard(office, at=NOW)
    code = receipts.unseal(keyring, office.session.query(SubmissionKey).filter_by(case_id=case.id).one())
    row = plan(office, case.number)
    client.post("/feedback/track", data={"code": format_code(code)})
    assert row.title_th in words(client.get("/feedback/case"))
    assert "/feedback/case/improvements/" not in words(client.get("/feedback/case"))
    step(office, row, "finish", RESULT)
    asked = client.get("/feedback/case")
    assert client.post_form(asked, f"/improvements/{row.slug}", helped="partly").status_code == 303
    assert client.post_form(client.get("/feedback/case"), f"/improvements/{row.slug}", helped="yes").status_code == 303
    office.session.expire_all()
    assert list(queries.helped(office.session, row).values()) == [1, 0, 0]
    assert client.post_form(client.get("/feedback/case"), f"/improvements/{row.slug}", helped="very").status_code == 422
    other = plan(office)
    unasked = client.post(f"/feedback/case/improvements/{other.slug}", data={"helped": "yes", "form_token": ""})
    assert unasked.status_code == 409


def test_lists_and_pages_ask_as_much_for_many_as_for_few(app, desk, client):
    office = desk.office
    row = plan(office, heard(office, at=NOW)[0].number)
    client.get("/improvements")
    client.get(f"/improvements/{row.slug}")
    with counted_queries(app) as few:
        client.get("/improvements?per_page=50")
        client.get(f"/en/improvements/{row.slug}")
    cases = heard(office, 5, at=NOW, disposition="accepted", publish_consent=True)
    for case in cases[:3]:
        published(office, case, at=NOW)
        plan(office, case.number)
    with unit_of_work(office.session):
        office.session.merge(row)
    with counted_queries(app) as many:
        client.get("/improvements?per_page=49")
        client.get(f"/en/improvements/{row.slug}")
    assert len(many) <= len(few)


def test_a_case_that_is_kept_apart_still_leads_its_sender_there_and_nobody_else(desk, client):
    office = desk.office
    (case,) = heard(office, at=NOW, disposition="accepted", publish_consent=True)
    published(office, case, at=NOW)
    row = plan(office, case.number)
    assert case.number in words(client.get(f"/improvements/{row.slug}"))
    office.do(casework.mark_about, office.coordinator, case, [office.users["colleague"]], [])
    assert case.number not in words(client.get(f"/improvements/{row.slug}"))
    (told,) = client.get("/api/v1/improvements").get_json()["items"]
    assert (told["slug"], told["opinions"], told["state"]) == (row.slug, 0, "planned")
    near = desk.browser("colleague")
    assert near.get(f"/desk/improvements/{row.slug}").status_code == 200
    assert case.number not in words(near.get(f"/desk/improvements/{row.slug}"))
