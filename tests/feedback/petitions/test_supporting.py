"""Once a device, whatever comes at once; bursts apart; merging without doubling; numbers are those of the rows."""

import threading
from datetime import datetime

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.agencies.options.service import set_option
from portal.db import unit_of_work
from portal.feedback.petitions import queries, service
from portal.feedback.petitions.marks import is_device, new_device
from portal.feedback.petitions.models import PetitionSupport, PetitionTally
from portal.feedback.petitions.options import SUPPORTS_NETWORK
from portal.feedback.petitions.rotation import ROTATIONS
from portal.feedback.petitions.rules import Act, State
from portal.feedback.petitions.service import Outcome
from portal.kernel.actor import SYSTEM
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.kernel.keyring import Keyring
from portal.kernel.thai_calendar import BANGKOK
from tests.conftest import DATA_KEY, NOW
from tests.feedback.petitions.making import counts_of, days, devices


def test_once_a_device_and_it_may_take_it_back(square):
    petition, mine = square.accepted(threshold=50), new_device()
    assert [square.support(petition, mine) for _ in range(3)] == [Outcome.COUNTED, Outcome.ALREADY, Outcome.ALREADY]
    assert square.do(lambda s, _a, at, p: service.take_back(s, at, square.keyring, p, mine), petition) is Outcome.TAKEN_BACK
    assert square.do(lambda s, _a, at, p: service.take_back(s, at, square.keyring, p, mine), petition) is Outcome.NOTHING
    assert square.support(petition, mine) is Outcome.COUNTED
    assert counts_of(square.again(petition.slug)) == square.recounted(petition) == (1, 0, 0)


def test_nothing_kept_tells_who_it_was_or_joins_agencies(square):
    petition, mine = square.accepted(threshold=50), new_device()
    elsewhere = square.opened(agency=square.office.elsewhere)
    other = square.accept(elsewhere, actor=square.office.stranger)
    for one in (petition, other):
        square.support(one, mine, at=NOW.replace(minute=37, second=5), network="hash of a network")
    rows = square.session.query(PetitionSupport).all()
    assert {row.at.minute for row in rows} == {0}
    assert len({row.mark for row in rows}) == 2
    assert all(mine not in str(vars(row)) for row in [*rows, *square.session.query(PetitionTally)])


def test_a_device_is_known_under_an_older_key(square):
    petition, mine = square.accepted(threshold=50), new_device()
    square.support(petition, mine)
    square.support(petition)
    old = square.keyring.newest
    square.office.keyring = Keyring(["a newer key that stands in front of the list", DATA_KEY])
    (rotation,) = (one for one in ROTATIONS if one.remaining)
    assert rotation.remaining(square.session) == {old: 2}
    assert square.support(petition, mine) is Outcome.ALREADY
    square.session.rollback()
    assert rotation.remaining(square.session) == {old: 1, square.keyring.newest: 1}  # it has gone over
    square.office.keyring = Keyring(["a newer key that stands in front of the list"])
    assert square.support(petition, mine) is Outcome.ALREADY


@pytest.mark.parametrize("text", ["", "short", "x" * 25, "ภ" * 24, "a" * 23 + ";"])
def test_a_number_that_is_none_of_ours_is_none(text):
    assert not is_device(text)
    assert is_device(new_device())


