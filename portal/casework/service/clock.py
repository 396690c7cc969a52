"""The acts that move a running clock: pause, resume, extend. In words: ``docs/rules/clock.md``.

Like all verbs of casework they take (session, actor, now, case, …), flush and never commit.
"""

from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.agencies.options import value_of
from portal.casework import policy
from portal.casework.clock.days import days_of, end_pause, put, running_pause
from portal.casework.clock.options import EXTENSION_DAYS, EXTENSIONS_MOST
from portal.casework.clock.queries import paused_before
from portal.casework.clock.rules import ExtensionReason, PauseReason, longest_pause, paused_days
from portal.casework.clock.told import CAME, OVER
from portal.casework.models import Case, CaseEvent, CasePause
from portal.casework.queries.deadlines import holidays_around
from portal.casework.rules import Act, WordsKind, checked
from portal.casework.service.collecting import must_not_owe
from portal.casework.service.door import Extra, Said, act_on, allow, expect
from portal.casework.texts import problem, tidy
from portal.kernel.actor import SYSTEM, Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import office_day
from portal.kernel.thai_text import fold_digits
from portal.kernel.written_day import read_day


def pause(session: Session, actor: Actor, now: datetime, case: Case, reason: str, until: str, words: str, *, row_version: int) -> CaseEvent:
    """Let the clock stand still from today to a last day; the due day moves at once.

    ``until`` is a day as people type it. Raises ``Invalid`` for "reason", "until", "words", and ``Conflict`` while another pause runs,
    after the due day, or where an answer is owed to many.
    """
    allow(policy.can_work(actor, case))
    checked(Act.PAUSE, case.status)
    expect(session, case, row_version)
    _must_be_movable(session, case, now)
    said, wrong = _words(words, Message(N_("Write what the sender should know; the sender reads this")))
    why = PauseReason(reason) if reason in list(PauseReason) else None
    if why is None:
        wrong["reason"] = [Message(N_("Choose why the clock may stand still"))]
    last = read_day(until)
    if last is None:
        wrong["until"] = [Message(N_("Write the last day of the pause, such as 15/12/2570"))]
    elif why is not None and (late := _not_until(session, case, now, why, last)):
        wrong["until"] = [late]
    if wrong or why is None or last is None:
        raise Invalid(wrong)
    return _stop(session, actor, now, case, why, last, said)


def resume(session: Session, actor: Actor, now: datetime, case: Case, *, row_version: int) -> CaseEvent:
    """End the pause before its last day; the due day moves back by the days that were not used."""
    allow(policy.can_work(actor, case))
    expect(session, case, row_version)
    return _run_again(session, actor, now, case)


def extend(session: Session, actor: Actor, now: datetime, case: Case, reason: str, days: str, words: str, *, row_version: int) -> CaseEvent:
    """Move the due day before it has passed; the first promise stays. Raises as ``pause`` does, by "reason", "days", "words"."""
    allow(policy.can_assign(actor, case))
    checked(Act.EXTEND, case.status)
    expect(session, case, row_version)
    _must_be_movable(session, case, now)
    most = int(value_of(session, EXTENSIONS_MOST, case.agency_id))
    if case.extensions >= most:
        raise Conflict(Message(N_("The due day of a case can be extended %(most)s times at most, and this one was"), {"most": most}))
    longest = int(value_of(session, EXTENSION_DAYS, case.agency_id))
    said, wrong = _words(words, Message(N_("Write why it takes longer; the sender reads this")))
    if reason not in list(ExtensionReason):
        wrong["reason"] = [Message(N_("Choose why it takes longer"))]
    count = fold_digits(days).strip()
    if not count.isdecimal() or len(count) > 4 or not 1 <= int(count) <= longest:
        wrong["days"] = [Message(N_("Write a whole number from %(least)s to %(most)s"), {"least": 1, "most": longest})]
    if wrong:
        raise Invalid(wrong)
    before = case.due_on
    put(case, days_of(case, now).moved(int(count), holidays_around(session, case.agency_id, before), first=False))
    case.extensions += 1
    detail = {
        "reason": reason,
        "days": int(count),
        "due_before": before.isoformat(),
        "due": case.due_on.isoformat(),
        "first": case.first_due_on.isoformat(),
    }
    return act_on(session, actor, now, case, Act.EXTEND, Extra([Said(WordsKind.EXTENSION, said)], detail))


