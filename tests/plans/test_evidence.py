"""Facts of plans: days, people, money, what counts as public; four questions however many agencies."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import event

from portal.agencies.models import Mission
from portal.db import unit_of_work
from portal.kernel.actor import SYSTEM
from portal.kernel.evidence import Activity, ListeningPlanFact, look_at
from portal.plans import service
from portal.plans.evidence import facts_of
from tests.conftest import NOW
from tests.factories import make_agency
from tests.plans.conftest import HELD, TYPED, WORDS, YEAR


def facts(planning, scorers=None):
    agency = planning.office.agency
    look = look_at(YEAR, NOW.date() + timedelta(days=10), {agency.id: agency.id}, scorers)
    return facts_of(planning.office.session, [agency], look)[agency.id]


def test_a_plan_and_its_activities_as_they_stand(planning):
    office = planning.office
    planning.open()
    held = planning.add(owner=office.users["officer"].public_id, about_strategy="1")
    planning.add(mission="M2", method="survey", least_people="30", planned_on="1/9/2570", budget="", staff_days="")
    planning.approved(at=NOW + timedelta(days=1))
    planning.do(service.tell, held, HELD, at=NOW + timedelta(days=2))
    planning.do(service.write_words, held, WORDS, at=NOW + timedelta(days=3))
    plan, first, second = facts(planning)
    assert isinstance(plan, ListeningPlanFact)
    assert plan.path == f"/plans/{office.agency.slug}/2570"
    assert (plan.on, plan.recorded_on, plan.until) == (date(2026, 9, 30), date(2026, 11, 23), date(2027, 9, 30))
    assert (plan.approved_on, plan.by_head, plan.public, plan.revisions) == (date(2026, 9, 30), True, True, 0)
    assert (plan.budget, plan.budget_spent, plan.staff_days, plan.staff_days_spent) == (20000.0, 18500.0, 4.5, 4.0)
    assert plan.responsible == planning.users["head"].name_th
    assert isinstance(first, Activity)
    assert (first.mission, first.method, first.is_formal, first.is_done, first.about_strategy) == ("M1", "hearing", True, True, True)
    assert (first.on, first.planned_on, first.notice_on, first.recorded_on) == (
        date(2026, 11, 15), date(2026, 11, 15), date(2026, 11, 1), date(2026, 11, 24),
    )  # fmt: skip
    assert (first.people, first.officers, first.responsible) == (42, 5, office.users["officer"].name_th)
    assert all((first.has_summary, first.has_issue, first.has_result, first.has_change))
    assert isinstance(second, Activity)
    assert (second.is_done, second.least_people, second.responsible, second.has_summary) == (False, 30, "", False)
    assert second.recorded_on == date(2026, 11, 22)


def test_a_draft_gives_no_fact_and_what_a_scorer_made_says_so(planning):
    planning.open()
    row = planning.add()
    assert facts(planning) == []  # nobody outside may read its titles
    planning.approved()
    planning.do(service.tell, row, HELD)
    agency, writer = planning.office.agency.id, planning.office.users["coordinator"].id
    assert [fact.by_scorer for fact in facts(planning, {agency: frozenset({writer})})] == [True, True]
    assert [fact.by_scorer for fact in facts(planning)] == [False, False]


def test_the_number_of_questions_does_not_depend_on_the_agencies(session, keyring):
    with unit_of_work(session):
        made = [make_agency(session) for _ in range(9)]
        for agency in made:
            session.add(Mission(agency_id=agency.id, code="M1", text_th="ภารกิจ"))
            session.flush()
            plan = service.open_plan(session, SYSTEM, NOW, agency, YEAR)
            for _ in range(2):
                service.add(session, SYSTEM, NOW, plan, replace(TYPED, unit=agency.slug))
            session.refresh(plan)
            service.hand_in(session, SYSTEM, NOW, plan, plan.row_version)

    def asked(agencies):
        session.expunge_all()
        told, look = [], look_at(YEAR, NOW.date(), {agency.id: agency.id for agency in agencies})

        def heard(*arguments):
            told.append(arguments[2])

        event.listen(session.bind, "after_cursor_execute", heard)
        found = facts_of(session, agencies, look)
        event.remove(session.bind, "after_cursor_execute", heard)
        assert sum(len(facts) for facts in found.values()) == 3 * len(agencies)
        return len(told)

    assert asked(made[:1]) == asked(made) == 4
