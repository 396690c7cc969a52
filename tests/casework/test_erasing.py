"""Erasing parts of a case: what goes is gone everywhere, what stays stays, twice is once."""

from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.casework import identity, queries, service
from portal.casework.identity import Contact
from portal.casework.models import Case, CaseEvent, CaseFile, CaseIdentity, SubmissionKey
from portal.casework.rules import ERASED, Act, Part, PublicState, WordsKind
from portal.db import unit_of_work
from portal.files.models import StoredFile
from portal.files.store import LocalStore
from portal.kernel.actor import CITIZEN, SYSTEM
from portal.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from portal.kernel.keyring import Keyring
from tests.conftest import NOW
from tests.privacy.protection import EMAIL, LATER, NAME, Protection, make_protection

SECRET = "ถ้อยคำเฉพาะของผู้แจ้งคนนี้"


@pytest.fixture
def protection(session: Session, keyring: Keyring, store: LocalStore) -> Protection:
    """An office with a data protection officer."""
    return make_protection(session, keyring, store)


def erase(protection: Protection, case: Case, *parts: Part, **values: object) -> frozenset[Part]:
    done: frozenset[Part] = protection.do(service.erase, SYSTEM, protection.store, case, parts, **values)
    return done


def published(protection: Protection, body: str = SECRET) -> Case:
    case = protection.closed(body=body, publish_consent=True)
    protection.office.do(service.publish, protection.office.coordinator, case, "หัวเรื่อง", body, "คำตอบ", at=LATER)
    return case


def test_identity_goes_with_its_index_and_what_was_sent(protection: Protection) -> None:
    case = protection.closed()
    assert erase(protection, case, Part.IDENTITY) == {Part.IDENTITY}
    session = protection.session
    assert session.get(CaseIdentity, case.id) is None
    key = session.scalars(select(SubmissionKey).where(SubmissionKey.case_id == case.id)).one()
    assert (key.receipt_enc, key.body_hash) == (None, "")
    assert not identity.opened(protection.tools.keyring, case)


def test_words_of_everybody_go_and_the_acts_stay(protection: Protection) -> None:
    case = protection.closed(body=SECRET, place=SECRET)
    protection.office.do(service.note, protection.office.officer, case, f"ผู้แจ้งบอกว่า {SECRET}", at=LATER)
    acts = [event.act for event in queries.history(protection.session, case)]
    assert SECRET in protection.everywhere()
    assert erase(protection, case, Part.WORDS) == {Part.WORDS}
    assert SECRET not in protection.everywhere()
    assert (case.subject, case.body, case.place) == (ERASED, ERASED, "")
    assert [event.act for event in queries.history(protection.session, case)] == [*acts, Act.ERASE]


def test_what_came_after_the_moment_is_left_alone(protection: Protection) -> None:
    case = protection.closed()
    protection.office.do(service.note, protection.office.officer, case, "หลังจากนั้น", at=LATER)
    erase(protection, case, Part.WORDS, until=NOW)
    assert [words.body for words in queries.words_of(protection.session, case) if words.body][-1] == "หลังจากนั้น"


def test_files_go_from_the_tables_and_from_the_disk(protection: Protection) -> None:
    case = protection.case()
    public_id = protection.with_file(case)
    assert erase(protection, case, Part.FILES) == {Part.FILES}
    with pytest.raises(NotFound):
        protection.store.open(public_id)
    assert protection.session.scalar(select(func.count()).select_from(CaseFile)) == 0
    assert protection.session.scalar(select(func.count()).select_from(StoredFile)) == 0


def test_a_file_stays_on_the_disk_when_the_transaction_fails(protection: Protection) -> None:
    case = protection.case()
    public_id = protection.with_file(case)
    with pytest.raises(RuntimeError), unit_of_work(protection.session) as session:
        service.erase(session, SYSTEM, LATER, protection.store, case, [Part.FILES])
        raise RuntimeError
    protection.store.open(public_id).close()


