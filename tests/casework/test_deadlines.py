"""Which deadline decides, and that none is ever edited (``docs/rules/clock.md``, Deadlines as data)."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from portal.agencies.rules import AgencyKind
from portal.audit.models import AuditEntry
from portal.casework import queries, service
from portal.casework.models import DeadlineRuleRow
from portal.casework.rules import CaseKind
from portal.casework.rules.deadlines import fits, longest, most_particular
from portal.casework.service.deadlines import Deadline, add_deadline, end_deadline, state_of
from portal.db import unit_of_work
from portal.kernel.actor import CITIZEN, SYSTEM, Role
from portal.kernel.clock_rule import DeadlineRule
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.kernel.thai_calendar import office_day
from portal.kernel.workdays import office_holidays
from tests.conftest import NOW
from tests.factories import actor_of, make_user

TYPED = Deadline("10", False, "2570", "", "", "ประกาศหน่วยงาน", "Announcement of the agency")


@dataclass(frozen=True)
class ARule:
    id: int
    agency_id: int | None
    agency_kind: AgencyKind | None
    case_kind: CaseKind | None
    from_fiscal_year: int
    urgent: bool = False


rules_drawn = st.lists(
    st.builds(
        ARule,
        id=st.integers(1, 10**6),
        agency_id=st.none() | st.integers(1, 3),
        agency_kind=st.none() | st.sampled_from(AgencyKind),
        case_kind=st.none() | st.sampled_from([CaseKind.QUESTION, CaseKind.COMPLAINT]),
        from_fiscal_year=st.integers(2565, 2572),
    ),
    max_size=12,
    unique_by=lambda rule: rule.id,
)
matters = st.tuples(st.integers(1, 3), st.sampled_from(AgencyKind), st.sampled_from(CaseKind), st.integers(2565, 2572))


@given(rules_drawn, matters, st.randoms())
def test_the_most_particular_rule_decides_whatever_order_they_come_in(rules, matter, random):
    chosen = most_particular(rules, *matter)
    shuffled = random.sample(rules, len(rules))
    assert most_particular(shuffled, *matter) == chosen
    fitting = [rule for rule in rules if fits(rule, *matter)]
    assert (chosen is None) == (not fitting)
    for other in fitting:
        assert chosen is not None
        if other.agency_id and not chosen.agency_id:
            pytest.fail("an agency's own rule comes first")
        if bool(other.agency_id) == bool(chosen.agency_id):
            assert not (other.case_kind and not chosen.case_kind)
            if bool(other.case_kind) == bool(chosen.case_kind):
                assert not (other.agency_kind and not chosen.agency_kind)
                if bool(other.agency_kind) == bool(chosen.agency_kind):
                    assert (other.from_fiscal_year, other.id) <= (chosen.from_fiscal_year, chosen.id)


@given(rules_drawn, matters)
def test_rules_that_do_not_fit_change_nothing(rules, matter):
    assert most_particular([rule for rule in rules if fits(rule, *matter)], *matter) == most_particular(rules, *matter)


@given(st.integers(1, 60), st.dates(NOW.date(), NOW.date() + timedelta(days=300)))
def test_the_longest_wait_is_never_shorter_than_the_days(days, start):
    holidays = office_holidays(start.year) | office_holidays(start.year + 1)
    assert longest(DeadlineRule(days, False, "x"), start, holidays) == days
    assert longest(DeadlineRule(days, True, "x"), start, holidays, span=14) >= days


def add(office, typed=TYPED, agency=None, actor=SYSTEM, at=NOW):
    with unit_of_work(office.session):
        return add_deadline(office.session, actor, at, agency, typed, state_of(office.session, agency))


def days_of(office, agency=None, kind=CaseKind.QUESTION, year=2570):
    office.session.rollback()
    return queries.rule_for(office.session, agency or office.agency, kind, year).days


def test_an_agency_s_own_rule_comes_before_one_for_everybody(office):
    add(office, replace(TYPED, days="12", case_kind="question"))
    add(office, replace(TYPED, days="7"), office.agency)
    assert (days_of(office), days_of(office, office.elsewhere), days_of(office, office.elsewhere, CaseKind.OPINION)) == (7, 12, 15)
    rules = queries.rules_now(office.session, office.elsewhere, 2570)
    assert (rules[CaseKind.QUESTION].days, rules[CaseKind.OPINION].days) == (12, 15)


def test_a_rule_from_a_later_year_waits_for_it_and_one_added_later_replaces(office):
    add(office, replace(TYPED, from_fiscal_year="2571", days="20"), office.agency)
    assert (days_of(office), days_of(office, year=2571)) == (15, 20)
    add(office, replace(TYPED, days="9"), office.agency)
    add(office, replace(TYPED, days="8"), office.agency)
    assert (days_of(office), days_of(office, year=2571)) == (8, 20)


def test_what_was_promised_stays_when_a_rule_is_added_or_ended(office):
    add(office, replace(TYPED, days="5"), office.agency)
    case = office.case()
    promised = case.due_on
    assert promised == office_day(NOW) + timedelta(days=5)
    with unit_of_work(office.session):
        end_deadline(office.session, SYSTEM, NOW, office.agency, 0, state_of(office.session, office.agency))
    add(office, replace(TYPED, days="30"), office.agency)
    office.session.refresh(case)
    assert (case.due_on, case.due_basis) == (promised, "ประกาศหน่วยงาน")
    assert office.case().due_on == office_day(NOW) + timedelta(days=30)


def test_a_contest_takes_the_rule_of_its_own_day(office):
    case = office.answered()
    add(office, replace(TYPED, days="4"), office.agency)
    at = NOW + timedelta(days=10)
    office.do(service.contest, CITIZEN, case, "ยังไม่เปิด", at=at)
    assert case.due_on == office_day(at) + timedelta(days=4)


@pytest.mark.parametrize(
    ("field", "value"),
    [("days", "0"), ("days", "4000"), ("days", "-3"), ("days", ""), ("days", "1.5"), ("days", "9" * 300), ("from_fiscal_year", "2027"),
     ("from_fiscal_year", "2569"), ("from_fiscal_year", "2581"), ("from_fiscal_year", ""), ("from_fiscal_year", "x\x00"),
     ("case_kind", "corruption"), ("agency_kind", "nonsense"), ("basis_th", " \u200b"), ("basis_en", ""), ("basis_th", "ก" * 301)],
)  # fmt: skip
def test_a_bad_rule_is_refused_by_field(office, field, value):
    with pytest.raises(Invalid) as refused:
        add(office, replace(TYPED, **{field: value}))
    assert list(refused.value.fields) == [field]


def test_a_common_year_is_refused_with_the_year_that_was_meant(office):
    with pytest.raises(Invalid) as refused:
        add(office, replace(TYPED, from_fiscal_year="๒๐๒๗"))
    assert "2570" in str(refused.value.fields["from_fiscal_year"][0])


def test_thai_digits_are_read(office):
    assert add(office, replace(TYPED, days="๑๐", from_fiscal_year="๒๕๗๐")).days == 10


def test_an_agency_s_rule_names_no_kind_of_agency(office):
    with pytest.raises(Invalid):
        add(office, replace(TYPED, agency_kind="local"), office.agency)


def test_two_administrators_at_once_the_second_is_told(office):
    seen = state_of(office.session, office.agency)
    add(office, agency=office.agency)
    with pytest.raises(Conflict), unit_of_work(office.session):
        add_deadline(office.session, SYSTEM, NOW, office.agency, TYPED, seen)
    seen = state_of(office.session, office.agency)
    with unit_of_work(office.session):
        end_deadline(office.session, SYSTEM, NOW, office.agency, 0, seen)
    for late in (seen, state_of(office.session, office.agency)):
        with pytest.raises(Conflict), unit_of_work(office.session):
            end_deadline(office.session, SYSTEM, NOW, office.agency, 0, late)


def test_nothing_is_edited_and_every_act_is_in_the_trail(office):
    add(office, agency=office.agency)
    before = {
        name: getattr(office.session.scalars(select(DeadlineRuleRow)).one(), name) for name in ("days", "basis_th", "from_fiscal_year")
    }
    with unit_of_work(office.session):
        end_deadline(office.session, SYSTEM, NOW, office.agency, 0, state_of(office.session, office.agency))
    row = office.session.scalars(select(DeadlineRuleRow)).one()
    assert {name: getattr(row, name) for name in before} == before
    assert row.ended_at == NOW
    trail = office.session.scalars(select(AuditEntry.act).where(AuditEntry.object_type == "deadline").order_by(AuditEntry.id)).all()
    assert trail == ["deadline.added", "deadline.ended"]


def test_only_who_administers_sets_rules(office):
    with unit_of_work(office.session):
        mine = actor_of(office.session, make_user(office.session, [(office.agency, Role.ADMINISTRATOR)]))
    add(office, agency=office.agency, actor=mine)
    for actor, agency in ((mine, None), (mine, office.elsewhere), (office.coordinator, office.agency)):
        with pytest.raises(NotAllowed):
            add(office, agency=agency, actor=actor)
        with pytest.raises(NotAllowed), unit_of_work(office.session):
            end_deadline(office.session, actor, NOW, agency, 0, state_of(office.session, agency))
