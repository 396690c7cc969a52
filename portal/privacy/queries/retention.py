"""What is no longer to be kept: selects of ids, so that they can be counted, shown and carried out alike."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from portal.accounts.erasing import GONE
from portal.accounts.models import User
from portal.casework.models import Case, CaseEvent, CaseFile, CaseIdentity, CaseWords, PublicCase
from portal.casework.rules import ERASED, Act, PublicState
from portal.casework.rules.kinds import WordsKind
from portal.privacy.models import PrivacyRequest, PrivacyWords
from portal.privacy.queries.hindrances import hindered
from portal.privacy.rules import ErasedPart

#: Acts that are nobody's interest in the case: they keep nothing alive.
_QUIET = (Act.ERASE, Act.CORRECT_CONTACT, Act.WITHDRAW_CONSENT, Act.WITHDRAW_PUBLICATION)


def overdue_cases(part: ErasedPart, before: datetime) -> Select[Case]:
    """Cases with that part whose last act lies before the moment, and in whose way nothing stands."""
    quiet = and_(Case.recorded_at < before, ~_acted_since(before), ~hindered())
    return select(Case).where(quiet, _has(part))


def refused_texts(before: datetime) -> Select[Case]:
    """Cases whose public text may not be published any more, withdrawn before the moment, its words still there."""
    kept = and_(PublicCase.case_id == Case.id, PublicCase.updated_at < before, PublicCase.body != ERASED)
    withdrawn = and_(PublicCase.state != PublicState.PUBLISHED, Case.publish_consent.is_(False))
    return select(Case).join(PublicCase, kept).where(withdrawn, ~hindered())


def ended_requests(before: datetime) -> Select[PrivacyRequest]:
    """Requests that ended before the moment and still have their words."""
    return select(PrivacyRequest).where(
        PrivacyRequest.ended_at < before,
        PrivacyRequest.words_erased_at.is_(None),
        exists().where(PrivacyWords.request_id == PrivacyRequest.id),
    )


def left_accounts(before: datetime) -> Select[User]:
    """People who left before the moment and whose address and sign-in are still there."""
    return select(User).where(User.disabled_at < before, ~User.email.endswith(GONE))


def _acted_since(before: datetime) -> ColumnElement[bool]:
    return exists().where(CaseEvent.case_id == Case.id, CaseEvent.at >= before, CaseEvent.act.not_in(_QUIET))


def _has(part: ErasedPart) -> ColumnElement[bool]:
    if part is ErasedPart.IDENTITY:
        return exists().where(CaseIdentity.case_id == Case.id)
    if part is ErasedPart.FILES:
        return exists().where(CaseFile.case_id == Case.id)
    said = exists().where(CaseWords.case_id == Case.id, CaseWords.body != "", CaseWords.kind != WordsKind.TOMBSTONE)
    return or_(Case.words_erased_at.is_(None), said)