def test_a_published_text_becomes_a_tombstone_without_words(protection: Protection) -> None:
    case = published(protection)
    erase(protection, case, Part.PUBLIC_TEXT)
    assert case.public is not None
    assert (case.public.state, case.public.body, case.publish_consent) == (PublicState.WITHDRAWN, ERASED, False)
    assert queries.tombstone(protection.session, case.number) is not None
    assert erase(protection, case, Part.PUBLIC_TEXT) == frozenset()


def test_a_proposed_text_goes_altogether(protection: Protection) -> None:
    case = protection.closed(publish_consent=True)
    assert case.public is not None
    assert erase(protection, case, Part.PUBLIC_TEXT) == {Part.PUBLIC_TEXT}
    assert case.public is None


def test_the_public_reason_of_a_tombstone_stays(protection: Protection) -> None:
    case = published(protection)
    protection.office.do(service.withdraw_publication, protection.office.coordinator, case, "มีผู้ขอให้ตรวจใหม่", at=LATER)
    erase(protection, case, Part.WORDS)
    assert [row.body for row in queries.words_of(protection.session, case) if row.kind is WordsKind.TOMBSTONE] == ["มีผู้ขอให้ตรวจใหม่"]


def test_erasing_twice_writes_one_act(protection: Protection) -> None:
    case = protection.closed()
    every = tuple(Part)
    erase(protection, case, *every)
    assert erase(protection, case, *every) == frozenset()
    erased = select(func.count()).select_from(CaseEvent).where(CaseEvent.case_id == case.id, CaseEvent.act == Act.ERASE)
    assert protection.session.scalar(erased) == 1


@pytest.mark.parametrize("who", ["officer", "coordinator", "executive", "stranger"])
def test_people_who_work_cases_erase_nothing(protection: Protection, who: str) -> None:
    case = protection.closed()
    with pytest.raises(NotAllowed):
        protection.do(service.erase, getattr(protection.office, who), protection.store, case, [Part.WORDS])


def test_nothing_erased_is_left_in_the_database_file(protection: Protection) -> None:
    if protection.session.get_bind().dialect.name != "sqlite":
        pytest.skip("PostgreSQL leaves dead rows to vacuum")
    case = protection.closed(body=SECRET)
    erase(protection, case, *Part)
    with protection.session.get_bind().connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only=OFF")
        connection.rollback()
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    folder = Path(str(protection.session.get_bind().url.database)).parent
    assert not [path for path in folder.glob("portal.sqlite3*") if SECRET.encode() in path.read_bytes()]


def correct(protection: Protection, case: Case, **wanted: str) -> frozenset[str]:
    changed: frozenset[str] = protection.do(service.correct_contact, CITIZEN, protection.tools.keyring, case, Contact(**wanted))
    return changed


def test_a_corrected_address_is_used_and_found_from_now_on(protection: Protection) -> None:
    case = protection.case()
    assert correct(protection, case, email="new@example.org") == {"email"}
    contact = identity.opened(protection.tools.keyring, case)
    assert (contact.email, contact.name) == ("new@example.org", NAME)
    other = protection.case(email="new@example.org", phone="")
    assert [one.number for one in identity.earlier_cases(protection.session, protection.tools.keyring, other)] == [case.number]


def test_the_same_value_changes_nothing(protection: Protection) -> None:
    case = protection.case()
    version = case.row_version
    assert correct(protection, case, email=EMAIL) == frozenset()
    assert case.row_version == version


def test_a_broken_address_is_named(protection: Protection) -> None:
    with pytest.raises(Invalid) as refused:
        correct(protection, protection.case(), email="not an address", phone="none")
    assert set(refused.value.fields) == {"email", "phone"}


def test_what_was_never_given_does_not_come_in_by_a_correction(protection: Protection) -> None:
    case = protection.case(anonymity="anonymous", name="", phone="")
    with pytest.raises(Invalid) as refused:
        correct(protection, case, name=NAME, phone="02 123 4567")
    assert set(refused.value.fields) == {"name", "phone"}


def test_nothing_comes_back_after_the_identity_was_erased(protection: Protection) -> None:
    case = protection.closed()
    erase(protection, case, Part.IDENTITY)
    with pytest.raises(Conflict):
        correct(protection, case, email="new@example.org")
