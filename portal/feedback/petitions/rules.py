"""States, the table of moves, grounds of refusal, and how long things hold. In words: ``docs/rules/petitions.md``."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from portal.kernel.clock_rule import DeadlineRule, due_on
from portal.kernel.errors import Conflict
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import office_day

TITLE_MOST = 120  # characters
TEXT_MOST = 4000
CONFIRM_LIFE = timedelta(hours=24)
#: Mails to one address within a day, whatever petitions they are about.
MAILS_A_DAY = 3
#: Of a cookie: longer than a petition can be open.
DEVICE_LIFE = timedelta(days=400)
#: After its end a petition needs no hashes any more.
HASHES_LAST = timedelta(days=30)


class State(StrEnum):
    """Where a petition stands."""

    IN_REVIEW = "in_review"
    COLLECTING = "collecting"
    ANSWER_OWED = "answer_owed"
    ANSWERED = "answered"
    LAPSED = "lapsed"
    REFUSED = "refused"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """English source text."""
        return STATE_LABELS[self]


class Act(StrEnum):
    """What happens to a petition; each leaves one row of history."""

    OPEN = "open"
    ACCEPT = "accept"
    REFUSE = "refuse"
    MERGE = "merge"
    ABSORB = "absorb"
    REACH = "reach"
    ANSWER = "answer"
    LAPSE = "lapse"
    WITHDRAW = "withdraw"
    RELEASE = "release"
    DROP = "drop"

    @property
    def label(self) -> str:
        """English source text."""
        return ACT_LABELS[self]


class Ground(StrEnum):
    """Why a petition is not published; everybody may read it."""

    COURT = "court"
    PERSONAL = "personal"
    PERSON = "person"
    INSULT = "insult"
    UNLAWFUL = "unlawful"
    NOT_OURS = "not_ours"
    UNCLEAR = "unclear"
    ANSWERED = "answered"
    ABUSE = "abuse"

    @property
    def label(self) -> str:
        """English source text."""
        return GROUND_LABELS[self]


class Way(StrEnum):
    """How somebody supports."""

    DEVICE = "device"
    CONTACT = "contact"


@dataclass(frozen=True)
class Move:
    """From one of ``sources`` to ``to``; without ``to`` the state stays."""

    sources: frozenset[State]
    to: State | None


#: Everybody can read these.
OPEN_TO_READ = frozenset({State.COLLECTING, State.ANSWER_OWED, State.ANSWERED, State.LAPSED, State.WITHDRAWN})
#: Until the last day is over.
SUPPORTABLE = frozenset({State.COLLECTING, State.ANSWER_OWED})
#: Nobody waits for anything any more, so that hashes and addresses go after a while.
ENDED = frozenset({State.ANSWERED, State.LAPSED, State.REFUSED, State.MERGED, State.WITHDRAWN})
_BEFORE_ANSWER = frozenset({State.COLLECTING, State.ANSWER_OWED, State.LAPSED})
MOVES: dict[Act, Move] = {
    Act.ACCEPT: Move(frozenset({State.IN_REVIEW, State.REFUSED}), State.COLLECTING),
    Act.REFUSE: Move(frozenset({State.IN_REVIEW, State.COLLECTING}), State.REFUSED),
    Act.MERGE: Move(frozenset({State.IN_REVIEW, State.COLLECTING}), State.MERGED),
    Act.ABSORB: Move(SUPPORTABLE, None),
    Act.REACH: Move(frozenset({State.COLLECTING}), State.ANSWER_OWED),
    Act.ANSWER: Move(_BEFORE_ANSWER, State.ANSWERED),
    Act.LAPSE: Move(frozenset({State.COLLECTING}), State.LAPSED),
    Act.WITHDRAW: Move(_BEFORE_ANSWER | {State.IN_REVIEW}, State.WITHDRAWN),
    Act.RELEASE: Move(SUPPORTABLE, None),
    Act.DROP: Move(SUPPORTABLE, None),
}
#: Grounds that an officer chooses; the others follow from what was done in the queue.
CHOSEN = tuple(ground for ground in Ground if ground not in (Ground.ANSWERED, Ground.ABUSE))

STATE_LABELS = {
    State.IN_REVIEW: N_("Being reviewed before publication"),
    State.COLLECTING: N_("Open for support"),
    State.ANSWER_OWED: N_("A public answer is owed"),
    State.ANSWERED: N_("Answered in public"),
    State.LAPSED: N_("Closed, the threshold was not reached"),
    State.REFUSED: N_("Not published"),
    State.MERGED: N_("Goes on in another petition"),
    State.WITHDRAWN: N_("Withdrawn by who opened it"),
}
ACT_LABELS = {
    Act.OPEN: N_("Put to the agency"),
    Act.ACCEPT: N_("Reviewed and published"),
    Act.REFUSE: N_("Not published after review"),
    Act.MERGE: N_("Merged into another petition"),
    Act.ABSORB: N_("Another petition was merged into this one"),
    Act.REACH: N_("Threshold reached: a public answer is owed"),
    Act.ANSWER: N_("The agency answered in public"),
    Act.LAPSE: N_("Closed, the threshold was not reached"),
    Act.WITHDRAW: N_("Withdrawn by who opened it"),
    Act.RELEASE: N_("Supports that were checked now count"),
    Act.DROP: N_("Supports that were checked do not count"),
}
GROUND_LABELS = {
    Ground.COURT: N_("It is about a case before a court, or a decision of one"),
    Ground.PERSONAL: N_("It cannot be understood without personal data of others"),
    Ground.PERSON: N_("It accuses a named person; the form for reports of corruption, or a complaint, is the way for that"),
    Ground.INSULT: N_("It insults or threatens somebody"),
    Ground.UNLAWFUL: N_("It asks for something that the law forbids"),
    Ground.NOT_OURS: N_("None of the agencies here can do it"),
    Ground.UNCLEAR: N_("It does not say what should be done, or it advertises something"),
    Ground.ANSWERED: N_("It was answered directly, as an ordinary matter"),
    Ground.ABUSE: N_("It came with a flood of messages"),
}


def moved(act: Act, state: State) -> State:
    """The state after the act. Raises ``Conflict`` when the act does not fit the present one."""
    move = MOVES[act]
    if state not in move.sources:
        raise Conflict(Message(N_("This cannot be done with a petition in its present state")))
    return move.to or state


def takes_support(state: State, closes_on: date | None, now: datetime) -> bool:
    """True until the midnight in Bangkok that ends the last day."""
    return state in SUPPORTABLE and closes_on is not None and office_day(now) <= closes_on


def review_due(received_at: datetime, days: int, holidays: Container[date]) -> date:
    """By when it is reviewed, in working days."""
    return due_on(received_at, DeadlineRule(days=days, working=True, basis=""), holidays)


def days_late(due: date | None, on: date) -> int:
    """Whole days after the due day; 0 while it is in time."""
    return max((on - due).days, 0) if due else 0
