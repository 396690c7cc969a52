"""Publishing a case: officers confirm the redacted text, the sender may see it before; withdrawing leaves a tombstone.

In words: ``docs/rules/publication.md``.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies.options import value_of
from portal.casework import policy
from portal.casework.models import Case, CaseEvent, PublicCase, PublicDraft
from portal.casework.options import PUBLICATION_ON, SHOWN_BEFORE
from portal.casework.publication.rules import Waits, needs_second
from portal.casework.rules import Act, PublicState, WordsKind, checked
from portal.casework.search import KIND
from portal.casework.service.door import Extra, Said, act_on, allow, drop_draft, expect
from portal.casework.service.proposal import redactions_in
from portal.casework.texts import SUBJECT_MOST, as_written, problem, required, tidy, tidy_line
from portal.index import service as index
from portal.kernel.actor import SYSTEM, Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.messages import N_, Message

#: Longer than a citizen's words may be: marks take more room than what they close, and answers are joined.
PUBLIC_MOST = 30_000
#: In the detail of an act: who confirmed the text first.
FIRST = "confirmed_by"
NONE_WAITS = Message(N_("No public text waits here any more"))


@dataclass(frozen=True)
class Text:
    """A confirmed text, and the officer who answers for it."""

    subject: str
    body: str
    answer: str
    confirmed_by_id: int | None

    @property
    def parts(self) -> tuple[str, str, str]:
        """The three texts."""
        return self.subject, self.body, self.answer


def publish(
    session: Session, actor: Actor, now: datetime, case: Case, subject: str, body: str, answer: str, *, accuses: bool = False
) -> CaseEvent:
    """Confirm the text, new or in place of the published one; the act of the event says whether it is public by that.

    Raises ``Conflict`` unless the citizen allows it and there is an answer; ``Invalid`` for empty texts.
    """
    allow(policy.can_publish(actor, case))
    text = Text(tidy_line(subject), tidy(body), tidy(answer), actor.user_id)
    _check_texts(*text.parts)
    check_allowed(session, case)
    drop_draft(session, case)
    if not needs_second(case.kind, text.parts, accuses=accuses):
        return _to_sender(session, actor, now, case, text)
    _keep(session, now, case, text, Waits.SECOND)
    return act_on(session, actor, now, case, Act.PROPOSE_PUBLICATION, Extra(detail={"redactions": redactions_in(*text.parts)}))


def confirm_publication(session: Session, actor: Actor, now: datetime, case: Case, *, row_version: int) -> CaseEvent:
    """The second officer's yes to exactly the text that waits."""
    draft = _waiting(session, case, Waits.SECOND)
    allow(policy.can_publish(actor, case) and actor.user_id is not None and draft.confirmed_by_id != actor.user_id)
    expect(session, case, row_version)
    check_allowed(session, case)
    text = _text(draft)
    drop_draft(session, case)
    return _to_sender(session, actor, now, case, text, second_by_id=actor.user_id)


def return_publication(session: Session, actor: Actor, now: datetime, case: Case, body: str, *, row_version: int) -> CaseEvent:
    """An officer stops the text that waits, with words for the officers."""
    _waiting(session, case)
    allow(policy.can_publish(actor, case))
    words = required("body", body, Message(N_("Write what should be different")))
    expect(session, case, row_version)
    drop_draft(session, case)
    return act_on(session, actor, now, case, Act.STOP_PUBLICATION, Extra([Said(WordsKind.NOTE, words)]))


def agree_to_publication(session: Session, actor: Actor, now: datetime, case: Case) -> CaseEvent:
    """The sender has seen the text and lets it appear now."""
    allow(policy.can_speak_for_citizen(actor, case))
    draft = _waiting(session, case, Waits.SENDER)
    check_allowed(session, case)
    return _appear(session, actor, now, case, _text(draft), second_by_id=draft.second_by_id)


def hide_more(session: Session, actor: Actor, now: datetime, case: Case, body: str) -> CaseEvent:
    """The sender has seen the text and wants more of it hidden: it does not appear, and officers read why."""
    allow(policy.can_speak_for_citizen(actor, case))
    _waiting(session, case, Waits.SENDER)
    words = required("hide", body, Message(N_("Write what else should be hidden")), read=as_written)
    drop_draft(session, case)
    return act_on(session, actor, now, case, Act.STOP_PUBLICATION, Extra([Said(WordsKind.ADDITION, words)]))


def publish_due(session: Session, now: datetime, case: Case) -> CaseEvent | None:
    """Let the text appear whose time has come; None where it may not appear any more, and then it goes."""
    draft = session.get(PublicDraft, case.id, populate_existing=True)
    if draft is None or draft.appears_at is None or draft.appears_at > now:
        return None
    try:
        check_allowed(session, case)
    except Conflict:
        drop_draft(session, case)
        return None
    return _appear(session, SYSTEM, now, case, _text(draft), second_by_id=draft.second_by_id)


