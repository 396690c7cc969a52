"""Messages become cases, reach their case, wait or are recorded; each once, with nothing trusted that they say of their sender."""

import pytest
from sqlalchemy import func, select

from portal.audit.models import AuditEntry
from portal.casework import identity, reply_token
from portal.casework import queries as cases
from portal.casework import service as casework
from portal.casework.identity import Contact
from portal.casework.models import Case, CaseEvent, CaseIdentity, CaseLeftOut, CaseQuarantine
from portal.casework.rules import Act, Anonymity, Channel, Part, Status, WordsKind
from portal.db import unit_of_work
from portal.feedback.mail_in import sealing, service
from portal.feedback.mail_in.models import MailInFile, MailInMessage
from portal.feedback.mail_in.reading import read
from portal.feedback.mail_in.rules import DAY, Fate, Reason
from portal.feedback.mail_in.service import Came
from portal.files.models import StoredFile
from portal.kernel.actor import CITIZEN, ActorKind
from portal.kernel.errors import Invalid
from portal.outbox.mail import Mail, as_message
from portal.outbox.models import OutboxEvent
from tests.feedback.mail_in.conftest import ADDRESS, PostRoom
from tests.feedback.mail_in.letters import TEXT_HEAD, THAI, attached, auto_reply, bounce, multipart, raw, reply
from tests.files.makers import encoded

NEW = "ไฟทางดับ"


def count(room: PostRoom, table: type) -> int:
    room.session.rollback()
    return room.session.scalar(select(func.count()).select_from(table)) or 0


def with_mail(room: PostRoom, **values: str) -> Case:
    return room.office.case(**{"email": "somchai@example.org", "answer_by": "email", **values})


def test_a_new_matter_becomes_a_case_without_a_name(room: PostRoom) -> None:
    case = room.case_by_mail(raw(THAI, Subject=NEW))
    assert (case.channel, case.anonymity, case.status, case.language) == (Channel.EMAIL, Anonymity.ANONYMOUS, Status.RECEIVED, "th")
    assert (case.subject, case.body, case.kind.value) == (NEW, THAI, "grievance")
    assert identity.notice_address(room.office.keyring, case) == "malee@example.org"
    assert not identity.shown(room.office.coordinator, room.office.keyring, case)
    row = room.session.get(CaseIdentity, case.id)
    assert row is not None
    assert (row.email_index, row.name_enc) == (None, None)
    assert room.announced() == ["case.received"]  # the one acknowledgement
    assert room.last_event(case).actor_kind is ActorKind.VISITOR


def test_the_same_message_is_one_case_whatever_happens_in_between(room: PostRoom) -> None:
    first = room.take(raw())
    again = service.take(room.session, room.now, room.tools, room.office.agency.id, Came(first.source_key, 1, raw()), read(raw()))
    assert again is None
    moved = room.take(raw())  # the mailbox was numbered anew
    assert (moved.fate, moved.case_id) == (Fate.REPEAT, first.case_id)
    assert count(room, Case) == 1
    assert room.take(raw("ข้อความอื่น")).fate is Fate.NEW_CASE  # nobody can silence another by using their Message-ID
    bare = raw(Message_ID="")
    assert [room.take(bare).fate for _ in range(2)] == [Fate.NEW_CASE, Fate.NEW_CASE]


