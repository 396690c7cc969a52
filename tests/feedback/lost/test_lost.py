"""Lost codes: at the counter, and by a link to the address of the case."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from flask import Flask

from portal.audit.models import AuditEntry
from portal.casework import receipts
from portal.casework import service as casework
from portal.casework.models import SubmissionKey
from portal.db import unit_of_work
from portal.feedback.lost import jobs, service
from portal.feedback.lost.models import CodeLink
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.kernel.receipt_code import read_code
from tests.casework.conftest import make_office
from tests.conftest import NOW
from tests.desk.people import open_desk
from tests.factories import make_agency
from tests.feedback.conftest import text_of

NAMED = {"anonymity": "named", "name": "มาลี", "email": "Malee@Example.org"}
WHY = "บัตรประชาชนตรงกับชื่อในเรื่อง"


@pytest.fixture
def office(session, keyring):
    return make_office(session, keyring)


def new_code(office, case, how="id_card", reason=WHY, actor=None):
    with unit_of_work(office.session):
        return casework.replace_code(office.session, actor or office.officer, NOW, office.keyring, case, how, reason)


def old_code(office, case):
    return receipts.of_case(office.session, office.keyring, case.id)


def test_the_old_code_is_dead_and_the_new_one_opens_the_case(office):
    case = office.case(**NAMED)
    before = old_code(office, case)
    after = new_code(office, case)
    assert receipts.find(office.session, office.keyring, before) is None
    assert receipts.find(office.session, office.keyring, after).id == case.id
    assert office.session.query(SubmissionKey).filter(SubmissionKey.receipt_enc.is_not(None)).count() == 0
    trail = office.session.query(AuditEntry).filter_by(act="case.code_replaced").one()
    assert (trail.actor_id, trail.detail) == (office.officer.user_id, {"how": "id_card"})
    assert read_code(after) not in str([entry.detail for entry in office.session.query(AuditEntry)])


def test_who_gave_no_name_gets_no_other_code(office):
    for values in ({}, {"email": "a@example.org"}):
        with pytest.raises(Conflict):
            new_code(office, office.case(**values))


@pytest.mark.parametrize(("field", "values"), [("how", {"how": "mail"}), ("how", {"how": ""}), ("reason", {"reason": " "})])
def test_how_and_why_are_asked(office, field, values):
    case = office.case(**NAMED)
    before = old_code(office, case)
    with pytest.raises(Invalid) as refused:
        new_code(office, case, **values)
    assert set(refused.value.fields) == {field}
    assert receipts.find(office.session, office.keyring, before).id == case.id


def test_only_who_works_cases_there_may(office):
    case = office.case(**NAMED)
    with pytest.raises(NotAllowed):
        new_code(office, case, actor=office.stranger)


def asked(office, number, email, at=NOW):
    """Ask, and let the worker make the link; its secret, or None where no mail goes."""
    with unit_of_work(office.session):
        service.ask(office.session, at, office.keyring, number, email)
    row = office.session.query(CodeLink).order_by(CodeLink.id.desc()).first()
    with unit_of_work(office.session):
        made = service.make_link(office.session, at, office.keyring, office.session.get(CodeLink, row.id))
    return made[1] if made else None


def used(office, token, at=NOW):
    with unit_of_work(office.session):
        return service.use(office.session, at, office.keyring, token)


def test_a_link_goes_only_to_the_address_of_a_named_case_and_works_once(office):
    case, nameless = office.case(**NAMED), office.case(email="malee@example.org")
    other = office.case(**{**NAMED, "email": "somchai@example.org"})
    assert asked(office, nameless.number, "malee@example.org") is None
    assert asked(office, other.number, "malee@example.org") is None
    assert asked(office, "no such", "malee@example.org") is None
    assert office.session.query(CodeLink).count() == 0
    token = asked(office, case.number.lower(), " malee@example.ORG ")
    assert office.session.query(CodeLink).one().asked_for == ""
    before = old_code(office, case)
    after = used(office, token)
    assert receipts.find(office.session, office.keyring, after).id == case.id
    assert receipts.find(office.session, office.keyring, before) is None
    assert used(office, token) is None


def test_a_link_ends_after_two_hours_and_there_are_three_a_day(office):
    case = office.case(**NAMED)
    tokens = [asked(office, case.number, NAMED["email"]) for _ in range(4)]
    assert [token is not None for token in tokens] == [True, True, True, False]
    assert used(office, tokens[0], NOW + timedelta(hours=2)) is None
    assert used(office, tokens[1], NOW + timedelta(hours=1)) is not None
    assert used(office, tokens[2], NOW + timedelta(hours=1)) is None, "a used link ends the others"
    with unit_of_work(office.session):
        service.sweep(office.session, NOW + timedelta(days=2))
    assert office.session.query(CodeLink).count() == 0


def test_the_way_by_mail_in_a_browser(app: Flask, client, session, keyring, mailer):
    with unit_of_work(session):
        make_agency(session, slug="opdc")
    with open_desk(app, session, keyring) as desk:
        case = desk.office.case(**NAMED)
        page = client.get("/feedback/lost")
        assert client.post_form(page, "/lost", number=case.number, email="malee").status_code == 422
        answers = [
            client.post_form(page, "/lost", number=number, email="malee@example.org") for number in (case.number, "OPDC-2570-999999")
        ]
        assert [answer.headers["Location"] for answer in answers] == ["/feedback/lost/asked"] * 2
        with unit_of_work(session), app.app_context():
            for row in session.query(CodeLink):
                context = SimpleNamespace(
                    session=session,
                    now=NOW + timedelta(days=1),
                    keyring=keyring,
                    base_url="http://localhost",
                    mailer=mailer,
                    event_id=row.id,
                )
                jobs.send_link(context, {"link_id": row.id})
        [mail] = mailer.sent
        assert mail.to == NAMED["email"]
        path = next(line for line in mail.text.splitlines() if "/feedback/lost/" in line).removeprefix("http://localhost")
        link = client.get(path)
        assert link.headers["Referrer-Policy"] == "no-referrer"
        receipt = client.get(client.post_form(link, path).headers["Location"])
        assert receipts.find(session, keyring, text_of(receipt, "receipt-code")).id == case.id
        assert client.get(path).status_code == 410
        assert client.post(path).status_code == 410


def test_the_counter_in_a_browser(app, session, keyring):
    with open_desk(app, session, keyring) as desk:
        case, nameless = desk.office.case(**NAMED), desk.office.case()
        officer, path = desk.browser("officer"), f"/desk/cases/{case.number}/code/new"
        assert path in officer.get(f"/desk/cases/{case.number}").get_data(as_text=True)
        refused = officer.post_form(officer.get(path), "/new", reason=WHY)
        assert refused.status_code == 422
        assert WHY in refused.get_data(as_text=True)
        given = officer.post_form(refused, "/new", how="called_back")
        page = officer.get(given.headers["Location"])
        digits = "".join(character for character in text_of(page, "receipt-code") if character.isdecimal())
        session.rollback()
        assert receipts.find(session, keyring, digits).id == case.id
        assert desk.browser("colleague").get(given.headers["Location"]).status_code == 303
        assert officer.post(f"/desk/cases/{nameless.number}/code/new").status_code == 403
        assert desk.browser("stranger").get(path).status_code == 404
