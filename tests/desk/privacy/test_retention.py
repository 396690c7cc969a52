"""The dry run on the page, on the command line, and before a period is made shorter."""

from datetime import timedelta

import time_machine
from click.testing import CliRunner

from portal.db import unit_of_work
from portal.desk.admin.options.hurting import consequences
from portal.desk.privacy.cli import privacy_commands
from portal.kernel.actor import Role
from portal.privacy.rules.retention import IDENTITY_DAYS
from tests.desk.privacy.conftest import PrivacyDesk
from tests.factories import make_user
from tests.privacy.protection import LATER

A_YEAR = LATER + timedelta(days=366)


def test_the_page_says_what_would_go_of_the_officers_own_agency(desk: PrivacyDesk) -> None:
    desk.closed()
    with unit_of_work(desk.session) as session:
        stranger = make_user(session, [(desk.office.elsewhere, Role.PRIVACY)])
    with time_machine.travel(A_YEAR, tick=False):
        mine = desk.browser().get("/en/desk/privacy/retention").get_data(as_text=True)
        theirs = desk.browser(stranger).get("/en/desk/privacy/retention").get_data(as_text=True)
    assert "Name and contacts</th><td" in mine.replace("\n", "")
    assert "everything whose time is over has gone" not in mine
    assert "everything whose time is over has gone" in theirs


def test_system_administrators_find_it_in_the_administration(desk: PrivacyDesk) -> None:
    with unit_of_work(desk.session) as session:
        system = make_user(session, [(None, Role.SYSTEM_ADMINISTRATOR)])
    browser = desk.browser(system)
    assert "/desk/privacy/retention" in browser.get("/desk/admin").get_data(as_text=True)
    assert browser.get("/desk/privacy/retention").status_code == 200


def test_the_command_tries_first_and_then_does_it(desk: PrivacyDesk) -> None:
    case = desk.closed()
    desk.session.rollback()
    group = privacy_commands(lambda: desk.app)  # type: ignore[arg-type,return-value]
    with time_machine.travel(A_YEAR, tick=False):
        tried = CliRunner().invoke(group, ["retention", "--dry-run"])
        desk.session.refresh(case)
        assert tried.output.splitlines() == ["identity: 1 of OPDC, oldest of 2026-11-22", "Nothing was erased, this was a dry run"]
        assert case.identity is not None
        desk.session.rollback()
        assert CliRunner().invoke(group, ["retention"]).output.splitlines()[-1] == "1 erased"
    desk.session.expire_all()
    assert case.identity is None


def test_a_shorter_period_says_first_what_it_would_erase(desk: PrivacyDesk) -> None:
    desk.closed()
    desk.session.rollback()
    with time_machine.travel(LATER + timedelta(days=40), tick=False):
        said = consequences(desk.session, IDENTITY_DAYS, None, 365, 30)
        assert [message.values["count"] for message in said] == ["1"]
        assert consequences(desk.session, IDENTITY_DAYS, None, 365, 400) == []


def test_ledger_and_replay_are_commands(desk: PrivacyDesk, tmp_path: object) -> None:
    desk.closed()
    desk.session.rollback()
    group, file = privacy_commands(lambda: desk.app), f"{tmp_path}/ledger.jsonl"  # type: ignore[arg-type,return-value]
    with time_machine.travel(A_YEAR, tick=False):
        CliRunner().invoke(group, ["retention"])
    assert "1 erasures added" in CliRunner().invoke(group, ["ledger", file]).output
    assert CliRunner().invoke(group, ["replay", file]).output == "0 erased again, 1 erased already, 0 not in this database\n"
