"""``portal keys rotate``: nothing encrypted is forgotten, nothing is lost, and citizens go on meanwhile."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import LargeBinary, MetaData, select, text
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.accounts.oidc import service as oidc
from portal.accounts.oidc.models import IdentityProvider
from portal.accounts.oidc.service import ProviderValues
from portal.accounts.reset import service as reset
from portal.accounts.reset.models import PasswordReset
from portal.accounts.rotation import ROTATIONS as ACCOUNTS
from portal.accounts.second_factor.models import AuthenticatorApp, RecoveryCode
from portal.accounts.second_factor.service.recovery import give_codes
from portal.agencies.models import Agency
from portal.app import create_app
from portal.casework import identity, receipts
from portal.casework.models import Case, CaseIdentity, SubmissionKey
from portal.casework.rules import Channel
from portal.corruption import receipts as corruption_receipts
from portal.corruption import service as corruption
from portal.corruption.models import CorruptionFile, CorruptionReport, CorruptionSubmission
from portal.corruption.queries import entries
from portal.corruption.sealing import code_of, contact_of, details_of, kept_away_of, told_of
from portal.corruption.service import Handed
from portal.corruption.statement import Statement
from portal.db import Base, unit_of_work
from portal.db.rotation import DATA, INTEGRITY, Rotation
from portal.feedback.calls.taking import Taken
from portal.feedback.mail_in.models import MailInMessage
from portal.feedback.mail_in.reading import Letter
from portal.feedback.mail_in.sealing import opened as letter_of
from portal.feedback.mail_in.service import Came, take_letter
from portal.feedback.petitions import queries as petitions_queries
from portal.feedback.petitions import service as petitions
from portal.feedback.petitions.models import PetitionConfirmation, PetitionFollower, PetitionSupport
from portal.feedback.petitions.rules import Way
from portal.feedback.petitions.service import Proposal
from portal.feedback.petitions.service.confirming import FOLLOWER, PURPOSE
from portal.feedback.sheets import service as sheets
from portal.feedback.sheets.judging import judge
from portal.feedback.sheets.models import SheetDraft, SheetRow
from portal.feedback.sheets.reading.book import pack
from portal.feedback.sheets.reading.child import read
from portal.feedback.sheets.rules import file_name
from portal.feedback.transcribing import drafts
from portal.feedback.transcribing.models import Batch, Sheet
from portal.files.rules import Kind
from portal.files.sealed import SealedStore
from portal.files.service import Received
from portal.files.store import LocalStore
from portal.kernel.actor import CITIZEN, SYSTEM, Actor, ActorKind, Role
from portal.kernel.keyring import Keyring, key_id
from portal.kernel.receipt_code import format_code
from portal.outbox.mail_server import queries as mail_servers
from portal.outbox.mail_server import service as mail_server
from portal.outbox.mail_server.rules import MailServer, Security
from portal.outbox.mailbox import queries as mailbox_queries
from portal.outbox.mailbox import service as mailboxes
from portal.outbox.mailbox.models import Mailbox
from portal.outbox.mailbox.rules import Box
from portal.outbox.models import OutboxEvent
from portal.privacy import service as privacy
from portal.privacy.models import PrivacyRequest
from portal.privacy.rules import Right
from portal.privacy.service import Asked
from portal.registry import ROTATIONS
from portal.rotating import Report, keys_commands, rotate, verdicts
from portal.settings import DEVELOPMENT_INTEGRITY_KEY, Settings
from portal.web.database import db
from tests.casework.factories import a_submission, make_case
from tests.client import PageClient
from tests.conftest import DATA_KEY, NOW
from tests.factories import make_agency, make_user
from tests.feedback.sheets.making import as_recognised

NEW_KEY, NEW_INTEGRITY = "a new first data key for the tests", "a new first integrity key for the tests"
RINGS = {DATA: Keyring([NEW_KEY, DATA_KEY]), INTEGRITY: Keyring([NEW_INTEGRITY, DEVELOPMENT_INTEGRITY_KEY])}
NEW = {DATA: Keyring([NEW_KEY]), INTEGRITY: Keyring([NEW_INTEGRITY])}
OLD = {DATA: Keyring([DATA_KEY]), INTEGRITY: Keyring([DEVELOPMENT_INTEGRITY_KEY])}
NAME, EMAIL = "มาลี ใจดี", "malee@example.org"
#: Encrypted columns whose names do not say so, and columns of bytes that are not encrypted.
QUIET, CLEAR = {"authenticator_app.secret", "password_reset.asked_for"}, {"passkey.public_key"}
#: Hashes by key that fade by themselves: one-time tokens within a day, failures within the hour.
FADING = {"submission_key", "corruption_submission", "sign_in_failures", "setup_progress"}


def encrypted_columns(metadata: MetaData) -> set[str]:
    """By their names and types."""
    found = set()
    for table in metadata.sorted_tables:
        for column in table.columns:
            name = f"{table.name}.{column.name}"
            if column.name.endswith("_enc") or column.name == "sealed" or isinstance(column.type, LargeBinary) or name in QUIET:
                found.add(name)
    return found - CLEAR


def silent(_rotation: Rotation, _seen: int, _renewed: int, *, done: bool) -> None:
    """Says nothing."""


def run(session: Session, at_once: int = 100) -> Report:
    return rotate(session, RINGS, ROTATIONS, silent, at_once)


@pytest.fixture
def rotating(settings: Settings) -> Iterator[Flask]:
    """The portal after the new keys were put in front of the lists."""
    app = create_app(
        replace(settings, data_keys=(NEW_KEY, DATA_KEY), integrity_keys=(NEW_INTEGRITY, DEVELOPMENT_INTEGRITY_KEY)),
    )
    app.testing = True
    app.test_client_class = PageClient
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_every_encrypted_column_is_named_by_a_rotation() -> None:
    named = {rotation.name for rotation in ROTATIONS}
    assert encrypted_columns(Base.metadata) - named == set()
    assert "corruption files on the disk" in named


def test_every_hash_that_remembers_its_key_is_named_by_a_rotation() -> None:
    tables = {table.name for table in Base.metadata.sorted_tables for column in table.columns if column.name.endswith("key_id")}
    assert {table for table in tables - FADING if not any(rotation.name.startswith(f"{table}.") for rotation in ROTATIONS)} == set()


def fill(session: Session, store: SealedStore) -> str:
    """Something of everything that is encrypted; returns the code of the report."""
    data, integrity = OLD[DATA], OLD[INTEGRITY]
    with unit_of_work(session):
        agency = make_agency(session, slug="opdc", code="OPDC")
        user = make_user(session, [(None, Role.SYSTEM_ADMINISTRATOR)])
        make_user(session, [(agency, Role.INTEGRITY)])
        case = make_case(session, data, agency, anonymity="named", name=NAME, email=EMAIL, phone="02 123 4567")
        letter = {"answer_by": "letter", "address": "1 ถนนทดสอบ"}
        make_case(session, data, agency, NOW - timedelta(days=2), anonymity="named", name=NAME, **letter)
        receipts.wipe(session, NOW)
        _import_sheet(session, data, agency, user)
        privacy.ask(session, CITIZEN, NOW, data, case, Asked(Right.CORRECTION, name="มาลี ใจดีมาก"))
        oidc.save(session, SYSTEM, NOW, data, None, PROVIDER)
        session.add(
            AuthenticatorApp(user_id=user.id, secret=data.encrypt("second factor", "ABC"), created_at=NOW, last_step=0, burnt_steps=[])
        )
        give_codes(session, data, user.id)
        batch = Batch(agency_id=agency.id, channel=Channel.LETTER, received_at=NOW, recorded_at=NOW)
        session.add(Sheet(batch=batch, agency_id=agency.id, draft_enc=drafts.seal(data, Taken(name=NAME), "12")))
        reset.ask(session, NOW, data, EMAIL)
        mail_server.enter(session, SYSTEM, NOW, data, MailServer("mail.example.org", 587, Security.STARTTLS, "u", "p", "a@example.org"), 0)
        box = Box("inbox@example.org", "imap.example.org", user="u", password="p")
        mailboxes.enter(session, SYSTEM, NOW, data, agency, box, 0)
        letter = Letter(senders=(("", EMAIL),), text="ขอความช่วยเหลือ", to_many=True)
        take_letter(session, NOW, data, agency, Came("1.1", 1, b""), letter)
        support_petition(session, data, agency)
        public_id = store.put(b"a photograph")
        received = Received(public_id, "ภาพ.pdf", Kind.PDF, 12, "a" * 64, "b" * 64)
        told = Statement(agency="opdc", what="เรียกเงินทอน", name=NAME, email=EMAIL)
        receipt = corruption.hand_in(session, NOW, integrity, told, agency, "a token", Handed("under", [received]))
        corruption.reporter_says(session, NOW, integrity, receipt.report, "อีกอย่างหนึ่ง", "another token", Handed(""))
    return receipt.digits


SHEET = b"ticket_id,comment,timestamp,coords\nA-1,\xe0\xb8\x82\xe0\xb9\x89\xe0\xb8\xad,2026-11-01,\n"


def _import_sheet(session: Session, data: Keyring, agency: Agency, user: User) -> None:
    """A row that is known, and a file that waits."""
    book, actor = read(SHEET), Actor(ActorKind.USER, user.id, roles={Role.COORDINATOR: frozenset({agency.id})})
    plan, named = as_recognised(book), file_name("a.csv", SHEET)
    sheets.keep_draft(session, actor, NOW, data, agency, named, pack(book), plan)
    judgement = judge(book.sheets[0], plan, NOW, agency.slug, 10)
    sheets.import_rows(session, actor, NOW, agency, sheets.ready(session, actor, NOW, data, agency, named, plan, judgement))


def support_petition(session: Session, data: Keyring, agency: Agency) -> None:
    """An address that waits to be confirmed, and one that waits for an answer."""
    receipt = petitions.open_petition(session, NOW, data, Proposal("opdc", "ขอให้เปิด", "เปิดทุกวัน"), agency, "a petition's token")
    petition = petitions_queries.by_slug(session, receipt.case_number.lower())
    assert petition
    petitions.ask_by_mail(session, NOW, data, petition, EMAIL, None, "th", tell=True)
    support = PetitionSupport(petition_id=petition.id, way=Way.CONTACT, mark_key_id=data.newest, at=NOW)
    session.add(support)
    session.flush()
    session.add(PetitionFollower(support_id=support.id, address_enc=data.encrypt(FOLLOWER, EMAIL), language="th"))


PROVIDER = ProviderValues(
    slug="staff",
    name_th="บัญชี",
    name_en="",
    issuer="https://id.example.org",
    client_id="me",
    client_secret="s3cret",
    domains="example.org",
    trusted_second_factor=False,
    enabled=True,
)


def tokens(session: Session) -> set[str]:
    """Columns in which something stands that looks encrypted."""
    found = set()
    for table in Base.metadata.sorted_tables:
        for row in session.execute(text(f'SELECT * FROM "{table.name}"')).mappings():
            found |= {f"{table.name}.{name}" for name, value in row.items() if _looks_encrypted(value)}
    session.rollback()
    return found


def _looks_encrypted(value: Any) -> bool:
    if isinstance(value, bytes | memoryview):
        return bytes(value)[:8].decode("ascii", "replace") in {key_id(DEVELOPMENT_INTEGRITY_KEY), key_id(DATA_KEY)}
    return isinstance(value, str) and value.startswith("gAAAA")


def test_everything_is_readable_by_the_new_keys_alone(rotating: Flask, session: Session) -> None:
    store = LocalStore(rotating.extensions["portal"].settings.files / "sealed")
    digits = fill(session, SealedStore(store, OLD[INTEGRITY]))
    assert tokens(session) == encrypted_columns(Base.metadata), "the test fills every encrypted column, and knows of every other one"
    report = run(session, at_once=2)
    assert sum(report.lost.values()) == 0
    session.expire_all()
    data, integrity = NEW[DATA], NEW[INTEGRITY]
    case = session.scalars(select(Case).order_by(Case.id)).first()
    assert case is not None
    assert identity.opened(data, case).name == NAME
    assert case.receipt_key_id == data.newest, "its code is known for a day"
    assert data.decrypt("privacy", session.scalars(select(PrivacyRequest)).one().proposed_enc or "") == "มาลี ใจดีมาก"
    assert oidc.client_of(data, session.scalars(select(IdentityProvider)).one(), False).client_secret == "s3cret"
    assert data.decrypt("second factor", session.scalars(select(AuthenticatorApp)).one().secret) == "ABC"
    assert data.decrypt("password reset", session.scalars(select(PasswordReset)).one().asked_for).strip() == EMAIL
    box = mailbox_queries.opened(session.scalars(select(Mailbox)).one(), data)
    assert box is not None
    assert box.password == "p"
    assert letter_of(data, session.scalars(select(MailInMessage)).one()).sender == EMAIL
    assert data.decrypt(PURPOSE, session.scalars(select(PetitionConfirmation)).one().address_enc).strip() == EMAIL
    assert data.decrypt(FOLLOWER, session.scalars(select(PetitionFollower)).one().address_enc) == EMAIL
    server = mail_servers.opened(mail_servers.stored(session), data)
    assert server is not None
    assert asdict(server)["password"] == "p"
    row, draft = session.scalars(select(SheetRow)).one(), session.scalars(select(SheetDraft)).one()
    assert (sheets.reference_of(data, row), sheets.book_of(data, draft)) == ("A-1", read(SHEET))
    candidates = judge(read(SHEET).sheets[0], sheets.plan_of_draft(data, draft), NOW, "opdc", 10).candidates
    assert sheets.sort_out(session, data, row.agency_id, file_name("other", b"x"), as_recognised(read(SHEET)), candidates).fresh == []
    told = session.scalars(select(CorruptionReport)).one()
    found = told_of(integrity, told)
    assert found is not None
    assert (found.what, contact_of(integrity, told).email) == ("เรียกเงินทอน", EMAIL)
    assert kept_away_of(integrity, told).user_ids == frozenset()
    assert [entry.text for _id, entry in entries(session, integrity, told)] == ["อีกอย่างหนึ่ง"]
    file = session.scalars(select(CorruptionFile)).one()
    assert details_of(integrity, file).name == "ภาพ.pdf"
    with SealedStore(store, integrity).open(file.public_id) as bytes_of:
        assert bytes_of.read() == b"a photograph"
    held = session.scalars(select(CorruptionSubmission).where(CorruptionSubmission.code_enc.is_not(None))).one()
    assert code_of(integrity, told.key, held.code_enc or b"") == digits
    assert corruption_receipts.find(session, integrity, digits) is not None
    again = run(session)
    assert sum(again.renewed.values()) == 0, "a second run finds nothing to do"


def test_it_says_which_old_key_has_to_stay_and_why(rotating: Flask, session: Session) -> None:
    fill(session, rotating.extensions["portal"].sealed_store)
    report = run(session)
    said = verdicts(DATA, RINGS[DATA], report, ROTATIONS)
    assert said == [
        f"{DATA}: keep {key_id(DATA_KEY)}: only their holders know the codes behind "
        "1 in case_record.receipt_hash, 10 in recovery_code.code_mac; each goes over when its holder uses it"
    ]
    assert "may be taken off the list 24 hours from now" in verdicts(INTEGRITY, RINGS[INTEGRITY], report, ROTATIONS)[0]
    assert verdicts(DATA, NEW[DATA], report, ROTATIONS) == [f"{DATA}: one key only, nothing to take off"]


def test_recovery_codes_that_were_used_keep_no_key(session: Session) -> None:
    with unit_of_work(session):
        give_codes(session, OLD[DATA], make_user(session).id)
        for row in session.scalars(select(RecoveryCode)):
            row.used_at = NOW
    assert rotate(session, RINGS, ACCOUNTS, silent).needed == {}


def test_what_no_listed_key_opens_is_counted_and_left_as_it_is(rotating: Flask, session: Session) -> None:
    stranger = Keyring(["a key that nobody has listed any more"])
    with unit_of_work(session):
        agency = make_agency(session)
        case = make_case(session, OLD[DATA], agency, anonymity="named", name=NAME)
        lost = stranger.encrypt(identity.PURPOSE, NAME)
        session.get_one(CaseIdentity, case.id).name_enc = lost
    report = run(session)
    assert report.lost["case_identity.name_enc"] == 1
    session.expire_all()
    assert session.get_one(CaseIdentity, case.id).name_enc == lost
    assert "could not be read" in verdicts(DATA, RINGS[DATA], Report(lost=report.lost), ROTATIONS)[0]
    assert "may be taken off" in verdicts(INTEGRITY, RINGS[INTEGRITY], report, ROTATIONS)[0], "another setting's keys are not at fault"


def test_the_old_code_opens_the_case_and_goes_over(rotating: Flask, session: Session) -> None:
    with unit_of_work(session):
        case = make_case(session, OLD[DATA], make_agency(session, slug="opdc"))
        code = receipts.of_case(session, OLD[DATA], case.id) or ""
    answer = rotating.test_client().post("/feedback/track", data={"code": code})
    assert answer.status_code == 303
    session.expire_all()
    assert receipts.find(session, NEW[DATA], code) is not None
    assert session.get_one(Case, case.id).row_version == case.row_version


def test_citizens_and_officers_go_on_while_keys_rotate(rotating: Flask, session: Session) -> None:
    """Between any two batches a citizen sends, looks up, and corrects; at the end nothing needs the old key but codes nobody used."""
    with unit_of_work(session):
        agency = make_agency(session, slug="opdc", code="OPDC")
        old = [make_case(session, OLD[DATA], agency, anonymity="named", name=NAME, email=f"{n}@example.org") for n in range(4)]
        codes = [receipts.of_case(session, OLD[DATA], case.id) or "" for case in old]
    numbers = [case.number for case in old]
    client, seen = rotating.test_client(), []

    def meanwhile(rotation: Rotation, _seen: int, _renewed: int, *, done: bool) -> None:
        if not rotation.name.startswith("case") or len(seen) >= len(codes):
            return
        session.rollback()
        turn = len(seen)
        opened = client.post("/feedback/track", data={"code": format_code(codes[turn])}, follow_redirects=True)
        assert numbers[turn] in opened.get_data(as_text=True)
        page = client.get("/feedback/privacy")
        corrected = client.post_form(page, "/feedback/privacy/contact", email=f"new{turn}@example.org", follow_redirects=True)
        assert corrected.status_code == 200
        sent = client.post("/api/v1/submissions", json=asdict_of_submission(), headers={"Idempotency-Key": f"meanwhile-{turn}"})
        assert sent.status_code == 201
        looked = client.post("/api/v1/receipts/lookup", json={"receipt": sent.get_json()["receipt"]})
        assert looked.get_json()["case_number"] == sent.get_json()["case_number"]
        seen.append(sent.get_json()["case_number"])

    report = rotate(session, RINGS, ROTATIONS, meanwhile, at_once=1)
    assert len(seen) == len(codes)
    assert (sum(report.lost.values()), report.needed.get(key_id(DATA_KEY))) == (0, None)
    session.expire_all()
    cases = session.scalars(select(Case).order_by(Case.id)).all()
    assert [identity.opened(NEW[DATA], case).email for case in cases[:4]] == [f"new{n}@example.org" for n in range(4)]
    assert all(receipts.find(session, NEW[DATA], code) is not None for code in codes)
    assert all(receipts.of_case(session, NEW[DATA], case.id) for case in cases)
    assert session.scalars(select(SubmissionKey)).first() is not None
    assert session.scalars(select(OutboxEvent)).first() is not None


def asdict_of_submission() -> dict[str, object]:
    """As a program sends it."""
    submission = a_submission(agency="opdc")
    return {name: getattr(submission, name) for name in ("agency", "kind", "subject", "body", "anonymity")}


def test_the_command_tells_what_it_did(rotating: Flask, session: Session) -> None:
    fill(session, rotating.extensions["portal"].sealed_store)
    result = CliRunner().invoke(keys_commands(lambda: rotating), ["rotate"])
    assert result.exit_code == 0, result.output
    assert "case_identity.name_enc: 2 looked at, 2 renewed" in result.output
    assert "may be taken off the list" in result.output
