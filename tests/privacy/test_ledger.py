"""The ledger outside of the backup: added to only, and what it says was erased is erased again after a restore."""

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts import service as accounts
from portal.casework import service as cases
from portal.casework.models import Case
from portal.casework.rules import ERASED, Part
from portal.db import make_engine, unit_of_work
from portal.desk.privacy.erasers import Outcome
from portal.desk.privacy.replaying import replay
from portal.kernel.actor import CITIZEN, SYSTEM
from portal.kernel.errors import Invalid
from portal.privacy import queries, service
from portal.privacy.models import LedgerEntry
from portal.privacy.models.keeping import LedgerIsAppendOnly
from portal.privacy.rules import Ground
from tests.conftest import NOW
from tests.factories import make_user
from tests.privacy.protection import EMAIL, LATER, NAME, PHONE, Protection

SECRET = "ถ้อยคำที่ขอให้ลบ"
REST = '"at": "2026-11-22T09:00:00+00:00", "part": "identity", "object_type": "case", "object_key": "A-1", "ground": "retention"'


def erase(protection: Protection, case: Case, *parts: Part) -> None:
    protection.do(service.erase_case, SYSTEM, protection.tools, case, parts)


def test_the_file_is_added_to_and_holds_each_erasure_once(protection: Protection, tmp_path: Path) -> None:
    file = tmp_path / "elsewhere" / "ledger.jsonl"
    case = protection.closed()
    erase(protection, case, Part.IDENTITY)
    assert service.append_to_file(protection.session, file) == 1
    assert service.append_to_file(protection.session, file) == 0
    erase(protection, case, Part.WORDS, Part.FILES)
    assert service.append_to_file(protection.session, file) == 1, "there were no files to erase"
    assert [(line.part, line.object_key) for line in service.read_file(file)] == [("identity", case.number), ("words", case.number)]
    assert not [secret for secret in (NAME, EMAIL, PHONE) if secret in file.read_text(encoding="utf-8")]


def test_a_line_that_a_crash_cut_short_is_passed_by_and_written_anew(protection: Protection, tmp_path: Path) -> None:
    file = tmp_path / "ledger.jsonl"
    erase(protection, protection.closed(), Part.IDENTITY)
    service.append_to_file(protection.session, file)
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole + whole[:40], encoding="utf-8")
    assert len(list(service.read_file(file))) == 1
    erase(protection, protection.closed(), Part.IDENTITY)
    service.append_to_file(protection.session, file)
    assert len(list(service.read_file(file))) == 2


@pytest.mark.parametrize(
    "damage",
    ["{}\n", '{"key": 1}\n', "not json\n", f'{{"key": "{"k" * 99}", {REST}}}\n', '{"key":"k","at":"yesterday","part":"identity"}\n'],
)
def test_any_other_damage_is_said_with_its_line(protection: Protection, tmp_path: Path, damage: str) -> None:
    file = tmp_path / "ledger.jsonl"
    erase(protection, protection.closed(), Part.IDENTITY)
    service.append_to_file(protection.session, file)
    file.write_text(damage + file.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(Invalid) as refused:
        list(service.read_file(file))
    assert refused.value.fields["file"][0].values == {"number": 1}


def test_a_row_is_never_changed_nor_deleted(protection: Protection) -> None:
    erase(protection, protection.closed(), Part.IDENTITY)
    row = protection.session.scalars(select(LedgerEntry)).one()
    with pytest.raises(LedgerIsAppendOnly), unit_of_work(protection.session):
        row.object_key = "another"
    with pytest.raises(LedgerIsAppendOnly), unit_of_work(protection.session) as session:
        session.delete(session.get_one(LedgerEntry, row.id))


def test_a_restored_backup_forgets_again_what_was_erased_since(protection: Protection, tmp_path: Path) -> None:
    if protection.session.get_bind().dialect.name != "sqlite":
        pytest.skip("the embedded database is its own backup")
    closed = protection.closed(body=SECRET, publish_consent=True)
    protection.office.do(cases.publish, protection.office.coordinator, closed, "หัวเรื่อง", SECRET, "คำตอบ", at=LATER)
    still = protection.closed()
    request = protection.ask(closed)
    with unit_of_work(protection.session) as session:
        gone = make_user(session, email="left@example.org")
    backup = copy_of(protection, tmp_path)
    file = tmp_path / "ledger.jsonl"
    protection.decide(request)
    protection.do(service.carry_out, protection.officer, protection.tools, request)
    protection.do(service.withdraw_consent, CITIZEN, protection.tools, closed)
    protection.do(service.erase_identity, CITIZEN, protection.tools, closed)
    with unit_of_work(protection.session) as session:
        accounts.disable(session, SYSTEM, LATER, gone)
        service.erase_account(session, SYSTEM, LATER, gone, Ground.RETENTION)
    assert service.append_to_file(protection.session, file) == 4

    engine = make_engine(f"sqlite:///{backup}")
    lines = list(service.read_file(file))
    with Session(engine, expire_on_commit=False) as restored:
        back = restored.scalars(select(Case).where(Case.number == closed.number)).one()
        assert (back.body, back.identity is not None) == (SECRET, True), "the backup is from before"
        restored.rollback()
        assert replay(restored, LATER, protection.tools, lines) == Counter({Outcome.ERASED: 4})
        assert replay(restored, LATER, protection.tools, lines) == Counter({Outcome.GONE: 4})
        assert (back.body, back.identity) == (ERASED, None)
        assert back.public is not None
        assert (back.public.body, back.publish_consent) == (ERASED, False)
        kept = restored.scalars(select(Case).where(Case.number == still.number)).one()
        assert kept.identity is not None, "what was not erased stays"
        assert len(queries.ledger_of(restored, "case", closed.number)) == 3
        restored.rollback()
        assert service.append_to_file(restored, file) == 0, "the rows were taken over with their keys"
    engine.dispose()


def copy_of(protection: Protection, folder: Path) -> Path:
    """The database file as a backup would have it."""
    protection.session.rollback()
    with protection.session.get_bind().connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    protection.session.rollback()
    return Path(shutil.copy(str(protection.session.get_bind().url.database), folder / "backup.sqlite3"))


def test_words_that_came_after_an_erasure_are_left_alone_by_its_replay(protection: Protection, tmp_path: Path) -> None:
    file = tmp_path / "ledger.jsonl"
    case = protection.closed()
    erase(protection, case, Part.WORDS)
    service.append_to_file(protection.session, file)
    protection.office.do(cases.note, protection.office.officer, case, "หลังจากนั้น", at=LATER.replace(year=LATER.year + 1))
    replay(protection.session, LATER, protection.tools, service.read_file(file))
    assert "หลังจากนั้น" in protection.everywhere()


def test_what_the_restored_database_never_knew_is_counted_and_kept_for_the_next_time(protection: Protection, tmp_path: Path) -> None:
    file = tmp_path / "ledger.jsonl"
    erase(protection, protection.closed(), Part.IDENTITY)
    service.append_to_file(protection.session, file)
    line = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**line, "key": "0" * 32, "object_key": "GONE-2570-000001"}) + "\n", encoding="utf-8")
    assert replay(protection.session, NOW, protection.tools, service.read_file(file)) == Counter({Outcome.UNKNOWN: 1})
    assert len(protection.session.scalars(select(LedgerEntry)).all()) == 2
