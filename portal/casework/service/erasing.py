"""Erasing parts of a case. Whether it must wait is asked before (``portal.privacy``); in words: ``docs/rules/privacy.md``."""

from collections.abc import Callable, Collection
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from portal.casework import policy
from portal.casework.bulk.erasing import erase_batches
from portal.casework.drafts.service import erase_drafts
from portal.casework.models import (
    Case,
    CaseAnswer,
    CaseEvent,
    CaseFile,
    CaseIdentity,
    CaseLeftOut,
    CaseLetter,
    CasePart,
    CaseReferral,
    CaseWords,
    ExposedPassage,
    PublicCase,
    SubmissionKey,
)
from portal.casework.pictures.ending import forget_pictures
from portal.casework.rules import ERASED, Act, Part, PublicState, WordsKind
from portal.casework.search import KIND
from portal.casework.service.door import Extra, act_on, allow, drop_draft, overtake
from portal.casework.snooze.service import wake
from portal.casework.tags.service import erase_tags
from portal.files import service as files
from portal.files.store import FileStore
from portal.index import service as index
from portal.kernel.actor import Actor


def erase(
    session: Session, actor: Actor, now: datetime, store: FileStore, case: Case, parts: Collection[Part], until: datetime | None = None
) -> frozenset[Part]:
    """Erase the parts and say which of them were there at all; without any, nothing is written.

    ``until`` leaves alone what people wrote after that moment: a replayed erasure knows nothing of it. The bytes of files go when
    the transaction is committed.
    """
    allow(policy.can_erase(actor, case))
    session.flush()
    erased = frozenset(part for part in Part if part in parts and ERASERS[part](session, now, store, case, until or now))
    session.expire(case, ["identity", "letter", "part", "public", "public_draft", "referral", "words"])
    if erased:
        act_on(session, actor, now, case, Act.ERASE, Extra(detail={"parts": sorted(part.value for part in erased)}))
    return erased


def _identity(session: Session, _now: datetime, _store: FileStore, case: Case, _until: datetime) -> bool:
    gone = session.execute(delete(CaseIdentity).where(CaseIdentity.case_id == case.id))
    _forget_submission(session, case)
    return _any(gone)


def _words(session: Session, now: datetime, _store: FileStore, case: Case, until: datetime) -> bool:
    """The public reason of a tombstone stays: an officer wrote it for everybody, and it says why the text is gone."""
    mine = (CaseWords.case_id == case.id, CaseWords.kind != WordsKind.TOMBSTONE, CaseWords.at <= until, CaseWords.body != "")
    blanked = _any(session.execute(update(CaseWords).where(*mine).values(body="")))
    answered = _any(session.execute(delete(CaseAnswer).where(CaseAnswer.case_id == case.id)))
    session.execute(update(CasePart).where(CasePart.case_id == case.id).values(title=""))
    session.execute(update(CaseReferral).where(CaseReferral.case_id == case.id).values(reference=""))
    session.execute(update(CaseLetter).where(CaseLetter.case_id == case.id).values(body="", wrong_words=""))
    erase_tags(session, case)
    erase_batches(session, case)
    erase_drafts(session, case)
    wake(session, case)
    _forget_submission(session, case)
    overtake(session, now, case)
    drop_draft(session, case)
    _forget_passages(session, case)
    _left_out(session, case, until)
    if case.words_erased_at is not None:
        return blanked or answered
    case.subject = case.body = ERASED
    case.place, case.lat, case.lon, case.words_erased_at = "", None, None, now
    return True


def _files(session: Session, _now: datetime, store: FileStore, case: Case, until: datetime) -> bool:
    links = delete(CaseFile).where(CaseFile.case_id == case.id, CaseFile.at <= until).returning(CaseFile.stored_file_id)
    linked = set(session.scalars(links))
    shared = set(session.scalars(select(CaseFile.stored_file_id).where(CaseFile.stored_file_id.in_(linked))))
    files.erase(session, store, (linked - shared) | forget_pictures(session, case, linked))
    named = _left_out(session, case, until)
    return bool(linked) or named


def _left_out(session: Session, case: Case, until: datetime) -> bool:
    """Names of files that came and were not kept."""
    before = select(CaseEvent.id).where(CaseEvent.case_id == case.id, CaseEvent.at <= until)
    return _any(session.execute(delete(CaseLeftOut).where(CaseLeftOut.case_id == case.id, CaseLeftOut.event_id.in_(before))))


def _public_text(session: Session, now: datetime, store: FileStore, case: Case, _until: datetime) -> bool:
    """A text that was never public goes altogether; of one that was, the tombstone stays. Its pictures go with it."""
    case.publish_consent = False
    drop_draft(session, case)
    files.erase(session, store, forget_pictures(session, case))
    _forget_passages(session, case)
    public = session.get(PublicCase, case.id)
    if public is None or (public.published_at is not None and public.body == ERASED):
        return False
    if public.published_at is None:
        session.delete(public)
    else:
        _to_tombstone(public, now)
    session.flush()
    index.remove(session, KIND, case.number)
    return True


def _forget_passages(session: Session, case: Case) -> None:
    session.execute(update(ExposedPassage).where(ExposedPassage.case_id == case.id).values(passage="", key=""))


def _to_tombstone(public: PublicCase, now: datetime) -> None:
    if public.state is not PublicState.WITHDRAWN:
        public.state, public.updated_at = PublicState.WITHDRAWN, now
    public.subject = public.body = ERASED
    public.answer, public.redactions = "", {}


def _forget_submission(session: Session, case: Case) -> None:
    """The code and the hash over everything that was sent; the key itself stays, so that a repeat makes no second case."""
    session.execute(update(SubmissionKey).where(SubmissionKey.case_id == case.id).values(receipt_enc=None, body_hash=""))


def _any(result: object) -> bool:
    return bool(result.rowcount)  # type: ignore[attr-defined]  # a DELETE's or UPDATE's result has it


ERASERS: dict[Part, Callable[[Session, datetime, FileStore, Case, datetime], bool]] = {
    Part.IDENTITY: _identity,
    Part.WORDS: _words,
    Part.FILES: _files,
    Part.PUBLIC_TEXT: _public_text,
}
