"""The one door to writing."""

from datetime import datetime

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.db import unit_of_work
from portal.db.types import UtcDateTime
from tests.factories import make_agency


def test_a_transaction_outside_a_unit_of_work_cannot_write(session: Session) -> None:
    with pytest.raises(DBAPIError):
        make_agency(session)


def test_a_unit_of_work_commits_at_its_end_and_leaves_reading_behind(session: Session) -> None:
    with unit_of_work(session):
        make_agency(session)
    assert session.scalar(select(func.count()).select_from(Agency)) == 1
    with pytest.raises(DBAPIError):
        make_agency(session)


def test_an_error_inside_a_unit_of_work_undoes_everything(session: Session) -> None:
    with pytest.raises(RuntimeError), unit_of_work(session):
        make_agency(session)
        raise RuntimeError
    assert session.scalar(select(func.count()).select_from(Agency)) == 0


def test_two_units_of_work_on_two_connections_follow_each_other(engine: Engine) -> None:
    for _ in range(2):
        with Session(engine) as session, unit_of_work(session):
            make_agency(session)
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(Agency)) == 2


def test_times_come_back_aware_and_equal(session: Session, now: datetime) -> None:
    with unit_of_work(session):
        make_agency(session, updated_at=now)
    session.expire_all()
    assert session.scalars(select(Agency.updated_at)).one() == now


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        UtcDateTime().process_bind_param(datetime(2026, 1, 1), None)  # type: ignore[arg-type]  # noqa: DTZ001
