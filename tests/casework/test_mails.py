"""What the worker sends to citizens, and what it never sends."""

from datetime import timedelta

import pytest
from flask_babel import force_locale
from sqlalchemy import select

from portal.casework import reply_token, service
from portal.casework.jobs import HANDLERS, TIMED
from portal.casework.mails import default_text
from portal.casework.models import SubmissionKey
from portal.casework.receipts import unseal
from portal.casework.wording import service as wording
from portal.casework.wording.rules import MAIL_FIELDS, MailKind, problems
from portal.casework.wording.service import Texts
from portal.db import unit_of_work
from portal.kernel.actor import CITIZEN, SYSTEM
from portal.kernel.receipt_code import format_code
from portal.outbox.mail import MemoryMailer, as_message
from portal.outbox.mailbox.models import Mailbox
from portal.outbox.worker import JobContext, run_due, run_timed
from tests.conftest import NOW

BODY, REPLY, NAME = "ตู้หน้าอาคารไม่มีคนเปิด", "เราเปิดตู้ทุกเดือนแล้ว", "มานี ใจสมมติ"


@pytest.fixture
def work(app, office, store):
    """Run what is due; returns the mailer."""
    mailer = MemoryMailer()

    def run(at=NOW) -> list:
        context = JobContext(office.session, at, mailer, store, office.keyring, "https://portal.example")
        with app.app_context():
            while run_due(context, HANDLERS):  # mails stand among other events
                pass
            run_timed(context, TIMED)
        return mailer.sent

    return run


def case_with_mail(office, anonymity="named", **values):
    return office.case(anonymity=anonymity, email="manee@example.org", name=NAME, body=BODY, **values)


def test_the_first_mail_holds_number_due_day_and_code_in_the_language_of_the_case(office, work):
    case = case_with_mail(office)
    (mail,) = work()
    assert (mail.to, mail.subject) == ("manee@example.org", f"{case.number} รับเรื่องแล้ว")
    assert "7 ธันวาคม 2569" in mail.text
    assert "https://portal.example/feedback/track" in mail.text
    key = office.session.scalars(select(SubmissionKey)).one()
    assert format_code(unseal(office.keyring, key)) in mail.text


def test_an_english_case_gets_english_mails(office, work):
    case_with_mail(office, language="en")
    (mail,) = work()
    assert mail.subject.endswith(" Received")
    assert "7 December 2026" in mail.text
    assert "https://portal.example/en/feedback/track" in mail.text


def answered(office, anonymity):
    case = case_with_mail(office, anonymity=anonymity)
    office.do(service.assign, office.coordinator, case, office.users["officer"])
    office.do(service.ask, office.officer, case, "ตู้ไหน")
    office.do(service.citizen_answer, CITIZEN, case, "ตู้สีแดง")
    office.do(service.reply, office.officer, case, REPLY)
    office.do(service.note, office.officer, case, "จดไว้ภายใน")
    office.do(service.contest, CITIZEN, case, "ยังไม่เห็นเปิด")
    return case


@pytest.mark.parametrize("anonymity", ["confidential", "anonymous"])
def test_mails_of_confidential_and_anonymous_cases_hold_no_word_of_them(office, work, anonymity):
    case = answered(office, anonymity)
    mails = work()
    assert [mail.subject for mail in mails] == [
        f"{case.number} รับเรื่องแล้ว", f"{case.number} รอข้อมูลจากผู้แจ้ง", f"{case.number} ตอบแล้ว", f"{case.number} โต้แย้งผล",
    ]  # fmt: skip
    everything = " ".join(f"{mail.subject} {mail.text}" for mail in mails)
    for words in (BODY, REPLY, NAME, "ตู้ไหน", "ตู้สีแดง", "จดไว้ภายใน", "ยังไม่เห็นเปิด", case.subject):
        assert words not in everything


def test_mails_of_named_cases_hold_question_and_answer_and_never_notes(office, work):
    answered(office, "named")
    texts = [mail.text for mail in work()]
    assert "ตู้ไหน" in texts[1]
    assert REPLY in texts[2]
    assert "22 ธันวาคม 2569" in texts[2]
    assert not any("จดไว้ภายใน" in text or NAME in text for text in texts)


