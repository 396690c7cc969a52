"""The trail is a chain: nothing in it changes, vanishes or moves unseen."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from portal.audit.checking import check_piece
from portal.audit.models import AuditEntry
from portal.audit.queries import Chain, chain
from portal.audit.rules import FIRST, seal_of
from portal.audit.service import record, seal_pending, verify_chain
from portal.db import unit_of_work
from portal.kernel.actor import SYSTEM
from portal.outbox.models import OutboxEvent


@pytest.fixture
def sealed(session: Session, now: datetime) -> None:
    for number in range(5):
        with unit_of_work(session):
            record(session, SYSTEM, now + timedelta(seconds=number), "thing.done", "thing", f"T-{number}", detail={"n": number})
    with unit_of_work(session):
        assert seal_pending(session) == 5


@pytest.mark.usefixtures("sealed")
def test_a_sealed_trail_verifies_and_reports_its_unsealed_tail(session: Session, now: datetime) -> None:
    with unit_of_work(session):
        record(session, SYSTEM, now, "thing.done", "thing", "T-late")
    state = verify_chain(session)
    assert (state.sealed, state.unsealed, state.broken_at) == (5, 1, None)


@pytest.mark.usefixtures("sealed")
@pytest.mark.parametrize(
    "values", [{"act": "thing.undone"}, {"object_key": "T-9"}, {"actor_id": 1}, {"detail": {"n": 9}}, {"sealed_as": 99}]
)
def test_a_changed_row_breaks_the_chain_where_it_stands(session: Session, values: dict[str, object]) -> None:
    with unit_of_work(session):
        session.execute(update(AuditEntry).where(AuditEntry.sealed_as == 3).values(**values))
    assert verify_chain(session).broken_at == 3


@pytest.mark.usefixtures("sealed")
def test_a_missing_row_breaks_the_chain(session: Session) -> None:
    with unit_of_work(session):
        session.execute(delete(AuditEntry).where(AuditEntry.sealed_as == 2))
    assert verify_chain(session).broken_at == 2


def checked(session: Session, now: datetime, most: int) -> Chain:
    """The whole chain read in pieces, as the worker does."""
    begin: int | None = 1
    while begin is not None:
        with unit_of_work(session):
            session.execute(delete(OutboxEvent))
            check_piece(session, now, begin, most)
            begin = next((event.payload["begin"] for event in session.scalars(select(OutboxEvent))), None)
    return chain(session)


@pytest.mark.usefixtures("sealed")
@pytest.mark.parametrize("most", [1, 2, 5, 100])
def test_a_chain_read_in_pieces_is_whole_to_its_end(session: Session, now: datetime, most: int) -> None:
    state = checked(session, now, most)
    assert (state.whole_to, state.broken_at, state.checked_at) == (5, None, now)


@pytest.mark.usefixtures("sealed")
@pytest.mark.parametrize("most", [1, 2, 100])
@pytest.mark.parametrize("gone", [True, False])
def test_a_chain_read_in_pieces_breaks_where_it_was_touched(session: Session, now: datetime, most: int, gone: bool) -> None:
    with unit_of_work(session):
        third = AuditEntry.sealed_as == 3
        session.execute(delete(AuditEntry).where(third) if gone else update(AuditEntry).where(third).values(act="thing.undone"))
    state = checked(session, now, most)
    assert (state.whole_to, state.broken_at) == (2, 3)


@given(st.dictionaries(st.text(), st.integers() | st.text() | st.none()), st.dictionaries(st.text(), st.integers() | st.text() | st.none()))
def test_different_content_has_a_different_seal(one: dict[str, object], other: dict[str, object]) -> None:
    assert (seal_of(FIRST, one) == seal_of(FIRST, other)) == (one == other)
