"""Rules place what is received, and remember who decided otherwise."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.agencies import service as agencies
from portal.agencies.models import Agency, Mission
from portal.agencies.rules import AgencyLevel
from portal.casework import service as casework
from portal.casework.models import Case
from portal.casework.routing_rules import queries, service
from portal.casework.routing_rules.placing import STANDARD
from portal.casework.routing_rules.service import Typed
from portal.casework.rules import Act, KeyScope, Status
from portal.casework.topics import service as topics
from portal.db import unit_of_work
from portal.kernel.actor import VISITOR, ActorKind, Role
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from tests.accounts.absence.away import away
from tests.casework.factories import a_submission
from tests.conftest import NOW
from tests.factories import actor_of, make_agency, make_user

LIGHTS = {"subject": "ไฟทางดับ", "body": "ไฟทางหน้าโรงเรียนดับสามต้น"}


@pytest.fixture
def administrator(office):
    with unit_of_work(office.session):
        return actor_of(office.session, make_user(office.session, [(office.agency, Role.ADMINISTRATOR)]))


@pytest.fixture
def add(office, administrator):
    def added(agency: Agency = office.agency, actor=administrator, at=NOW, **typed):
        with unit_of_work(office.session):
            seen = queries.state_of(office.session, agency.id)
            return service.add_rule(office.session, actor, at, agency, Typed(**typed), seen)

    return added


def history(case):
    return [(event.act, event.actor_kind, event.detail.get("rule")) for event in case.events]


def test_the_first_rule_that_fits_gives_unit_officer_and_standard_time(office, add):
    with unit_of_work(office.session):
        other = make_agency(office.session, parent_id=office.agency.id, level=AgencyLevel.DIVISION)
    officer = office.users["officer"]
    add(words="น้ำท่วม", unit=other.slug)
    rule = add(words="ไฟทาง", unit=office.unit.slug, officer=officer.email, days="๓")
    add(unit=other.slug)
    case = office.case(**LIGHTS)
    assert (case.unit_id, case.owner_id, case.status) == (office.unit.id, officer.id, Status.ASSIGNED)
    assert case.due_on == case.first_due_on == (NOW + timedelta(days=3)).date()
    assert case.due_basis == STANDARD
    assert history(case) == [(Act.SUBMIT, ActorKind.VISITOR, rule.id), (Act.ASSIGN, ActorKind.SYSTEM, rule.id)]
    assert queries.last_placing(office.session, case.id).officer_id == officer.id


def test_a_standard_time_never_makes_a_promise_longer(office, add):
    promised = office.case(**LIGHTS).due_on
    add(days="300")
    later = office.case(subject="อื่น", body="เรื่องอื่น ๆ")
    assert (later.due_on, later.due_basis == STANDARD) == (promised, False)


def test_without_a_fitting_rule_everything_is_as_it_was(office, add):
    add(words="น้ำท่วม", unit=office.unit.slug)
    case = office.case(**LIGHTS)
    assert (case.unit_id, case.owner_id, history(case)) == (None, None, [(Act.SUBMIT, ActorKind.VISITOR, None)])


def test_a_marked_matter_and_the_pool_follow_no_rule(office, add):
    add(unit=office.unit.slug, officer=office.users["officer"].email)
    marked = office.case(about="หัวหน้าฝ่ายโยธา", **LIGHTS)
    values = {"scope": KeyScope.API, "key": "a key of the pool", "home_agency": office.agency}
    with unit_of_work(office.session) as session:
        casework.submit(session, VISITOR, NOW, office.keyring, a_submission(agency="unsure", **LIGHTS), None, **values)
    pooled = office.session.scalars(select(Case).where(Case.pool)).one()
    assert {case.unit_id for case in (marked, pooled)} == {None}
    assert {case.owner_id for case in (marked, pooled)} == {None}


def test_while_the_officer_is_away_and_takes_nothing_new_whoever_stands_in_gets_it(office, add):
    add(officer=office.users["officer"].email)
    away(office, "officer", "colleague", takes_new=False)
    assert office.case().owner_id == office.users["colleague"].id
    away(office, "colleague")
    assert office.case().owner_id is None


def test_an_officer_who_may_not_own_it_is_passed_over(office, add):
    officer = office.users["officer"]
    add(unit=office.unit.slug, officer=officer.email)
    with unit_of_work(office.session):
        officer.disabled_at = NOW
    case = office.case(**LIGHTS)
    assert (case.unit_id, case.owner_id, case.status) == (office.unit.id, None, Status.RECEIVED)


def test_a_closed_unit_is_followed_and_one_that_is_gone_leads_to_the_agency(office, add):
    with unit_of_work(office.session):
        successor = make_agency(office.session, parent_id=office.agency.id, level=AgencyLevel.DIVISION)
    add(unit=office.unit.slug)
    with unit_of_work(office.session):
        office.unit.closed_at, office.unit.successor_id = NOW, successor.id
    assert office.case(**LIGHTS).unit_id == successor.id
    with unit_of_work(office.session):
        successor.parent_id = office.elsewhere.id
    assert office.case(**LIGHTS).unit_id is None


def test_what_another_agency_sends_on_is_placed_by_the_receivers_rules(office, add):
    with unit_of_work(office.session):
        far = make_agency(office.session, parent_id=office.elsewhere.id, level=AgencyLevel.DIVISION)
        administrator = actor_of(office.session, make_user(office.session, [(office.elsewhere, Role.ADMINISTRATOR)]))
    rule = add(agency=office.elsewhere, actor=administrator, words="ไฟทาง", unit=far.slug, days="1")
    case = office.assigned(**LIGHTS)
    due = case.due_on
    office.do(casework.forward, office.officer, case, office.elsewhere, "เป็นถนนของเขา")
    assert (case.agency_id, case.unit_id, case.due_on) == (office.elsewhere.id, far.id, due)
    assert case.events[-1].detail["rule"] == rule.id


def test_forwarding_and_giving_it_to_somebody_else_overrule_taking_does_not(office, add):
    add(words="ไฟทาง", unit=office.unit.slug, officer=office.users["officer"].email)
    add(words="น้ำ", unit=office.unit.slug)
    given, taken, forwarded = office.case(**LIGHTS), office.case(subject="น้ำ", body="น้ำไม่ไหล"), office.case(**LIGHTS)
    office.do(casework.assign, office.coordinator, given, office.users["colleague"])
    office.do(casework.assign, office.colleague, taken, None)
    office.do(casework.forward, office.coordinator, forwarded, office.agency, "ส่งกลับส่วนกลาง")
    use = queries.use_of(office.session, office.agency.id, NOW)
    assert sorted((one.placed, one.overruled) for one in use.values()) == [(1, 0), (2, 2)]


def test_the_table_is_ordered_and_ended_and_rewrites_nothing(office, administrator, add):
    add(words="ไฟทาง", unit=office.unit.slug)
    add(note="ทุกเรื่อง")
    placed = office.case(**LIGHTS)
    session, agency = office.session, office.agency
    with unit_of_work(session):
        service.order_rules(session, administrator, NOW, agency, [2, 1], queries.state_of(session, agency.id))
    assert [rule.note for rule in queries.rules_of(session, agency.id)] == ["ทุกเรื่อง", ""]
    assert office.case(**LIGHTS).unit_id is None
    with unit_of_work(session):
        service.end_rule(session, administrator, NOW, agency, 1, queries.state_of(session, agency.id))
    assert office.case(**LIGHTS).unit_id == office.unit.id
    first = add(words="ก่อน", place="1")
    assert queries.rules_of(session, agency.id)[0].id == first.id
    assert [rule.note for rule in queries.told(session, agency.id)] == ["", "", "ทุกเรื่อง"]
    assert placed.unit_id == office.unit.id


def test_a_table_that_changed_meanwhile_is_told(office, administrator, add):
    seen = queries.state_of(office.session, office.agency.id)
    add(words="ไฟทาง")
    for verb in (
        lambda session: service.add_rule(session, administrator, NOW, office.agency, Typed(), seen),
        lambda session: service.end_rule(session, administrator, NOW, office.agency, 1, seen),
        lambda session: service.order_rules(session, administrator, NOW, office.agency, [1], seen),
    ):
        with pytest.raises(Conflict), unit_of_work(office.session) as session:
            verb(session)


def test_only_administrators_of_the_agency_change_it(office, add):
    with pytest.raises(NotAllowed):
        add(actor=office.coordinator, words="ไฟทาง")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"kinds": ["nonsense"]}, "kinds"), ({"channels": ["x"]}, "channels"), ({"topic": "none"}, "topic"), ({"words": "ก"}, "words"),
        ({"words": "ก" * 61}, "words"), ({"words": "\n".join(f"คำ{number}" for number in range(21))}, "words"),
        ({"places": "ไม่มีที่นี่แน่"}, "places"), ({"unit": "elsewhere"}, "unit"), ({"officer": "nobody@example.org"}, "officer"),
        ({"days": "0"}, "days"), ({"days": "สาม"}, "days"), ({"days": "²"}, "days"), ({"days": "366"}, "days"),
        ({"note": "ก" * 201}, "note"), ({"place": "-1"}, "place"),
    ],
)  # fmt: skip
def test_a_bad_rule_is_refused_by_field(add, typed, field):
    with pytest.raises(Invalid) as refused:
        add(**typed)
    assert list(refused.value.fields) == [field]


def test_a_unit_of_another_agency_is_no_choice(office, add):
    with pytest.raises(Invalid):
        add(unit=office.elsewhere.slug)


def test_a_matter_belongs_to_the_mission_of_its_topic(office, add, administrator):
    with unit_of_work(office.session):
        for code in ("M1", "M2"):
            agencies.add_mission(office.session, office.agency, {"code": code, "text_th": f"ภารกิจ {code}"})
        topics.add_topic(office.session, administrator, NOW, office.agency, "ไฟฟ้า", "", "lights", "M2")
        topics.add_topic(office.session, administrator, NOW, office.agency, "ต้นไม้", "", "trees")
    rule = add(mission="M2", unit=office.unit.slug)
    assert office.case(topic="lights").unit_id == office.unit.id
    assert office.case(topic="trees").unit_id is None
    assert office.case().unit_id is None
    assert rule.conditions.mission_id == rule.mission.id
    with pytest.raises(Invalid) as refused:
        add(mission="M9")
    assert set(refused.value.fields) == {"mission"}


def test_a_mission_that_a_topic_or_a_rule_names_stays(office, add, administrator):
    with unit_of_work(office.session):
        mission = agencies.add_mission(office.session, office.agency, {"code": "M1", "text_th": "ภารกิจ"})
    add(mission="M1")
    with pytest.raises(Conflict), unit_of_work(office.session):
        agencies.remove_mission(office.session, administrator, NOW, office.agency, mission, row_version=office.agency.row_version)
    assert office.session.get(Mission, mission.id)
