"""The fate of a message. Values in, values out; the table in words is ``docs/rules/mail-in.md``."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from portal.agencies.options import Option, OptionKind
from portal.casework.texts import BODY_MOST
from portal.feedback.mail_in.reading.letter import Letter, Machine
from portal.feedback.mail_in.reading.parts import Trouble
from portal.kernel.messages import N_
from portal.kernel.thai_text import is_blank

MESSAGE_MOST = 26 * 1024 * 1024  # bytes; what the large providers send, with its encoding
FROM_SENDER_AN_HOUR = 20
CASES_OF_SENDER_A_DAY = 5
CASES_AN_HOUR = 200
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
#: Keyed hashes of senders are of use for so long.
COUNTED_FOR = timedelta(days=2)
#: Rows without a case go after this.
ROWS_KEPT_FOR = timedelta(days=365)
KEEP_DAYS = Option(
    key="mail_in.keep_days",
    kind=OptionKind.NUMBER,
    default=30,
    label=N_("Keep whole e-mails that were decided"),
    explains=N_("Encrypted, counted from the decision; the words and files of the case itself follow the case"),
    least=1,
    most=365,
    unit=N_("days"),
    basis=N_("PDPA section 37 (3): a system that erases when the time is over; how long is for the agency's lawyer to say"),
)


class Fate(StrEnum):
    """What became of a message."""

    REPEAT = "repeat"
    OWN = "own"
    BOUNCE = "bounce"
    AUTO_REPLY = "auto_reply"
    WAITING = "waiting"
    ADDED = "added"
    NEW_CASE = "new_case"
    NOT_FOR_US = "not_for_us"

    @property
    def label(self) -> str:
        """English source text."""
        return FATE_LABELS[self]


class Reason(StrEnum):
    """Why a message waits for a person."""

    TOO_LARGE = "too_large"
    ENCRYPTED = "encrypted"
    TNEF = "tnef"
    TOO_COMPLEX = "too_complex"
    UNREADABLE = "unreadable"
    TOO_LONG = "too_long"
    EMPTY = "empty"
    NO_SENDER = "no_sender"
    TO_MANY = "to_many"
    MACHINE = "machine"
    BAD_TOKEN = "bad_token"  # noqa: S105 - no password
    CASE_OVER = "case_over"
    MANY_FROM_SENDER = "many_from_sender"
    MANY_CASES_OF_SENDER = "many_cases_of_sender"
    MANY_CASES = "many_cases"
    AGENCY_CLOSED = "agency_closed"

    @property
    def label(self) -> str:
        """English source text."""
        return REASON_LABELS[self]


class Token(StrEnum):
    """What the reply tokens of a message say."""

    NONE = "none"
    VALID = "valid"
    OVER = "over"  # valid, but the case takes no words any more
    BAD = "bad"


@dataclass(frozen=True)
class Facts:
    """What is known besides the message itself."""

    is_repeat: bool = False
    is_own: bool = False
    token: Token = Token.NONE
    from_sender_this_hour: int = 0
    cases_of_sender_today: int = 0
    cases_this_hour: int = 0
    agency_closed: bool = False
    #: There is one sender, at an address that a mail can go to.
    has_sender: bool = True


@dataclass(frozen=True)
class Verdict:
    """``reason`` goes with what waits."""

    fate: Fate
    reason: Reason | None = None


FATE_LABELS = {
    Fate.REPEAT: N_("Came twice, taken once"),
    Fate.OWN: N_("Sent by this portal"),
    Fate.BOUNCE: N_("Reports that a mail did not arrive"),
    Fate.AUTO_REPLY: N_("A machine answered"),
    Fate.WAITING: N_("Waits for a person"),
    Fate.ADDED: N_("Added to its case"),
    Fate.NEW_CASE: N_("Became a case"),
    Fate.NOT_FOR_US: N_("Not for us"),
}
REASON_LABELS = {
    Reason.TOO_LARGE: N_("Larger than 26 MB"),
    Reason.ENCRYPTED: N_("Encrypted"),
    Reason.TNEF: N_("Packed as winmail.dat"),
    Reason.TOO_COMPLEX: N_("Too many parts"),
    Reason.UNREADABLE: N_("Its letters cannot be read with certainty"),
    Reason.TOO_LONG: N_("Longer than a case can hold"),
    Reason.EMPTY: N_("Neither words nor files"),
    Reason.NO_SENDER: N_("No sender, or several"),
    Reason.TO_MANY: N_("Sent to many"),
    Reason.MACHINE: N_("Looks as if a machine had sent it"),
    Reason.BAD_TOKEN: N_("Answers a mail of ours, but its mark does not fit"),
    Reason.CASE_OVER: N_("The case is over"),
    Reason.MANY_FROM_SENDER: N_("Very many from one sender within an hour"),
    Reason.MANY_CASES_OF_SENDER: N_("Many new matters from one sender today"),
    Reason.MANY_CASES: N_("Very many new matters within an hour"),
    Reason.AGENCY_CLOSED: N_("The agency is closed"),
}
_TROUBLES = {
    Trouble.ENCRYPTED: Reason.ENCRYPTED,
    Trouble.TNEF: Reason.TNEF,
    Trouble.TOO_COMPLEX: Reason.TOO_COMPLEX,
    Trouble.UNREADABLE: Reason.UNREADABLE,
}
#: Weak signs: they hold a message up, they never drop one by themselves.
_ABSENT = re.compile(
    r"out of (?:the )?office|auto(?:matic)?[ -]?(?:reply|response)|automatische antwort|vacation|away from my|"
    r"ตอบกลับอัตโนมัติ|ตอบรับอัตโนมัติ|ไม่อยู่ที่(?:สำนักงาน|ทำงาน)|อยู่ระหว่างลา|ลาพักร้อน|ได้รับอีเมลของท่านแล้ว",
    re.IGNORECASE,
)
#: Reasons for which nobody is written to unless a person says so.
SILENT = frozenset({Reason.NO_SENDER, Reason.TO_MANY, Reason.MACHINE, Reason.MANY_FROM_SENDER})


def judge(letter: Letter, facts: Facts) -> Verdict:
    """The fate of a letter, by the first line of the table that fits."""
    answers_us = facts.token is not Token.NONE
    if facts.is_repeat:
        return Verdict(Fate.REPEAT)
    if letter.report is not None:
        return Verdict(Fate.BOUNCE)
    if facts.is_own:
        return Verdict(Fate.OWN)
    if letter.machine is Machine.ANSWERS or (answers_us and seems_a_machine(letter)):
        return Verdict(Fate.AUTO_REPLY)
    if reason := _why_it_waits(letter, facts):
        return Verdict(Fate.WAITING, reason)
    return Verdict(Fate.ADDED if facts.token is Token.VALID else Fate.NEW_CASE)


def seems_a_machine(letter: Letter) -> bool:
    """True for weak signs: it says that it was generated, nobody can answer it, or it sounds like an absence notice."""
    return letter.machine is Machine.SENDS or letter.no_return_path or bool(_ABSENT.search(letter.subject))


def _why_it_waits(letter: Letter, facts: Facts) -> Reason | None:
    return (
        _of_its_shape(letter)
        or _of_its_token(facts)
        or (Reason.MANY_FROM_SENDER if facts.from_sender_this_hour >= FROM_SENDER_AN_HOUR else None)
        or (_of_a_new_matter(letter, facts) if facts.token is not Token.VALID else None)
    )


def _of_its_shape(letter: Letter) -> Reason | None:
    if letter.trouble is not None:
        return _TROUBLES[letter.trouble]
    if is_blank(letter.text) and not letter.attachments:
        return Reason.EMPTY
    return Reason.TOO_LONG if len(letter.text) > BODY_MOST else None


def _of_its_token(facts: Facts) -> Reason | None:
    return {Token.BAD: Reason.BAD_TOKEN, Token.OVER: Reason.CASE_OVER}.get(facts.token)


def _of_a_new_matter(letter: Letter, facts: Facts) -> Reason | None:
    signs = (
        (facts.agency_closed, Reason.AGENCY_CLOSED),
        (letter.to_many, Reason.TO_MANY),
        (seems_a_machine(letter), Reason.MACHINE),
        (not facts.has_sender, Reason.NO_SENDER),
        (facts.cases_of_sender_today >= CASES_OF_SENDER_A_DAY, Reason.MANY_CASES_OF_SENDER),
        (facts.cases_this_hour >= CASES_AN_HOUR, Reason.MANY_CASES),
    )
    return next((reason for there, reason in signs if there), None)
