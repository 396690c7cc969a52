"""The page of an agency's mailbox."""

import pytest

from portal.db import unit_of_work
from portal.kernel.actor import Role
from portal.outbox.mailbox import queries
from tests.desk.people import open_desk
from tests.factories import make_user

TYPED = {"address": "inbox@agency.go.th", "host": "no-such-host.invalid", "port": "993", "security": "tls", "user": "u"}
SECRET = "s3cret"


@pytest.fixture
def desk(app, session, keyring):
    with open_desk(app, session, keyring) as desk:
        yield desk


def test_it_is_entered_tried_out_and_switched_off(desk, session):
    with unit_of_work(session):
        admin = make_user(session, [(desk.office.agency, Role.ADMINISTRATOR)])
    browser, page = desk.browser(admin), f"/desk/admin/mailbox?agency={desk.office.agency.slug}"
    refused = browser.post_form(browser.get(page), "/mailbox", **{**TYPED, "port": "25", "user": ""})
    assert refused.status_code == 422
    for kept in ('id="port-error"', 'id="user-error"', "no-such-host.invalid"):
        assert kept in refused.get_data(as_text=True)
    tried = browser.post_form(browser.get(page), "/mailbox", **TYPED, **{"try": "yes"}, password=SECRET, takes_plus="yes", kind="question")
    assert tried.status_code == 303, tried.get_data(as_text=True)
    shown = browser.get(tried.location).get_data(as_text=True)
    assert 'id="mailbox-tried"' in shown
    assert SECRET not in shown
    session.rollback()
    row = queries.stored(session, desk.office.agency.id)
    assert (row.kind, row.takes_plus) == ("question", True)
    off = browser.post_form(browser.get(page), "/mailbox", off="yes")
    assert off.status_code == 303
    session.expire_all()
    session.rollback()
    assert not queries.stored(session, desk.office.agency.id).is_on
    assert desk.browser("coordinator").get(page).status_code in (403, 404)
