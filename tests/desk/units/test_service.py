"""Moving, merging and closing: what was confirmed is done in one act, and nothing is left without somebody who may look after it."""

from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from portal import registry  # noqa: F401 - imports every model
from portal.accounts.models import User
from portal.agencies import queries as agencies
from portal.agencies import service as agency_service
from portal.agencies.models import Agency
from portal.agencies.rules import AgencyLevel
from portal.audit.models import AuditEntry
from portal.casework import identity, policy, service
from portal.casework.contest_jobs import follow_agency
from portal.casework.models import Case, CaseEvent
from portal.casework.rules import Act, Status
from portal.casework.service import reorganising
from portal.corruption.models import CorruptionReport
from portal.corruption.rules import ReportStatus
from portal.db import Base, unit_of_work
from portal.desk.units.fates import FATES, Fate
from portal.desk.units.plans import plan_end, plan_move
from portal.desk.units.rules import Ending, Rights
from portal.desk.units.service import PlanChanged, end, move
from portal.kernel.actor import CITIZEN, SYSTEM, Role
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.outbox.models import OutboxEvent
from portal.outbox.worker import JobContext
from tests.conftest import NOW
from tests.factories import actor_of, make_agency, make_user

LATER = NOW + timedelta(days=20)


def finish(office, agency, successor, how=Ending.MERGE, rights=Rights.WORK, actor=SYSTEM, confirmed=None, at=LATER):
    with unit_of_work(office.session):
        plan = plan_end(office.session, actor, agency, successor, rights)
        row_version = agency.row_version
        end(office.session, actor, at, agency, successor, how, rights, row_version=row_version, confirmed=confirmed or plan.fingerprint)


def moved(office, agency, parent, actor=SYSTEM):
    with unit_of_work(office.session):
        plan = plan_move(office.session, actor, agency, parent)
        move(office.session, actor, LATER, agency, parent, row_version=agency.row_version, confirmed=plan.fingerprint)


def events(office, case):
    return office.session.scalars(select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.id)).all()


def test_a_merger_takes_open_cases_people_and_working_rights_to_the_successor(office):
    owned, fresh, closed = office.assigned(), office.case(), office.closed()
    due = owned.due_on
    finish(office, office.agency, office.elsewhere)
    for case in (owned, fresh):
        assert (case.agency_id, case.number[:4], case.hops, case.due_on) == (office.elsewhere.id, "OPDC", 1, due)
    assert (owned.status, owned.owner_id) == (Status.ASSIGNED, office.officer.user_id)
    assert closed.agency_id == office.agency.id
    officer = actor_of(office.session, office.users["officer"])
    assert officer.roles[Role.OFFICER] == {office.elsewhere.id, office.agency.id}
    assert policy.can_work(officer, owned)
    assert office.users["officer"].unit_id == office.elsewhere.id
    assert office.agency.is_closed
    assert agencies.successor_of(office.session, office.agency) == office.elsewhere


@pytest.mark.parametrize("successor", [True, False])
def test_reports_of_corruption_go_to_the_desk_that_comes_after_and_no_number_tells_of_them(office, successor):
    with unit_of_work(office.session):
        above = make_agency(office.session, slug="above", level=AgencyLevel.MINISTRY)
        empty = make_agency(office.session, slug="empty", parent_id=above.id)
    heir = office.elsewhere if successor else None
    before = plan_end(office.session, SYSTEM, empty, heir, Rights.WORK)
    with unit_of_work(office.session):
        report = CorruptionReport(
            key="a" * 32, agency_id=empty.id, desk_agency_id=empty.id, month=NOW.date().replace(day=1), status=ReportStatus.LOOKING_INTO,
            due_on=NOW.date(), kept_away_enc=b"sealed", receipt_key_id="k", receipt_hash="h" * 64,
        )  # fmt: skip
        office.session.add(report)
    assert plan_end(office.session, SYSTEM, empty, heir, Rights.WORK).fingerprint == before.fingerprint
    finish(office, empty, heir, Ending.CLOSE)
    office.session.expire_all()
    assert (report.desk_agency_id, report.agency_id) == ((office.elsewhere if successor else above).id, empty.id)


