"""Verified contacts: the link, once an address, what is wiped, and the one mail about the answer."""

from datetime import timedelta

import pytest
from flask import Flask

from portal.casework import service as casework
from portal.db import unit_of_work
from portal.feedback.petitions import jobs, queries, service
from portal.feedback.petitions.marks import new_device
from portal.feedback.petitions.models import Petition, PetitionConfirmation, PetitionFollower, PetitionSupport
from portal.feedback.petitions.rules import State
from portal.feedback.petitions.service import LinkState, Outcome
from portal.outbox.mail import MemoryMailer
from portal.outbox.worker import JobContext
from tests.conftest import NOW
from tests.feedback.petitions.making import counts_of, days

ADDRESS = "Malee@Example.org"


def asked(square, petition, address=ADDRESS, at=NOW, device=None, tell=False):
    """Ask, and let the worker make the link; its secret, or None where no mail goes."""
    with unit_of_work(square.session):
        mine = queries.by_slug(square.session, petition.slug)
        service.ask_by_mail(square.session, at, square.keyring, mine, address, device, "th", tell=tell)
    row = square.session.query(PetitionConfirmation).order_by(PetitionConfirmation.id.desc()).first()
    with unit_of_work(square.session):
        made = service.make_link(square.session, at, square.keyring, square.session.get(PetitionConfirmation, row.id))
    return made[1] if made else None


def confirmed(square, token, at=NOW):
    with unit_of_work(square.session):
        return service.confirm(square.session, at, square.keyring, token)


def everything_kept(square):
    tables = (PetitionConfirmation, PetitionFollower, PetitionSupport, Petition)
    return "".join(str(vars(row)) for table in tables for row in square.session.query(table))


def test_an_address_counts_once_and_goes(square):
    petition = square.accepted(threshold=50)
    token = asked(square, petition)
    assert service.standing(square.session, NOW, token)[0] is LinkState.WAITING  # looking uses nothing up
    assert confirmed(square, token) is Outcome.COUNTED
    assert confirmed(square, token) is Outcome.ALREADY
    again = asked(square, petition, " malee@example.org ")
    assert confirmed(square, again) is Outcome.ALREADY
    petition = square.again(petition.slug)
    assert counts_of(petition) == square.recounted(petition) == (0, 1, 0)
    assert square.session.query(PetitionConfirmation).count() == square.session.query(PetitionFollower).count() == 0
    assert "alee" not in everything_kept(square)
    assert token not in everything_kept(square)


def test_the_same_person_counts_once_in_one_browser(square):
    petition, mine = square.accepted(threshold=50), new_device()
    square.support(petition, mine)
    assert confirmed(square, asked(square, petition, device=mine)) is Outcome.COUNTED
    assert confirmed(square, asked(square, petition, "b@example.org", device=new_device())) is Outcome.COUNTED
    petition = square.again(petition.slug)
    assert counts_of(petition) == square.recounted(petition) == (0, 2, 0)


def test_a_link_holds_for_a_day_and_a_wrong_one_never(square):
    petition = square.accepted(threshold=50)
    token = asked(square, petition)
    assert confirmed(square, token, NOW + timedelta(hours=24)) is Outcome.NOTHING
    assert confirmed(square, "no such thing\x00") is Outcome.NOTHING
    assert service.standing(square.session, NOW, "x" * 500)[0] is LinkState.GONE
    with unit_of_work(square.session):
        service.sweep(square.session, NOW + timedelta(hours=25))
    assert square.session.query(PetitionConfirmation).count() == 0


def test_three_mails_a_day_and_none_for_what_is_closed(square):
    petition, other = square.accepted(threshold=50), square.accepted(title="อีกเรื่อง", threshold=50)
    tokens = [asked(square, one) for one in (petition, petition, other, other)]
    assert [bool(token) for token in tokens] == [True, True, True, False]
    assert asked(square, petition, "somebody.else@example.org")
    assert asked(square, petition, at=NOW + days(1.1))
    assert asked(square, petition, "late@example.org", at=NOW + days(91)) is None


def test_confirming_after_the_last_day_counts_nothing(square):
    petition = square.accepted(threshold=50)
    token = asked(square, petition, at=NOW + days(90), tell=True)
    assert confirmed(square, token, NOW + days(90.5)) is Outcome.CLOSED
    assert counts_of(square.again(petition.slug)) == (0, 0, 0)
    assert square.session.query(PetitionFollower).count() == 0


