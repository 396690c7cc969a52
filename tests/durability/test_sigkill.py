"""Killing any process with SIGKILL at any moment loses no acknowledged submission."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random

import pytest
from sqlalchemy.orm import Session

from portal.db import unit_of_work
from portal.files.store import LocalStore
from portal.kernel.keyring import Keyring
from tests.conftest import DATA_KEY
from tests.durability.checking import LOST, Finding, findings
from tests.durability.clients import Ledger, Sender, jobs, send_all
from tests.durability.fire import Portal, say
from tests.durability.wsgi import FAULT
from tests.factories import make_agency

SECRET = "secret of the durability test"
SUBMISSIONS, KILLS = 500, 20
THREADS = 4


@pytest.fixture
def environment(session: Session, database_url: str, tmp_path: Path) -> Mapping[str, str]:
    """Settings of a portal with one agency to write to."""
    with unit_of_work(session):
        make_agency(session, slug="opdc", code="OPDC")
    return {
        "PORTAL_ENV": "development",
        "PORTAL_LIMITS": "off",
        "PORTAL_DATABASE_URL": database_url,
        "PORTAL_FILES": str(tmp_path / "files"),
        "PORTAL_SECRET_KEY": SECRET,
        "PORTAL_DATA_KEY": DATA_KEY,
        "PORTAL_MAIL_URL": f"folder://{tmp_path / 'mail'}",
        "PORTAL_BASE_URL": "http://127.0.0.1",
        "PORTAL_HOME_AGENCY": "opdc",
    }


def judged(session: Session, keyring: Keyring, environment: Mapping[str, str], ledger: Ledger) -> list[Finding]:
    session.rollback()
    return findings(session, keyring, LocalStore(environment["PORTAL_FILES"]), ledger.told)


def kill_between(ledger: Ledger, rng: Random, count: int, kills: int, kill: Callable[[], None]) -> Callable[[], None]:
    """Kills spread over the run: each at a random moment after its share of submissions was acknowledged."""

    def fire() -> None:
        for number in range(kills):
            deadline = time.monotonic() + 60
            while len(ledger.told) < number * count // kills and time.monotonic() < deadline:
                time.sleep(0.005)
            time.sleep(rng.random() * 0.15)
            kill()

    return fire


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """What the servers say; shown when the test fails."""
    path = tmp_path / "servers.log"
    yield path
    print(path.read_text(errors="replace")[-8000:])


def test_twenty_kills_in_five_hundred_submissions_lose_nothing(
    session: Session, keyring: Keyring, environment: Mapping[str, str], log: Path
) -> None:
    rng, ledger = Random(2550), Ledger()
    with Portal(environment, log) as portal:
        sender = Sender(portal.port, SECRET, ledger)
        fire = kill_between(ledger, rng, SUBMISSIONS, KILLS, portal.kill_one)
        send_all(sender, jobs(SUBMISSIONS, rng), THREADS, fire)
    say(f"{len(portal.kills)} kills {dict(Counter(portal.kills))}, {ledger.repeats} requests sent again")
    assert len(portal.kills) == KILLS
    assert set(portal.kills) == {"server", "web", "jobs"}
    assert len(ledger.told) == SUBMISSIONS
    assert sum(bool(one.files) for one in ledger.told) == SUBMISSIONS // 10
    assert judged(session, keyring, environment, ledger) == []


def test_an_answer_before_the_commit_would_be_caught(session: Session, keyring: Keyring, environment: Mapping[str, str], log: Path) -> None:
    rng, ledger, count = Random(7), Ledger(), 60
    with Portal({**environment, FAULT: "yes"}, log) as portal:
        sender = Sender(portal.port, SECRET, ledger)
        fire = kill_between(ledger, rng, count, 3, portal.kill_web)
        send_all(sender, jobs(count, rng, with_files=False), THREADS, fire)
    assert len(ledger.told) == count
    assert LOST in {finding.kind for finding in judged(session, keyring, environment, ledger)}
