"""What becomes of a synthetic case: chains of acts, each checked against the table of moves when this module is read."""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from portal.casework.rules import ANSWERING, Act, CaseKind, Disposition, Status, checked

DAY = 86_400.0  # seconds
#: Kinds that end with words; the others claim an action.
ENDS_WITH_WORDS = frozenset({CaseKind.QUESTION, CaseKind.OPINION, CaseKind.COMPLIMENT, CaseKind.INFORMATION_REQUEST})
#: At most so long after the act before, evenly spread; first answers have a rule of their own.
LONGEST = {
    Act.ASSIGN: 1 * DAY,
    Act.START: 2 * DAY,
    Act.ASK: 3 * DAY,
    Act.CLOSE: 3 * DAY,
    Act.CONTEST: 25 * DAY,
    Act.MERGE: 2 * DAY,
    Act.WITHDRAW: 5 * DAY,
}
LATE_SHARE = 0.13
#: Of what is older than a quarter of the whole time, and of what is younger: how much nobody has finished yet.
OLD_OPEN, YOUNG_OPEN = 0.025, 0.27


@dataclass(frozen=True)
class Beat:
    """One act and the statuses around it, with what else its row says, worked out once."""

    act: Act
    old: Status | None
    new: Status
    old_code: str | None
    new_code: str
    shown: bool


@dataclass(frozen=True)
class Life:
    """The acts after the submission, in their order; a life may be cut after any of them."""

    beats: tuple[Beat, ...]
    disposition: Disposition | None


class Choice:
    """Lives with weights."""

    def __init__(self, weighted: Sequence[tuple[Life, int]]) -> None:
        self._lives = [life for life, _ in weighted]
        self._weights = list(accumulate(weight for _, weight in weighted))

    def draw(self, rng: Random) -> Life:
        """One of them."""
        return self._lives[bisect(self._weights, rng.random() * self._weights[-1])]


def life(*acts: Act, disposition: Disposition | None = None) -> Life:
    """A life of these acts; raises ``Conflict`` if the table of moves forbids one."""
    beats = [_beat(Act.SUBMIT, None, Status.RECEIVED)]
    for act in acts:
        beats.append(_beat(act, beats[-1].new, checked(act, beats[-1].new)))
    return Life(tuple(beats), disposition)


def _beat(act: Act, old: Status | None, new: Status) -> Beat:
    return Beat(act, old, new, old.value if old else None, new.value, act.shown_to_citizen)


def _closed(disposition: Disposition) -> Life:
    return life(Act.ASSIGN, Act.CLOSE, disposition=disposition)


OPEN_LIVES = Choice(
    [
        (life(), 16),
        (life(Act.ASSIGN), 34),
        (life(Act.ASSIGN, Act.START), 30),
        (life(Act.ASSIGN, Act.ASK), 12),
        (life(Act.ASSIGN, Act.REPLY, Act.CONTEST), 8),
    ]
)
_EITHER_WAY = [
    (life(Act.ASSIGN, Act.REPLY), 10),
    (life(Act.REFER, disposition=Disposition.REFERRED), 6),
    (life(Act.DECLINE), 5),
    (life(Act.MERGE), 4),
    (life(Act.WITHDRAW), 3),
]
ACTION_LIVES = Choice(
    [
        *_EITHER_WAY,
        (_closed(Disposition.DONE), 40),
        (_closed(Disposition.ACCEPTED), 10),
        (_closed(Disposition.PARTLY_ACCEPTED), 7),
        (_closed(Disposition.NOT_ACCEPTED), 8),
        (_closed(Disposition.ALREADY_SO), 7),
    ]
)
WORD_LIVES = Choice(
    [*_EITHER_WAY, (_closed(Disposition.ANSWERED), 60), (life(Act.ASSIGN, Act.REPLY, Act.CLOSE, disposition=Disposition.ANSWERED), 12)]
)


def draw(rng: Random, kind: CaseKind, age: float) -> Life:
    """A life for a case of this kind; ``age`` is 0 for one of today, 1 for the oldest. About a tenth of all stays open."""
    if rng.random() < (YOUNG_OPEN if age < 0.25 else OLD_OPEN):
        return OPEN_LIVES.draw(rng)
    return (WORD_LIVES if kind in ENDS_WITH_WORDS else ACTION_LIVES).draw(rng)


def times(rng: Random, life: Life, start: float, now: float) -> list[float]:
    """When each act happened, in seconds; acts that would lie after ``now`` have not happened, so the list may be shorter."""
    moments, answered = [start], False
    for beat in life.beats[1:]:
        if beat.act in ANSWERING and not answered:
            moment, answered = max(moments[-1] + 60, start + _answer_after(rng)), True
        else:
            moment = moments[-1] + 60 + rng.random() * LONGEST[beat.act]
        if moment > now:
            break
        moments.append(moment)
    return moments


def _answer_after(rng: Random) -> float:
    days = 16 + rng.random() * 24 if rng.random() < LATE_SHARE else 0.4 + rng.random() * 13.5
    return days * DAY