def test_the_code_is_in_the_first_mail_only(office, work):
    answered(office, "named")
    mails = work()
    assert ["รหัสติดตามเรื่อง:" in mail.text for mail in mails] == [True, False, False, False]


def test_without_an_address_nothing_is_sent(office, work):
    office.case(anonymity="named", name=NAME, phone="0812345678")
    assert work() == []


def test_a_mail_that_leaves_late_tells_what_happened_then(office, work):
    case = case_with_mail(office)
    office.do(service.withdraw, CITIZEN, case)
    (mail,) = work(at=NOW + timedelta(hours=2))
    assert mail.subject.endswith("รับเรื่องแล้ว")


def test_codes_are_wiped_by_the_timed_job(office, work):
    case_with_mail(office)
    work(at=NOW + timedelta(hours=25))
    assert office.session.scalars(select(SubmissionKey)).one().receipt_enc is None


def test_every_template_renders_for_the_act_that_it_tells(office, work):
    first, second = case_with_mail(office), case_with_mail(office)
    office.do(service.forward, office.coordinator, first, office.elsewhere, "ของหน่วยงานอื่น")
    office.do(service.decline, office.stranger, first, "ไม่อยู่ในอำนาจ")
    office.do(service.merge, office.coordinator, second, office.case(), "เรื่องเดียวกัน")
    third = case_with_mail(office)
    office.do(service.refer, office.coordinator, third, "ศูนย์ดำรงธรรม 1567", "เป็นเรื่องของจังหวัด")
    subjects = [mail.subject.split(" ", 1)[1] for mail in work()]
    assert subjects == ["รับเรื่องแล้ว", "รับเรื่องแล้ว", "รับเรื่องแล้ว", "ไม่รับเรื่อง", "รวมเรื่อง", "รับเรื่องแล้ว", "ปิดเรื่อง"]


def own_text(office, mail, text, english="", agency=None):
    with unit_of_work(office.session) as session:
        wording.word_mail(session, SYSTEM, NOW, mail, agency or office.agency, Texts(text, english), 0)


def test_every_text_of_the_portal_s_own_could_be_written_by_an_agency(app):
    with app.app_context():
        for language in ("th", "en"):
            with force_locale(language):
                for mail in MailKind:
                    assert problems(default_text(mail), MAIL_FIELDS[mail]) == []


def test_an_agency_s_own_text_is_sent_in_its_language_and_the_last_line_stays(office, work):
    own_text(office, MailKind.RECEIVED, "สำนักงานรับเรื่อง {case_number} ไว้ ตอบภายใน {due_on}\n\nรหัส {receipt_code}\n\n{track_url}")
    thai, english = case_with_mail(office), case_with_mail(office, language="en")
    first, second = work()
    assert first.text.startswith(f"สำนักงานรับเรื่อง {thai.number} ไว้ ตอบภายใน 7 ธันวาคม 2569\n\nรหัส ")
    assert first.text.endswith("\n\nอีเมลนี้ส่งโดยระบบ ไม่มีผู้อ่านหากท่านตอบกลับ\n")
    assert "We have received your case" in second.text
    assert english.number in second.text


@pytest.mark.parametrize("anonymity", ["named", "confidential", "anonymous"])
def test_words_in_an_own_text_follow_the_wish_to_be_named(office, work, anonymity):
    text = "เรื่อง {case_number} โต้แย้งได้ถึง {contest_until}\n\nท่านได้คำตอบว่า\n{words}\n\n{track_url}"
    own_text(office, MailKind.ANSWERED, text)
    answered(office, anonymity)
    mail = work()[2]
    assert (REPLY in mail.text) is (anonymity == "named")
    assert ("ท่านได้คำตอบว่า" in mail.text) is (anonymity == "named")
    assert "22 ธันวาคม 2569" in mail.text


