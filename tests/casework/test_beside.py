"""Drafts, who is looking, and mentions: whose they are, when they go, and who never learns of them."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from portal.casework import service
from portal.casework.drafts import service as drafts
from portal.casework.drafts.models import CaseDraft
from portal.casework.mentions import service as mentions
from portal.casework.mentions.digest import lines
from portal.casework.mentions.rules import Person, handles, meant
from portal.casework.models import Case
from portal.casework.presence import service as presence
from portal.casework.presence.models import CasePresence
from portal.casework.rules import Part
from portal.casework.service.erasing import erase
from portal.db import unit_of_work
from portal.files.store import LocalStore
from portal.kernel.actor import SYSTEM, Actor
from portal.kernel.errors import Invalid, NotAllowed
from tests.casework.conftest import Office
from tests.conftest import NOW

PEOPLE = [
    Person(1, ("นางสาวอรทัย พรมแสง", "Miss Orathai Promsaeng")),
    Person(2, ("นายธนู สมมติงาน", "")),
    Person(3, ("นายธนู อีกคน", "Thanu Eekkhon")),
    Person(4, ("ผศ.ดร.สมพร หนึ่ง", "Dr Somporn Nueng")),
    Person(5, ("นางสมพร สอง", "Mrs. Somporn Song")),
    Person(6, ("กล้า ไม่มีคำนำหน้า", "Drew Kla")),
]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("@อรทัย ช่วยดูด้วย", {1}),
        ("ฝาก @นางสาวอรทัย พรมแสง, ขอบคุณ", {1}),
        ("@orathai promsaeng please", {1}),
        ("@ธนู", {2, 3}),
        ("@ธนู อีกคน ดูที", {2, 3}),
        ("@ธนูทอง", set()),
        ("@นายธนู ดูที", {2, 3}),
        ("@นายธนู อีกคน ดูที", {3}),
        ("@นาย ธนู", {2, 3}),
        ("@นายธนูทอง", set()),
        ("@นาย", set()),
        ("@นางสาวอรทัย", {1}),
        ("ฝาก @น.ส.อรทัย", {1}),
        ("@Miss Orathai, @missOrathai", {1}),
        ("@สมพร", {4, 5}),
        ("@นางสมพร", {5}),
        ("@ผศ.ดร.สมพร", {4}),
        ("@dr. somporn", {4}),
        ("@นายสมพร", {4, 5}),
        ("@นายกล้า", {6}),
        ("@ว่าที่ ร.ต.กล้า", {6}),
        ("@Drew", {6}),
        ("ธนู ไม่มีเครื่องหมาย", set()),
        ("mail@orathai.example", {1}),
        ("", set()),
    ],
)
def test_who_is_meant_by_an_at(text: str, ids: set[int]) -> None:
    assert meant(text, PEOPLE) == ids


@settings(max_examples=50)
@given(st.text(max_size=40), st.text(max_size=20))
def test_whoever_is_named_whole_is_meant(before: str, name: str) -> None:
    person = Person(7, (name,))
    assert bool(meant(f"{before} @{' '.join(name.split()).casefold()} ", [person])) == bool(handles(name))


def keep(office: Office, actor: Actor, case: Case, body: str, days: int = 0) -> CaseDraft | None:
    with unit_of_work(office.session) as session:
        return drafts.keep(session, actor, NOW + timedelta(days=days), case, body)


def bodies(office: Office, case: Case) -> list[str]:
    return [row.body for row in drafts.drafts_of(office.session, case)]


def test_a_draft_is_kept_letter_for_letter_replaced_and_let_go_when_emptied(office: Office) -> None:
    case = office.assigned()
    keep(office, office.officer, case, "  เรียน\nท่าน  ")
    keep(office, office.coordinator, case, "อีกคน", days=1)
    assert bodies(office, case) == ["อีกคน", "  เรียน\nท่าน  "]
    keep(office, office.officer, case, "ใหม่", days=2)
    assert bodies(office, case) == ["ใหม่", "อีกคน"]
    assert keep(office, office.officer, case, " \u200b ") is None
    assert bodies(office, case) == ["อีกคน"]
    with pytest.raises(NotAllowed):
        keep(office, office.colleague, case, "ไม่ใช่ของฉัน")
    with pytest.raises(Invalid):
        keep(office, office.officer, case, "ย" * 10_001)


def test_drafts_go_after_thirty_days_with_their_officer_and_with_the_words(office: Office, store: LocalStore) -> None:
    old, left, erased = office.assigned(), office.assigned(), office.assigned()
    keep(office, office.officer, old, "เก่า")
    keep(office, office.coordinator, erased, "นายสมชาย", days=30)
    with unit_of_work(office.session) as session:
        drafts.sweep(session, NOW + timedelta(days=30, seconds=1))
    assert (bodies(office, old), bodies(office, erased)) == ([], ["นายสมชาย"])
    keep(office, office.officer, left, "ของคนที่ลาออก")
    with unit_of_work(office.session) as session:
        drafts.forget_of(session, office.users["officer"].id)
        erase(session, SYSTEM, NOW, store, erased, [Part.WORDS])
    assert office.session.scalar(select(func.count()).select_from(CaseDraft)) == 0


def look(office: Office, actor: Actor, case: Case, seconds: int = 0) -> None:
    with unit_of_work(office.session) as session:
        presence.be_here(session, actor, NOW + timedelta(seconds=seconds), case)


def seen(office: Office, case: Case, seconds: int) -> list[int]:
    return [row.user_id for row in presence.others(office.session, office.officer, NOW + timedelta(seconds=seconds), case)]


def test_somebody_is_named_for_two_minutes_after_the_last_sign_and_begins_anew(office: Office) -> None:
    case, colleague = office.case(), office.users["colleague"].id
    look(office, office.colleague, case)
    look(office, office.colleague, case, 45)
    look(office, office.officer, case, 45)
    assert (seen(office, case, 46), seen(office, case, 165), seen(office, case, 166)) == ([colleague], [colleague], [])
    row = office.session.get_one(CasePresence, (case.id, colleague))
    assert row.since == NOW
    look(office, office.colleague, case, 400)
    assert row.since == NOW + timedelta(seconds=400)
    with unit_of_work(office.session) as session:
        presence.be_gone(session, office.colleague, case)
    assert seen(office, case, 401) == []
    with pytest.raises(NotAllowed):
        look(office, office.stranger, case)


def note(office: Office, actor: Actor, case: Case, body: str, chosen: str = "") -> list[int]:
    with unit_of_work(office.session) as session:
        event = service.note(session, actor, NOW, case, body, row_version=case.row_version)
        return mentions.tell(session, actor, NOW, case, event, body, chosen)


def test_a_colleague_is_told_and_reads_it(office: Office) -> None:
    case, colleague = office.assigned(), office.users["colleague"]
    assert note(office, office.officer, case, f"@{colleague.name_th} ช่วยดูด้วย") == [colleague.id]
    assert mentions.count_unread(office.session, office.colleague, 99) == 1
    assert [(line.label, line.count) for line in lines(office.session, office.colleague, NOW)] == [("Mentioned", 1)]
    (row,) = mentions.mentions_of(office.session, colleague.id, NOW - timedelta(days=1))
    assert [words.body for words in row.event.words] == [f"@{colleague.name_th} ช่วยดูด้วย"]
    assert mentions.mentions_of(office.session, colleague.id, NOW + timedelta(days=1)) == []
    with unit_of_work(office.session) as session:
        mentions.mark_read(session, office.colleague, NOW, case)
    assert mentions.count_unread(office.session, office.colleague, 99) == 0
    assert mentions.mentions_of(office.session, colleague.id, NOW - timedelta(days=1)) == []


def test_nobody_is_told_of_a_case_that_they_may_not_see(office: Office) -> None:
    case, officer, stranger = office.case(), office.users["officer"], office.users["stranger"]
    office.do(service.mark_about, office.coordinator, case, [officer], [])
    for person, name in ((officer, "นางสาวจันทร์ หนึ่ง"), (stranger, "นายอังคาร สอง")):
        with unit_of_work(office.session):
            person.name_th = name  # nobody else has this first name
        with pytest.raises(Invalid):
            note(office, office.coordinator, case, "ดูด้วย", person.public_id)
        assert note(office, office.coordinator, case, f"@{person.name_th} ดูด้วย") == []


def test_a_mention_of_a_case_that_was_hidden_later_is_neither_listed_nor_counted(office: Office) -> None:
    case, officer = office.case(), office.users["officer"]
    note(office, office.coordinator, case, "ดูด้วย", officer.public_id)
    office.do(service.mark_about, office.coordinator, case, [officer], [])
    assert mentions.count_unread(office.session, office.officer, 99) == 0
    assert mentions.mentions_of(office.session, officer.id, NOW - timedelta(days=1)) == []
