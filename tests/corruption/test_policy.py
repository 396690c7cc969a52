"""Who may see a report: named collectors of that very agency, and of those nobody who is kept away."""

import pytest
from sqlalchemy import select

from portal.accounts.models import Grant
from portal.corruption import queries, service
from portal.corruption.models import CorruptionReport
from portal.corruption.reception import reference
from portal.corruption.sealing import kept_away_of
from portal.db import unit_of_work
from portal.kernel.actor import Role
from portal.kernel.errors import Invalid, NotFound
from tests.corruption.conftest import Town
from tests.factories import make_user


def seen_by(town: Town) -> set[str]:
    """Who finds the one report, in the list and by its key alike."""
    report = town.fresh()
    found = {who for who in town.users if queries.visible(town.session, town.integrity, town.actor(who), closed=False)}
    for who in town.users:
        if who in found:
            assert queries.for_collector(town.session, town.integrity, town.actor(who), report.key)
        else:
            with pytest.raises(NotFound):
                queries.for_collector(town.session, town.integrity, town.actor(who), report.key)
            with pytest.raises(NotFound):
                town.do(service.note, who, report, "words")
    return found


def test_only_collectors_named_in_the_agency_itself_find_a_report(town: Town) -> None:
    town.hand_in()
    assert seen_by(town) == {"nida", "somchai"}


def test_a_collector_whom_the_sender_keeps_away_finds_nothing(town: Town) -> None:
    town.hand_in(kept=(reference(town.integrity, town.users["nida"].id),))
    assert seen_by(town) == {"somchai"}


def test_where_all_are_kept_away_it_goes_to_the_agency_above(town: Town) -> None:
    refs = tuple(reference(town.integrity, town.users[who].id) for who in ("nida", "somchai"))
    report = town.hand_in(kept=refs).report
    assert report.desk_agency_id == town.home.id
    assert seen_by(town) == {"prasit", "inside"}


def test_nobody_of_this_agency_leaves_out_those_above_who_work_in_it_too(town: Town) -> None:
    town.hand_in(outside=True)
    assert seen_by(town) == {"prasit"}


def test_who_comes_to_the_agency_later_is_kept_away_as_well(town: Town) -> None:
    town.hand_in(outside=True)
    with unit_of_work(town.session):
        town.session.add(Grant(user_id=town.users["prasit"].id, agency_id=town.department.id, role=Role.OFFICER))
    assert seen_by(town) == set()


def test_an_agency_without_collectors_sends_it_up_and_an_unknown_one_home(town: Town) -> None:
    with unit_of_work(town.session):
        for grant in town.session.scalars(select(Grant).where(Grant.agency_id == town.department.id, Grant.role == Role.INTEGRITY)):
            town.session.delete(grant)
    assert town.hand_in("one").report.desk_agency_id == town.home.id
    unsure = town.hand_in("two", agency="unsure").report
    assert (unsure.agency_id, unsure.desk_agency_id) == (None, town.home.id)


def test_where_nobody_at_all_is_left_it_is_refused_in_words(town: Town) -> None:
    with unit_of_work(town.session):
        for grant in town.session.scalars(select(Grant).where(Grant.agency_id == town.home.id)):
            town.session.delete(grant)
    with pytest.raises(Invalid) as refused:
        town.hand_in(outside=True)
    assert list(refused.value.fields) == ["outside"]
    assert town.session.scalars(select(CorruptionReport)).all() == []


def test_a_collector_steps_aside_and_the_last_one_hands_it_up(town: Town) -> None:
    report = town.hand_in().report
    town.do(service.keep_away, "nida", report, town.home, town.users["nida"])
    assert seen_by(town) == {"somchai"}
    town.do(service.keep_away, "somchai", report, town.home, town.users["somchai"])
    assert seen_by(town) == {"prasit", "inside"}
    town.do(service.keep_away, "prasit", report, town.home, town.users["inside"])
    with pytest.raises(Invalid):
        town.do(service.keep_away, "prasit", report, town.home, town.users["prasit"])
    assert len(kept_away_of(town.integrity, town.fresh()).user_ids) == 3


def test_it_is_handed_to_collectors_who_may_receive_it_and_to_nobody_else(town: Town) -> None:
    report = town.hand_in(kept=(reference(town.integrity, town.users["somchai"].id),)).report
    for who in ("somchai", "director", "stranger", "admin"):
        with pytest.raises(Invalid):
            town.do(service.hand, "nida", report, town.home, town.users[who])
    town.do(service.hand, "nida", report, town.home, town.users["prasit"])
    assert (town.fresh().desk_agency_id, town.fresh().holder_id) == (town.home.id, town.users["prasit"].id)
    assert seen_by(town) == {"prasit", "inside"}


def test_a_disabled_collector_receives_nothing(town: Town) -> None:
    with unit_of_work(town.session):
        for who in ("nida", "somchai"):
            town.session.merge(town.users[who]).disabled_at = town.users[who].created_at
    assert town.hand_in().report.desk_agency_id == town.home.id


def test_when_a_collector_leaves_or_an_agency_closes_nothing_is_orphaned(town: Town) -> None:
    report = town.hand_in().report
    town.do(service.begin, "nida", report)
    with unit_of_work(town.session):
        service.release(town.session, town.users["nida"].id)
        service.follow(town.session, town.department.id, town.other.id)
        make_user(town.session)
    assert (town.fresh().holder_id, town.fresh().agency_id) == (None, town.department.id)
    assert seen_by(town) == {"stranger"}