def test_braces_in_what_an_officer_wrote_stay_what_they_are(office, work):
    case = case_with_mail(office)
    office.do(service.assign, office.coordinator, case, office.users["officer"])
    office.do(service.reply, office.officer, case, "ใส่ {track_url} ไว้ในเอกสาร {")
    assert "ใส่ {track_url} ไว้ในเอกสาร {" in work()[-1].text


def test_a_case_that_went_to_another_agency_gets_that_agency_s_text(office, work):
    case = case_with_mail(office)
    own_text(office, MailKind.FORWARDED, "{agency} รับต่อ {case_number} {due_on} {track_url}", agency=office.elsewhere)
    office.do(service.forward, office.coordinator, case, office.elsewhere, "ของหน่วยงานอื่น")
    assert work()[-1].text.startswith(f"{office.elsewhere.name_th} รับต่อ {case.number}")


def test_an_answer_goes_to_the_mailbox_with_a_token_while_the_case_takes_words(office, work):
    with unit_of_work(office.session):
        office.session.add(Mailbox(agency_id=office.agency.id, address="inbox@opdc.example", takes_plus=True, changed_at=NOW))
    case = case_with_mail(office)
    (mail,) = work()
    token = reply_token.token_for(office.keyring, case)
    assert (mail.reply_to, mail.mark) == (f"inbox+{token}@opdc.example", token)
    assert "ตอบกลับอีเมลฉบับนี้ได้" in mail.text
    message = as_message(mail, "no-reply@opdc.example")
    assert message["Reply-To"] == mail.reply_to
    assert reply_token.MARK.search(message["Message-ID"])[1] == token
    assert token not in mail.subject + mail.text
    office.do(service.decline, office.coordinator, case, "นอกอำนาจ")
    last = work()[-1]
    assert last.reply_to == ""  # nobody is told to answer where an answer would wait
    assert last.mark == token


def test_a_pause_its_end_and_an_extension_tell_the_new_due_day_and_why_even_the_anonymous(office, work):
    case = case_with_mail(office, anonymity="anonymous")
    office.do(service.assign, office.coordinator, case, office.users["officer"])
    office.do(service.pause, office.officer, case, "decision", "2/12/2569", "รอศาล")
    office.do(service.resume, office.officer, case, at=NOW + timedelta(days=2))
    office.do(service.extend, office.coordinator, case, "many_facts", "3", "มาก", at=NOW + timedelta(days=2))
    paused, resumed, extended = work(NOW + timedelta(days=2))[1:]
    assert "2 ธันวาคม 2569" in paused.text
    assert "รอคำวินิจฉัยของศาล" in paused.text
    assert "17 ธันวาคม 2569" in paused.text  # the day after this act, whatever came later
    assert "9 ธันวาคม 2569" in resumed.text
    assert "12 ธันวาคม 2569" in extended.text
    assert not any(word in mail.text for mail in (paused, resumed, extended) for word in ("รอศาล", NAME, BODY))
    office.do(service.pause, office.officer, case, "decision", "2/12/2569", "รอศาล", at=NOW + timedelta(days=3))
    with unit_of_work(office.session):
        service.end_what_is_over(office.session, NOW + timedelta(days=11), case)
    assert len(work(NOW + timedelta(days=12))) == 5  # its last day was told when it began


def test_who_sent_a_merged_case_hears_of_the_answer_and_never_reads_what_was_said_to_the_other(office, work):
    goal, other = case_with_mail(office), case_with_mail(office)
    office.do(service.merge, office.coordinator, other, goal, "เรื่องเดียวกัน")
    office.do(service.assign, office.coordinator, goal, office.users["officer"])
    office.do(service.reply, office.officer, goal, f"เรียน {NAME} ซ่อมแล้ว")
    mails = work()
    mine, theirs = (next(mail for mail in mails if mail.subject == f"{case.number} ตอบแล้ว") for case in (goal, other))
    assert "ซ่อมแล้ว" in mine.text
    assert "ซ่อมแล้ว" not in theirs.text
    assert "โต้แย้ง" not in theirs.text
