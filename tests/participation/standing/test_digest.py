"""What an agency hears in the morning of what became of its levels."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal.desk.digest.service import WANTED, begin
from portal.files.store import LocalStore
from portal.kernel.actor import Role
from portal.kernel.thai_calendar import office_day
from portal.outbox.mail import Mail, MemoryMailer
from portal.outbox.models import OutboxEvent
from portal.outbox.worker import JobContext, run_due
from portal.participation.confirmations.service import Typed, confirm
from portal.participation.objections.service import answer
from portal.participation.rulings.service import Which, rule
from portal.participation.standing.digest import news
from portal.registry import HANDLERS
from tests.conftest import NOW
from tests.participation.sides import YEAR, Stage, make_score

#: ``NOW`` is a Sunday.
MONDAY = NOW + timedelta(days=1)
TUESDAY = NOW + timedelta(days=2)
WORDS = "คำวินิจฉัยที่อ่านได้ในหน้าเว็บเท่านั้น"


def everything(stage: Stage, at=NOW) -> None:
    stage.do(confirm, stage.assessor, at, stage.agency, YEAR, "2549", Typed("0", WORDS, WORDS))
    for key in ("2", "bulk-01"):
        stage.do(rule, stage.assessor, at, stage.agency, YEAR, Which("BoxOpened", key), "accept", WORDS)
    found = stage.object(at=at)
    stage.do(answer, stage.assessor, at, found, "upheld", WORDS, row_version=found.case.row_version)


def told(stage: Stage, actor, at=MONDAY, back: int = 1) -> list[int]:
    return [line.count for line in news(stage.session, actor, at, office_day(at) - timedelta(days=back))]


def test_its_executives_and_coordinators_hear_of_every_act_of_the_days_before_today(stage: Stage) -> None:
    everything(stage)
    assert told(stage, stage.executive) == told(stage, stage.coordinator) == [1, 2, 1, 1]
    assert told(stage, stage.executive, at=NOW) == []  # today is told tomorrow
    assert told(stage, stage.executive, at=TUESDAY) == []
    assert told(stage, stage.executive, at=TUESDAY, back=2) == [1, 2, 1, 1]
    officer, elsewhere = stage.person((stage.agency, Role.OFFICER)), stage.person((stage.home, Role.EXECUTIVE))
    assert told(stage, officer) == told(stage, elsewhere) == told(stage, stage.assessor) == []


def test_the_line_leads_to_the_one_agency_and_year_or_to_the_page_of_all(stage: Stage) -> None:
    everything(stage)
    both = stage.person((stage.agency, Role.EXECUTIVE), (stage.home, Role.EXECUTIVE))
    day = office_day(NOW)
    (first, *_rest) = news(stage.session, both, MONDAY, day)
    assert first.path == f"/desk/participation?agency={stage.agency.slug}&year={YEAR}"
    stage.do(lambda session: make_score(session, stage.home))
    stage.do(confirm, stage.assessor, NOW, stage.home, YEAR, "2549", Typed("0", WORDS, WORDS))
    (first, *_rest) = news(stage.session, both, MONDAY, day)
    assert (first.path, first.count) == ("/desk/participation", 2)


Morning = Callable[..., list[Mail]]


@pytest.fixture
def morning(app: Flask, stage: Stage, store: LocalStore) -> Morning:
    """Let it be this moment, and return the mails that leave."""

    def run(at) -> list[Mail]:
        mailer = MemoryMailer()
        context = JobContext(stage.session, at, mailer, store, stage.keyring, "https://portal.example")
        stage.do(lambda session: [setattr(row, "done_at", at) for row in session.scalars(select(OutboxEvent))])
        stage.do(begin, at)
        with app.app_context():
            while run_due(context, {WANTED: HANDLERS[WANTED]}):
                pass
        return mailer.sent

    return run


def to(stage: Stage, actor, mails: list[Mail]) -> list[Mail]:
    return [mail for mail in mails if mail.to == stage.user(actor).email]


def test_one_mail_tells_it_once_with_numbers_alone(stage: Stage, morning: Morning) -> None:
    everything(stage)
    (mail,) = to(stage, stage.executive, morning(MONDAY))
    assert "Records that an assessor accepted or refused: 2" in mail.text
    assert WORDS not in mail.text
    assert stage.agency.name_th not in mail.subject
    assert not any("accepted or refused" in mail.text for mail in to(stage, stage.executive, morning(TUESDAY)))


def test_what_happens_on_the_day_of_a_mail_stands_in_the_next(stage: Stage, morning: Morning) -> None:
    morning(MONDAY)
    everything(stage, at=MONDAY + timedelta(hours=1))
    (mail,) = to(stage, stage.executive, morning(TUESDAY + timedelta(days=1)))  # a day without a worker between
    assert "Levels that an assessor confirmed: 1" in mail.text
