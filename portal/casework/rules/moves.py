"""The table of moves: which act is possible in which status, and where it leads. In words: ``docs/rules/closing.md``."""

from dataclasses import dataclass
from enum import StrEnum

from portal.casework.rules.status import OPEN, Status
from portal.kernel.errors import Conflict
from portal.kernel.messages import N_, Message


class Act(StrEnum):
    """Everything that can happen to a case; each leaves one row of history."""

    SUBMIT = "submit"
    ASSIGN = "assign"
    HAND_OVER = "hand_over"
    START = "start"
    ASK = "ask"
    CITIZEN_ANSWER = "citizen_answer"
    CITIZEN_ADD = "citizen_add"
    NOTE = "note"
    REPLY = "reply"
    CLOSE = "close"
    REFER = "refer"
    DECLINE = "decline"
    FORWARD_UNIT = "forward_unit"
    FORWARD_AGENCY = "forward_agency"
    CONTEST = "contest"
    CONFIRM = "confirm"
    WITHDRAW = "withdraw"
    MERGE = "merge"
    PUBLISH = "publish"
    WITHDRAW_PUBLICATION = "withdraw_publication"
    WITHDRAW_CONSENT = "withdraw_consent"
    UNMASK = "unmask"
    MARK_ABOUT = "mark_about"
    SAY_ABOUT = "say_about"
    UNMARK_ABOUT = "unmark_about"
    LIFT = "lift"
    REORGANISE = "reorganise"
    UPHOLD = "uphold"
    SEND_BACK = "send_back"
    CORRECT_CONTACT = "correct_contact"
    ERASE = "erase"
    RELEASE = "release"
    PUT_OUT = "put_out"
    OWE = "owe"
    PROPOSE = "propose"
    RETURN_PROPOSAL = "return_proposal"
    PROPOSE_PUBLICATION = "propose_publication"
    SHOW_PUBLICATION = "show_publication"
    STOP_PUBLICATION = "stop_publication"
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    ESCALATE = "escalate"
    HIDE_PASSAGE = "hide_passage"
    SHOW_PASSAGE = "show_passage"
    SHOW_PICTURE = "show_picture"
    RELEASE_PICTURE = "release_picture"
    WITHDRAW_PICTURE = "withdraw_picture"
    KEEP_PICTURE = "keep_picture"
    ASK_CONTRIBUTION = "ask_contribution"
    CONTRIBUTE = "contribute"
    DECLINE_CONTRIBUTION = "decline_contribution"
    RECALL_CONTRIBUTION = "recall_contribution"
    SPLIT = "split"
    UNMERGE = "unmerge"

    @property
    def label(self) -> str:
        """English source text of the line in the history."""
        return LINES[self].label

    @property
    def event(self) -> str:
        """Name in the outbox and in the audit trail, such as ``case.answered``."""
        return f"case.{LINES[self].event}"

    @property
    def shown_to_citizen(self) -> bool:
        """True if the act stands in the history that the citizen reads."""
        return LINES[self].shown


@dataclass(frozen=True)
class Move:
    """From one of ``sources`` to ``to``; without ``to`` the status stays."""

    sources: frozenset[Status]
    to: Status | None


@dataclass(frozen=True)
class Line:
    """How an act is told: to the outbox and the audit trail, in the history, and whether the citizen sees it."""

    event: str
    label: str
    shown: bool = True


ANY = frozenset(Status)
WITH_OWNER = frozenset({Status.ASSIGNED, Status.IN_PROGRESS, Status.WAITING_CITIZEN})
STILL_OURS = OPEN | {Status.ANSWERED}

