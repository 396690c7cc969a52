"""The caller's own earlier matter, by its code. What the officer may not see is answered like a code that nobody was given."""

import unicodedata
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.casework import policy, queries, receipts
from portal.casework.models import Case, CaseWords
from portal.casework.rules import WordsKind
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid
from portal.kernel.keyring import Keyring
from portal.kernel.messages import N_, Message
from portal.kernel.receipt_code import LENGTH, parse_code
from portal.web.limits import note_wrong_code, slow_down_guessing

LONGEST = 200
_ANSWERS = frozenset({WordsKind.REPLY, WordsKind.RESULT, WordsKind.DECLINE, WordsKind.REFERRED_TO})


@dataclass(frozen=True)
class Earlier:
    """The case, and the last thing that the agency told its sender."""

    case: Case
    answer: CaseWords | None


def look_up(session: Session, actor: Actor, keyring: Keyring, typed: str) -> Earlier:
    """Raises ``Invalid`` for the field "code"; wrong codes are counted as on the public page."""
    digits = parse_code(typed[:LONGEST])
    if digits is None:
        raise Invalid({"code": [_mistake(typed)]})
    slow_down_guessing()
    case = receipts.find(session, keyring, digits)
    if case is None or not policy.can_see(actor, case):
        note_wrong_code()
        raise Invalid(
            {"code": [Message(N_("No matter of yours has this code; let the caller read it again, or look on the tracking page"))]}
        )
    told = [row for row in queries.words_of(session, case, for_citizen=True) if row.kind in _ANSWERS and row.body]
    return Earlier(case, told[-1] if told else None)


def _mistake(typed: str) -> Message:
    count = sum(unicodedata.category(character) == "Nd" for character in typed)
    if count != LENGTH:
        return Message(N_("A tracking code has %(length)s digits, there are %(count)s here"), {"length": LENGTH, "count": count})
    return Message(N_("A digit of this code is mistyped. Compare it with your receipt, digit by digit"))