def test_fifty_presses_of_one_device_at_once_count_once(square, engine: Engine):
    petition, mine = square.accepted(threshold=50), new_device()
    outcomes, keyring, start = [], square.keyring, threading.Barrier(8)

    def press() -> None:
        with Session(engine, expire_on_commit=False) as session:
            start.wait()
            for _ in range(6):
                with unit_of_work(session):
                    outcomes.append(service.support(session, NOW, keyring, queries.by_slug(session, petition.slug, lock=True), mine))

    threads = [threading.Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [Outcome.ALREADY] * 47 + [Outcome.COUNTED]
    assert counts_of(square.again(petition.slug)) == square.recounted(petition) == (1, 0, 0)


def test_the_table_itself_lets_no_mark_in_twice(square):
    petition, mine = square.accepted(threshold=50), new_device()
    square.support(petition, mine)
    # as if the look-up had found nothing: the unique constraint decides
    real = service.supporting.find
    service.supporting.find = lambda *_: None
    try:
        assert square.support(petition, mine) is Outcome.ALREADY
    finally:
        service.supporting.find = real
    assert counts_of(square.again(petition.slug)) == (1, 0, 0)


def test_only_what_is_open_can_be_supported(square):
    waiting = square.opened()
    refused = square.refuse(square.opened(title="อีกเรื่องหนึ่ง"))
    petition = square.accepted(title="เรื่องที่สาม", threshold=50)
    assert [square.support(one) for one in (waiting, refused)] == [Outcome.CLOSED, Outcome.CLOSED]
    last_minute = datetime(2027, 2, 20, 23, 59, tzinfo=BANGKOK)
    assert square.support(petition, at=last_minute) is Outcome.COUNTED
    assert square.support(petition, at=last_minute + days(1 / 1440)) is Outcome.CLOSED
    assert square.again(petition.slug).state is State.COLLECTING  # the job has not come yet, and it is closed all the same
    with unit_of_work(square.session):
        assert service.lapse(square.session, last_minute) == 0
    with unit_of_work(square.session):
        assert service.lapse(square.session, last_minute + days(1 / 1440)) == 1
    lapsed = square.again(petition.slug)
    assert (lapsed.state, queries.is_shown(lapsed)) == (State.LAPSED, True)


def test_a_burst_from_one_network_is_laid_apart_and_shown(square):
    petition, office = square.accepted(threshold=6), square.office
    with unit_of_work(square.session):
        set_option(square.session, SYSTEM, NOW, SUPPORTS_NETWORK, None, 5, 0)
    outcomes = [square.support(petition, network="one") for _ in range(8)]
    assert outcomes == [Outcome.COUNTED] * 5 + [Outcome.HELD] * 3
    assert square.support(petition, network="another") is Outcome.COUNTED  # nobody else is touched, and this one reaches it
    petition = square.again(petition.slug)
    assert counts_of(petition) == square.recounted(petition) == (6, 0, 3)
    assert petition.state is State.ANSWER_OWED
    with pytest.raises(NotAllowed):
        square.do(service.release_held, petition, actor=office.stranger)
    square.do(service.release_held, petition)
    assert counts_of(square.again(petition.slug)) == square.recounted(petition) == (9, 0, 0)
    with pytest.raises(Conflict):
        square.do(service.drop_held, petition)


def test_what_is_dropped_is_gone_and_its_number_stays_in_the_history(square):
    petition = square.accepted(threshold=50)
    with unit_of_work(square.session):
        set_option(square.session, SYSTEM, NOW, SUPPORTS_NETWORK, None, 5, 0)
    for _ in range(7):
        square.support(petition, network="one")
    square.do(service.drop_held, petition)
    petition = square.again(petition.slug)
    assert counts_of(petition) == square.recounted(petition) == (5, 0, 0)
    last = queries.history(square.session, petition)[-1]
    assert (last.act, last.detail) == (Act.DROP, {"count": 2})


def test_released_ones_can_reach_the_threshold(square):
    petition = square.accepted(threshold=7)
    with unit_of_work(square.session):
        set_option(square.session, SYSTEM, NOW, SUPPORTS_NETWORK, None, 5, 0)
    for _ in range(7):
        square.support(petition, network="one")
    assert square.again(petition.slug).state is State.COLLECTING
    square.do(service.release_held, petition)
    assert square.again(petition.slug).state is State.ANSWER_OWED


def test_merged_ones_move_without_doubling(square):
    into, petition = square.accepted(threshold=5), square.accepted(title="เหมือนกัน", threshold=5)
    both, mine, theirs = devices(3)
    for one, those in ((into, (both, theirs)), (petition, (both, mine))):
        for device in those:
            square.support(one, device)
    merged = square.merge(petition, into)
    into = square.again(into.slug)
    assert counts_of(into) == square.recounted(into) == (3, 0, 0)
    assert counts_of(merged) == square.recounted(merged) == (0, 0, 0)
    assert (merged.state, merged.merged_into_id) == (State.MERGED, into.id)
    assert merged.case.words[-1].body == "เรื่องเดียวกัน"  # its opener is told
    assert square.support(merged, mine) is Outcome.CLOSED
    assert square.support(into, mine) is Outcome.ALREADY
    another = square.merge(square.opened(title="ยังไม่ได้ตรวจ"), into)
    assert (another.state, another.case.merged_into_id) == (State.MERGED, into.case_id)
    assert square.supported(into, 2).state is State.ANSWER_OWED


def test_merging_into_what_it_cannot_go_into_is_refused(square):
    petition, office = square.opened(), square.office
    elsewhere = square.accept(square.opened(agency=office.elsewhere), actor=office.stranger)
    waiting = square.opened(title="ยังไม่ได้ตรวจ")
    for target in (petition, waiting, elsewhere):
        with pytest.raises(Invalid) as refused:
            square.merge(petition, target)
        assert set(refused.value.fields) == {"into"}
    with pytest.raises(NotAllowed):
        square.merge(petition, square.accepted(title="เปิดอยู่"), actor=office.officer)
