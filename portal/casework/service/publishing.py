"""Publishing a case: an officer confirms the redacted text; withdrawing leaves a tombstone."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.agencies.options import value_of
from portal.casework import policy
from portal.casework.models import Case, CaseEvent, PublicCase
from portal.casework.options import PUBLICATION_ON
from portal.casework.rules import Act, PublicState, WordsKind, checked
from portal.casework.search import KIND
from portal.casework.service.door import Extra, Said, act_on, allow
from portal.casework.service.proposal import redactions_in
from portal.casework.texts import SUBJECT_MOST, problem, required, tidy, tidy_line
from portal.index import service as index
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.messages import N_, Message

#: Longer than a citizen's words may be: marks take more room than what they close, and answers are joined.
PUBLIC_MOST = 30_000


def publish(session: Session, actor: Actor, now: datetime, case: Case, subject: str, body: str, answer: str) -> CaseEvent:
    """Publish the confirmed text, or replace the published one. The citizen's own words stay as they are.

    Raises ``Conflict`` unless the citizen allows it and there is an answer; ``Invalid`` for empty texts.
    """
    allow(policy.can_publish(actor, case))
    texts = tidy_line(subject), tidy(body), tidy(answer)
    _check_texts(*texts)
    checked(Act.PUBLISH, case.status)
    if not policy.may_be_public(case):
        raise Conflict(Message(N_("The sender did not allow this case to be published")))
    if not value_of(session, PUBLICATION_ON, case.agency_id):
        raise Conflict(Message(N_("The agency does not publish cases at present")))
    public = case.public or PublicCase(case_id=case.id)
    public.subject, public.body, public.answer = texts
    public.redactions = redactions_in(*texts)
    public.state, public.confirmed_by_id = PublicState.PUBLISHED, actor.user_id
    public.published_at, public.updated_at = public.published_at or now, now
    case.public = public
    index.remove(session, KIND, case.number)  # an earlier text is gone with this act, the new one is found when the worker has read it
    return act_on(session, actor, now, case, Act.PUBLISH, Extra(detail={"redactions": public.redactions}))


def _check_texts(subject: str, body: str, answer: str) -> None:
    empty = Message(N_("The public text needs this part"))
    most = {"subject": (subject, SUBJECT_MOST * 2), "body": (body, PUBLIC_MOST), "answer": (answer, PUBLIC_MOST)}
    wrong = {field: [fault] for field, (text, limit) in most.items() if (fault := problem(text, empty, limit))}
    if wrong:
        raise Invalid(wrong)


def withdraw_publication(session: Session, actor: Actor, now: datetime, case: Case, reason: str) -> CaseEvent:
    """Take the text from the public, with a reason that the tombstone shows."""
    allow(policy.can_publish(actor, case))
    words = required("reason", reason, Message(N_("Write why it is no longer published")))
    if case.public is None or case.public.state is not PublicState.PUBLISHED:
        raise Conflict(Message(N_("This case is not published")))
    case.public.state, case.public.updated_at = PublicState.WITHDRAWN, now
    index.remove(session, KIND, case.number)
    return act_on(session, actor, now, case, Act.WITHDRAW_PUBLICATION, Extra([Said(WordsKind.TOMBSTONE, words)]))
