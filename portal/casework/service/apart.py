"""Marking a case as about somebody: it is kept from those near them and starts above them. In words: ``docs/rules/apart.md``."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.casework import policy, queries
from portal.casework.models import Case, CaseAbout, CaseEvent
from portal.casework.rules import Act, Status, WordsKind
from portal.casework.search import KIND
from portal.casework.service.door import Extra, Said, act_on, allow, expect
from portal.casework.service.judging import choose_judge
from portal.casework.texts import required
from portal.index import service as index
from portal.kernel.actor import SYSTEM, Actor
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.outbox import service as outbox

#: Announced when nobody independent is left to handle a case.
NOBODY = "case.nobody_independent"


def mark_about(
    session: Session, actor: Actor, now: datetime, case: Case, users: Sequence[User], units: Sequence[Agency], *, row_version: int
) -> CaseEvent:
    """Mark the case as about these people and units, beside those it is marked for already; settles what the sender only said.

    It leaves the public, an owner whom it concerns loses it, and where nobody independent is left it goes to the agency above.
    """
    allow(policy.can_assign(actor, case))
    if not users and not units:
        raise Invalid({"about": [Message(N_("Choose whom it is about"))]})
    expect(session, case, row_version)
    marks = [*(CaseAbout(user_id=user.id) for user in users), *(CaseAbout(unit_id=unit.id) for unit in units)]
    for one in queries.one_matter(session, case):
        _put(session, one, marks, keep_open=False)
    # Who it is about stays out of the history and the audit trail: those are read by more people than the case.
    event = act_on(session, actor, now, case, Act.MARK_ABOUT)
    _follow(session, actor, now, case)
    return event


def say_about(session: Session, actor: Actor, now: datetime, case: Case, whom: str, *, above: bool = False) -> CaseEvent:
    """The sender says whom it is about: kept at once from all but coordinators and executives, until one of them has said who it is.

    ``above``: it is about these very people, so it is a mark about the whole agency and starts at the one above.
    """
    allow(policy.can_speak_for_citizen(actor, case))
    words = required("about", whom, Message(N_("Write whom it is about, a name, a post or a counter")))
    marks = [CaseAbout(said_by_sender=True)]
    if above and not case.pool:  # a case of the pool is about another agency, nobody knows yet which
        marks.append(CaseAbout(unit_id=case.agency_id))
    for one in queries.one_matter(session, case):
        _put(session, one, marks, keep_open=True)
    event = act_on(session, actor, now, case, Act.SAY_ABOUT, Extra([Said(WordsKind.ABOUT, words)]))
    _follow(session, actor, now, case)
    return event


def unmark_about(
    session: Session,
    actor: Actor,
    now: datetime,
    case: Case,
    reason: str,
    *,
    users: Sequence[User] = (),
    units: Sequence[Agency] = (),
    row_version: int,
) -> CaseEvent:
    """Take these marks away, or all of them; without any left everybody of the agency sees the case again. The sender reads the reason."""
    allow(policy.can_assign(actor, case))
    words = required("reason", reason, Message(N_("Write why it need not be kept apart; the sender reads this")))
    expect(session, case, row_version)
    chosen = {(user.id, None) for user in users} | {(None, unit.id) for unit in units}
    for one in queries.one_matter(session, case):
        one.about = [row for row in one.about if chosen and row.whom not in chosen]
        _settle_guard(one)
    session.flush()
    event = act_on(session, actor, now, case, Act.UNMARK_ABOUT, Extra([Said(WordsKind.UNMARK, words)]))
    _tell_others(session, actor, now, case, Act.UNMARK_ABOUT)
    return event


def share_marks(session: Session, actor: Actor, now: datetime, case: Case) -> None:
    """After a merge: a mark on one case of a matter holds for all of them."""
    matter = queries.one_matter(session, case)
    marks = [row for one in matter for row in one.about]
    if marks:
        for one in matter:
            _put(session, one, marks, keep_open=True)
        _follow(session, actor, now, case)


def keep_apart(session: Session, now: datetime) -> None:
    """What changes of posts have made of marked cases: owners who are near lose them, and what nobody can handle goes up."""
    told: set[int] = set()
    for case in queries.marked_and_open(session):
        if _hand_away(session, case):
            act_on(session, SYSTEM, now, case, Act.MARK_ABOUT)
        if case.status is not Status.CONTESTED and not _start_above(session, now, case) and case.agency_id not in told:
            told.add(case.agency_id)
            outbox.announce(session, NOBODY, now, case_id=case.id)


def _put(session: Session, case: Case, marks: Iterable[CaseAbout], *, keep_open: bool) -> None:
    """The marks that the case lacks; without ``keep_open`` the sender's own, which names nobody, is settled by them."""
    rows = [row for row in case.about if keep_open or not row.said_by_sender]
    for mark in marks:
        if mark.whom not in {row.whom for row in rows}:
            rows.append(CaseAbout(user_id=mark.user_id, unit_id=mark.unit_id, said_by_sender=bool(mark.said_by_sender)))
    case.about = rows
    _settle_guard(case)
    index.remove(session, KIND, case.number)
    session.flush()


def _settle_guard(case: Case) -> None:
    case.guarded = bool(case.about)
    case.counted = not case.guarded and case.merged_into_id is None


def _follow(session: Session, actor: Actor, now: datetime, case: Case) -> None:
    """The other cases of the matter learn of it; owners who are near lose theirs; and each starts above those it concerns."""
    _tell_others(session, actor, now, case, Act.MARK_ABOUT)
    for one in queries.one_matter(session, case):
        _hand_away(session, one)
        if one.status is Status.CONTESTED:
            choose_judge(session, now, one)
            session.flush()
        elif (one.is_open or one is case) and not _start_above(session, now, one):
            outbox.announce(session, NOBODY, now, case_id=one.id)


def _tell_others(session: Session, actor: Actor, now: datetime, case: Case, act: Act) -> None:
    for other in queries.one_matter(session, case)[1:]:
        act_on(session, actor, now, other, act)


def _hand_away(session: Session, case: Case) -> bool:
    """Take the case from an owner whom it concerns."""
    owner = accounts.by_ids(session, [case.owner_id]).get(case.owner_id) if case.owner_id is not None else None
    if owner is None or not policy.is_kept_from(accounts.actor_for(session, owner), case):
        return False
    case.owner_id = None
    session.flush()
    return True


def _start_above(session: Session, now: datetime, case: Case) -> bool:
    """Leave the case where somebody independent decides, or move it to the nearest agency above with one. False if there is none."""
    if queries.independent(session, case, case.agency_id):
        return True
    above = queries.agency_above(session, case)
    if above is None:
        return False
    detail = {"agency_before": case.agency_id, "unit_before": case.unit_id, "agency": above.id}
    case.agency_id, case.unit_id, case.owner_id, case.topic_id = above.id, None, None, None
    case.hops, case.pool = case.hops + 1, False
    act_on(session, SYSTEM, now, case, Act.LIFT, Extra(detail=detail))
    return True