def test_roles_that_rule_end_unless_a_system_administrator_sends_them_over(office):
    finish(office, office.agency, office.elsewhere)
    assert actor_of(office.session, office.users["executive"]).roles == {}
    with unit_of_work(office.session):
        third = make_agency(office.session)
        boss = make_user(office.session, [(office.elsewhere, Role.EXECUTIVE)])
    finish(office, office.elsewhere, third, rights=Rights.ALL)
    held = actor_of(office.session, boss).roles[Role.EXECUTIVE]
    assert held == {third.id, office.elsewhere.id, office.agency.id}, "rights reach back over both"


def test_an_owner_who_does_not_come_along_stays_named_until_the_successor_takes_the_case(office):
    case = office.assigned()
    finish(office, office.agency, office.elsewhere, Ending.CLOSE, Rights.END)
    assert (case.status, case.owner_id, case.agency_id) == (Status.RECEIVED, office.officer.user_id, office.elsewhere.id)
    assert not policy.can_work(actor_of(office.session, office.users["officer"]), case)
    stranger = actor_of(office.session, office.users["stranger"])
    assert policy.can_assign(stranger, case)


def test_each_case_has_one_row_of_history_one_of_the_trail_and_one_event_like_any_act(office, monkeypatch):
    monkeypatch.setattr(reorganising, "BATCH", 2)
    cases = [office.assigned() for _ in range(3)] + [office.case() for _ in range(4)]
    before = {case.id: case.row_version for case in cases}
    finish(office, office.agency, office.elsewhere)
    for case in cases:
        last = events(office, case)[-1]
        assert (last.act, last.version, case.row_version) == (Act.REORGANISE, before[case.id] + 1, before[case.id] + 1)
        assert (last.old_status, last.new_status, last.visible_to_citizen) == (case.status, case.status, True)
        trail = office.session.scalars(
            select(AuditEntry).where(AuditEntry.act == Act.REORGANISE.event, AuditEntry.object_key == case.number)
        )
        assert [row.detail["event"] for row in trail] == [last.id]
        told = [row.payload for row in office.session.scalars(select(OutboxEvent).where(OutboxEvent.name == Act.REORGANISE.event))]
        assert {"case_id": case.id, "event_id": last.id} in told


def test_a_count_that_changed_meanwhile_stops_everything(office):
    office.case()
    with unit_of_work(office.session):
        seen = plan_end(office.session, SYSTEM, office.agency, office.elsewhere, Rights.WORK).fingerprint
    newer = office.case()
    with pytest.raises(PlanChanged) as caught:
        finish(office, office.agency, office.elsewhere, confirmed=seen)
    assert caught.value.plan.cases == 2
    office.session.refresh(newer)
    assert (newer.agency_id, office.agency.is_closed) == (office.agency.id, False)


def test_somebody_who_saved_first_stops_it_too(office):
    with pytest.raises(Conflict), unit_of_work(office.session):
        plan = plan_end(office.session, SYSTEM, office.agency, office.elsewhere, Rights.WORK)
        end(
            office.session, SYSTEM, NOW, office.agency, office.elsewhere, Ending.MERGE, Rights.WORK,
            row_version=office.agency.row_version - 1, confirmed=plan.fingerprint,
        )  # fmt: skip


def test_bad_successors_are_refused(office):
    with unit_of_work(office.session):
        closed = make_agency(office.session, closed_at=NOW)
    for successor in (office.agency, office.unit, closed):
        with pytest.raises(Invalid) as caught:
            finish(office, office.agency, successor)
        assert set(caught.value.fields) == {"successor"}
    office.case()
    with pytest.raises(Invalid):
        finish(office, office.agency, None)
    assert not office.agency.is_closed


