"""Named reads of petitions: what everybody may read, and what officers have to do, scoped by ``casework.policy.visible_to``."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from portal.casework import policy
from portal.casework.models import Case, PublicCase
from portal.casework.queries import lies_aside
from portal.casework.rules import PublicState
from portal.db.counting import up_to
from portal.feedback.petitions.models import Petition, PetitionEvent, PetitionSupport
from portal.feedback.petitions.rules import OPEN_TO_READ, SUPPORTABLE, State
from portal.kernel.actor import Actor
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import office_day

COUNTED_MOST = 1000


class Tab(StrEnum):
    """A part of the public list."""

    OPEN = "open"
    SUPPORTED = "supported"
    WAITING = "waiting"
    ANSWERED = "answered"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """English source text."""
        return TAB_LABELS[self]


class Todo(StrEnum):
    """A part of the officers' list."""

    REVIEW = "review"
    OWED = "owed"
    CHECK = "check"

    @property
    def label(self) -> str:
        """English source text."""
        return TODO_LABELS[self]


TAB_LABELS = {
    Tab.OPEN: N_("Newest open"),
    Tab.SUPPORTED: N_("Most supported"),
    Tab.WAITING: N_("Waiting for an answer"),
    Tab.ANSWERED: N_("Answered"),
    Tab.CLOSED: N_("Closed without an answer"),
}
TODO_LABELS = {
    Todo.REVIEW: N_("To be reviewed"),
    Todo.OWED: N_("Public answers owed"),
    Todo.CHECK: N_("Supports to be checked"),
}
_OF_TAB = {
    Tab.OPEN: (State.COLLECTING,),
    Tab.SUPPORTED: (State.COLLECTING,),
    Tab.WAITING: (State.ANSWER_OWED,),
    Tab.ANSWERED: (State.ANSWERED,),
    Tab.CLOSED: (State.LAPSED, State.WITHDRAWN),
}


@dataclass(frozen=True)
class Figures:
    """Of the petitions of some agencies; ``in_time`` and ``late`` are of those that reached their threshold and whose day has come."""

    published: int
    reached: int
    answered: int
    in_time: int
    late: int
    in_review: int
    review_late: int


def by_slug(session: Session, slug: str, *, lock: bool = False) -> Petition | None:
    """Whatever its state; ``lock`` inside a unit of work before acting on it, and before its case is locked."""
    query = select(Petition).where(Petition.slug == slug)
    if lock:
        return session.scalar(query.with_for_update().execution_options(populate_existing=True))
    return session.scalar(query.options(joinedload(Petition.case).joinedload(Case.agency), joinedload(Petition.agency)))


def of_case(session: Session, case_id: int, *, lock: bool = False) -> Petition | None:
    """The petition behind which this case stands."""
    query = select(Petition).where(Petition.case_id == case_id)
    return session.scalar(query.with_for_update() if lock else query)


def is_public() -> ColumnElement[bool]:
    """Criterion on ``Petition`` joined with ``Case``: once accepted, its opener agrees still, about nobody in particular."""
    return and_(Petition.state.in_(OPEN_TO_READ), Petition.opened_at.is_not(None), Case.publish_consent, Case.guarded.is_(False))


def is_shown(petition: Petition) -> bool:
    """The same as ``is_public`` for one at hand (a test holds them together)."""
    its_case = petition.case
    return petition.state in OPEN_TO_READ and petition.opened_at is not None and its_case.publish_consent and not its_case.guarded


def public_list(agency_ids: Collection[int] | None = None) -> Select[Petition]:
    """What everybody may read, addressed to or answered by these agencies; case and agencies are loaded."""
    query = select(Petition).join(Petition.case).where(is_public())
    if agency_ids is not None:
        ids = sorted(agency_ids)
        query = query.where(or_(Petition.agency_id.in_(ids), Case.agency_id.in_(ids)))
    return query.options(contains_eager(Petition.case).joinedload(Case.agency), joinedload(Petition.agency))


def listed(tab: Tab, agency_ids: Collection[int] | None = None, words: str = "") -> Select[Petition]:
    """One part of the list, narrowed by words of title or text; unordered, see ``ORDER``."""
    query = public_list(agency_ids).where(Petition.state.in_(_OF_TAB[tab]))
    if words:
        query = query.where(or_(Petition.title.icontains(words, autoescape=True), Petition.text.icontains(words, autoescape=True)))
    return query


