"""A report assembles itself, is written, reviewed by a second person, published and frozen."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, func, select

from portal.agencies.options.models import OptionValue
from portal.casework import service as casework
from portal.casework.figures import Days, Figure, criterion, figures
from portal.casework.models import Case
from portal.db import unit_of_work
from portal.files.store import LocalStore
from portal.kernel.actor import CITIZEN, SYSTEM
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.outbox.mail import MemoryMailer
from portal.outbox.worker import JobContext, run_due, run_timed
from portal.outcomes.reports import figures as assembling
from portal.outcomes.reports import queries, service
from portal.outcomes.reports.jobs import HANDLERS, TIMED
from portal.outcomes.reports.models import OpinionReport, ReportVersionIsImmutable
from portal.outcomes.reports.rules import Period, ReportState
from portal.outcomes.reports.words import Words
from tests.conftest import NOW
from tests.outcomes.conftest import MAY, give, heard, published, theme

HALF = Period(2569, 2)
WORDS = Words(introduction_th="เปิดฟังทุกวัน", conclusion_th="จะซ่อมก่อน")


def opened(office, period=HALF, at=NOW):
    with unit_of_work(office.session):
        return service.open_report(office.session, office.coordinator, at, office.agency, period)


def do(office, verb, actor, report, *args, at=NOW):
    with unit_of_work(office.session):
        report = queries.by_slug(office.session, report.slug)
        return verb(office.session, actor, at, report, *args, report.row_version)


def counted(office, at=NOW):
    """What the worker does about whatever was asked for."""
    context = JobContext(office.session, at, MemoryMailer(), LocalStore(Path("unused")), office.keyring, "")
    while run_due(context, HANDLERS):
        pass


def ready(office, report, **more):
    responsible = office.users["officer"].public_id
    do(office, service.write, office.coordinator, report, Words(**{**vars(WORDS), "responsible": responsible, **more}))
    do(office, service.submit, office.coordinator, report)
    counted(office)


def assembled(office, at=NOW):
    return assembling.assemble(office.session, office.agency.id, HALF, at)


def test_heard_is_the_public_figure_and_every_part_adds_up(office):
    water, road = theme(office, "น้ำ"), theme(office, "ถนน")
    heard(office, 6, disposition="accepted", of=water, channel="letter")
    heard(office, 5, disposition="not_accepted", of=road, kind="complaint")
    late = heard(office, 2, at=MAY - timedelta(days=20))
    (declined,), (withdrawn,) = heard(office), heard(office)
    office.do(casework.assign, office.coordinator, declined, office.users["officer"], at=MAY)
    office.do(casework.decline, office.officer, declined, "ไม่ใช่เรื่องของรัฐ", at=MAY)
    office.do(casework.withdraw, CITIZEN, withdrawn, "", at=MAY)
    heard(office, 3, at=NOW)  # the next period
    found = assembled(office)
    whole = criterion(Figure.RECEIVED, [office.agency.id], 2569, NOW, days=Days(HALF.first, HALF.last))
    assert found["heard"] == office.session.scalar(select(func.count()).select_from(Case).where(whole)) == 15
    assert (found["considered"], found["not_taken_up"], found["taken_back"]) == (13, 1, 1)
    assert sum(found["kinds"].values()) == sum(found["channels"].values()) == sum(found["audiences"].values()) == 15
    assert sum(month["count"] for month in found["months"]) == 15
    assert sum(row["count"] for row in found["outcomes"]) == 13
    assert sum(row["count"] for row in found["themes"]) + (found["rest"] or {"count": 0})["count"] == 13
    for row in [*found["themes"], found["rest"]]:
        assert sum(row["outcomes"]) == row["count"]
    year = figures(office.session, [office.agency.id], 2569, NOW)
    assert (found["in_time"], found["late"], found["median_days"]) == (year.in_time, year.late, year.median_days)
    assert found["unanswered"] == len(late)


def test_small_numbers_are_added_up_and_only_public_cases_are_named(office):
    water, road, noise = theme(office, "น้ำ"), theme(office, "ถนน"), theme(office, "เสียง")
    heard(office, 7, disposition="accepted", of=water)
    (shown,) = heard(office, disposition="accepted", of=road, publish_consent=True)
    published(office, shown)
    heard(office, 3, disposition="not_accepted", of=noise)
    found = assembled(office)
    assert [(row["slug"], row["count"]) for row in found["themes"]] == []  # one and three are four, so the seven join them
    assert found["rest"]["count"] == 11
    assert {row["slug"]: row["examples"] for row in found["rest"]["of"]} == {water.slug: [], road.slug: [shown.number], noise.slug: []}
    heard(office, disposition="accepted", of=noise)
    found = assembled(office)
    assert [(row["slug"], row["count"], row["outcomes"]) for row in found["themes"]] == [(water.slug, 7, [7])]
    assert found["rest"]["count"] == 5
    with unit_of_work(office.session):
        casework.withdraw_consent(office.session, CITIZEN, NOW, office.session.merge(shown))
    assert all(not row["examples"] for row in assembled(office)["rest"]["of"])


def test_a_case_about_somebody_is_in_no_figure_and_a_forwarded_one_loses_its_theme(office):
    water = theme(office, "น้ำ")
    cases = heard(office, 6, of=water)
    office.do(casework.mark_about, office.coordinator, cases[0], [office.users["colleague"]], [], at=MAY)
    office.do(casework.forward, office.coordinator, cases[1], office.elsewhere, "เรื่องของหน่วยงานนั้น", at=MAY)
    found = assembled(office)
    assert found["heard"] == found["rest"]["count"] == 4
    elsewhere = assembling.assemble(office.session, office.elsewhere.id, HALF, NOW)
    assert elsewhere["rest"]["of"][0]["slug"] == ""


def test_the_number_of_questions_depends_on_nothing(office):
    def asked():
        seen = []
        engine = office.session.get_bind()
        listener = lambda *given: seen.append(given[2])  # noqa: E731
        event.listen(engine, "before_cursor_execute", listener)
        try:
            assembled(office)
        finally:
            event.remove(engine, "before_cursor_execute", listener)
        return len(seen)

    one = asked()
    for number in range(4):
        heard(office, 2, disposition="accepted", of=theme(office, f"ประเด็น {number}"))
    assert asked() == one <= 8


def test_it_opens_by_itself_once_and_keeps_its_promise(office, tmp_path):
    heard(office)
    with unit_of_work(office.session):
        office.session.add(OptionValue(agency_id=office.agency.id, key="outcomes.report_days", value=30, changed_at=NOW))
    context = JobContext(office.session, NOW, MemoryMailer(), LocalStore(tmp_path), office.keyring, "")
    run_timed(context, TIMED)
    (report,) = office.session.scalars(select(OpinionReport)).all()
    assert (report.period, report.due_on, report.state) == (HALF, date(2026, 10, 30), ReportState.DRAFT)
    later = JobContext(office.session, NOW + timedelta(days=1), MemoryMailer(), LocalStore(tmp_path), office.keyring, "")
    with unit_of_work(office.session):
        office.session.query(OptionValue).one().value = 60
    run_timed(later, TIMED)
    assert [one.due_on for one in office.session.scalars(select(OpinionReport))] == [date(2026, 10, 30)]


def test_two_people_publish_and_what_was_published_never_changes(office):
    heard(office, 6, disposition="accepted")
    report = opened(office)
    ready(office, report)
    with pytest.raises(NotAllowed):
        do(office, service.publish, office.coordinator, report)
    first = do(office, service.publish, office.executive, report)
    assert (first.number, first.figures["heard"], first.responsible_name_th) == (1, 6, office.users["officer"].name_th)
    heard(office, 4)
    assert queries.version(office.session, report, 1).figures["heard"] == 6
    ready(office, report)
    with pytest.raises(Invalid) as refused:
        do(office, service.publish, office.executive, report)
    assert set(refused.value.fields) == {"note"}
    do(office, service.send_back, office.executive, report)
    ready(office, report, note="นับเรื่องที่มาทางจดหมายด้วย")
    assert do(office, service.publish, office.executive, report).figures["heard"] == 10
    with pytest.raises(ReportVersionIsImmutable), unit_of_work(office.session):
        queries.version(office.session, report, 1).note = "แก้ย้อนหลัง"


def test_what_is_missing_is_said_at_once_and_a_running_period_is_not_published(office):
    running = opened(office, Period(2570, 1))
    do(office, service.submit, office.coordinator, running)
    with pytest.raises(Invalid) as refused:
        do(office, service.publish, office.executive, running)
    assert set(refused.value.fields) == {"period", "responsible", "introduction_th", "conclusion_th"}


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("introduction_th", {"introduction_th": "ก" * 10_001}),
        ("note", {"note": "ก" * 301}),
        ("responsible", {"responsible": "nobody"}),
        ("remark--th", {"remarks": {"": {"th": "ก" * 3001}}}),
    ],
)
def test_what_cannot_be_is_named_by_its_field(office, field, words):
    report = opened(office)
    with pytest.raises(Invalid) as refused:
        do(office, service.write, office.coordinator, report, Words(**words))
    assert set(refused.value.fields) == {field}


def test_one_report_for_a_day_and_only_for_who_may(office):
    opened(office)
    with pytest.raises(Conflict):
        opened(office, Period(2569, 1, 1))
    with pytest.raises(Invalid):
        opened(office, Period(2571, 1))
    for actor in (office.officer, office.stranger):
        with pytest.raises(NotAllowed), unit_of_work(office.session):
            service.open_report(office.session, actor, NOW, office.agency, Period(2569, 1))
    with unit_of_work(office.session):
        other = service.open_report(office.session, SYSTEM, NOW, office.elsewhere, HALF)
    assert other.slug == f"{office.elsewhere.slug}-2569-2"


def test_the_second_of_two_writers_is_told(office):
    report = opened(office)
    with unit_of_work(office.session):
        found = queries.by_slug(office.session, report.slug)
        service.write(office.session, office.coordinator, NOW, found, WORDS, found.row_version)
    with pytest.raises(Conflict), unit_of_work(office.session):
        found = queries.by_slug(office.session, report.slug)
        service.write(office.session, office.executive, NOW, found, WORDS, found.row_version - 1)
    assert give(office, theme(office, "น้ำ"), []) == 0
