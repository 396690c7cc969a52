"""A breach in the browser: what was typed wrong stays, what was reached is counted, the report can be printed."""

from tests.desk.privacy.conftest import PrivacyDesk

TYPED = {
    "source": "account",
    "begins_on": "22/11/2569",
    "ends_on": "๓๐/๑๑/๒๕๖๙",
    "known_on": "1/12/2569",
    "known_time": "9.30",
    "words": "พบรหัสผ่านบนกระดาษ",
}


def test_it_is_written_down_and_counted_and_printed(desk: PrivacyDesk) -> None:
    case = desk.closed()
    officer = desk.browser()
    form = officer.get("/en/desk/privacy/breaches/new")
    account = desk.office.users["officer"].email
    done = officer.post_form(form, "/new", account=account, **TYPED)
    assert done.status_code == 303, done.get_data(as_text=True)
    page = officer.get(done.location)
    assert case.number in page.get_data(as_text=True)
    assert "4 December 2026 09:30:00" in page.get_data(as_text=True), "72 hours after the agency learnt of it"
    added = officer.post_form(page, "/act", act="report", words="แจ้งสำนักงานแล้ว")
    assert added.status_code == 303
    report = officer.get(f"{done.location.split('?')[0]}/report").get_data(as_text=True)
    assert "แจ้งสำนักงานแล้ว" in report
    assert "Append-only history" in report
    told = report.split("Text for those affected")[1]
    assert "Append-only history" not in told, "those affected read what concerns them"
    assert "Being looked into" not in officer.get("/en/desk/privacy/breaches").get_data(as_text=True)


def test_every_wrong_field_is_named_and_what_was_typed_stays(desk: PrivacyDesk) -> None:
    officer = desk.browser()
    wrong = {**TYPED, "begins_on": "31/2/2569", "known_time": "25:99", "account": "nobody@example.org"}
    refused = officer.post_form(officer.get("/en/desk/privacy/breaches/new"), "/new", **wrong)
    text = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert [name for name in ("begins_on", "known_time") if f'href="#{name}"' not in text] == []
    assert 'value="25:99"' in text
    unknown = officer.post_form(officer.get("/en/desk/privacy/breaches/new"), "/new", **{**TYPED, "account": "nobody@example.org"})
    assert 'href="#account"' in unknown.get_data(as_text=True)