def test_what_holds_nothing_closes_without_a_successor(office):
    with unit_of_work(office.session):
        empty = make_agency(office.session)
    finish(office, empty, None, Ending.CLOSE, Rights.END)
    assert (empty.is_closed, empty.successor_id) == (True, None)


def test_a_unit_ends_inside_its_agency_and_its_cases_keep_owner_and_status(office):
    with unit_of_work(office.session):
        other = make_agency(office.session, parent_id=office.agency.id, level=AgencyLevel.DIVISION)
        below = make_agency(office.session, parent_id=office.unit.id, level=AgencyLevel.DIVISION)
    case, deep = office.assigned(), office.assigned()
    office.do(service.forward, office.officer, case, office.unit, "เป็นงานของกอง")
    office.do(service.forward, office.officer, deep, below, "เป็นงานของกอง")
    finish(office, office.unit, other)
    assert (case.agency_id, case.unit_id, case.status) == (office.agency.id, other.id, Status.ASSIGNED)
    assert (deep.unit_id, deep.hops, below.parent_id) == (below.id, 1, other.id)


def test_units_below_go_along_with_their_cases(office):
    case = office.assigned()
    office.do(service.forward, office.officer, case, office.unit, "เป็นงานของกอง")
    finish(office, office.agency, office.elsewhere)
    assert (case.agency_id, case.unit_id) == (office.elsewhere.id, office.unit.id)
    assert office.unit.parent_id == office.elsewhere.id


def test_a_right_with_children_reaches_no_more_units_than_before(office):
    with unit_of_work(office.session):
        child = make_agency(office.session, parent_id=office.agency.id)
        others = make_agency(office.session, parent_id=office.elsewhere.id)
        person = make_user(office.session, [(office.agency, Role.COORDINATOR)], with_children=True)
    finish(office, office.agency, office.elsewhere)
    reach = actor_of(office.session, person).roles[Role.COORDINATOR]
    assert child.id in reach
    assert others.id not in reach


def test_old_answers_are_looked_after_by_the_successor_and_a_contest_goes_there(office):
    answered, closed = office.answered(), office.closed()
    finish(office, office.agency, office.elsewhere, Ending.CLOSE, Rights.END)
    stranger = actor_of(office.session, office.users["stranger"])
    assert policy.can_publish(stranger, answered)
    office.do(service.close, stranger, answered, result="ทำแล้ว", disposition="accepted", reason="ตามนั้น", at=LATER)
    assert (answered.status, answered.agency_id) == (Status.CLOSED, office.agency.id)
    office.do(service.contest, CITIZEN, closed, "ยังไม่เสร็จ", at=LATER)
    assert (closed.agency_id, closed.status, closed.hops) == (office.elsewhere.id, Status.CONTESTED, 1)


def test_the_contact_index_follows_the_case_to_another_agency(office, mailer, store):
    contact = {"anonymity": "named", "name": "มานี", "email": "manee@example.org"}
    first, second = office.assigned(**contact), office.case(**contact)
    office.do(service.forward, office.officer, first, office.elsewhere, "เป็นเรื่องของท่าน")
    office.do(service.forward, office.coordinator, second, office.elsewhere, "เป็นเรื่องของท่าน")
    assert [case.id for case in identity.earlier_cases(office.session, office.keyring, second)] == []
    with unit_of_work(office.session):
        context = JobContext(office.session, NOW, mailer, store, office.keyring, "http://localhost")
        for case in (first, second, first):
            follow_agency(context, {"case_id": case.id})
    assert [case.id for case in identity.earlier_cases(office.session, office.keyring, second)] == [first.id]


def test_a_unit_moved_to_another_agency_takes_its_open_cases_there(office):
    case, over = office.assigned(), office.closed()
    office.do(service.forward, office.officer, case, office.unit, "เป็นงานของกอง")
    moved(office, office.unit, office.elsewhere)
    assert (case.agency_id, case.unit_id, case.status) == (office.elsewhere.id, office.unit.id, Status.RECEIVED)
    assert over.agency_id == office.agency.id


