"""What goes by itself when its time is over: said before, done a few at a time, and never what is kept for a reason."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from portal.accounts import service as accounts
from portal.accounts.erasing import GONE
from portal.agencies.options.service import set_option
from portal.casework.models import CaseEvent
from portal.casework.rules import Act
from portal.db import unit_of_work
from portal.desk.privacy.jobs import retain
from portal.kernel.actor import CITIZEN, SYSTEM
from portal.outbox.mail import MemoryMailer
from portal.outbox.worker import JobContext
from portal.privacy import service
from portal.privacy.models import LedgerEntry, RetentionRun
from portal.privacy.rules import ErasedPart, Ground
from portal.privacy.rules.retention import IDENTITY_DAYS, RETENTION_ON
from tests.factories import make_user
from tests.privacy.protection import EMAIL, LATER, NAME, Protection

A_YEAR, ALL_OF_IT = LATER + timedelta(days=366), LATER + timedelta(days=3652)


def due(protection: Protection, at: datetime, **values: object) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in service.due(protection.session, at, **values):  # type: ignore[arg-type]
        found[one.part.value] = found.get(one.part.value, 0) + one.count
    protection.session.rollback()
    return found


def run(protection: Protection, at: datetime, most: int = 100) -> int:
    with unit_of_work(protection.session) as session:
        return service.carry_out_some(session, at, protection.tools, most)


def ledger(protection: Protection) -> list[tuple[str, str]]:
    rows = protection.session.scalars(select(LedgerEntry).order_by(LedgerEntry.id)).all()
    return [(row.part.value, row.object_key) for row in rows]


def test_a_dry_run_says_what_a_run_does_and_writes_nothing(protection: Protection) -> None:
    case = protection.closed()
    protection.closed()
    before = protection.everywhere()
    assert due(protection, LATER + timedelta(days=300)) == {}
    assert due(protection, A_YEAR) == {"identity": 2}
    assert protection.everywhere() == before
    assert run(protection, A_YEAR) == 2
    assert due(protection, A_YEAR) == {}
    assert case.identity is None
    assert {NAME, EMAIL} & set(protection.everywhere().split("'")) == set()
    assert {ground for (ground,) in protection.session.execute(select(LedgerEntry.ground))} == {Ground.RETENTION}


def test_words_files_and_text_follow_after_ten_years(protection: Protection) -> None:
    case = protection.closed_with_file()
    assert run(protection, ALL_OF_IT) == 3
    assert ledger(protection) == [(part, case.number) for part in ("identity", "words", "files")]
    assert run(protection, ALL_OF_IT) == 0


@pytest.mark.parametrize("why", ["open", "hold", "spoken of since"])
def test_what_is_kept_for_a_reason_stays(protection: Protection, why: str) -> None:
    case = protection.case() if why == "open" else protection.closed()
    if why == "hold":
        protection.do(service.hold, protection.officer, case, "คดีปกครอง")
    if why == "spoken of since":
        with unit_of_work(protection.session) as session:
            session.execute(CaseEvent.__table__.update().values(at=A_YEAR - timedelta(days=10)))
    assert (due(protection, A_YEAR), run(protection, A_YEAR)) == ({}, 0)


def test_an_erasure_keeps_nothing_alive(protection: Protection) -> None:
    case = protection.closed()
    run(protection, A_YEAR)
    assert protection.session.scalar(select(func.count()).select_from(CaseEvent).where(CaseEvent.act == Act.ERASE)) == 1
    assert run(protection, ALL_OF_IT) == 1
    assert ledger(protection)[-1] == ("words", case.number)


def test_words_of_requests_and_accounts_of_those_who_left_go_too(protection: Protection) -> None:
    request = protection.ask(protection.closed(), words="เหตุผลของผู้แจ้ง")
    protection.do(service.take_back, CITIZEN, request)
    with unit_of_work(protection.session) as session:
        left = make_user(session, email="somebody@example.org", name_th="นายเคย อยู่")
        accounts.disable(session, SYSTEM, LATER, left)
    late = LATER + timedelta(days=1826)
    assert due(protection, late) == {"identity": 1, "request": 1, "account": 1}
    assert run(protection, late) == 3
    protection.session.refresh(left)
    assert (left.email.endswith(GONE), left.name_th) == (True, "นายเคย อยู่")
    text = protection.everywhere()
    assert ("เหตุผลของผู้แจ้ง" in text, "somebody@example.org" in text) == (False, False)


def test_a_few_at_a_time_and_one_row_a_day_tells_how_many(protection: Protection) -> None:
    for _ in range(3):
        protection.closed()
    assert [run(protection, A_YEAR, most=2) for _ in range(3)] == [2, 1, 0]
    row = protection.session.scalars(select(RetentionRun)).one()
    assert row.counts == {"identity": {"OPDC": 3}}


def test_other_periods_can_be_tried_before_they_are_set(protection: Protection) -> None:
    protection.closed()
    assert due(protection, LATER + timedelta(days=40), days={ErasedPart.IDENTITY: 30}) == {"identity": 1}
    with unit_of_work(protection.session) as session:
        set_option(session, SYSTEM, LATER, IDENTITY_DAYS, None, 30, 0)
    assert run(protection, LATER + timedelta(days=40)) == 1


def test_the_job_rests_while_it_is_switched_off(protection: Protection) -> None:
    protection.closed()
    tools = protection.tools
    context = JobContext(protection.session, A_YEAR, MemoryMailer(), tools.store, tools.keyring, "http://localhost")
    with unit_of_work(protection.session) as session:
        set_option(session, SYSTEM, LATER, RETENTION_ON, None, False, 0)
        retain(context)
    assert due(protection, A_YEAR) == {"identity": 1}
    with unit_of_work(protection.session) as session:
        set_option(session, SYSTEM, LATER, RETENTION_ON, None, True, 1)
        retain(context)
    assert due(protection, A_YEAR) == {}