def due_to_appear(session: Session, now: datetime, most: int) -> list[int]:
    """Ids of the cases whose text should be public by now, longest waiting first."""
    due = select(PublicDraft.case_id).where(PublicDraft.waits == Waits.SENDER, PublicDraft.appears_at <= now)
    return list(session.scalars(due.order_by(PublicDraft.appears_at, PublicDraft.case_id).limit(most)))


def withdraw_publication(session: Session, actor: Actor, now: datetime, case: Case, reason: str) -> CaseEvent:
    """Take the text from the public, with a reason that the tombstone shows."""
    allow(policy.can_publish(actor, case))
    words = required("reason", reason, Message(N_("Write why it is no longer published")))
    if case.public is None or case.public.state is not PublicState.PUBLISHED:
        raise Conflict(Message(N_("This case is not published")))
    case.public.state, case.public.updated_at = PublicState.WITHDRAWN, now
    index.remove(session, KIND, case.number)
    return act_on(session, actor, now, case, Act.WITHDRAW_PUBLICATION, Extra([Said(WordsKind.TOMBSTONE, words)]))


def _to_sender(session: Session, actor: Actor, now: datetime, case: Case, text: Text, *, second_by_id: int | None = None) -> CaseEvent:
    days = 0 if case.collects else int(value_of(session, SHOWN_BEFORE, case.agency_id))
    if not days:
        return _appear(session, actor, now, case, text, second_by_id=second_by_id)
    draft = _keep(session, now, case, text, Waits.SENDER)
    draft.second_by_id, draft.appears_at = second_by_id, now + timedelta(days=days)
    return act_on(session, actor, now, case, Act.SHOW_PUBLICATION, Extra(detail={"days": days, **_first(text, second_by_id)}))


def _appear(session: Session, actor: Actor, now: datetime, case: Case, text: Text, *, second_by_id: int | None = None) -> CaseEvent:
    drop_draft(session, case)
    public = case.public or PublicCase(case_id=case.id)
    public.subject, public.body, public.answer = text.parts
    public.redactions = redactions_in(*text.parts)
    public.state, public.confirmed_by_id = PublicState.PUBLISHED, text.confirmed_by_id
    public.published_at, public.updated_at = public.published_at or now, now
    case.public = public
    index.remove(session, KIND, case.number)  # an earlier text is gone with this act, the new one is found when the worker has read it
    return act_on(session, actor, now, case, Act.PUBLISH, Extra(detail={"redactions": public.redactions, **_first(text, second_by_id)}))


def _first(text: Text, second_by_id: int | None) -> dict[str, int]:
    """Who confirmed first, where there were two."""
    return {FIRST: text.confirmed_by_id} if second_by_id is not None and text.confirmed_by_id is not None else {}


def _keep(session: Session, now: datetime, case: Case, text: Text, waits: Waits) -> PublicDraft:
    assert text.confirmed_by_id is not None
    draft = PublicDraft(case_id=case.id, waits=waits, confirmed_by_id=text.confirmed_by_id, confirmed_at=now)
    draft.subject, draft.body, draft.answer = text.parts
    draft.redactions = redactions_in(*text.parts)
    session.add(draft)
    session.flush()
    return draft


def _text(draft: PublicDraft) -> Text:
    return Text(draft.subject, draft.body, draft.answer, draft.confirmed_by_id)


def _waiting(session: Session, case: Case, waits: Waits | None = None) -> PublicDraft:
    draft = session.get(PublicDraft, case.id, populate_existing=True)
    if draft is None or (waits is not None and draft.waits is not waits):
        raise Conflict(NONE_WAITS)
    return draft


def check_allowed(session: Session, case: Case) -> None:
    """Raises ``Conflict`` unless the status, the sender and the agency let something of the case be public."""
    checked(Act.PUBLISH, case.status)
    if not policy.may_be_public(case):
        raise Conflict(Message(N_("The sender did not allow this case to be published")))
    if not value_of(session, PUBLICATION_ON, case.agency_id):
        raise Conflict(Message(N_("The agency does not publish cases at present")))


def _check_texts(subject: str, body: str, answer: str) -> None:
    empty = Message(N_("The public text needs this part"))
    most = {"subject": (subject, SUBJECT_MOST * 2), "body": (body, PUBLIC_MOST), "answer": (answer, PUBLIC_MOST)}
    wrong = {field: [fault] for field, (text, limit) in most.items() if (fault := problem(text, empty, limit))}
    if wrong:
        raise Invalid(wrong)
