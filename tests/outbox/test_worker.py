"""Events are run once, later if they fail, and never lost."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from portal.db import unit_of_work
from portal.files.store import LocalStore
from portal.kernel.keyring import Keyring
from portal.outbox import service
from portal.outbox.mail import Mail, MemoryMailer, as_message, make_mailer
from portal.outbox.models import OutboxEvent
from portal.outbox.worker import Alone, JobContext, Timed, run_due, run_timed

MakeContext = Callable[[datetime], JobContext]


@pytest.fixture
def context(session: Session, keyring: Keyring, store: LocalStore) -> MakeContext:
    return lambda now: JobContext(session, now, MemoryMailer(), store, keyring, "http://localhost")


def announce(session: Session, now: datetime, name: str = "thing.happened") -> None:
    with unit_of_work(session):
        service.announce(session, name, now, thing_id=7)


def test_an_event_reaches_every_handler_once(session: Session, context: MakeContext, now: datetime) -> None:
    announce(session, now)
    seen: list[Any] = []
    handlers = {"thing.happened": [lambda c, p: seen.append(("a", p)), lambda c, p: seen.append(("b", p))]}
    assert run_due(context(now), handlers) == 1
    assert run_due(context(now), handlers) == 0
    assert seen == [("a", {"thing_id": 7}), ("b", {"thing_id": 7})]


def test_an_event_rolled_back_with_its_act_never_happened(session: Session, context: MakeContext, now: datetime) -> None:
    with pytest.raises(RuntimeError), unit_of_work(session):
        service.announce(session, "thing.happened", now, thing_id=7)
        raise RuntimeError
    assert run_due(context(now), {}) == 0


def test_a_failing_handler_is_tried_again_later_and_given_up_visibly(session: Session, context: MakeContext, now: datetime) -> None:
    announce(session, now)
    calls = []

    def fail(_context: JobContext, _payload: dict[str, Any]) -> None:
        calls.append(1)
        raise OSError("somebody@example.org is not at home")

    for _ in range(service.MOST_ATTEMPTS + 3):
        run_due(context(now), {"thing.happened": [fail]})
        now += timedelta(days=1)
    assert len(calls) == service.MOST_ATTEMPTS
    assert [event.error for event in service.failed(session)] == ["OSError"]


def test_what_a_failing_handler_wrote_is_undone(session: Session, context: MakeContext, now: datetime) -> None:
    announce(session, now)

    def write_and_fail(context: JobContext, _payload: dict[str, Any]) -> None:
        service.announce(context.session, "second", now, thing_id=8)
        context.session.flush()
        raise ValueError

    run_due(context(now), {"thing.happened": [write_and_fail]})
    assert session.scalars(select(OutboxEvent.name)).all() == ["thing.happened"]


def test_mails_leave_when_no_transaction_is_open(session: Session, context: MakeContext, engine: Engine, now: datetime) -> None:
    announce(session, now)
    sent: list[Mail] = []

    class Mailbox:
        def send(self, mail: Mail) -> None:
            with Session(engine) as other, unit_of_work(other):  # waits five seconds and fails if the worker holds the lock
                service.announce(other, "somebody.writes", now)
            sent.append(mail)

    def tell(context: JobContext, _payload: dict[str, Any]) -> None:
        context.mailer.send(Mail("a@example.org", "เรื่อง", "ข้อความ", "event-7"))

    here = replace(context(now), mailer=Mailbox())
    assert run_due(here, {"thing.happened": [tell]}) == 1
    assert [mail.reference for mail in sent] == ["event-7"]
    assert run_due(here, {}) == 1  # what was announced meanwhile
    assert run_due(here, {}) == 0


def test_no_mail_leaves_of_an_event_whose_other_handler_failed(session: Session, context: MakeContext, now: datetime) -> None:
    announce(session, now)
    here = context(now)

    def tell(context: JobContext, _payload: dict[str, Any]) -> None:
        context.mailer.send(Mail("a@example.org", "เรื่อง", "ข้อความ", "event-7"))

    def fail(_context: JobContext, _payload: dict[str, Any]) -> None:
        raise ValueError

    run_due(here, {"thing.happened": [tell, fail]})
    assert isinstance(here.mailer, MemoryMailer)
    assert here.mailer.sent == []


def test_a_mail_server_that_is_away_is_asked_again(session: Session, context: MakeContext, now: datetime) -> None:
    announce(session, now)

    class Away:
        def send(self, _mail: Mail) -> None:
            raise ConnectionRefusedError

    def tell(context: JobContext, _payload: dict[str, Any]) -> None:
        context.mailer.send(Mail("a@example.org", "เรื่อง", "ข้อความ", "event-7"))

    run_due(replace(context(now), mailer=Away()), {"thing.happened": [tell]})
    event = session.scalars(select(OutboxEvent)).one()
    assert (event.done_at, event.error) == (None, "ConnectionRefusedError")
    later = context(now + timedelta(hours=1))
    assert run_due(later, {"thing.happened": [tell]}) == 1
    assert isinstance(later.mailer, MemoryMailer)
    assert len(later.mailer.sent) == 1


def test_events_are_forgotten_ninety_days_after_they_were_done(session: Session, context: MakeContext, now: datetime) -> None:
    announce(session, now)
    run_due(context(now), {})
    announce(session, now, "still.waiting")
    for days, left in ((89, 2), (91, 1)):
        with unit_of_work(session):
            service.sweep(session, now + timedelta(days=days))
        assert len(session.scalars(select(OutboxEvent)).all()) == left


def test_a_lease_keeps_other_workers_away_until_it_runs_out(session: Session, context: MakeContext, now: datetime) -> None:
    announce(session, now)
    with unit_of_work(session):
        assert len(service.take(session, now)) == 1
    with unit_of_work(session):
        assert service.take(session, now) == []
    with unit_of_work(session):
        assert len(service.take(session, now + service.LEASE + timedelta(seconds=1))) == 1


def test_a_timed_job_runs_once_in_its_slot(context: MakeContext, now: datetime) -> None:
    runs: list[datetime] = []
    jobs = [Timed("job", timedelta(minutes=1), lambda c: runs.append(c.now))]
    assert run_timed(context(now), jobs) == ["job"]
    assert run_timed(context(now + timedelta(seconds=30)), jobs) == []
    assert run_timed(context(now + timedelta(seconds=60)), jobs) == ["job"]
    assert len(runs) == 2


def test_a_mail_says_that_a_machine_sent_it_and_repeats_its_reference() -> None:
    message = as_message(Mail("a@example.org", "เรื่อง", "ข้อความ", "event-7"), "portal@example.org")
    assert message["Auto-Submitted"] == "auto-generated"
    assert "event-7" in message["Message-ID"]


def test_an_unknown_kind_of_mail_server_is_named() -> None:
    with pytest.raises(ValueError, match="pigeon"):
        make_mailer("pigeon://coop")


def test_long_work_runs_alone_so_that_others_can_write_and_the_rest_follows(
    engine: Engine, session: Session, context: MakeContext, now: datetime
) -> None:
    announce(session, now)
    seen: list[str] = []

    def long(_context: JobContext, _payload: dict[str, Any]) -> None:
        with Session(engine) as other, unit_of_work(other):
            service.announce(other, "another.happened", now + timedelta(days=1), thing_id=8)
        seen.append("long")

    handlers = {"thing.happened": [lambda _c, _p: seen.append("short"), Alone(long)]}
    assert run_due(context(now), handlers) == 1
    assert seen == ["long", "short"]
    assert run_due(context(now), handlers) == 0
    assert run_due(context(now + timedelta(days=1)), handlers) == 1
