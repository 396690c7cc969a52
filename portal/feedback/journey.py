"""The way of a case as its sender reads it: steps with words and files, the clock, and what can be done now."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.casework import queries
from portal.casework.clock.rules import PauseReason
from portal.casework.clock.told import moved_by
from portal.casework.models import Case, CaseEvent, CaseFile, CaseLeftOut, CasePart, CaseWords
from portal.casework.questions.queries import Answered, answers_of
from portal.casework.rules import ANEW, ANSWER_WORDS, INTERNAL_WORDS, Act, Status, WordsKind, contest_until, may_contest, possible
from portal.casework.service.mailed import BY_MAIL, MAILED
from portal.casework.service.ownership import GIVEN_BACK, RAISED, RAISED_UP, TAKEN_BACK
from portal.casework.splitting.queries import parts_of
from portal.casework.splitting.service import SPLIT_OF
from portal.kernel.actor import ActorKind
from portal.kernel.messages import N_, Message
from portal.kernel.quoted_text import split_quoted
from portal.kernel.thai_calendar import office_day
from portal.web.forms import say
from portal.web.language import language

#: Icon and colour of a step; the others are a plain dot.
LOOKS = {
    Act.SUBMIT: ("speak", None),
    Act.ASSIGN: ("assign", None),
    Act.HAND_OVER: ("assign", None),
    Act.ASK: ("question", None),
    Act.CITIZEN_ANSWER: ("reply", None),
    Act.CITIZEN_ADD: ("speak", None),
    Act.REPLY: ("check", "done"),
    Act.CLOSE: ("check", "done"),
    Act.REFER: ("forward", "done"),
    Act.DECLINE: ("cross", None),
    Act.FORWARD_UNIT: ("forward", None),
    Act.FORWARD_AGENCY: ("forward", None),
    Act.REORGANISE: ("forward", None),
    Act.CONTEST: ("flag", None),
    Act.UPHOLD: ("check", "done"),
    Act.SEND_BACK: ("reply", None),
    Act.CONFIRM: ("check", "done"),
    Act.WITHDRAW: ("dash", None),
    Act.MERGE: ("merge", None),
    Act.PUBLISH: ("eye", None),
    Act.SHOW_PUBLICATION: ("eye", "now"),
    Act.STOP_PUBLICATION: ("cross", None),
    Act.HIDE_PASSAGE: ("lock", None),
    Act.SHOW_PASSAGE: ("eye", None),
    Act.SHOW_PICTURE: ("eye", "now"),
    Act.RELEASE_PICTURE: ("eye", None),
    Act.WITHDRAW_PICTURE: ("cross", None),
    Act.KEEP_PICTURE: ("eye", None),
    Act.WITHDRAW_PUBLICATION: ("cross", None),
    Act.WITHDRAW_CONSENT: ("lock", None),
    Act.SAY_ABOUT: ("lock", None),
    Act.UNMARK_ABOUT: ("dash", None),
    Act.LIFT: ("forward", None),
    Act.PUT_OUT: ("eye", "done"),
    Act.OWE: ("flag", None),
    Act.PAUSE: ("hourglass", "now"),
    Act.EXTEND: ("hourglass", None),
    Act.ESCALATE: ("up", None),
    Act.ASK_CONTRIBUTION: ("question", None),
    Act.CONTRIBUTE: ("reply", None),
    Act.DECLINE_CONTRIBUTION: ("cross", None),
    Act.RECALL_CONTRIBUTION: ("dash", None),
    Act.SPLIT: ("merge", None),
    Act.UNMERGE: ("reply", None),
}
#: What the sender did, said to the sender.
YOURS = {
    Act.SUBMIT: N_("You sent this matter"),
    Act.CITIZEN_ANSWER: N_("You answered"),
    Act.CITIZEN_ADD: N_("You added something"),
    Act.CONTEST: N_("You contest the outcome"),
    Act.CONFIRM: N_("You confirmed the outcome"),
    Act.WITHDRAW: N_("You withdrew the matter"),
    Act.WITHDRAW_CONSENT: N_("You withdrew your consent to publish"),
    Act.SAY_ABOUT: N_("You said that it is about an officer or unit"),
}
#: The beginning of a matter that came of a division.
DIVIDED = N_("Your text held several matters; this is one of them")
TITLES = {**YOURS, Act.ASK: N_("The officer asks you")}
AGENCY_WORDS = frozenset({*ANSWER_WORDS, WordsKind.PROOF, WordsKind.QUESTION})


@dataclass(frozen=True)
class Step:
    """One act. ``person`` and ``place`` are who owns it from here on and where it was sent."""

    event: CaseEvent
    words: Sequence[CaseWords]
    files: Sequence[CaseFile]
    person: User | None = None
    place: Agency | None = None
    #: What came along and was not kept.
    left_out: Sequence[CaseLeftOut] = ()

    @property
    def icon(self) -> str:
        """Name of the drawing."""
        return LOOKS.get(self.event.act, ("dot", None))[0]

    @property
    def kind(self) -> str | None:
        """Colour of the dot."""
        return LOOKS.get(self.event.act, ("dot", None))[1]

    @property
    def title(self) -> str:
        """English source text."""
        if self.event.detail.get(TAKEN_BACK):
            return GIVEN_BACK
        if self.event.detail.get(RAISED):
            return RAISED_UP
        if self.event.detail.get(SPLIT_OF):
            return DIVIDED
        return MAILED if self.by_mail else TITLES.get(self.event.act, self.event.act.label)

    @property
    def by_mail(self) -> bool:
        """It came by mail, and nobody has proven who wrote it."""
        return bool(self.event.detail.get(BY_MAIL))

    def own_part(self, words: CaseWords) -> str:
        """Of words that came by mail, what is not quoted."""
        return split_quoted(words.body)[0]

    def quoted_part(self, words: CaseWords) -> str:
        """Of words that came by mail, what is quoted."""
        return split_quoted(words.body)[1]

    @property
    def told_left_out(self) -> list[tuple[str, str]]:
        """Name of each file that was not kept, and why in the reader's language."""
        return [(row.name, say(Message(row.why, row.params))) for row in self.left_out]

    @property
    def moved(self) -> str:
        """What it did to the due day, in the reader's language; empty for acts that never move it."""
        told = moved_by(self.event.act, self.event.detail, language())
        return say(told) if told else ""

    @property
    def by_officer(self) -> bool:
        """An officer wrote down what the sender said."""
        return self.event.act in YOURS and self.event.act is not Act.SUBMIT and self.event.actor_kind is ActorKind.USER

    @property
    def answer(self) -> Sequence[CaseWords]:
        """The agency's words."""
        return [words for words in self.words if words.kind in AGENCY_WORDS]

    @property
    def said(self) -> Sequence[CaseWords]:
        """The sender's words, and reasons that are neither."""
        return [words for words in self.words if words.kind not in AGENCY_WORDS]


