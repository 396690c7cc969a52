"""The public text as an officer is asked to confirm it, beside the words it was made from."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.casework import identity, policy, service
from portal.casework.desk.history import Entry, Told
from portal.casework.desk.marking import Marked, marked
from portal.casework.forms import PublishForm
from portal.casework.models import Case
from portal.casework.publication.rules import Waits
from portal.casework.rules import ANSWER_WORDS, Act, PublicState
from portal.kernel.actor import Actor
from portal.kernel.keyring import Keyring
from portal.kernel.redaction import Proposal, Reason, apply, propose

#: Verbs of a public text that waits, beside those of every case.
CONFIRMING = ("confirm_publication", "return_publication")


@dataclass(frozen=True)
class Publication:
    """``said`` are the agency's words since the sender last contested, each beside its marked text."""

    is_published: bool
    subject: Marked
    body: Marked
    said: Sequence[tuple[Told, Marked]]

    @property
    def proposals(self) -> list[Proposal]:
        """Every place that the portal proposes to close."""
        texts = (self.subject, self.body, *(text for _, text in self.said))
        return [proposal for text in texts for proposal in text.proposals]


def publication(case: Case, history: Sequence[Entry], known: tuple[str, ...]) -> Publication:
    """The originals, marked; ``known`` are names that this officer may know to be the sender's."""
    published = case.public is not None and case.public.state is PublicState.PUBLISHED
    said = [(told, marked(told.body, known)) for told in _last_round(history)]
    return Publication(published, marked(case.subject, known), marked(service.said_by_sender(case), known), said)


def _last_round(history: Sequence[Entry]) -> list[Told]:
    """The agency's words, oldest first; ``history`` comes newest first."""
    told: list[Told] = []
    for entry in history:
        if entry.act is Act.CONTEST:
            break
        told = [*(words for words in entry.words if words.kind in ANSWER_WORDS), *told]
    return told


def verbs_of(actor: Actor, case: Case) -> tuple[str, ...]:
    """What the officer may do with a text that waits; whoever confirmed it first does not confirm it again."""
    draft = case.public_draft
    if draft is None or not policy.can_publish(actor, case):
        return ()
    return CONFIRMING if draft.waits is Waits.SECOND and draft.confirmed_by_id != actor.user_id else CONFIRMING[1:]


def publish_form(session: Session, keyring: Keyring, case: Case) -> PublishForm:
    """The text that waits or the published one, else the proposal, in which the sender's own name never stands."""
    if case.public_draft is not None:
        return PublishForm(obj=case.public_draft)
    if case.public is not None and case.public.state is PublicState.PUBLISHED:
        return PublishForm(obj=case.public)
    text, name = service.propose_public_text(session, case), identity.opened(keyring, case).name
    return PublishForm(data={part: without_name(getattr(text, part), name) for part in ("subject", "body", "answer")})


def without_name(text: str, name: str) -> str:
    """``text`` with every place of the name closed, title or not."""
    if not name:
        return text
    places = [place for place in propose(text, [name]) if place.reason is Reason.PERSONAL_NAME]
    return apply(text, places).text