def test_an_agency_cannot_come_to_lie_below_itself(office):
    with unit_of_work(office.session):
        middle = make_agency(office.session, parent_id=office.agency.id)
        leaf = make_agency(office.session, parent_id=middle.id)
    for parent in (office.agency, middle, leaf):
        with pytest.raises(Invalid) as caught:
            moved(office, office.agency, parent)
        assert set(caught.value.fields) == {"parent"}
    with pytest.raises(Invalid):
        moved(office, office.unit, None)


def test_two_who_move_one_below_the_other_at_once_make_no_loop(office):
    """The second waits for the first, and then looks at the tree as it is."""
    with unit_of_work(office.session):
        left, right = make_agency(office.session), make_agency(office.session)
        below_left, below_right = (make_agency(office.session, parent_id=one.id) for one in (left, right))
    said: list[object] = []

    def second() -> None:
        with Session(office.session.get_bind()) as session, unit_of_work(session):
            mine, theirs = session.get_one(Agency, right.id), session.get_one(Agency, below_left.id)
            try:
                agency_service.move(session, SYSTEM, LATER, mine, theirs, row_version=mine.row_version)
            except (Invalid, Conflict) as refused:
                said.append(refused)

    thread = Thread(target=second)
    with unit_of_work(office.session):
        agency_service.move(office.session, SYSTEM, LATER, left, below_right, row_version=left.row_version)
        thread.start()
        thread.join(0.5)
        assert thread.is_alive(), "it waits"
    thread.join(10)
    assert [type(refused) for refused in said] == [Invalid]
    office.session.refresh(right)
    assert (left.parent_id, right.parent_id) == (below_right.id, None)


def test_who_worked_under_those_a_case_is_about_stays_kept_from_it(office):
    with unit_of_work(office.session):
        clerk = make_user(office.session, [(office.agency, Role.OFFICER)], unit_id=office.unit.id)
        other = make_agency(office.session, parent_id=office.agency.id, level=AgencyLevel.DIVISION)
        inside = make_user(office.session, [(office.agency, Role.OFFICER)], unit_id=other.id)
    case = office.case()
    office.do(service.mark_about, office.coordinator, case, [], [office.unit])
    assert not policy.can_see(actor_of(office.session, clerk), case)
    finish(office, office.unit, other)
    assert clerk.unit_id == other.id
    assert not policy.can_see(actor_of(office.session, clerk), case)
    assert policy.can_see(actor_of(office.session, inside), case)


def test_an_administrator_reorganises_below_their_root_and_never_the_root_itself(office):
    with unit_of_work(office.session):
        admin = make_user(office.session, [(office.agency, Role.ADMINISTRATOR)], with_children=True)
        other = make_agency(office.session, parent_id=office.agency.id, level=AgencyLevel.DIVISION)
        far = make_agency(office.session, parent_id=office.elsewhere.id, level=AgencyLevel.DIVISION)
    actor = actor_of(office.session, admin)
    for successor in (office.elsewhere, None):
        with pytest.raises(NotAllowed):
            finish(office, office.agency, successor, actor=actor)
    with pytest.raises(NotAllowed):
        moved(office, office.unit, office.elsewhere, actor=actor)
    with pytest.raises(NotAllowed):
        finish(office, office.unit, far, actor=actor)
    with pytest.raises(Invalid):
        finish(office, office.unit, other, rights=Rights.ALL, actor=actor)
    finish(office, office.unit, other, actor=actor)
    assert office.unit.is_closed


def test_every_column_that_points_at_an_agency_says_what_becomes_of_it():
    pointing = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if any(key.column.table.name == "agency" for key in column.foreign_keys)
    }
    assert pointing - set(FATES) == set(), "say in portal/desk/units/fates.py what becomes of it when the agency ends"