#: Keys of each part, for ``paginate``.
ORDER: dict[Tab, Sequence[tuple[Any, str]]] = {
    Tab.OPEN: [(Petition.opened_at, "desc"), (Petition.id, "desc")],
    Tab.SUPPORTED: [(Petition.supports, "desc"), (Petition.id, "desc")],
    Tab.WAITING: [(Petition.answer_due_on, "asc"), (Petition.id, "asc")],
    Tab.ANSWERED: [(Petition.answered_at, "desc"), (Petition.id, "desc")],
    Tab.CLOSED: [(Petition.opened_at, "desc"), (Petition.id, "desc")],
}


def same_as(session: Session, agency_id: int, title: str, text: str) -> Petition | None:
    """An open petition of the agency that was put in these very words."""
    same = and_(Petition.agency_id == agency_id, Petition.state.in_(SUPPORTABLE), Case.subject == title, Case.body == text)
    return session.scalar(public_list().where(same).limit(1))


def figures(session: Session, agency_ids: Collection[int] | None, now: datetime) -> Figures:
    """Of what was put to these agencies (None: to all); one query."""
    today = office_day(now)
    # Asked of each petition: joined, SQLite would walk through all cases.
    scope = [~exists().where(Case.id == Petition.case_id, Case.guarded)]
    if agency_ids is not None:
        scope.append(Petition.agency_id.in_(sorted(agency_ids)))
    silent = and_(Petition.state == State.ANSWER_OWED, Petition.answer_due_on < today)
    columns = {
        "published": Petition.opened_at.is_not(None),
        "reached": Petition.reached_at.is_not(None),
        "answered": Petition.state == State.ANSWERED,
        "in_time": Petition.answered_in_time.is_(True),
        "late": or_(Petition.answered_in_time.is_(False), silent),
        "in_review": Petition.state == State.IN_REVIEW,
        "review_late": and_(Petition.state == State.IN_REVIEW, Petition.review_due_on < today),
    }
    counted = [func.count(case((which, 1))).label(name) for name, which in columns.items()]
    row = session.execute(select(*counted).select_from(Petition).where(*scope)).one()
    return Figures(**row._asdict())


def history(session: Session, petition: Petition) -> Sequence[PetitionEvent]:
    """Its acts, oldest first."""
    return session.scalars(select(PetitionEvent).where(PetitionEvent.petition_id == petition.id).order_by(PetitionEvent.id)).all()


def answer_of(session: Session, petition: Petition) -> PublicCase | None:
    """The published answer of its case; None until an officer has published it, and when it was withdrawn."""
    public = session.get(PublicCase, petition.case_id)
    return public if public and public.state is PublicState.PUBLISHED else None


def support_by_link(session: Session, link_hash: str, *, lock: bool = False) -> PetitionSupport | None:
    """The support of a contact by the link of its mail."""
    query = select(PetitionSupport).where(PetitionSupport.link_hash == link_hash)
    return session.scalar(query.with_for_update() if lock else query)


def todo(actor: Actor, what: Todo) -> Select[Petition]:
    """What this officer has to do, cases and agencies loaded; unordered, see ``TODO_ORDER``."""
    query = select(Petition).join(Petition.case).where(policy.visible_to(actor), _todo(what))
    return query.options(contains_eager(Petition.case).joinedload(Case.agency), contains_eager(Petition.case).joinedload(Case.owner))


TODO_ORDER: dict[Todo, Sequence[tuple[Any, str]]] = {
    Todo.REVIEW: [(Petition.review_due_on, "asc"), (Petition.id, "asc")],
    Todo.OWED: [(Petition.answer_due_on, "asc"), (Petition.id, "asc")],
    Todo.CHECK: [(Petition.id, "asc")],
}


def counts(session: Session, actor: Actor) -> dict[Todo, int]:
    """How many of each, at most ``COUNTED_MOST + 1``; one query."""
    mine = select(Petition.id).join(Petition.case).where(policy.visible_to(actor))
    columns = [up_to(COUNTED_MOST, mine.where(_todo(what))).label(what.value) for what in Todo]
    return dict(zip(Todo, session.execute(select(*columns)).one(), strict=True))


def mergeable(petition: Petition) -> Select[Petition]:
    """Into which of the same agency it could go."""
    return (
        public_list([petition.case.agency_id])
        .where(Petition.id != petition.id, Petition.state.in_(SUPPORTABLE), Case.agency_id == petition.case.agency_id)
        .order_by(Petition.id.desc())
    )


def _todo(what: Todo) -> ColumnElement[bool]:
    match what:
        case Todo.REVIEW:
            again = and_(Petition.state == State.REFUSED, Case.is_open)
            return and_(or_(Petition.state == State.IN_REVIEW, again), Case.is_open, ~lies_aside())
        case Todo.OWED:
            return Petition.state == State.ANSWER_OWED
        case Todo.CHECK:
            return and_(Petition.state.in_(SUPPORTABLE), Petition.held > 0)
    return false()