MOVES: dict[Act, Move] = {
    Act.ASSIGN: Move(OPEN - {Status.WAITING_CITIZEN}, Status.ASSIGNED),
    Act.HAND_OVER: Move(frozenset({Status.WAITING_CITIZEN, Status.ANSWERED}), None),
    Act.START: Move(frozenset({Status.ASSIGNED}), Status.IN_PROGRESS),
    Act.ASK: Move(WITH_OWNER, Status.WAITING_CITIZEN),
    Act.CITIZEN_ANSWER: Move(frozenset({Status.WAITING_CITIZEN}), Status.IN_PROGRESS),
    Act.CITIZEN_ADD: Move(STILL_OURS, None),
    Act.NOTE: Move(ANY, None),
    Act.REPLY: Move(WITH_OWNER | {Status.ANSWERED}, Status.ANSWERED),
    Act.CLOSE: Move(WITH_OWNER | {Status.ANSWERED}, Status.CLOSED),
    Act.REFER: Move(WITH_OWNER | {Status.RECEIVED}, Status.CLOSED),
    Act.DECLINE: Move(WITH_OWNER | {Status.RECEIVED}, Status.DECLINED),
    Act.FORWARD_UNIT: Move(OPEN, None),
    Act.FORWARD_AGENCY: Move(OPEN - {Status.CONTESTED}, Status.RECEIVED),
    Act.CONTEST: Move(frozenset({Status.ANSWERED, Status.CLOSED, Status.DECLINED}), Status.CONTESTED),
    Act.CONFIRM: Move(frozenset({Status.ANSWERED, Status.CLOSED}), None),
    Act.WITHDRAW: Move(STILL_OURS, Status.WITHDRAWN),
    Act.MERGE: Move(OPEN, Status.MERGED),
    Act.PUBLISH: Move(frozenset({Status.ANSWERED, Status.CLOSED}), None),
    Act.WITHDRAW_PUBLICATION: Move(ANY, None),
    Act.WITHDRAW_CONSENT: Move(ANY, None),
    Act.UNMASK: Move(ANY, None),
    Act.MARK_ABOUT: Move(ANY, None),
    Act.SAY_ABOUT: Move(ANY, None),
    Act.UNMARK_ABOUT: Move(ANY, None),
    Act.LIFT: Move(ANY, None),
    Act.REORGANISE: Move(OPEN, None),
    Act.UPHOLD: Move(frozenset({Status.CONTESTED}), Status.CLOSED),
    Act.SEND_BACK: Move(frozenset({Status.CONTESTED}), Status.RECEIVED),
    Act.CORRECT_CONTACT: Move(ANY, None),
    Act.ERASE: Move(ANY, None),
    Act.RELEASE: Move(STILL_OURS, None),
    Act.PUT_OUT: Move(WITH_OWNER | {Status.RECEIVED, Status.CONTESTED}, Status.ANSWERED),
    Act.OWE: Move(frozenset({Status.ANSWERED}), Status.ASSIGNED),
    Act.PROPOSE: Move(WITH_OWNER | {Status.RECEIVED, Status.ANSWERED}, None),
    Act.RETURN_PROPOSAL: Move(WITH_OWNER | {Status.RECEIVED, Status.ANSWERED}, None),
    Act.PROPOSE_PUBLICATION: Move(frozenset({Status.ANSWERED, Status.CLOSED}), None),
    Act.SHOW_PUBLICATION: Move(frozenset({Status.ANSWERED, Status.CLOSED}), None),
    Act.STOP_PUBLICATION: Move(ANY, None),
    Act.PAUSE: Move(WITH_OWNER, None),
    Act.RESUME: Move(OPEN, None),
    Act.EXTEND: Move(OPEN, None),
    Act.ESCALATE: Move(OPEN, None),
    Act.HIDE_PASSAGE: Move(ANY, None),
    Act.SHOW_PASSAGE: Move(ANY, None),
    Act.SHOW_PICTURE: Move(frozenset({Status.ANSWERED, Status.CLOSED}), None),
    Act.RELEASE_PICTURE: Move(frozenset({Status.ANSWERED, Status.CLOSED}), None),
    Act.WITHDRAW_PICTURE: Move(ANY, None),
    Act.KEEP_PICTURE: Move(ANY, None),
    Act.ASK_CONTRIBUTION: Move(OPEN, None),
    Act.CONTRIBUTE: Move(STILL_OURS, None),
    Act.DECLINE_CONTRIBUTION: Move(STILL_OURS, None),
    Act.RECALL_CONTRIBUTION: Move(STILL_OURS, None),
    Act.SPLIT: Move(WITH_OWNER | {Status.RECEIVED}, None),
    Act.UNMERGE: Move(frozenset({Status.MERGED}), Status.RECEIVED),
}
#: Acts that tell that a case is, or was, kept from somebody: officers who decide nothing do not read them.
ABOUT_ACTS = frozenset({Act.MARK_ABOUT, Act.SAY_ABOUT, Act.UNMARK_ABOUT})
#: Acts that give the citizen an answer: the first one stops the clock that is counted.
ANSWERING = frozenset({Act.REPLY, Act.CLOSE, Act.REFER, Act.DECLINE, Act.PUT_OUT})
#: Acts after which an answer is owed anew, from their day on; the first promise stays what it was.
ANEW = frozenset({Act.CONTEST, Act.OWE})
#: By these an officer takes a matter up: the first one is its acknowledgement.
ACKNOWLEDGING = frozenset({*ANSWERING, Act.ASSIGN, Act.HAND_OVER, Act.START, Act.ASK, Act.PROPOSE, Act.PAUSE, Act.EXTEND})