def test_nothing_that_lives_points_at_a_closed_agency(office):
    office.assigned()
    office.case()
    with unit_of_work(office.session):
        make_user(
            office.session, [(office.agency, role) for role in (Role.ADMINISTRATOR, Role.PRIVACY, Role.INTEGRITY)], with_children=True
        )
    finish(office, office.agency, office.elsewhere)
    left = {
        name: _left(office, name) for name, fate in FATES.items() if fate is not Fate.STAYS and name.split(".")[0] in Base.metadata.tables
    }
    assert left == dict.fromkeys(left, 0)


def _left(office, name):
    table, column = name.split(".")
    living = {"agency": "closed_at IS NULL", "case_record": "is_open", "invitation": "withdrawn_at IS NULL"}.get(table, "1 = 1")
    if table == "invited_grant":
        living = "invitation_id IN (SELECT id FROM invitation WHERE withdrawn_at IS NULL)"
    counted = text(f'SELECT count(*) FROM "{table}" WHERE {column} = :closed AND {living}')
    return office.session.execute(counted, {"closed": office.agency.id}).scalar_one()


def test_a_closed_agency_takes_nothing_new(office):
    case = office.assigned()
    with unit_of_work(office.session):
        third = make_agency(office.session)
    finish(office, office.elsewhere, third, Ending.CLOSE, Rights.END)
    with pytest.raises(Invalid):
        office.do(service.forward, office.officer, case, office.elsewhere, "เรื่องของท่าน")
    with pytest.raises(Conflict), unit_of_work(office.session):
        agency_service.create_below(
            office.session, SYSTEM, NOW, office.elsewhere, AgencyLevel.DEPARTMENT, third.kind,
            {"slug": "new", "code": "NEW", "name_th": "ใหม่"},
        )  # fmt: skip
    with pytest.raises(Invalid):
        moved(office, office.agency, office.elsewhere)
    assert office.elsewhere not in agencies.addressable(office.session)
    assert office.elsewhere not in agencies.open_agencies(office.session)


def test_moving_many_cases_reads_none_of_them_one_by_one(office):
    made = [office.case() for _ in range(30)]
    with unit_of_work(office.session):
        statements = _counted(office, lambda: service.reorganise(
            office.session, SYSTEM, NOW, service.Place(office.agency.id, None), service.Place(office.elsewhere.id, None), set()
        ))  # fmt: skip
    assert statements < 4 * len(made), "history, trail and event of each, and nothing else for each"
    moved_there = select(func.count()).select_from(Case).where(Case.agency_id == office.elsewhere.id)
    assert office.session.scalar(moved_there) == len(made)


def _counted(office, act):
    from sqlalchemy import event

    seen = []
    engine = office.session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    act()
    return len(seen)


def test_a_home_agency_that_ends_leaves_its_place_to_the_successor(office):
    with unit_of_work(office.session):
        office.agency.is_home = True
    finish(office, office.agency, office.elsewhere)
    assert (office.agency.is_home, office.elsewhere.is_home) == (False, True)


def test_missions_are_copied_by_a_merger_under_free_numbers(office):
    with unit_of_work(office.session):
        for agency in (office.agency, office.elsewhere):
            agency_service.add_mission(office.session, agency, {"code": "M1", "text_th": agency.name_th})
    finish(office, office.agency, office.elsewhere)
    found = [(one.code, one.text_th) for one in agencies.missions(office.session, office.elsewhere.id)]
    assert found == [("M1", office.elsewhere.name_th), ("OPDC-M1", office.agency.name_th)]


def test_the_successor_of_a_successor_is_found(office):
    with unit_of_work(office.session):
        third = make_agency(office.session)
    finish(office, office.agency, office.elsewhere)
    finish(office, office.elsewhere, third)
    assert agencies.successor_of(office.session, office.session.get_one(Agency, office.agency.id)) == third
    assert office.session.get_one(User, office.users["officer"].id).unit_id == third.id
