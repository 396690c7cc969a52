"""The way of a request: which act fits which status, and where it leads. In words: ``docs/rules/privacy.md``."""

from dataclasses import dataclass
from enum import StrEnum

from portal.kernel.errors import Conflict
from portal.kernel.messages import N_, Message


class RequestStatus(StrEnum):
    """Where a request stands."""

    RECEIVED = "received"
    WAITING = "waiting"
    GRANTED = "granted"
    REFUSED = "refused"
    APPEALED = "appealed"
    DONE = "done"
    TAKEN_BACK = "taken_back"

    @property
    def label(self) -> str:
        """English source text."""
        return STATUS_LABELS[self]


class RequestAct(StrEnum):
    """Everything that can happen to a request; each leaves one row of history."""

    SUBMIT = "submit"
    WAIT = "wait"
    GRANT = "grant"
    GRANT_PARTLY = "grant_partly"
    REFUSE = "refuse"
    CARRY_OUT = "carry_out"
    APPEAL = "appeal"
    OVERTURN = "overturn"
    UPHOLD = "uphold"
    TAKE_BACK = "take_back"
    EXPORT = "export"

    @property
    def label(self) -> str:
        """English source text of the line in the history."""
        return ACT_LABELS[self]

    @property
    def event(self) -> str:
        """Name in the outbox and in the audit trail, such as ``privacy.granted``."""
        return f"privacy.{ACT_EVENTS[self]}"


@dataclass(frozen=True)
class Move:
    """From one of ``sources`` to ``to``; without ``to`` the status stays."""

    sources: frozenset[RequestStatus]
    to: RequestStatus | None


_S = RequestStatus
MOVES: dict[RequestAct, Move] = {
    RequestAct.WAIT: Move(frozenset({_S.RECEIVED, _S.GRANTED}), _S.WAITING),
    RequestAct.GRANT: Move(frozenset({_S.RECEIVED}), _S.GRANTED),
    RequestAct.GRANT_PARTLY: Move(frozenset({_S.RECEIVED}), _S.GRANTED),
    RequestAct.REFUSE: Move(frozenset({_S.RECEIVED}), _S.REFUSED),
    RequestAct.CARRY_OUT: Move(frozenset({_S.RECEIVED, _S.GRANTED, _S.WAITING}), _S.DONE),
    RequestAct.APPEAL: Move(frozenset({_S.REFUSED, _S.DONE}), _S.APPEALED),
    RequestAct.OVERTURN: Move(frozenset({_S.APPEALED}), _S.GRANTED),
    RequestAct.UPHOLD: Move(frozenset({_S.APPEALED}), _S.REFUSED),
    RequestAct.TAKE_BACK: Move(frozenset({_S.RECEIVED, _S.WAITING, _S.GRANTED, _S.APPEALED}), _S.TAKEN_BACK),
    RequestAct.EXPORT: Move(frozenset(RequestStatus), None),
}
#: Somebody of the agency has to act.
WAITING_FOR_US = frozenset({_S.RECEIVED, _S.GRANTED, _S.APPEALED})

STATUS_LABELS = {
    _S.RECEIVED: N_("Waiting for a decision"),
    _S.WAITING: N_("Waits until nothing stands in the way"),
    _S.GRANTED: N_("Granted, to be carried out"),
    _S.REFUSED: N_("Refused"),
    _S.APPEALED: N_("Appealed"),
    _S.DONE: N_("Carried out"),
    _S.TAKEN_BACK: N_("Taken back"),
}
ACT_LABELS = {
    RequestAct.SUBMIT: N_("The request came in"),
    RequestAct.WAIT: N_("It waits until nothing stands in the way"),
    RequestAct.GRANT: N_("The request was granted"),
    RequestAct.GRANT_PARTLY: N_("The request was granted in part"),
    RequestAct.REFUSE: N_("The request was refused"),
    RequestAct.CARRY_OUT: N_("The request was carried out"),
    RequestAct.APPEAL: N_("The decision was appealed"),
    RequestAct.OVERTURN: N_("The appeal was upheld, the request is granted"),
    RequestAct.UPHOLD: N_("The appeal was rejected, the decision stands"),
    RequestAct.TAKE_BACK: N_("The request was taken back"),
    RequestAct.EXPORT: N_("The data were opened to decide or to hand them over"),
}
ACT_EVENTS = {
    RequestAct.SUBMIT: "requested",
    RequestAct.WAIT: "waiting",
    RequestAct.GRANT: "granted",
    RequestAct.GRANT_PARTLY: "granted_partly",
    RequestAct.REFUSE: "refused",
    RequestAct.CARRY_OUT: "carried_out",
    RequestAct.APPEAL: "appealed",
    RequestAct.OVERTURN: "overturned",
    RequestAct.UPHOLD: "upheld",
    RequestAct.TAKE_BACK: "taken_back",
    RequestAct.EXPORT: "exported",
}


def possible(act: RequestAct, status: RequestStatus) -> bool:
    """True if the act fits the status; who may do it is for ``policy``."""
    return status in MOVES[act].sources


def checked(act: RequestAct, status: RequestStatus) -> RequestStatus:
    """The status after the act. Raises ``Conflict`` when the act does not fit the present one."""
    move = MOVES[act]
    if status not in move.sources:
        raise Conflict(Message(N_("This cannot be done with a request in its present status")))
    return move.to or status
