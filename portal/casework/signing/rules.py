"""What needs a signature, and where a proposal stands. Values in, values out."""

from collections.abc import Collection
from enum import StrEnum

from portal.casework.rules import Act, CaseKind, Status


class ProposedAct(StrEnum):
    """Acts that can be proposed; the codes are those of ``Act``."""

    REPLY = "reply"
    CLOSE = "close"
    REFER = "refer"
    DECLINE = "decline"

    @property
    def act(self) -> Act:
        """What is done when it is signed."""
        return Act(self.value)


class ProposalState(StrEnum):
    """Where a proposal stands; all but the first are the end of it."""

    WAITING = "waiting"
    SIGNED = "signed"
    RETURNED = "returned"
    #: Taken back, replaced by another one, or overtaken by what happened to the case.
    WITHDRAWN = "withdrawn"


#: After one of these a proposal that waits answers nothing any more; erasing the words ends it as well.
OVERTAKEN_BY = frozenset(
    {Act.REPLY, Act.CLOSE, Act.REFER, Act.DECLINE, Act.PUT_OUT, Act.FORWARD_AGENCY, Act.MERGE, Act.WITHDRAW, Act.CONTEST, Act.UPHOLD}
)


def needs_signature(act: ProposedAct, kind: CaseKind, status: Status, signed_kinds: Collection[str], *, collects: bool) -> bool:
    """True where the agency wants this answer signed; ``signed_kinds`` is its setting, ``collects`` says that it is a petition."""
    if kind.value not in signed_kinds:
        return False
    # "Answered" is left only by what makes an answer due anew. A petition is answered by being put out, which tells no result.
    return act is ProposedAct.REPLY or status is not Status.ANSWERED or collects