def end_what_is_over(session: Session, now: datetime, case: Case) -> CaseEvent | None:
    """The last day of the pause has passed: write down that the clock runs again. The due day stays where the pause has put it."""
    if case.paused_until is None or office_day(now) <= case.paused_until:
        return None
    return _run_again(session, SYSTEM, now, case, OVER)


def end_what_came(session: Session, now: datetime, case: Case) -> CaseEvent | None:
    """The sender has answered: a pause that waited for it is over."""
    running = running_pause(session, case) if case.paused_until is not None else None
    if running is None or running.reason is not PauseReason.DOCUMENTS or not case.is_open:
        return None
    return _run_again(session, SYSTEM, now, case, CAME)


def _words(text: str, empty: Message) -> tuple[str, dict[str, list[Message]]]:
    said = tidy(text)
    fault = problem(said, empty)
    return said, {"words": [fault]} if fault else {}


def _must_be_movable(session: Session, case: Case, now: datetime) -> None:
    must_not_owe(session, case)
    if case.paused_until is not None:
        raise Conflict(Message(N_("The clock stands still already; end that pause first")))
    if office_day(now) > case.due_on:
        raise Conflict(Message(N_("The due day has passed; neither a pause nor an extension can make up for it")))


def _not_until(session: Session, case: Case, now: datetime, why: PauseReason, last: date) -> Message | None:
    today = office_day(now)
    most = longest_pause(why, paused_before(session, case))
    if most == 0:
        return Message(N_("The clock of this case has stood still as long as it may"))
    if not 0 < (last - today).days <= most:
        return Message(N_("The last day has to lie after today, at most %(most)s days away for this reason"), {"most": most})
    if not paused_days(today, last, holidays_around(session, case.agency_id, today), working=case.due_working):
        return Message(N_("No day lies in it that the clock would count; choose a later one"))
    return None


def _stop(session: Session, actor: Actor, now: datetime, case: Case, why: PauseReason, last: date, words: str) -> CaseEvent:
    today, before, first = office_day(now), days_of(case, now), case.first_due_on
    holidays = holidays_around(session, case.agency_id, today)
    days = paused_days(today, last, holidays, working=case.due_working)
    put(case, before.moved(days, holidays))
    case.paused_until = last
    detail = {
        "reason": why.value,
        "until": last.isoformat(),
        "days": days,
        "due_before": before.due.isoformat(),
        "due": case.due_on.isoformat(),
        "first": first.isoformat(),
    }
    event = act_on(session, actor, now, case, Act.PAUSE, Extra([Said(WordsKind.PAUSE, words)], detail))
    row = CasePause(case_id=case.id, event_id=event.id, reason=why, since=today, until=last, days=days)
    row.due_before, row.first_due_before, row.final_before = before.due, before.first, before.final
    session.add(row)
    session.flush()
    return event


def _run_again(session: Session, actor: Actor, now: datetime, case: Case, how: str = "") -> CaseEvent:
    checked(Act.RESUME, case.status)
    due = case.due_on
    ended = end_pause(session, now, case)
    if ended is None:
        raise Conflict(Message(N_("The clock does not stand still")))
    detail = {"reason": ended.reason.value, "days": ended.days, "due_before": due.isoformat(), "due": case.due_on.isoformat()}
    return act_on(session, actor, now, case, Act.RESUME, Extra(detail=detail | ({"how": how} if how else {})))
