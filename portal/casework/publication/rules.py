"""When a second officer is needed, and where a text that waits stands. Values in, values out."""

from collections.abc import Iterable
from enum import StrEnum

from portal.casework.rules import Act, CaseKind
from portal.kernel.redaction import Reason, propose

#: Kinds that blame somebody more often than not.
BLAMING = frozenset({CaseKind.COMPLAINT, CaseKind.GRIEVANCE})


class Waits(StrEnum):
    """For whom a confirmed text waits."""

    SECOND = "second"
    SENDER = "sender"


#: After one of these the text that waits is not what may be published any more; erasing ends it as well.
ENDED_BY = frozenset({Act.CONTEST, Act.WITHDRAW, Act.WITHDRAW_CONSENT, Act.MARK_ABOUT, Act.SAY_ABOUT, Act.WITHDRAW_PUBLICATION})


def open_names(texts: Iterable[str]) -> list[str]:
    """Personal names that the portal would close and that stand open in the texts."""
    return [one.text for text in texts for one in propose(text) if one.reason is Reason.PERSONAL_NAME]


def needs_second(kind: CaseKind, texts: Iterable[str], *, accuses: bool) -> bool:
    """True where one officer's yes is not enough; ``accuses`` is what the officer ticked."""
    return accuses or (kind in BLAMING and bool(open_names(texts)))