def test_taking_it_back_and_being_told_nothing(square):
    petition = square.accepted(threshold=50)
    token = asked(square, petition, tell=True)
    confirmed(square, token)
    assert service.standing(square.session, NOW, token)[2]
    with unit_of_work(square.session):
        assert service.stop_telling(square.session, token)
    assert (service.standing(square.session, NOW, token)[2], square.session.query(PetitionFollower).count()) == (False, 0)
    with unit_of_work(square.session):
        assert service.take_back_by_link(square.session, NOW, token) is Outcome.TAKEN_BACK
    petition = square.again(petition.slug)
    assert counts_of(petition) == square.recounted(petition) == (0, 0, 0)
    with unit_of_work(square.session):
        assert service.take_back_by_link(square.session, NOW, token) is Outcome.NOTHING


def test_contacts_reach_the_threshold_too(square):
    petition = square.supported(square.accepted(threshold=3), 2)
    assert confirmed(square, asked(square, petition)) is Outcome.COUNTED
    assert square.again(petition.slug).state is State.ANSWER_OWED


def test_merged_ones_bring_their_contacts_links_and_wishes(square):
    into, petition = square.accepted(threshold=50), square.accepted(title="เหมือนกัน", threshold=50)
    tokens = {one.slug: asked(square, one, tell=True) for one in (into, petition)}
    waiting = asked(square, petition, "c@example.org")
    for token in tokens.values():
        confirmed(square, token)
    square.merge(petition, into)
    assert confirmed(square, waiting) is Outcome.COUNTED
    into = square.again(into.slug)
    assert counts_of(into) == square.recounted(into) == (0, 2, 0)
    assert square.session.query(PetitionFollower).count() == 1


@pytest.fixture
def worker(app: Flask, square):
    """What a handler is given."""
    mailer = MemoryMailer()

    def context(at=NOW, event_id=1):
        return JobContext(square.session, at, mailer, None, square.keyring, "https://portal.example", event_id)

    with app.app_context():
        yield context, mailer


def test_the_mails_say_no_more_than_they_must(square, worker):
    context, mailer = worker
    petition = square.accepted(threshold=2, email="opener@example.org")
    with unit_of_work(square.session):
        mine = queries.by_slug(square.session, petition.slug)
        service.ask_by_mail(square.session, NOW, square.keyring, mine, ADDRESS, None, "en", tell=True)
    row = square.session.query(PetitionConfirmation).one()
    with unit_of_work(square.session):
        jobs.send_link(context(), {"confirmation_id": row.id})
    (mail,) = mailer.sent
    assert mail.to == ADDRESS
    assert petition.title not in mail.text
    assert petition.slug not in mail.text
    token = mail.text.split("/en/petitions/confirm/")[1].split()[0]
    confirmed(square, token)
    petition = square.supported(petition, 1)
    square.close_case(petition, NOW + days(2), publish_at=NOW + days(3))
    mailer.sent.clear()
    with unit_of_work(square.session):
        jobs.tell_followers(context(), {"petition_id": petition.id})
        for act in jobs.OPENER_SUBJECTS:
            jobs.tell_opener(context(), {"petition_id": petition.id, "act": act.value})
    assert [mail.to for mail in mailer.sent] == [ADDRESS, *["opener@example.org"] * 3]
    assert all(f"/petitions/{petition.slug}" in mail.text for mail in mailer.sent)
    for at, left in ((NOW + days(4), 1), (NOW + days(5.1), 0)):
        with unit_of_work(square.session):
            service.sweep(square.session, at)
        assert square.session.query(PetitionFollower).count() == left


def test_hashes_are_wiped_a_month_after_the_end_and_the_numbers_stay(square):
    petition = square.supported(square.accepted(threshold=50), 2)
    confirmed(square, asked(square, petition, tell=True))
    square.citizen(casework.withdraw, petition, at=NOW + days(1))
    for at, left in ((NOW + days(30), 3), (NOW + days(31.1), 0)):
        with unit_of_work(square.session):
            service.sweep(square.session, at)
        assert square.session.query(PetitionSupport).filter(PetitionSupport.mark.is_not(None)).count() == left
    petition = square.again(petition.slug)
    assert counts_of(petition) == square.recounted(petition) == (2, 1, 0)
    assert square.session.query(PetitionFollower).count() == 0