LINES: dict[Act, Line] = {
    Act.SUBMIT: Line("received", N_("Case received")),
    Act.ASSIGN: Line("assigned", N_("An officer owns the case")),
    Act.HAND_OVER: Line("handed_over", N_("Another officer owns the case")),
    Act.START: Line("started", N_("Work began")),
    Act.ASK: Line("asked", N_("The officer asks the sender")),
    Act.CITIZEN_ANSWER: Line("citizen_answered", N_("The sender answered")),
    Act.CITIZEN_ADD: Line("added", N_("The sender added something")),
    Act.NOTE: Line("noted", N_("Internal note"), shown=False),
    Act.REPLY: Line("answered", N_("The agency answered")),
    Act.CLOSE: Line("closed", N_("Case closed")),
    Act.REFER: Line("referred", N_("Referred to others and closed")),
    Act.DECLINE: Line("declined", N_("Not taken up")),
    Act.FORWARD_UNIT: Line("forwarded_unit", N_("Forwarded to another unit")),
    Act.FORWARD_AGENCY: Line("forwarded", N_("Forwarded to another agency")),
    Act.CONTEST: Line("contested", N_("The sender contests the outcome")),
    Act.CONFIRM: Line("confirmed", N_("The sender confirms the outcome")),
    Act.WITHDRAW: Line("withdrawn", N_("The sender withdrew the case")),
    Act.MERGE: Line("merged", N_("Goes on in another case")),
    Act.PUBLISH: Line("published", N_("Published without personal data")),
    Act.WITHDRAW_PUBLICATION: Line("unpublished", N_("No longer published")),
    Act.WITHDRAW_CONSENT: Line("consent_withdrawn", N_("The sender withdrew the consent to publish")),
    Act.UNMASK: Line("unmasked", N_("The name was opened"), shown=False),
    Act.MARK_ABOUT: Line("marked_about", N_("Marked as about an officer or unit"), shown=False),
    Act.SAY_ABOUT: Line("about_said", N_("The sender says that it is about an officer or unit")),
    Act.UNMARK_ABOUT: Line("about_unmarked", N_("No longer kept from those it was said to be about")),
    Act.LIFT: Line("lifted", N_("Passed to the agency above")),
    Act.REORGANISE: Line("reorganised", N_("Goes on elsewhere after a reorganisation")),
    Act.UPHOLD: Line("upheld", N_("Somebody outside the agency looked at it and lets the outcome stand")),
    Act.SEND_BACK: Line("sent_back", N_("Somebody outside the agency looked at it: it must be answered anew")),
    Act.CORRECT_CONTACT: Line("contact_corrected", N_("Name or contact corrected")),
    Act.ERASE: Line("erased", N_("Personal data erased")),
    Act.RELEASE: Line("released", N_("The officer has left, and the case waits for another")),
    Act.PUT_OUT: Line("put_out", N_("Published as a petition that others can support")),
    Act.OWE: Line("answer_owed", N_("Enough people support it: the agency owes a public answer")),
    Act.PROPOSE: Line("proposed", N_("An answer was proposed and waits for a signature"), shown=False),
    Act.RETURN_PROPOSAL: Line("proposal_returned", N_("The proposed answer was returned"), shown=False),
    Act.PROPOSE_PUBLICATION: Line("publication_proposed", N_("A public text waits for a second officer"), shown=False),
    Act.SHOW_PUBLICATION: Line("publication_shown", N_("The public text was shown to the sender before it appears")),
    Act.STOP_PUBLICATION: Line("publication_stopped", N_("The public text was stopped before it appeared")),
    Act.PAUSE: Line("paused", N_("The clock stands still")),
    Act.RESUME: Line("resumed", N_("The clock runs again")),
    Act.EXTEND: Line("extended", N_("The due day was extended")),
    Act.ESCALATE: Line("escalated", N_("The due day has passed: reported to the next level up")),
    Act.HIDE_PASSAGE: Line("passage_hidden", N_("Personal data in the public text was hidden")),
    Act.SHOW_PASSAGE: Line("passage_shown", N_("A reported passage of the public text stands: an officer looked at it")),
    Act.SHOW_PICTURE: Line("picture_shown", N_("A picture was shown to the sender before it appears")),
    Act.RELEASE_PICTURE: Line("picture_released", N_("A picture is public")),
    Act.WITHDRAW_PICTURE: Line("picture_withdrawn", N_("A picture is not shown to the public")),
    Act.KEEP_PICTURE: Line("picture_kept", N_("A reported picture stays: an officer looked at it")),
    Act.ASK_CONTRIBUTION: Line("contribution_asked", N_("Others were asked for their part")),
    Act.CONTRIBUTE: Line("contributed", N_("Those who were asked gave their part")),
    Act.DECLINE_CONTRIBUTION: Line("contribution_declined", N_("Those who were asked declined, with a reason")),
    Act.RECALL_CONTRIBUTION: Line("contribution_recalled", N_("The request for a part was recalled")),
    Act.SPLIT: Line("split", N_("Divided into several matters")),
    Act.UNMERGE: Line("unmerged", N_("Goes on by itself again")),
}


def possible(act: Act, status: Status) -> bool:
    """True if the act fits the status; who may do it is for ``policy``."""
    return status in MOVES[act].sources


def checked(act: Act, status: Status) -> Status:
    """The status after the act. Raises ``Conflict`` when the act does not fit the present one."""
    move = MOVES[act]
    if status not in move.sources:
        raise Conflict(Message(N_("This cannot be done with a case in its present status")))
    return move.to or status
