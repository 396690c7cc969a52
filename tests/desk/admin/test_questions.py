"""Questions on their pages: written, looked at, asked, ordered, changed, retired; and the page that keeps the agency's site."""

from sqlalchemy import select

from portal.casework.questions import queries
from portal.casework.questions.models import Question
from portal.feedback.frame.service import sites_of
from tests.client import find_form, form_fields, parse
from tests.feedback.conftest import body_of, text_of

PAGE, NEW, PREVIEW = "/desk/admin/questions", "/desk/admin/question-new", "/desk/admin/question-preview"


def add(client, key, text, type="short", **values):
    return client.post_form(client.get(NEW), "/question-new", key=key, text_th=text, type=type, **values)


def all_of(desk):
    desk.office.session.rollback()
    desk.office.session.expire_all()
    return {one.key: one for one in queries.all_questions(desk.office.session, desk.office.agency.id)}


def test_a_question_is_written_looked_at_asked_changed_and_retired(desk, administrator, client):
    form = f"/feedback/new?agency={desk.office.agency.slug}"
    assert add(administrator, "dark", "มืดหรือไม่", "yes_no").status_code == 303
    assert add(administrator, "nights", "มืดมาแล้วกี่คืน", "number", only_if="dark=yes", required="yes").status_code == 303
    assert "answers.dark" not in client.get(form).get_data(as_text=True)
    preview = administrator.get(PREVIEW)
    assert "มืดมาแล้วกี่คืน" in body_of(preview)
    assert "/question-preview" not in [one.get("action") for one in _forms(preview)]
    for key in ("dark", "nights"):
        assert administrator.post_form(administrator.get(f"{PAGE}/{key}"), f"/{key}/ask").status_code == 303
    assert "answers.nights" in client.get(form).get_data(as_text=True)
    clash = administrator.post_form(administrator.get(PAGE), PAGE, **{"place-nights": "0"})
    assert clash.status_code == 409
    refused = administrator.post_form(administrator.get(f"{PAGE}/dark"), "/dark/retire")
    assert (refused.status_code, "มืดมาแล้วกี่คืน" in body_of(refused)) == (409, True)
    assert administrator.post_form(administrator.get(f"{PAGE}/nights"), "/questions/nights", text_th="กี่คืนแล้ว").status_code == 303
    assert [one.text_th for one in all_of(desk)["nights"].versions] == ["มืดมาแล้วกี่คืน", "กี่คืนแล้ว"]
    assert administrator.post_form(administrator.get(f"{PAGE}/nights"), "/nights/retire").status_code == 303
    assert "กี่คืนแล้ว" in body_of(administrator.get(PAGE))
    assert administrator.get(f"{PAGE}/nothing").status_code == administrator.get(f"{PAGE}/%00").status_code == 404


def _forms(page):
    return parse(page.get_data(as_text=True)).xpath("//main//form")


def test_what_is_refused_stays_typed_and_wording_about_the_sender_is_asked_back(desk, administrator):
    refused = add(administrator, "who", "ชื่อของท่าน", "one", choices="ก", text_en="<b>x")
    assert refused.status_code == 422
    fields = form_fields(find_form(refused.get_data(as_text=True), "/question-new"))
    assert (fields["text_th"], fields["text_en"], fields["key"], fields["type"]) == ("ชื่อของท่าน", "<b>x", "who", "one")
    assert text_of(refused, "choices-error")
    assert text_of(refused, "sure-error")
    assert administrator.post_form(refused, "/question-new", choices="ก\nข", sure="yes").status_code == 303
    assert list(all_of(desk)) == ["who"]


def test_who_saves_second_is_told_and_keeps_what_was_typed(desk, administrator):
    add(administrator, "dark", "มืดหรือไม่", "yes_no")
    page = administrator.get(f"{PAGE}/dark")
    assert administrator.post_form(page, "/questions/dark", text_th="มืดไหม").status_code == 303
    late = administrator.post_form(page, "/questions/dark", text_th="มืดหรือเปล่า")
    assert late.status_code == 409
    assert form_fields(find_form(late.get_data(as_text=True), "/questions/dark"))["text_th"] == "มืดหรือเปล่า"
    assert administrator.post_form(page, "/dark/ask").status_code == 409
    assert desk.office.session.scalars(select(Question)).one().latest.text_th == "มืดไหม"


def test_one_page_has_everything_for_the_agencys_own_site(desk, administrator):
    slug = desk.office.agency.slug
    page = administrator.get("/desk/admin/door")
    html = page.get_data(as_text=True)
    for lines in (f"/write/{slug}", "https://line.me/R/share?text=", f"&lt;iframe src=&#34;http://localhost/en/frame/{slug}&#34;"):
        assert lines in html, lines
    assert administrator.post_form(page, "/door/sites", origin="https://ตลาด.example/page").status_code == 422
    assert administrator.post_form(page, "/door/sites", origin="https://ตลาด.example").status_code == 303
    listed = administrator.get("/desk/admin/door")
    assert "https://ตลาด.example" in body_of(listed)
    desk.office.session.rollback()
    assert sites_of(desk.office.session, desk.office.agency.id) == ["https://xn--l3cb2cuc.example"]
    assert administrator.post_form(listed, "/sites/unlist").status_code == 303
    desk.office.session.rollback()
    assert sites_of(desk.office.session, desk.office.agency.id) == []
    assert administrator.get("/desk/admin/door?topic=none").status_code == 404
