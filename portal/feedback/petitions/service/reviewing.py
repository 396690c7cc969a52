"""Review before anything is public: accepted with a confirmed text, or refused on one of the grounds."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.agencies.options import values_of
from portal.casework import policy
from portal.casework import service as casework
from portal.casework.models import Case
from portal.casework.texts import problem, tidy, tidy_line
from portal.feedback.petitions.models import Petition, PetitionEvent
from portal.feedback.petitions.options import OPEN_DAYS, THRESHOLD
from portal.feedback.petitions.rules import CHOSEN, Act, Ground, State, moved
from portal.feedback.petitions.service.trail import act_on
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import office_day

#: Marks take more room than what they close.
PUBLIC_TITLE_MOST, PUBLIC_TEXT_MOST = 400, 12_000
OVER = Message(N_("The outcome stands; a refused petition can be accepted only while its case is open after a contest"))


def accept(
    session: Session, actor: Actor, now: datetime, petition: Petition, title: str, text: str, told: str, *, row_version: int
) -> PetitionEvent:
    """Publish the confirmed text, open for support; ``told`` is what the opener reads, ``row_version`` that of the case.

    Whoever accepts owns the case. Threshold and last day are stored as they hold now. Raises ``Invalid`` by field and ``Conflict``.
    """
    case = petition.case
    moved(Act.ACCEPT, petition.state)
    if petition.state is State.REFUSED and not case.is_open:
        raise Conflict(OVER)
    texts = _checked(title, text)
    casework.put_out(session, actor, now, case, told, row_version=row_version)
    numbers = values_of(session, [THRESHOLD, OPEN_DAYS], case.agency_id)
    petition.agency_id, petition.agency = case.agency_id, case.agency
    petition.title, petition.text = texts
    petition.opened_at, petition.ground = now, None
    petition.threshold = int(numbers[THRESHOLD.key])
    petition.closes_on = office_day(now) + timedelta(days=int(numbers[OPEN_DAYS.key]))
    return act_on(session, actor, now, petition, Act.ACCEPT, {"threshold": petition.threshold})


def refuse(
    session: Session, actor: Actor, now: datetime, petition: Petition, ground: str, reason: str, *, row_version: int
) -> PetitionEvent:
    """Do not publish it, or no longer; everybody reads the ground, the opener also the reason, and may contest."""
    case = petition.case
    moved(Act.REFUSE, petition.state)
    if ground not in CHOSEN:
        raise Invalid({"ground": [Message(N_("Choose the ground; everybody will read it"))]})
    tell(session, actor, now, case, reason, row_version=row_version)
    petition.ground = Ground(ground)
    return act_on(session, actor, now, petition, Act.REFUSE, {"ground": petition.ground.value})


def tell(session: Session, actor: Actor, now: datetime, case: Case, reason: str, *, row_version: int) -> None:
    """An open case is declined, one that waits as answered gets another reply."""
    if not case.is_open:
        casework.reply(session, actor, now, case, reason, row_version=row_version)
        return
    if not policy.can_work(actor, case):
        casework.assign(session, actor, now, case, None, row_version=row_version)
        row_version = case.row_version
    casework.decline(session, actor, now, case, reason, row_version=row_version)


def _checked(title: str, text: str) -> tuple[str, str]:
    texts = tidy_line(title), tidy(text)
    empty = Message(N_("The public text needs this part"))
    faults = problem(texts[0], empty, PUBLIC_TITLE_MOST), problem(texts[1], empty, PUBLIC_TEXT_MOST)
    wrong = {name: [fault] for name, fault in zip(("title", "text"), faults, strict=True) if fault}
    if wrong:
        raise Invalid(wrong)
    return texts
