"""Tags, laying by and saved views: what is allowed, what brings a case back, and that nobody learns of what is kept from them."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.casework import queries, service
from portal.casework.kept_views import queries as kept
from portal.casework.kept_views import service as keeping
from portal.casework.kept_views.reading import asked_of, gone
from portal.casework.kept_views.service import Wanted
from portal.casework.models import Case, CaseSnooze, CaseTag
from portal.casework.queries import Filter, Narrowing
from portal.casework.rules import OPEN, Act, Part, Status
from portal.casework.service.erasing import erase
from portal.casework.snooze import rules as resting
from portal.casework.snooze import service as snoozing
from portal.casework.tags import queries as tags
from portal.casework.tags import rules as tag_rules
from portal.casework.tags import service as tagging
from portal.db import unit_of_work
from portal.files.store import LocalStore
from portal.kernel.actor import CITIZEN, SYSTEM, Actor
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.kernel.thai_calendar import office_day
from tests.casework.conftest import Office
from tests.conftest import NOW

TODAY = office_day(NOW)
UNTIL = TODAY + timedelta(days=4)


def names(office: Office, case: Case) -> list[str]:
    return [tag.name for tag in tags.tags_of(office.session, [case]).get(case.id, ())]


def put(office: Office, actor: Actor, case: Case, text: str) -> None:
    office.do(tagging.put_on, actor, case, text)


def rest(office: Office, case: Case, until: date = UNTIL, actor: Actor | None = None) -> None:
    office.do(snoozing.snooze, actor or office.officer, case, until, "รอผลตรวจจากช่าง")


def shown(office: Office, part: Filter, at: int = 0) -> list[str]:
    moment = NOW + timedelta(days=at)
    return [case.subject for case in office.session.scalars(queries.queue(office.officer, moment, part))]


@pytest.mark.parametrize(("one", "other"), [("Ramp 2", "ramp-๒"), ("ทาง ลาด", "ทางลาด"), ("ADA", "a.d.a."), ("น้ําท่วม", "น้ำท่วม")])
def test_spellings_of_one_word_are_one_tag(one: str, other: str) -> None:
    assert tag_rules.fold(one) == tag_rules.fold(other)
    assert tag_rules.split(f"{one}, {other}") == [tag_rules.named(one)]


@settings(max_examples=50)
@given(st.text(max_size=60))
def test_any_text_is_a_tag_or_told_what_is_wrong_with_it(text: str) -> None:
    wrong = tag_rules.fault_of(text)
    assert wrong or all(0 < len(name) <= 40 and len(tag_rules.fold(name)) <= 120 for name in tag_rules.split(text))


def test_tags_are_put_on_merged_and_taken_off_without_an_act_of_the_case(office: Office) -> None:
    case, other = office.case(), office.case()
    version = case.row_version
    put(office, office.officer, case, "ทางลาด, ผู้ใช้รถเข็น")
    put(office, office.colleague, other, "ทาง-ลาด")
    assert (names(office, case), names(office, other), case.row_version) == (["ทางลาด", "ผู้ใช้รถเข็น"], ["ทางลาด"], version)
    (tag,) = [one for one in tags.offered(office.session, office.officer) if one.name == "ทางลาด"]
    found = office.session.scalars(queries.queue(office.officer, NOW, Filter.OPEN, Narrowing(tag_id=tag.id)))
    assert {one.id for one in found} == {case.id, other.id}
    for one in (case, other):
        with unit_of_work(office.session):
            tagging.take_off(office.session, office.officer, one, [tag.key])
    assert [one.name for one in tags.offered(office.session, office.officer)] == ["ผู้ใช้รถเข็น"]
    assert len(queries.history(office.session, case)) == 1


@pytest.mark.parametrize("text", ["", " , ", "ก" * 41, ", ".join(f"ป้าย {place}" for place in range(13))])
def test_what_is_no_tag_is_refused_whole(office: Office, text: str) -> None:
    case = office.case()
    with pytest.raises(Invalid):
        put(office, office.officer, case, text)
    assert names(office, case) == []


def test_a_stranger_puts_no_tag_and_finds_none(office: Office) -> None:
    case = office.case()
    put(office, office.officer, case, "ทางลาด")
    with pytest.raises(NotAllowed):
        put(office, office.stranger, case, "ของฉัน")
    assert tags.offered(office.session, office.stranger) == []


def test_a_tag_on_a_case_about_an_officer_does_not_exist_for_them_and_their_spelling_tells_nothing(office: Office) -> None:
    hidden, open_one = office.case(), office.case()
    put(office, office.coordinator, hidden, "Somchai Case")
    key = office.session.scalars(select(CaseTag.key)).one()
    office.do(service.mark_about, office.coordinator, hidden, [office.users["officer"]], [])
    assert tags.offered(office.session, office.officer) == []
    assert tags.by_key(office.session, office.officer, key) is None
    put(office, office.officer, open_one, "somchai case")
    assert names(office, open_one) == ["somchai case"]


def test_a_case_that_moves_to_another_agency_shows_that_agencys_tags(office: Office) -> None:
    case = office.assigned()
    put(office, office.officer, case, "ของเรา")
    office.do(service.forward, office.coordinator, case, office.elsewhere, "เป็นงานของเขา")
    assert names(office, case) == []
    put(office, office.stranger, case, "ของเขา")
    assert names(office, case) == ["ของเขา"]
    office.do(service.forward, office.stranger, case, office.agency, "ไม่ใช่งานของเรา")
    assert names(office, case) == ["ของเรา"]


def test_erasing_the_words_takes_tags_and_the_reason_of_the_rest(office: Office, store: LocalStore) -> None:
    case = office.assigned()
    put(office, office.officer, case, "นายสมชาย")
    rest(office, case)
    with unit_of_work(office.session) as session:
        erase(session, SYSTEM, NOW, store, case, [Part.WORDS])
    assert office.session.scalar(select(func.count()).select_from(CaseTag)) == 0
    assert office.session.scalar(select(func.count()).select_from(CaseSnooze)) == 0


@settings(max_examples=60)
@given(st.dates(date(2026, 1, 1), date(2027, 1, 1)), st.integers(-5, 60))
def test_every_day_that_is_offered_is_taken_and_no_other(today: date, left: int) -> None:
    due = today + timedelta(days=left)
    offered = resting.days(due, today)
    assert all(today < day <= due - timedelta(days=2) and day <= today + timedelta(days=30) for day in offered)
    for ahead in range(-2, 64):
        day = today + timedelta(days=ahead)
        assert (resting.fault(day, due, today) is None) == (day in offered)
    assert resting.fault(None, due, today) is not None


def test_what_ends_a_rest() -> None:
    ending = {act for act in Act if resting.wakes(act, Status.ASSIGNED)}
    assert {Act.CITIZEN_ADD, Act.CITIZEN_ANSWER, Act.CONTEST, Act.FORWARD_AGENCY, Act.RELEASE, Act.RESUME, Act.ESCALATE} <= ending
    assert not ending & {Act.NOTE, Act.ASSIGN, Act.ASK, Act.START, Act.FORWARD_UNIT}
    assert all(resting.wakes(Act.NOTE, status) for status in Status if status not in OPEN)


def test_a_case_that_is_laid_by_leaves_the_part_and_comes_back_by_itself(office: Office) -> None:
    office.assigned(subject="อยู่")
    case = office.assigned(subject="พัก")
    version, due = case.row_version, case.due_on
    rest(office, case)
    assert (shown(office, Filter.MINE), shown(office, Filter.SNOOZED), len(shown(office, Filter.OPEN))) == (["อยู่"], ["พัก"], 2)
    counted = queries.counts(office.session, office.officer, NOW)
    assert (counted[Filter.MINE], counted[Filter.SNOOZED], counted[Filter.OPEN]) == (1, 1, 2)
    assert (shown(office, Filter.MINE, at=4), shown(office, Filter.SNOOZED, at=4)) == (["อยู่", "พัก"], [])
    assert (case.row_version, case.due_on) == (version, due)


def test_words_of_the_sender_bring_it_back_and_a_note_does_not(office: Office) -> None:
    case = office.assigned(subject="พัก")
    rest(office, case)
    office.do(service.note, office.officer, case, "โทรแล้ว")
    assert shown(office, Filter.SNOOZED) == ["พัก"]
    office.do(service.citizen_add, CITIZEN, case, "ฝนตกอีกแล้ว")
    assert (shown(office, Filter.SNOOZED), shown(office, Filter.MINE)) == ([], ["พัก"])


def test_it_is_taken_up_again_by_hand_and_both_stand_in_the_trail(office: Office) -> None:
    case = office.assigned(subject="พัก")
    rest(office, case)
    rest(office, case, UNTIL + timedelta(days=1))
    assert office.do(snoozing.unsnooze, office.officer, case)
    assert not office.do(snoozing.unsnooze, office.officer, case)
    assert shown(office, Filter.MINE) == ["พัก"]


def test_who_may_not_work_it_may_not_lay_it_by_and_a_contested_one_nobody(office: Office) -> None:
    case = office.assigned()
    with pytest.raises(NotAllowed):
        rest(office, case, actor=office.colleague)
    for until, reason in ((case.due_on, "รอ"), (TODAY, "รอ"), (UNTIL, " ")):
        with pytest.raises(Invalid):
            office.do(snoozing.snooze, office.officer, case, until, reason)
    closed = office.closed()
    office.do(service.contest, CITIZEN, closed, "ยังไม่ซ่อม", at=NOW + timedelta(days=11))
    with pytest.raises(Conflict):
        office.do(snoozing.snooze, office.executive, closed, UNTIL + timedelta(days=11), "รอ", at=NOW + timedelta(days=11))


def keep(office: Office, actor: Actor, name: str, shared: bool = False, **wanted: object) -> str:
    with unit_of_work(office.session) as session:
        made = Wanted(**{"shown": Filter.OPEN, **wanted})  # type: ignore[arg-type]
        return keeping.keep(session, actor, NOW, made, name, office.agency if shared else None).key


def listed(session: Session, actor: Actor) -> list[str]:
    return [view.name for view in kept.views_of(session, actor)]


def test_ones_own_view_is_ones_own_and_a_desks_is_for_who_decides(office: Office, session: Session) -> None:
    keep(office, office.officer, "ของฉัน")
    shared = keep(office, office.coordinator, "ของทั้งกอง", shared=True)
    with pytest.raises(NotAllowed):
        keep(office, office.officer, "ของกองโดยพลการ", shared=True)
    assert (listed(session, office.officer), listed(session, office.colleague)) == (["ของฉัน", "ของทั้งกอง"], ["ของทั้งกอง"])
    assert listed(session, office.stranger) == []
    with unit_of_work(session):
        view = kept.by_key(session, office.officer, shared)
        assert view
        with pytest.raises(NotAllowed):
            keeping.remove(session, office.officer, NOW, view)
        keeping.forget_own(session, office.users["officer"].id)
    assert listed(session, office.officer) == ["ของทั้งกอง"]


def test_views_are_ordered_renamed_and_never_two_of_a_name(office: Office, session: Session) -> None:
    keys = [keep(office, office.officer, name) for name in ("หนึ่ง", "สอง", "สาม")]
    with unit_of_work(session):
        last = kept.by_key(session, office.officer, keys[2])
        assert last
        keeping.move(session, office.officer, last, up=True)
        keeping.rename(session, office.officer, NOW, last, "สามใหม่")
    assert listed(session, office.officer) == ["หนึ่ง", "สามใหม่", "สอง"]
    for name in ("หนึ่ง", " ", "ย" * 61):
        with pytest.raises(Invalid):
            keep(office, office.officer, name)


def test_a_view_counts_what_it_lists_in_the_one_query(office: Office, session: Session) -> None:
    office.assigned(kind="question")
    office.case(kind="question")
    office.case(kind="complaint")
    parts = [(Filter.OPEN, Narrowing(kind="question")), (Filter.OPEN, Narrowing(owner_id=queries.NOBODY)), (Filter.MINE, Narrowing())]
    _, numbers = queries.counts_with(session, office.officer, NOW, parts)
    assert numbers == [len(session.scalars(queries.queue(office.officer, NOW, *part)).all()) for part in parts] == [2, 2, 1]


def test_a_view_whose_tag_or_unit_is_gone_says_so_instead_of_failing(office: Office, session: Session) -> None:
    case = office.case()
    put(office, office.officer, case, "ชั่วคราว")
    tag = session.scalars(select(CaseTag)).one()
    key, tagged = keep(office, office.officer, "หน่วย", unit_id=office.unit.id), keep(office, office.officer, "ป้าย", tag=tag)
    with unit_of_work(session):
        office.unit.closed_at = NOW
        tagging.take_off(session, office.officer, case, [tag.key])
    view, other = kept.by_key(session, office.officer, key), kept.by_key(session, office.officer, tagged)
    assert view
    assert other
    assert asked_of(session, office.officer, other) is None
    assert len(gone(office.officer, view, asked_of(session, office.officer, view))) == 1
    assert len(gone(office.officer, other, None)) == 1