def test_a_crash_before_the_commit_leaves_nothing_and_after_it_everything(room: PostRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.feedback.mail_in.service.taking._move_on", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        room.take(raw())
    assert (count(room, Case), count(room, MailInMessage), count(room, OutboxEvent)) == (0, 0, 0)
    monkeypatch.undo()
    room.take(raw())
    assert (count(room, Case), count(room, MailInMessage)) == (1, 1)


@pytest.mark.parametrize("way", ["plus", "references", "capitals"])
def test_a_reply_finds_its_case_by_its_token(room: PostRoom, way: str) -> None:
    case = with_mail(room)
    sent = as_message(Mail("x@example.org", "s", "t", "case-event-1", ADDRESS, room.token(case)), "no-reply@meknoi.example")
    message = {
        "plus": reply(room.reply_to(case)),
        "references": reply(ADDRESS, sent["Message-ID"]),
        "capitals": reply(room.reply_to(case).upper()),
    }[way]
    row = room.take(message)
    assert (row.fate, row.case_id) == (Fate.ADDED, case.id)
    event = room.last_event(case)
    assert (event.act, event.actor_kind, event.detail) == (Act.CITIZEN_ADD, ActorKind.VISITOR, {"by_mail": True})
    assert [words.body for words in event.words] == ["ดับที่เสาต้นที่สามค่ะ"]
    words = "เเละ  ํา\n> เดิม"  # letter for letter, whatever its spelling
    room.take(reply(room.reply_to(case), text=words, number=2))
    assert room.last_event(case).words[0].body == words


def test_a_reply_answers_the_question_that_waits_and_does_nothing_else(room: PostRoom) -> None:
    case = room.office.assigned(email="somchai@example.org", answer_by="email", publish_consent=True)
    room.office.do(casework.ask, room.office.officer, case, "ต้นไหน")
    room.take(reply(room.reply_to(case), text="ขอถอนเรื่อง เปลี่ยนอีเมลเป็น x@y.example และไม่ยินยอมให้เผยแพร่"))
    room.session.refresh(case)
    assert (case.status, case.publish_consent) == (Status.IN_PROGRESS, True)
    assert identity.notice_address(room.office.keyring, case) == "somchai@example.org"
    assert room.last_event(case).words[0].kind is WordsKind.CITIZEN_ANSWER


def test_the_sender_is_never_asked_who_it_is(room: PostRoom) -> None:
    case = with_mail(room, anonymity="named", name="สมชาย")
    claims = raw("ขอแก้ไข", From="somchai@example.org", Subject=f"Re: {case.number}", Message_ID="<c@example.org>")
    row = room.take(claims)  # the right address and the number of the case are no token
    assert row.fate is Fate.NEW_CASE
    assert row.case_id != case.id
    assert cases.history(room.session, row.case)[0].act is Act.SUBMIT
    assert identity.earlier_cases(room.session, room.office.keyring, row.case) == []


def test_a_token_dies_with_the_contact_and_cannot_be_made_up(room: PostRoom) -> None:
    case = with_mail(room, anonymity="named", name="สมชาย")
    old = room.reply_to(case)
    with unit_of_work(room.session):
        casework.correct_contact(room.session, CITIZEN, room.now, room.office.keyring, case, Contact("สมชาย", "new@example.org"))
    row = room.take(reply(old))
    assert (row.fate, row.reason, row.case_id) == (Fate.WAITING, Reason.BAD_TOKEN, None)
    assert room.take(reply(room.reply_to(case), number=2)).fate is Fate.ADDED
    token = room.token(case)
    for bad in (token[:-1] + ("a" if token[-1] != "a" else "b"), "a" * 26, "7" * 26, token[::-1]):
        assert reply_token.case_of(room.session, room.office.keyring, bad) is None
    with unit_of_work(room.session):
        casework.erase(room.session, CITIZEN, room.now, room.tools.store, case, {Part.IDENTITY})
    assert reply_token.case_of(room.session, room.office.keyring, token) is None


def test_a_case_that_is_over_takes_nothing_and_somebody_is_told(room: PostRoom) -> None:
    case = room.office.closed(email="somchai@example.org", answer_by="email")
    row = room.take(reply(room.reply_to(case), text="ยังไม่จบ"))
    assert (row.fate, row.reason, row.case_id) == (Fate.WAITING, Reason.CASE_OVER, case.id)
    assert sealing.opened(room.office.keyring, row).text == "ยังไม่จบ"
    two = reply(f"{room.reply_to(case)}, {room.reply_to(with_mail(room))}", number=3)
    assert room.take(two).reason is Reason.BAD_TOKEN


def test_attachments_go_through_the_same_cleaning_and_what_is_refused_is_named(room: PostRoom) -> None:
    message = multipart(
        (TEXT_HEAD, THAI.encode()),
        attached("เสา.png", encoded("PNG")),
        attached("logo.png", encoded("PNG"), disposition="inline"),
        attached("virus.exe", b"MZ\x90", "application/octet-stream"),
        attached("lie.png", b"%PDF-1.4", "image/png"),
    )
    case = room.case_by_mail(message)
    assert [row.file.name for row in cases.files_of(room.session, case)] == ["เสา.png"]
    left = cases.left_out_of(room.session, case)
    assert [row.name for rows in left.values() for row in rows] == ["logo.png", "virus.exe", "lie.png"]
    with unit_of_work(room.session):
        casework.erase(room.session, CITIZEN, room.now, room.tools.store, case, {Part.FILES})
    assert (count(room, CaseLeftOut), count(room, StoredFile)) == (0, 0)


def test_files_alone_are_a_case_under_their_subject_and_nothing_at_all_waits(room: PostRoom) -> None:
    case = room.case_by_mail(multipart(attached("a.png", encoded("PNG")), Subject="ถนนทรุด"))
    assert (case.subject, case.body) == ("ถนนทรุด", "ถนนทรุด")
    assert room.take(multipart(attached("a.exe", b"MZ"), Message_ID="<4@e.org>")).reason is Reason.EMPTY
    long = room.case_by_mail(raw("คำ", Subject="ยาว" * 100, Message_ID="<5@e.org>"))
    assert len(long.subject) <= 200
    assert long.body == "ยาว" * 100 + "\n\nคำ"


def test_five_thousand_auto_replies_make_no_mail_and_no_case(room: PostRoom) -> None:
    """Forty here: each costs the same few queries, whatever came before."""
    case = with_mail(room)
    before = len(room.announced())
    for number in range(20):
        room.take(auto_reply(number, To=room.reply_to(case)))
        room.take(raw("x", To=room.reply_to(case), Subject="อยู่ระหว่างลา", Message_ID=f"<s{number}@e.org>"))
    assert room.fates() == ["auto_reply"] * 40
    assert len(room.announced()) == before
    assert room.raws() == []
    assert all(row.letter_enc is None for row in room.session.scalars(select(MailInMessage)))
    assert room.last_event(case).act is Act.SUBMIT


def test_two_machines_that_answer_each_other_end_at_once(room: PostRoom) -> None:
    case = room.case_by_mail(raw())
    ours = as_message(Mail("malee@example.org", "s", "t", "case-event-1", room.reply_to(case), room.token(case)), ADDRESS)
    assert ours["Auto-Submitted"] == "auto-generated"
    assert room.take(ours.as_bytes()).fate is Fate.OWN
    ours.replace_header("From", "other-machine@example.org")
    ours.replace_header("To", room.reply_to(case))
    assert room.take(ours.as_bytes()).fate is Fate.AUTO_REPLY


def test_a_bounce_is_told_to_the_officers_once_a_day(room: PostRoom) -> None:
    case = with_mail(room)
    head = f"Message-ID: <1.case-event-1.t-{room.token(case)}@meknoi.example>".encode()
    rows = [room.take(bounce(head, 1)), room.take(bounce(head, 2)), room.take(bounce(b"Message-ID: <strange@example.org>", 3))]
    assert [(row.fate, row.case_id) for row in rows] == [(Fate.BOUNCE, case.id), (Fate.BOUNCE, case.id), (Fate.BOUNCE, None)]
    notes = room.session.scalars(select(CaseEvent).where(CaseEvent.case_id == case.id, CaseEvent.act == Act.NOTE)).all()
    assert [(note.detail, note.visible_to_citizen) for note in notes] == [({"undelivered": True}, False)]
    room.now += DAY
    room.take(bounce(head, 4))
    room.take(bounce(head, 5, "4.0.0", "delayed"))
    assert len(room.session.scalars(select(CaseEvent).where(CaseEvent.act == Act.NOTE)).all()) == 2


def test_no_address_gets_more_than_five_acknowledgements_a_day(room: PostRoom) -> None:
    rows = [room.take(raw(f"เรื่องที่ {number}", Message_ID=f"<{number}@e.org>")) for number in range(25)]
    assert [row.fate for row in rows[:5]] == [Fate.NEW_CASE] * 5
    assert {row.reason for row in rows[5:20]} == {Reason.MANY_CASES_OF_SENDER}
    assert {row.reason for row in rows[20:]} == {Reason.MANY_FROM_SENDER}
    assert room.announced().count("case.received") == 5
    assert room.take(raw(From="other@example.org", Message_ID="<o@e.org>")).fate is Fate.NEW_CASE
    room.now += DAY
    assert room.take(raw("วันใหม่", Message_ID="<d@e.org>")).fate is Fate.NEW_CASE


def test_a_flood_lies_in_quarantine_and_its_acknowledgements_wait(room: PostRoom) -> None:
    for number in range(31):
        room.take(raw("ขายของดีราคาถูก " * 5, From=f"s{number}@example.org", Message_ID=f"<{number}@e.org>"))
    assert count(room, CaseQuarantine) == 31


def test_what_is_too_large_waits_with_its_head(room: PostRoom) -> None:
    row = room.take(raw(b""), too_large=True)
    assert (row.fate, row.reason) == (Fate.WAITING, Reason.TOO_LARGE)
    assert sealing.opened(room.office.keyring, row).subject == "ไฟดับ"


def test_what_casework_refuses_waits_instead_of_coming_back_for_ever(room: PostRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise Invalid({"body": []})

    monkeypatch.setattr("portal.feedback.mail_in.service.taking.hand_in", refuse)
    row = room.take(raw())
    assert (row.fate, row.reason) == (Fate.WAITING, Reason.UNREADABLE)


def test_the_whole_message_is_sealed_and_goes_in_time_or_with_its_case(room: PostRoom) -> None:
    row = room.take(raw(THAI))
    waiting = room.take(multipart((TEXT_HEAD, b"x"), attached("a.png", encoded("PNG")), List_Id="<l>", Message_ID="<w@e.org>"))
    assert len(room.raws()) == 2
    stored = [path.read_bytes() for path in room.tools.raws._inner.root.rglob("*") if path.is_file()]  # type: ignore[attr-defined]
    assert not any(b"malee" in data or THAI.encode() in data for data in stored)
    later = room.now + 31 * DAY
    with unit_of_work(room.session):
        service.sweep(room.session, later, room.tools.store, room.tools.raws)
    assert (row.raw_id, row.sender_mark) == (None, None)
    assert room.raws() == [waiting.raw_id]  # what waits is never swept
    third = room.take(raw("อีกเรื่อง", Message_ID="<t@e.org>"))
    with unit_of_work(room.session):
        service.forget_case(room.session, room.tools.store, room.tools.raws, third.case_id or 0)
    assert room.row(third.source_key).raw_id is None
    assert len(room.raws()) == 1
    with unit_of_work(room.session):
        room.session.execute(select(MailInFile)).all()
        service.sweep(room.session, later + 400 * DAY, room.tools.store, room.tools.raws)
    assert count(room, MailInMessage) == 3  # cases keep their rows


def test_nothing_of_a_message_reaches_trail_events_or_history(room: PostRoom) -> None:
    case = room.case_by_mail(raw("ความลับ", Subject="ความลับ", From="secret@example.org"))
    room.take(reply(room.reply_to(case), text="ความลับ"))
    told = [entry.detail for entry in room.session.scalars(select(AuditEntry))] + [
        one.payload for one in room.session.scalars(select(OutboxEvent))
    ]
    told += [event.detail for event in room.session.scalars(select(CaseEvent))]
    assert not any("ความลับ" in str(one) or "secret" in str(one) for one in told)
