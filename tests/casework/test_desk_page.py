"""The officer's page of a case: who the sender is and who may know, what becomes public, files, and what the page costs."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from portal.audit.models import AuditEntry
from portal.casework import service
from portal.casework.models import Case, CaseFile, PublicCase
from portal.casework.rules import PublicState
from portal.db import unit_of_work
from portal.files.models import StoredFile
from portal.files.rules import Kind
from portal.kernel.actor import ActorKind
from portal.kernel.keyring import Keyring
from tests.client import find_form, form_fields, parse
from tests.conftest import NOW
from tests.desk.people import Desk, address, counted_queries, open_desk

SENDER = {"name": "นางมะลิ ซ้อนกลิ่น", "email": "mali.s@example.org", "phone": "081 234 5678"}
PRIVATE = "โทร 089 876 5432 หรือบ้านเลขที่ 14/2 ซอยตัวอย่าง เลขบัตร 1234567890121"


@pytest.fixture
def desk(app: Flask, session: Session, keyring: Keyring) -> Iterator[Desk]:
    with open_desk(app, session, keyring) as desk:
        yield desk


def text(answer: TestResponse) -> str:
    return answer.get_data(as_text=True)


def trail(session: Session, act: str) -> list[AuditEntry]:
    session.rollback()
    return list(session.scalars(select(AuditEntry).where(AuditEntry.act == act).order_by(AuditEntry.id)))


# --- who the sender is --------------------------------------------------------------------------------------------


def test_the_owner_reads_the_name_of_a_named_sender_and_a_colleague_does_not(desk: Desk) -> None:
    case = desk.office.assigned(anonymity="named", **SENDER)
    page = text(desk.browser("officer").get(address(case)))
    assert all(value in page for value in SENDER.values())
    page = text(desk.browser("colleague").get(address(case)))
    assert not any(value in page for value in SENDER.values())


def test_a_confidential_name_is_masked_until_a_reason_is_given_which_is_audited(desk: Desk, session: Session) -> None:
    case = desk.office.assigned(anonymity="confidential", **SENDER)
    officer = desk.browser("officer")
    page = officer.get(address(case))
    assert not any(value in text(page) for value in SENDER.values())
    assert "น••• ซ•••••" in text(page)
    opened = officer.post_form(page, "/unmask", reason="ต้องโทรนัดไปดูที่บ้าน")
    assert opened.status_code == 200
    assert all(value in text(opened) for value in SENDER.values())
    assert opened.headers["Cache-Control"] == "no-store"
    (row,) = trail(session, "case.unmasked")
    assert (row.actor_id, row.object_key) == (desk.office.users["officer"].id, case.number)
    again = text(officer.get(address(case)))
    assert not any(value in again for value in SENDER.values())
    assert "ต้องโทรนัดไปดูที่บ้าน" in again


def test_without_a_reason_the_name_stays_masked(desk: Desk, session: Session) -> None:
    case = desk.office.assigned(anonymity="confidential", **SENDER)
    officer = desk.browser("officer")
    answer = officer.post_form(officer.get(address(case)), "/unmask", reason=" ")
    assert answer.status_code == 422
    assert not any(value in text(answer) for value in SENDER.values())
    assert trail(session, "case.unmasked") == []


def test_unmasking_is_not_offered_to_who_does_not_handle_the_case(desk: Desk, session: Session) -> None:
    case = desk.office.assigned(anonymity="confidential", **SENDER)
    colleague = desk.browser("colleague")
    token = form_fields(find_form(text(colleague.get(address(case))), "/note"))
    answer = colleague.post(f"{address(case)}/unmask", data={**token, "reason": "อยากรู้"})
    assert answer.status_code == 403
    assert SENDER["name"] not in text(answer)
    assert trail(session, "case.unmasked") == []


@pytest.mark.parametrize("who", ["officer", "coordinator", "executive", "colleague"])
def test_nobody_is_ever_shown_the_e_mail_of_an_anonymous_sender(desk: Desk, who: str) -> None:
    case = desk.office.assigned(anonymity="anonymous", answer_by="email", **SENDER)
    page = text(desk.browser(who).get(address(case)))
    assert not any(value in page for value in (*SENDER.values(), "•"))
    assert "unmask" not in page


def test_a_name_that_the_officer_may_not_know_is_not_marked_in_the_words(desk: Desk) -> None:
    body = "ผมคือมะลิ ซ้อนกลิ่น อยู่แถวนี้มานาน"
    named = desk.office.assigned(anonymity="named", body=body, **SENDER)
    hidden = desk.office.assigned(anonymity="confidential", body=body, **SENDER)
    officer = desk.browser("officer")
    assert "<mark" in text(officer.get(address(named)))
    assert "<mark" not in text(officer.get(address(hidden)))


def test_earlier_cases_are_joined_only_under_the_same_wish_to_be_named(desk: Desk) -> None:
    desk.office.case(subject="เคยเปิดเผย", anonymity="named", **SENDER)
    desk.office.case(subject="เคยปกปิด", anonymity="confidential", **SENDER)
    desk.office.case(subject="เคยไม่บอก", anonymity="anonymous", **SENDER)
    officer = desk.browser("officer")
    named = text(officer.get(address(desk.office.assigned(anonymity="named", **SENDER))))
    hidden = text(officer.get(address(desk.office.assigned(anonymity="confidential", **SENDER))))
    nameless = text(officer.get(address(desk.office.assigned(anonymity="anonymous", **SENDER))))
    assert [subject in named for subject in ("เคยเปิดเผย", "เคยปกปิด", "เคยไม่บอก")] == [True, False, False]
    assert [subject in hidden for subject in ("เคยเปิดเผย", "เคยปกปิด", "เคยไม่บอก")] == [False, True, False]
    assert [subject in nameless for subject in ("เคยเปิดเผย", "เคยปกปิด", "เคยไม่บอก")] == [False, False, False]


# --- words and files ----------------------------------------------------------------------------------------------


def test_the_senders_words_stand_untouched_with_what_to_close_marked(desk: Desk) -> None:
    case = desk.office.assigned(body=f"ย่อหน้าแรก <b>&\nบรรทัดสอง\n\n{PRIVATE}")
    root = parse(text(desk.browser("officer").get(f"/en{address(case)}")))
    (words,) = root.xpath("//blockquote[contains(@class, 'sr-words')]")
    assert [mark.get("title") for mark in words.iter("mark")] == ["Telephone number", "House number", "Identity number"]
    for hidden in words.xpath(".//*[contains(@class, 'govuk-visually-hidden')]"):
        hidden.text = ""
    said = ["".join(paragraph.itertext()) for paragraph in words.iter("p")]
    assert said == ["ย่อหน้าแรก <b>&บรรทัดสอง", PRIVATE]


def test_internal_notes_are_told_apart_in_the_history(desk: Desk) -> None:
    case = desk.office.assigned()
    desk.office.do(service.note, desk.office.officer, case, "ช่างลาถึงวันศุกร์")
    root = parse(text(desk.browser("colleague").get(f"/en{address(case)}")))
    newest = root.xpath("//ol[contains(@class, 'sr-timeline')]/li")[0]
    told = " ".join(newest.itertext())
    assert "Internal note" in told
    assert "Officers only" in told
    assert "ช่างลาถึงวันศุกร์" in told


def test_files_are_downloaded_by_who_may_see_the_case(app: Flask, desk: Desk) -> None:
    case = desk.office.assigned()
    file = add_file(app, desk, case)
    path = f"{address(case)}/files/{file.public_id}"
    officer = desk.browser("officer")
    assert path in text(officer.get(address(case)))
    with officer.get(path) as answer:
        assert answer.data == b"%PDF-1.4 words"
        assert answer.headers["Content-Disposition"].startswith("attachment")
    assert desk.browser("stranger").get(path).status_code == 404
    other = desk.office.assigned()
    assert officer.get(f"{address(other)}/files/{file.public_id}").status_code == 404


def add_file(app: Flask, desk: Desk, case: Case) -> StoredFile:
    data = b"%PDF-1.4 words"
    name = app.extensions["portal"].store.put(data)
    with unit_of_work(desk.office.session) as session:
        file = StoredFile(
            public_id=name, name="แผนผัง.pdf", media_type=Kind.PDF, size=len(data), original_sha256="0" * 64, sha256="0" * 64,
            stored_at=NOW, attached_at=NOW,
        )  # fmt: skip
        session.add(file)
        session.flush()
        event_id = case.events[0].id
        session.add(CaseFile(case_id=case.id, stored_file_id=file.id, event_id=event_id, added_by=ActorKind.CITIZEN, at=NOW))
    return file


# --- what becomes public ------------------------------------------------------------------------------------------


def test_an_officer_confirms_a_redacted_text_and_the_words_of_the_sender_stay(desk: Desk, session: Session) -> None:
    case = desk.office.closed(publish_consent=True, anonymity="named", body=f"น้ำไม่ไหล ผมมะลิ ซ้อนกลิ่น {PRIVATE}", **SENDER)
    officer = desk.browser("officer")
    page = officer.get(address(case))
    proposed = form_fields(find_form(text(page), "/publish"))
    for private in ("089 876 5432", "14/2", "1234567890121", "ซ้อนกลิ่น"):
        assert private not in proposed["body"]
    assert "[ปิด: เบอร์โทร]" in proposed["body"]
    answer = officer.post_form(page, "/publish", body=proposed["body"] + " (ตัดบางส่วน)")
    assert answer.location == f"{address(case)}?done=publish"
    public = session.get(PublicCase, desk.fresh(case).id)
    assert public is not None
    assert (public.state, public.confirmed_by_id) == (PublicState.PUBLISHED, desk.office.users["officer"].id)
    assert public.body.endswith("(ตัดบางส่วน)")
    assert "089" in case.body
    withdrawn = officer.post_form(officer.get(address(case)), "/withdraw-publication", reason="ผู้ส่งขอให้ทบทวน")
    assert withdrawn.status_code == 303
    session.rollback()
    session.refresh(public)
    assert public.state is PublicState.WITHDRAWN


@pytest.mark.parametrize("made", ["assigned", "closed"])
def test_publishing_is_offered_only_with_consent_and_an_answer(desk: Desk, made: str) -> None:
    officer = desk.browser("officer")
    for consent in (True, False):
        case = getattr(desk.office, made)(publish_consent=consent)
        offered = f"{address(case)}/publish" in text(officer.get(address(case)))
        assert offered is (consent and made == "closed")


def test_a_publication_that_was_not_consented_to_is_refused(desk: Desk, session: Session) -> None:
    case = desk.office.closed()
    officer = desk.browser("officer")
    token = form_fields(find_form(text(officer.get(address(case))), "/note"))
    answer = officer.post(f"{address(case)}/publish", data={**token, "subject": "ก", "body": "ข", "answer": "ค"})
    assert answer.status_code == 409
    assert session.get(PublicCase, desk.fresh(case).id) is None


def test_an_empty_public_text_is_refused_at_its_field(desk: Desk) -> None:
    case = desk.office.closed(publish_consent=True)
    officer = desk.browser("officer")
    answer = officer.post_form(officer.get(address(case)), "/publish", body="")
    assert answer.status_code == 422
    assert parse(text(answer)).xpath("//*[@id='publish-body-error']")


def test_a_text_that_was_looked_over_before_new_words_came_is_not_published(desk: Desk, session: Session) -> None:
    case = desk.office.closed(publish_consent=True)
    officer = desk.browser("officer")
    page = officer.get(address(case))
    desk.post(desk.browser("coordinator"), case, "note", body="รอก่อน มีชื่อเด็กในภาพ")
    answer = officer.post_form(page, "/publish")
    assert answer.status_code == 409
    assert "รอก่อน มีชื่อเด็กในภาพ" in text(answer)
    public = session.get(PublicCase, desk.fresh(case).id)
    assert public is not None
    assert public.state is PublicState.PROPOSED


# --- cost and clock -----------------------------------------------------------------------------------------------


def test_thirty_rows_of_history_cost_as_many_queries_as_three(app: Flask, desk: Desk) -> None:
    case, officer = desk.office.assigned(), desk.browser("officer")
    desk.office.do(service.note, desk.office.officer, case, "หนึ่ง")

    def queries() -> int:
        with counted_queries(app) as seen:
            assert officer.get(address(case)).status_code == 200
        return len(seen)

    few = queries()
    for place in range(27):
        desk.office.do(service.note, desk.office.coordinator if place % 2 else desk.office.officer, case, f"บันทึก {place}")
    # Each thing beside the case is asked for once: signatures, absences, tags, earlier cases, ready replies, drafts,
    # who is looking, whom a note can tell.
    assert queries() == few < 37


@pytest.mark.parametrize(("days", "said"), [(18, "4 days late"), (14, "Today"), (2, "12 days left")])
def test_the_clock_says_how_much_time_is_left(desk: Desk, days: int, said: str) -> None:
    case = desk.office.assigned(at=NOW - timedelta(days=days))
    assert said in text(desk.browser("officer").get(f"/en{address(case)}"))


def test_the_page_of_every_status_can_be_read(desk: Desk) -> None:
    office = desk.office
    contested, merged, waiting = office.closed(), office.case(), office.assigned()
    office.do(service.contest, office.coordinator, contested, "ยังไม่ได้แก้")
    office.do(service.merge, office.coordinator, merged, waiting, "เรื่องเดียวกัน")
    office.do(service.ask, office.officer, waiting, "อยู่ตึกไหน")
    coordinator = desk.browser("coordinator")
    for case in (office.case(), contested, merged, waiting, office.answered(), office.closed()):
        for prefix in ("", "/en"):
            assert coordinator.get(prefix + address(case)).status_code == 200
