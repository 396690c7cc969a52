"""Whoever objected hears the assessor's answer the way they chose."""

import pytest
from flask import Flask
from sqlalchemy import select

from portal.feedback.followups import queries as followups
from portal.feedback.followups.rules import Way
from portal.files.store import LocalStore
from portal.kernel.actor import Role
from portal.outbox.mail import Mail, MemoryMailer
from portal.outbox.models import OutboxEvent
from portal.outbox.worker import JobContext, run_due
from portal.participation.objections.entry import Sender
from portal.participation.objections.service import answer
from portal.registry import HANDLERS
from tests.conftest import NOW
from tests.participation.sides import Stage

REASON = "ตรวจภาพถ่ายแล้ว ตู้ที่ศาลากลางเปิดเพียงสองครั้งในปีนั้น"
NAME = "มาลี ใจสมมติ"


def answered(app: Flask, stage: Stage, store: LocalStore, sender: Sender) -> list[Mail]:
    """The mails that leave once the assessor has answered; those of the receipt are past."""
    found = stage.object(sender=sender)
    stage.do(lambda session: [setattr(row, "done_at", NOW) for row in session.scalars(select(OutboxEvent))])
    stage.do(answer, stage.assessor, NOW, found, "in_part", REASON, row_version=found.case.row_version)
    context = JobContext(stage.session, NOW, MemoryMailer(), store, stage.keyring, "https://portal.example")
    with app.app_context():
        while run_due(context, HANDLERS):
            pass
    assert isinstance(context.mailer, MemoryMailer)
    return context.mailer.sent


def test_by_mail_with_the_reasons_where_the_name_was_given_openly(app: Flask, stage: Stage, store: LocalStore) -> None:
    (mail,) = answered(app, stage, store, Sender("named", "email", NAME, "malee@example.org"))
    assert mail.to == "malee@example.org"
    assert REASON in mail.text
    assert NAME not in mail.subject
    assert stage.agency.name_th not in mail.subject


def test_by_mail_without_a_word_where_the_name_is_kept(app: Flask, stage: Stage, store: LocalStore) -> None:
    (mail,) = answered(app, stage, store, Sender("confidential", "email", NAME, "malee@example.org"))
    assert REASON not in mail.text
    assert "/feedback/track" in mail.text


@pytest.mark.parametrize(("by", "way"), [("phone", Way.CALL), ("letter", Way.LETTER)])
def test_by_voice_or_letter_the_home_desk_has_it_to_do(app: Flask, stage: Stage, store: LocalStore, by: str, way: Way) -> None:
    sender = Sender("named", by, NAME, phone="081 234 5678", address="1 ถนนสมมติ ตำบลสมมติ")
    assert answered(app, stage, store, sender) == []
    desk = stage.person((stage.home, Role.COORDINATOR))
    assert [row.case.body for row in stage.session.scalars(followups.waiting(desk, way))]
    assert not list(stage.session.scalars(followups.waiting(stage.coordinator, way)))  # never the agency that is scored


def test_by_code_nobody_is_written_to(app: Flask, stage: Stage, store: LocalStore) -> None:
    assert answered(app, stage, store, Sender("anonymous", "code")) == []
