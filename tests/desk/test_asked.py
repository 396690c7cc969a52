"""What others ask, on the pages: the words without the sender, the queue's part, the answer in the owner's history."""

from io import BytesIO

from PIL import Image

from portal.casework import queries
from portal.casework.contributing.service import ask_contribution
from portal.casework.models import Case
from portal.db import unit_of_work
from portal.feedback.journey import journey
from portal.kernel.actor import Role
from tests.casework.conftest import Office
from tests.client import parse
from tests.desk.people import TODAY, Desk, address, counted_queries
from tests.factories import make_user

NAME, PHONE, CONTACT = "มานี ใจสมมติ", "0812345678", "0899998888"
QUESTION, PART = "ท่อนี้เป็นของหน่วยใด", "เป็นของแขวงทางหลวง"


def named_case(office: Office) -> Case:
    return office.assigned(anonymity="named", name=NAME, phone=CONTACT, body=f"ดิฉัน {NAME} โทร {PHONE} ท่ออุดตัน")


def ask(office: Office, case: Case) -> str:
    office.do(ask_contribution, office.officer, case, office.elsewhere, "opinion", QUESTION, "1/12/2569", at=TODAY)
    return f"/desk/asked/{case.contributions[-1].public_id}"


def words(page: object) -> str:
    return page.get_data(as_text=True)  # type: ignore[attr-defined,no-any-return]


def test_from_the_case_to_the_asked_and_back(desk: Desk) -> None:
    case, owner = named_case(desk.office), desk.browser("officer")
    refused = desk.post(owner, case, "ask-contribution", question=QUESTION, due="เมื่อไรก็ได้", target=desk.office.elsewhere.slug)
    assert refused.status_code == 422
    assert QUESTION in words(refused)
    assert (
        desk.post(owner, case, "ask-contribution", question=QUESTION, due="๑/๑๒/๒๕๖๙", target=desk.office.elsewhere.slug).status_code == 303
    )
    stranger = desk.browser("stranger")
    queue = words(stranger.get("/desk"))
    assert 'href="/desk/asked"' in queue
    listed = parse(words(stranger.get("/desk/asked"))).xpath("//table//a/@href")
    page = stranger.get(listed[0])
    assert "ท่ออุดตัน" in words(page)
    for secret in (NAME, PHONE, CONTACT):
        assert secret not in words(page)
    assert stranger.get(address(case)).status_code == 404
    empty = stranger.post_form(page, "/answer", body=" ")
    assert empty.status_code == 422
    assert stranger.post_form(page, "/answer", body=PART).status_code == 303
    assert PART in words(owner.get(address(case)))
    again = stranger.get(listed[0])
    assert PART in words(again)
    assert "ท่ออุดตัน" not in words(again)


def test_recalled_on_the_page_of_the_case(desk: Desk) -> None:
    case, owner = named_case(desk.office), desk.browser("officer")
    there = ask(desk.office, case)
    assert owner.post_form(owner.get(address(case)), "/recall-contribution").status_code == 303
    stranger = desk.browser("stranger")
    assert not parse(words(stranger.get(there))).xpath("//form[contains(@action, '/answer')]")
    assert 'href="/desk/asked"' not in words(stranger.get("/desk"))
    for verb in ("answer", "decline", "give"):
        assert stranger.get(f"{there}/{verb}").location.endswith(there)


def test_the_list_costs_the_same_for_one_as_for_six(desk: Desk) -> None:
    stranger = desk.browser("stranger")
    seen = []
    for count in (1, 5):
        for _ in range(count):
            ask(desk.office, desk.office.assigned())
        with counted_queries(desk.app) as queries:
            assert stranger.get("/desk/asked").status_code == 200
        seen.append(len(queries))
    assert seen[0] == seen[1]


def test_a_coordinator_gives_it_to_an_officer(desk: Desk) -> None:
    there = ask(desk.office, named_case(desk.office))
    with unit_of_work(desk.office.session) as session:
        officer = make_user(session, [(desk.office.elsewhere, Role.OFFICER)])
    browser = desk.browser(officer)
    assert browser.get(there).status_code == 404
    stranger = desk.browser("stranger")
    assert stranger.post_form(stranger.get(there), "/give", officer="nobody@example.org").status_code == 422
    assert stranger.post_form(stranger.get(there), "/give", officer=officer.email).status_code == 303
    assert browser.get(there).status_code == 200


def test_files_come_with_the_part_for_the_officers_and_never_for_the_sender(desk: Desk) -> None:
    case, owner, stranger = named_case(desk.office), desk.browser("officer"), desk.browser("stranger")
    there = ask(desk.office, case)
    picture = BytesIO()
    Image.new("RGB", (8, 8), "green").save(picture, "PNG")
    wrong = stranger.post_form(stranger.get(there), "/answer", body=PART, files=[(BytesIO(b"<script>"), "plan.pdf", "application/pdf")])
    assert wrong.status_code == 422
    assert PART in words(wrong)
    assert parse(words(wrong)).xpath("//*[@id='answer-files-error']")
    none_kept = stranger.post_form(stranger.get(there), "/answer", body=" ", files=[(BytesIO(picture.getvalue()), "plan.png", "image/png")])
    assert none_kept.status_code == 422
    sent = stranger.post_form(stranger.get(there), "/answer", body=PART, files=[(BytesIO(picture.getvalue()), "plan.png", "image/png")])
    assert sent.status_code == 303
    session = desk.office.session
    case = desk.fresh(case)
    (row,) = queries.files_of(session, case)
    assert queries.files_of(session, case, for_citizen=True) == []
    assert journey(session, TODAY, case).files == []
    assert "plan.png" in words(stranger.get(there))
    file = f"{address(case)}/files/{row.file.public_id}"
    assert file in words(owner.get(address(case)))
    with owner.get(file) as opened:
        assert opened.status_code == 200
    assert stranger.get(file).status_code == 404
