"""Texts of mails and ready replies on their pages, and on the page of a case."""

import pytest

from portal.casework import service as casework
from portal.casework.models import MailWording, ReadyReply
from portal.casework.wording import queries, service
from portal.casework.wording.rules import MailKind
from portal.casework.wording.service import Ready, Texts
from portal.db import unit_of_work
from portal.kernel.actor import SYSTEM, Role
from tests.client import find_form, form_fields, parse
from tests.conftest import NOW

PAGE = "/desk/admin/templates"
MAIL = f"{PAGE}/mails/answered"
OWN = "สำนักงานของเราตอบเรื่อง {case_number} แล้ว โต้แย้งได้ถึง {contest_until}\n\n{words}\n\n{track_url}"


def words(page):
    return page.get_data(as_text=True)


def send(client, page=None, **values):
    return client.post_form(page or client.get(MAIL), "text_th", **values)


def stored(desk):
    desk.office.session.rollback()
    desk.office.session.expire_all()
    return queries.own_text(desk.office.session, MailKind.ANSWERED, "th", desk.office.agency.id)


def ready(desk, name="ขอบคุณ", text="เรียนผู้แจ้งเรื่อง {case_number} {officer}ได้รับแล้ว", english=""):
    with unit_of_work(desk.office.session) as session:
        return service.add_reply(session, SYSTEM, NOW, desk.office.agency, Ready(name, "", "", Texts(text, english))).key


def test_every_mail_has_its_page_in_both_languages_and_the_list_says_whose_text_it_is(administrator, above):
    listed = words(administrator.get(PAGE))
    for mail in MailKind:
        assert f"{PAGE}/mails/{mail.value}" in listed
        assert administrator.get(f"{PAGE}/mails/{mail.value}").status_code == 200
        assert above.get(f"/en{PAGE}/mails/{mail.value}?agency=*").status_code == 200
    assert administrator.get(f"{PAGE}/mails/no-such").status_code == 404


def test_the_form_opens_with_the_text_that_holds_and_keeping_it_writes_nothing(desk, administrator):
    page = administrator.get(MAIL)
    assert "{contest_until}" in form_fields(find_form(words(page), "text_th"))["text_th"]
    assert send(administrator, page).status_code == 303
    assert stored(desk) == ""


def test_a_text_is_looked_at_kept_and_taken_back(desk, administrator):
    looked = send(administrator, text_th=OWN, preview="yes")
    assert looked.status_code == 200
    assert stored(desk) == ""
    shown = parse(words(looked)).xpath("string(//section[@aria-labelledby='preview'])")
    assert "สำนักงานของเราตอบเรื่อง XXXX-2570-000123 แล้ว" in shown
    assert "{words}" not in shown
    assert send(administrator, looked).status_code == 303
    assert stored(desk) == OWN
    assert administrator.post_form(administrator.get(MAIL), "/reset").status_code == 303
    assert stored(desk) == ""


def test_leaving_out_what_the_officer_wrote_is_told_first(desk, administrator):
    short = OWN.replace("{words}\n\n", "")
    asked = send(administrator, text_th=short)
    assert asked.status_code == 200
    assert "{words}" in words(asked)
    assert stored(desk) == ""
    assert send(administrator, asked).status_code == 303
    assert stored(desk) == short
    assert send(administrator, text_th=f"อีกครั้ง {short}").status_code == 303


@pytest.mark.parametrize(
    ("values", "named"), [({"text_th": f"{OWN} {{email}}"}, "{email}"), ({"text_en": "{case_number} {track_url}"}, "{contest_until}")]
)
def test_a_bad_text_is_refused_by_its_field_and_stays(desk, administrator, values, named):
    page = send(administrator, **values)
    assert page.status_code == 422
    (field,) = values
    assert named in parse(words(page)).xpath(f"string(//*[@id='{field}-error'])")
    assert form_fields(find_form(words(page), "text_th"))[field] == values[field]
    assert stored(desk) == ""


def test_two_administrators_at_once_see_both_texts(desk, administrator, sign_in):
    page, other = administrator.get(MAIL), sign_in(Role.ADMINISTRATOR)
    send(other, text_th=f"คนแรก {OWN}")
    late = send(administrator, page, text_th=f"คนที่สอง {OWN}")
    assert late.status_code == 409
    assert "คนแรก" in words(late)
    assert "คนที่สอง" in words(late)
    assert stored(desk).startswith("คนแรก")
    assert administrator.post_form(page, "text_th").status_code == 409
    assert send(administrator, late).status_code == 303
    assert stored(desk).startswith("คนที่สอง")