@dataclass(frozen=True)
class Clock:
    """Days of the running, or of the finished, promise. ``state`` as the clock component knows it: open, late, done."""

    state: str
    total: int
    used: int
    answered: bool
    due_on: date

    @property
    def left(self) -> int:
        """Days until the due day; negative when it has passed."""
        return self.total - self.used


@dataclass(frozen=True)
class Journey:
    """Everything the page of a case shows."""

    case: Case
    steps: Sequence[Step]
    clock: Clock | None
    contest_until: date | None
    may: frozenset[Act]
    files: Sequence[CaseFile] = field(default_factory=tuple)
    answers: Sequence[Answered] = ()
    #: All matters of a text that was divided, this one among them.
    parts: Sequence[CasePart] = ()

    @property
    def question(self) -> CaseWords | None:
        """What the officer asks and the sender has not answered."""
        if self.case.status is not Status.WAITING_CITIZEN:
            return None
        return next((words for step in reversed(self.steps) for words in step.words if words.kind is WordsKind.QUESTION), None)

    @property
    def pause_basis(self) -> str:
        """On what ground the clock stands still; English source text, empty while it runs."""
        if not self.case.is_open or self.case.paused_until is None:
            return ""
        last = next(step.event for step in reversed(self.steps) if step.event.act is Act.PAUSE)
        return PauseReason(last.detail["reason"]).basis

    @property
    def may_judge(self) -> bool:
        """The outcome can be confirmed or contested now."""
        return bool(self.may & {Act.CONFIRM, Act.CONTEST})


def journey(session: Session, now: datetime, case: Case) -> Journey:
    """Read the case for its sender: without internal words, and without files of acts that are not shown."""
    events = queries.history(session, case, for_citizen=True)
    shown = {event.id for event in events}
    files = [file for file in queries.files_of(session, case, for_citizen=True) if file.event_id in shown]
    people, places = _people(session, events), _places(session, events)
    left_out = queries.left_out_of(session, case)
    steps = [
        Step(
            event,
            [words for words in event.words if words.kind not in INTERNAL_WORDS and words.body],
            [file for file in files if file.event_id == event.id],
            people.get(event.detail.get("owner", 0)),
            places.get(event.detail.get("unit") or event.detail.get("agency", 0)),
            left_out.get(event.id, ()),
        )
        for event in events
    ]
    until = contest_until(case.outcome_at) if case.outcome_at and not case.upheld_at and possible(Act.CONTEST, case.status) else None
    return Journey(
        case, steps, _clock(now, case, events), until, _may(now, case), files, answers_of(session, case), parts_of(session, case)
    )


def _people(session: Session, events: Iterable[CaseEvent]) -> dict[int, User]:
    return accounts.by_ids(session, _ids(events, ("owner",)))


def _places(session: Session, events: Iterable[CaseEvent]) -> dict[int, Agency]:
    return agencies.by_ids(session, _ids(events, ("agency", "unit")))


def _ids(events: Iterable[CaseEvent], names: Collection[str]) -> list[int]:
    return sorted({event.detail[name] for event in events for name in names if event.detail.get(name)})


def _may(now: datetime, case: Case) -> frozenset[Act]:
    acts = {act for act in (Act.CITIZEN_ANSWER, Act.CITIZEN_ADD, Act.WITHDRAW) if possible(act, case.status)}
    if possible(Act.CONFIRM, case.status) and case.confirmed_at is None:
        acts.add(Act.CONFIRM)
    if possible(Act.CONTEST, case.status) and case.outcome_at and not case.upheld_at and may_contest(now, case.outcome_at):
        acts.add(Act.CONTEST)
    if case.publish_consent:
        acts.add(Act.WITHDRAW_CONSENT)
    return frozenset(acts)


def _clock(now: datetime, case: Case, events: Sequence[CaseEvent]) -> Clock | None:
    """Of a case whose clock began anew (a contest, an answer owed to many) that clock; none where nobody owes an answer any more."""
    anew_at = next((event.at for event in reversed(events) if event.act in ANEW), None)
    began, answered_at = anew_at or case.received_at, case.answered_at
    if anew_at:
        answered_at = case.outcome_at if case.outcome_at and case.outcome_at > anew_at else None
    if answered_at is None and not case.is_open:
        return None
    ended = answered_at or now
    total, used = (case.due_on - office_day(began)).days, (office_day(ended) - office_day(began)).days
    state = "late" if used > total else "done" if answered_at else "open"
    return Clock(state, total, used, answered_at is not None, case.due_on)
