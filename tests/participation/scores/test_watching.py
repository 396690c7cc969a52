"""Every act tells the worker whose evidence has changed, so that what is computed live is what computing everything anew would give."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.casework.models import Case
from portal.db import unit_of_work
from portal.feedback.channels import queries as register
from portal.kernel.thai_calendar import office_day
from portal.outbox.evidence import CHANGED, evidence_changed
from portal.outbox.mail import MemoryMailer
from portal.outbox.models import OutboxEvent
from portal.outbox.worker import JobContext
from portal.participation.scores import jobs
from portal.participation.scores.jobs import daily
from portal.participation.scores.scored import whose
from portal.participation.scores.sources import SOURCES
from portal.participation.scores.watching import watched_rows
from portal.plans import service as plans
from tests.casework.factories import make_case
from tests.conftest import NOW
from tests.factories import make_agency
from tests.feedback.boxes.counting import counted
from tests.participation.scores.conftest import Town
from tests.participation.scores.histories.history import History
from tests.plans.conftest import make_planning

#: Moved with the cases; people and agencies are watched for every source; who scores is followed by ``participation.following``.
BESIDE = {"case_tally", "case_tally_move", "case_part", "user_account", "agency", "mission"}
BESIDE |= {"score_claim", "score_confirmation", "evidence_ruling"}

#: What the history has of every source but reports.
KINDS = ("MissionPage", "LegalItem", "ChannelInput", "BoxOpened", "CaseQuarter", "ImprovementFact", "ListeningPlanFact", "Activity")
#: The seed of a history that is known to hold every kind of fact.
SEED = 2551


def waiting(session: Session) -> list[str]:
    """Sources that still wait to be asked again."""
    session.rollback()
    events = session.scalars(select(OutboxEvent).where(OutboxEvent.name == CHANGED, OutboxEvent.done_at.is_(None)).order_by(OutboxEvent.id))
    return [event.payload["sources"] for event in events]


def test_live_equals_full(town: Town) -> None:
    """One long history over the turn of a fiscal year: computed act by act is computed all anew, on every day; ``test_many_histories``."""
    history, years = History(town, SEED).settle(), set()
    for _ in range(4):
        for _year in range(2):
            with unit_of_work(town.session):
                daily(JobContext(town.session, history.at, MemoryMailer(), town.store, town.place.keyring, ""))
        for _ in range(4):
            for _ in range(history.chance.randrange(4, 20)):
                history.act()
            town.work(history.at)
        live = town.kept(), town.scores()
        assert town.compute(history.at, sorted({key[1] for key in live[0]})) == 0
        full = town.kept()
        assert {key: (live[0][key], facts) for key, facts in full.items() if facts != live[0][key]} == {}
        assert (full, town.scores()) == live
        years |= {key[1] for key in live[0]}
        town.forget()
        history.at += timedelta(days=18)
    assert years == {2569, 2570}
    said = "".join(town.kept().values())
    assert [kind for kind in KINDS if f'"kind":"{kind}"' not in said] == []


def test_every_table_that_a_source_reads_is_watched(town: Town) -> None:
    look_ids = whose(town.session, [town.office.agency.id])
    assert look_ids
    for source in SOURCES.values():
        with counted(town.session.get_bind()) as statements:
            town.asked(source=source.name)
        asked = [one for one in statements if "score_facts" not in one and "option_value" not in one and "WITH RECURSIVE" not in one]
        read = set(re.findall(r"(?:FROM|JOIN) (\w+)", " ".join(asked)))
        watched = {one.row.__tablename__ for name, one in watched_rows() if name == source.name}
        assert read - BESIDE - watched == set(), source.name
        assert len(read) > 1, source.name


def test_one_event_for_an_agency_and_none_for_what_does_not_matter(town: Town) -> None:
    town.forget()
    case = town.office.case()
    (event,) = town.session.scalars(select(OutboxEvent).where(OutboxEvent.name == CHANGED))
    assert event.payload == {"agency_id": town.office.agency.id, "sources": "cases channels"}
    assert event.created_at == NOW
    town.forget()
    with unit_of_work(town.session):
        town.session.get_one(Case, case.id).paused_until = office_day(NOW)
    assert town.session.scalars(select(OutboxEvent)).all() == []


def test_what_waits_together_is_computed_once(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.work()
    with unit_of_work(town.session):
        other = make_agency(town.session)
    town.forget()
    for agency_id in (town.office.agency.id, other.id, town.office.agency.id):
        for source in ("boxes", "cases", "boxes"):
            with unit_of_work(town.session):
                evidence_changed(town.session, NOW, agency_id, [source])
    looked: list[tuple[list[int], list[str]]] = []
    monkeypatch.setattr(jobs, "recompute", lambda _session, _now, ids, sources: looked.append((ids, sources)))
    town.work()
    assert looked == [([town.office.agency.id], ["boxes", "cases"]), ([other.id], ["boxes", "cases"])]
    assert waiting(town.session) == []


def test_what_failed_together_waits_on(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.work()
    for source in ("boxes", "cases"):
        with unit_of_work(town.session):
            evidence_changed(town.session, NOW, town.office.agency.id, [source])

    def fails(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(jobs, "recompute", fails)
    town.work()
    assert waiting(town.session) == ["boxes", "cases"]


def test_what_is_rolled_back_tells_nobody(town: Town) -> None:
    town.forget()
    with pytest.raises(ZeroDivisionError), unit_of_work(town.session):
        make_case(town.session, town.office.keyring, town.office.agency, NOW)
        raise ZeroDivisionError
    with unit_of_work(town.session):
        town.session.get_one(User, town.office.users["stranger"].id).position_th = "อื่น"
    assert town.session.scalars(select(OutboxEvent)).all() == []


def test_the_name_of_whoever_does_an_activity_stands_in_the_facts_of_the_plans_agency(town: Town) -> None:
    planning = make_planning(town.office)
    with unit_of_work(town.session):
        below = make_agency(town.session, parent_id=town.office.agency.id)  # scored by itself, and may do an activity of the plan above
    planning.open()
    planning.add(unit=below.slug, owner=town.office.users["officer"].public_id)
    planning.move(plans.hand_in)
    town.forget()
    with unit_of_work(town.session):
        town.session.get_one(User, town.office.users["officer"].id).name_th = "นางชื่อใหม่ นามสมมติ"
    (event,) = town.session.scalars(select(OutboxEvent).where(OutboxEvent.name == CHANGED))
    assert event.payload["agency_id"] == town.office.agency.id


def test_a_division_of_the_agency_and_an_unknown_one(town: Town, session: Session) -> None:
    town.forget()
    with unit_of_work(session):
        row = register.by_code(session, town.office.agency.id, "telephone")
        row.agency_id = town.office.unit.id  # the division's, which no page does
    assert town.work() == 3  # two about evidence, and one of a level that was computed for the first time
    assert {key[0] for key in town.kept()} == {town.office.agency.id}