def test_the_portal_s_text_is_for_those_above_and_reaches_every_agency(desk, administrator, above):
    assert administrator.get(f"{MAIL}?agency=*").status_code == 404
    assert administrator.get(f"{MAIL}?agency={desk.office.elsewhere.slug}").status_code == 404
    assert send(above, above.get(f"{MAIL}?agency=*"), text_th=OWN).status_code == 303
    assert OWN in form_fields(find_form(words(administrator.get(MAIL)), "text_th"))["text_th"]
    desk.office.session.rollback()
    assert desk.office.session.query(MailWording).one().agency_id is None


def test_a_ready_reply_is_added_changed_closed_and_opened_again(desk, administrator):
    new = administrator.get(f"{PAGE}/replies/new")
    typed = {"name_th": "ขอเอกสาร", "text_th": "โปรดส่งเอกสารของ {case_number} ภายใน {due_on}", "kind": "complaint"}
    looked = administrator.post_form(new, "text_th", preview="yes", **typed)
    assert "XXXX-2570-000123" in words(looked)
    assert administrator.post_form(looked, "text_th").status_code == 303
    row = desk.office.session.query(ReadyReply).one()
    address = f"{PAGE}/replies/{row.key}"
    page = administrator.get(address)
    assert administrator.post_form(page, "text_th", name_th="ขอเอกสารเพิ่ม").status_code == 303
    assert administrator.post_form(page, "text_th", name_th="ช้าไป").status_code == 409
    assert administrator.post_form(page, "/close").status_code == 409
    assert administrator.post_form(administrator.get(address), "/close").status_code == 303
    assert administrator.post_form(administrator.get(address), "/reopen").status_code == 303
    assert "ขอเอกสารเพิ่ม" in words(administrator.get(PAGE))
    assert administrator.post_form(administrator.get(address), "text_th", text_th="{strange}").status_code == 422


def test_a_ready_reply_of_another_agency_is_not_there(desk, administrator, above):
    key = ready(desk)
    elsewhere = desk.office.elsewhere.slug
    assert above.get(f"{PAGE}/replies/{key}?agency={elsewhere}").status_code == 404
    assert administrator.get(f"{PAGE}/replies/a%00b").status_code == 404
    assert "replies/new" not in words(above.get(f"{PAGE}?agency=*"))


def test_an_officer_puts_a_ready_reply_under_what_was_typed_and_sends_it(desk):
    key, case = ready(desk), desk.office.assigned()
    officer = desk.browser("officer")
    page = officer.get(f"/desk/cases/{case.number}")
    filled = officer.post_form(page, "/reply", body="พิมพ์ไว้ก่อน", ready=key, fill="yes")
    assert filled.status_code == 200
    body = form_fields(find_form(words(filled), "/reply"))["body"]
    assert body == f"พิมพ์ไว้ก่อน\n\nเรียนผู้แจ้งเรื่อง {case.number} {desk.office.users['officer'].name_th}ได้รับแล้ว"
    assert "พิมพ์ไว้ก่อน" not in words(officer.get(f"/desk/cases/{case.number}"))
    assert officer.post_form(filled, "/reply", then="stay").status_code == 303
    assert body.split("\n\n")[1] in words(officer.get(f"/desk/cases/{case.number}"))


def test_a_case_in_english_gets_the_english_text(desk):
    key, case = ready(desk, english="Dear sender of {case_number}, due {due_on}"), desk.office.assigned(language="en")
    officer = desk.browser("officer")
    filled = officer.post_form(officer.get(f"/desk/cases/{case.number}"), "/reply", ready=key, fill="yes")
    assert f"Dear sender of {case.number}, due 7 December 2026" in words(filled)


def test_choosing_none_or_a_closed_one_is_an_error_of_its_field_and_keeps_the_words(desk):
    ready(desk)
    case, officer = desk.office.assigned(), desk.browser("officer")
    for key in ("", "0" * 16, "x"):
        page = officer.post_form(officer.get(f"/desk/cases/{case.number}"), "/reply", body="คงอยู่", ready=key, fill="yes")
        assert page.status_code == 422
        assert parse(words(page)).xpath("//*[@id='reply-ready-error']")
        assert form_fields(find_form(words(page), "/reply"))["body"] == "คงอยู่"


def test_a_ready_reply_for_a_case_that_somebody_saved_meanwhile_shows_what_was_saved(desk):
    key, case = ready(desk), desk.office.assigned()
    officer = desk.browser("officer")
    page = officer.get(f"/desk/cases/{case.number}")
    desk.office.do(casework.note, desk.office.officer, case, "มีผู้จดไว้แล้ว")
    late = officer.post_form(page, "/reply", body="ถ้อยคำของฉัน", ready=key, fill="yes")
    assert late.status_code == 409
    assert "มีผู้จดไว้แล้ว" in words(late)
    assert "ถ้อยคำของฉัน" in words(late)
