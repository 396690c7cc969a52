"""Freezing: what was entered in time stays for good; a ruling makes another version, and both can be read."""

from datetime import datetime, timedelta
from hashlib import sha256

import pytest
from msgspec import structs

from portal.db import unit_of_work
from portal.outbox.mail import MemoryMailer
from portal.outbox.worker import JobContext
from portal.participation.rules.document import differences, read_document, recompute
from portal.participation.rules.dossier import Ruling
from portal.participation.scores import dossiers
from portal.participation.scores.dossiers import dossier_of
from portal.participation.scores.freezing import FROZEN, RULING, versions
from portal.participation.scores.jobs import freezing
from portal.participation.scores.models import FrozenDossierIsImmutable
from portal.participation.scores.service import recompute as compute_scores
from tests.conftest import NOW
from tests.feedback.boxes.counting import counted
from tests.outcomes.conftest import heard
from tests.participation.scores.conftest import YEAR, Town

#: The last day of 2570 is 30 September 2027; sixty days later is 29 November.
LAST_ENTRY = datetime(2027, 11, 29, 9, tzinfo=NOW.tzinfo)
AFTER = LAST_ENTRY + timedelta(days=1)


def freeze(town: Town, at: datetime) -> None:
    """What the worker does each minute."""
    with unit_of_work(town.session):
        freezing(JobContext(town.session, at, MemoryMailer(), town.store, town.place.keyring, ""))


def frozen(town: Town) -> list[tuple[int, str]]:
    return [(row.number, row.cause) for row in versions(town.session, town.office.agency.id, YEAR)]


@pytest.fixture
def year(town: Town) -> Town:
    """An opening in the year, and the year frozen."""
    town.place.open()
    heard(town.office, 2, at=NOW - timedelta(days=12), disposition="accepted")
    freeze(town, LAST_ENTRY)
    assert frozen(town) == []
    freeze(town, AFTER)
    return town


def test_a_year_is_frozen_sixty_days_after_its_end_and_only_once(year: Town) -> None:
    freeze(year, AFTER)
    assert frozen(year) == [(1, FROZEN)]
    (row,) = versions(year.session, year.office.agency.id, YEAR)
    assert row.sha256 == sha256(row.document.encode()).hexdigest()
    document = read_document(row.document.encode())
    assert differences(document, recompute(document)) == []
    assert document.frozen_on == LAST_ENTRY.date()
    assert {type(fact).__name__ for fact in document.facts} >= {"BoxOpened", "CaseQuarter"}


def test_what_comes_later_changes_nothing(year: Town) -> None:
    before = dossier_of(year.session, year.office.agency, YEAR), year.scores(), year.kept()
    year.place.open(at=AFTER, day="20/12/2569")
    year.work(AFTER)
    assert year.compute(AFTER, [YEAR]) == 0
    kept = {key: facts for key, facts in year.kept().items() if key[1] == YEAR}
    assert kept == {key: facts for key, facts in before[2].items() if key[1] == YEAR}
    assert dossier_of(year.session, year.office.agency, YEAR) == before[0]
    assert {key: one for key, one in year.scores().items() if key[1] == YEAR} == before[1]


def test_a_ruling_after_the_freeze_makes_another_version(year: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    (fact,) = (one for one in dossier_of(year.session, year.office.agency, YEAR).facts if type(one).__name__ == "BoxOpened")
    ruling = Ruling(kind="BoxOpened", key=fact.key, accepted=False, reason="ไม่มีพยาน", on=AFTER.date())
    monkeypatch.setattr(dossiers, "rulings_for", lambda _session, ids, _year: dict.fromkeys(ids, (ruling,)))
    assert year.compute(AFTER, [YEAR]) > 0
    assert year.compute(AFTER, [YEAR]) == 0
    assert frozen(year) == [(1, FROZEN), (2, RULING)]
    first, second = (read_document(row.document.encode()) for row in versions(year.session, year.office.agency.id, YEAR))
    assert structs.replace(second.dossier, rulings=()) == structs.replace(first.dossier, rulings=())
    result = year.scores()[year.office.agency.id, YEAR, "2549"][2]
    assert ["BoxOpened", fact.key, "refused"] in result["standings"]


def test_a_frozen_version_never_changes(year: Town) -> None:
    with pytest.raises(FrozenDossierIsImmutable), unit_of_work(year.session):
        versions(year.session, year.office.agency.id, YEAR)[0].cause = RULING


def test_as_many_statements_for_one_agency_as_for_two(town: Town) -> None:
    asked = []
    town.compute()
    for ids in ([town.office.agency.id], [town.office.agency.id, town.office.elsewhere.id]):
        with unit_of_work(town.session), counted(town.session.get_bind()) as statements:
            compute_scores(town.session, NOW, ids, [YEAR])
        asked.append(len(statements))
    assert asked[0] == asked[1] < 60
