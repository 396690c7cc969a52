"""The officers' queue: soonest due first, each filter an index scan however many cases are closed."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, CompoundSelect, ScalarSelect, Select, and_, false, func, literal_column, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from portal.casework import policy
from portal.casework.models import Case, PublicCase, PublicDraft
from portal.casework.publication.rules import Waits
from portal.casework.queries.aside import lies_aside
from portal.casework.queries.narrowing import WHOLE, Narrowing, criteria
from portal.casework.rules import MOVES, OPEN, Act, PublicState, Status
from portal.casework.signing.queries import proposed_by, to_sign
from portal.casework.snooze.queries import laid_by, rests
from portal.db.counting import up_to
from portal.kernel.actor import Actor
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import office_day
from portal.kernel.thai_text import fold_digits

SOON = timedelta(days=3)
#: Counts are exact up to here; more is shown as "1,000+", because counting must not cost what the list does not.
COUNTED_MOST = 1000
_WHOLE_NUMBER = re.compile(r"[A-Z0-9-]+-25\d\d-\d{6}")
_NUMBER_BEGINS = re.compile(r"[A-Z0-9-]+-(25\d\d(-\d*)?)?")


class Filter(StrEnum):
    """What part of the queue is shown."""

    MINE = "mine"
    UNASSIGNED = "unassigned"
    POOL = "pool"
    OVERDUE = "overdue"
    SOON = "soon"
    WAITING = "waiting"
    CONTESTED = "contested"
    SNOOZED = "snoozed"
    OPEN = "open"
    ANSWERED = "answered"
    TO_PUBLISH = "to_publish"
    TO_SIGN = "to_sign"
    PROPOSED = "proposed"

    @property
    def label(self) -> str:
        """English source text."""
        return FILTER_LABELS[self]


FILTER_LABELS = {
    Filter.MINE: N_("Mine"),
    Filter.UNASSIGNED: N_("Without an owner"),
    Filter.POOL: N_("To be routed"),
    Filter.OVERDUE: N_("Overdue"),
    Filter.SOON: N_("Due within 3 days"),
    Filter.WAITING: N_("Waiting for the sender"),
    Filter.CONTESTED: N_("Contested"),
    Filter.SNOOZED: N_("Laid by"),
    Filter.OPEN: N_("All open"),
    Filter.ANSWERED: N_("Answered, to be closed"),
    Filter.TO_PUBLISH: N_("To check before publication"),
    Filter.TO_SIGN: N_("Waiting for my signature"),
    Filter.PROPOSED: N_("Proposed by me"),
}
#: Found from the few rows that say so.
_FEW = frozenset({Filter.POOL, Filter.SNOOZED, Filter.TO_PUBLISH, Filter.TO_SIGN, Filter.PROPOSED})


def queue(actor: Actor, now: datetime, shown: Filter = Filter.OPEN, narrowing: Narrowing = WHOLE) -> Select[Case]:
    """The cases that the officer may see, ordered by (due_on, id), with what a list shows of them loaded.

    The text is a case number, its beginning or its running number, or words of the subject; with a text, closed cases are found too
    under the filter "open", and what lies in quarantine under every filter.
    """
    query = select(Case).where(policy.visible_to(actor), *criteria(narrowing, few=shown in _FEW))
    searched = narrowing.text.strip()
    if not (searched and shown is Filter.OPEN):
        query = query.where(_criterion(actor, office_day(now), shown))
    query = query.where(_matches(searched) if searched else ~lies_aside())
    joined = (Case.owner, Case.agency, Case.unit, Case.topic, Case.snooze, Case.part)
    return query.options(*(joinedload(one) for one in joined)).order_by(Case.due_on, Case.id)


def counts(session: Session, actor: Actor, now: datetime) -> dict[Filter, int]:
    """How many cases each filter shows; ``COUNTED_MOST + 1`` means more than that. One query."""
    return counts_with(session, actor, now, ())[0]


def counts_with(
    session: Session,
    actor: Actor,
    now: datetime,
    views: Sequence[tuple[Filter, Narrowing]],
    also: Sequence[ScalarSelect[int]] = (),
) -> tuple[dict[Filter, int], list[int]]:
    """The same, and how many each of these narrowed parts shows, then what ``also`` counts; still one query.

    A view must not search for words.
    """
    today = office_day(now)
    columns = [_bounded(actor, _criterion(actor, today, shown)).label(shown.value) for shown in Filter]
    narrowed = [
        _bounded(actor, and_(_criterion(actor, today, shown), *criteria(narrowing, few=shown in _FEW))).label(f"view_{place}")
        for place, (shown, narrowing) in enumerate(views)
    ]
    row = list(session.execute(select(*columns, *narrowed, *also)).one())
    return dict(zip(Filter, row[: len(columns)], strict=True)), row[len(columns) :]


def in_pool() -> ColumnElement[bool]:
    """The sender did not know the agency, and nobody has routed or taken it yet (``docs/rules/where-to.md``)."""
    # An equality of the status would lead SQLite to the index of all of that status, past the small partial one of the pool.
    return and_(Case.is_open, Case.pool, Case.status.not_in(OPEN - {Status.RECEIVED}))


def pool_of(session: Session, actor: Actor) -> list[int]:
    """Agencies (one, as a rule: the home) in whose pool something waits that the actor may see."""
    rows = select(Case.agency_id).where(policy.visible_to(actor), in_pool(), ~lies_aside()).distinct()
    return list(session.scalars(rows))


def count_late(session: Session, actor: Actor, agency_id: int, before: datetime) -> int:
    """How many of the pool of an agency were received before this moment."""
    late = and_(policy.visible_to(actor), in_pool(), ~lies_aside(), Case.agency_id == agency_id, Case.received_at < before)
    return session.scalar(select(func.count()).select_from(Case).where(late)) or 0


def open_per_owner(session: Session, agency_id: int) -> dict[int, int]:
    """How many open cases of the agency each owner has: to see who can take one more.

    Guarded ones are left out: the difference would tell those whom they are about that there is one.
    """
    owned = and_(Case.is_open, Case.agency_id == agency_id, Case.owner_id.is_not(None), Case.guarded.is_(False))
    rows = select(Case.owner_id, func.count()).where(owned).group_by(Case.owner_id)
    return {owner_id: count for owner_id, count in session.execute(rows) if owner_id is not None}


def _bounded(actor: Actor, criterion: ColumnElement[bool]) -> ColumnElement[int]:
    return up_to(COUNTED_MOST, select(Case.id).where(policy.visible_to(actor), criterion, ~lies_aside()))


def _criterion(actor: Actor, today: date, shown: Filter) -> ColumnElement[bool]:
    """``Case.is_open`` stands as a plain column where it decides: it is what makes the partial indexes usable."""
    match shown:
        case Filter.MINE:
            mine = sorted({actor.user_id, *actor.stands_in_for}) if actor.user_id else []
            return and_(Case.is_open, Case.owner_id.in_(mine), ~rests(today)) if mine else false()
        case Filter.UNASSIGNED:
            return and_(Case.is_open, or_(Case.owner_id.is_(None), Case.status == Status.RECEIVED), ~rests(today))
        case Filter.POOL:
            return in_pool()
        case Filter.OVERDUE:
            return and_(Case.is_open, Case.due_on < today)
        case Filter.SOON:
            return and_(Case.is_open, Case.due_on.between(today, today + SOON), ~rests(today))
        case Filter.WAITING:
            # Always open; saying so would need a column that its index lacks.
            return and_(Case.status == Status.WAITING_CITIZEN, ~rests(today))
        case Filter.CONTESTED:
            # Written out, or SQLite could not know that its partial index fits.
            return and_(Case.is_open, Case.escalation_level > literal_column("0"))
        case Filter.SNOOZED:
            return and_(Case.is_open, laid_by(today))
        case Filter.OPEN:
            return and_(Case.is_open)
        case Filter.ANSWERED:
            return Case.status == Status.ANSWERED
        case Filter.TO_PUBLISH:
            return Case.id.in_(_to_publish())
        case Filter.TO_SIGN:
            return Case.id.in_(to_sign(actor))
        case Filter.PROPOSED:
            return Case.id.in_(proposed_by(actor))


def _to_publish() -> CompoundSelect[int]:
    """Ids, from the few proposed texts; said of an alias, or the planner would walk through every answered case instead."""
    of = aliased(Case)
    proposed = select(PublicCase.case_id).join(of, of.id == PublicCase.case_id).where(PublicCase.state == PublicState.PROPOSED)
    shown = select(PublicDraft.case_id).where(PublicDraft.waits == Waits.SENDER)  # in the sender's hands
    allowed = and_(of.publish_consent, of.guarded.is_(False), of.status.in_(MOVES[Act.PUBLISH].sources))
    second = select(PublicDraft.case_id).where(PublicDraft.waits == Waits.SECOND)
    return proposed.where(allowed, PublicCase.case_id.not_in(shown)).union_all(second)


def _matches(text: str) -> ColumnElement[bool]:
    folded = fold_digits(text).upper()
    if folded.isdecimal() and len(folded) <= 6:
        return Case.number.endswith(f"-{folded:0>6}", autoescape=True)
    if _WHOLE_NUMBER.fullmatch(folded):
        return Case.number == folded
    if _NUMBER_BEGINS.fullmatch(folded):
        return Case.number.startswith(folded, autoescape=True)
    return Case.subject.icontains(text, autoescape=True)
