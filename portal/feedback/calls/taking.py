"""What an officer took down, judged by the rules of the public form and a few more. In words: ``docs/rules/calls.md``."""

from dataclasses import dataclass
from datetime import datetime, time

from portal.casework.rules import Anonymity, AnswerBy, Channel
from portal.casework.service import Submission, validate
from portal.feedback.followups.rules import Way
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import BANGKOK, office_day
from portal.kernel.written_day import read_day

#: What people bring and an officer writes down; the telephone first.
TAKEN_DOWN = (
    *(Channel.TELEPHONE, Channel.WALK_IN, Channel.LETTER, Channel.FAX, Channel.EMAIL),
    *(Channel.LINE, Channel.FACEBOOK, Channel.BOX, Channel.FORUM),
)


@dataclass(frozen=True)
class Taken:
    """The fields of the call screen as they were typed."""

    channel: str = ""
    agency: str = ""
    received_on: str = ""
    kind: str = ""
    subject: str = ""
    body: str = ""
    place: str = ""
    topic: str = ""
    anonymity: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    about: str = ""
    urgent: bool = False
    callback: bool = False
    letter: bool = False
    publish_consent: bool = False
    about_above: bool = False
    language: str = "th"

    @property
    def answer_by(self) -> AnswerBy:
        """A letter before a call, because it takes longest; a mail where there is an address; else the code alone."""
        if self.letter:
            return AnswerBy.LETTER
        if self.callback:
            return AnswerBy.PHONE
        return AnswerBy.EMAIL if self.email.strip() else AnswerBy.CODE

    @property
    def ways(self) -> list[Way]:
        """The queues in which the caller is to stand from now on."""
        return [way for way, wanted in ((Way.CALL, self.callback), (Way.LETTER, self.letter)) if wanted]

    def submission(self) -> Submission:
        """The same as ``casework`` knows it."""
        same = (
            *("channel", "agency", "kind", "subject", "body", "place", "topic", "anonymity", "name", "phone", "email", "address"),
            *("about", "urgent", "publish_consent", "about_above", "language"),
        )
        return Submission(**{name: getattr(self, name) for name in same}, answer_by=self.answer_by.value)


def judge(taken: Taken, now: datetime) -> datetime:
    """When it came in; raises ``Invalid`` with every field at fault, so that nothing the caller said is dropped in silence."""
    wrong: dict[str, list[Message]] = {}
    received_at = read_receipt(wrong, taken.received_on, now)
    _check_wishes(wrong, taken)
    if taken.channel not in TAKEN_DOWN:
        wrong["channel"] = [Message(N_("Choose one of the answers"))]
    try:
        validate(taken.submission())
    except Invalid as invalid:
        # anonymous callers with wishes are told so at the wish itself
        wrong = {**{field: list(found) for field, found in invalid.fields.items() if field != "answer_by"}, **wrong}
    if wrong:
        raise Invalid(wrong)
    return received_at


def read_receipt(wrong: dict[str, list[Message]], typed: str, now: datetime) -> datetime:
    """When it came: now, or the morning of an earlier day; what is wrong with the day is put under "received_on"."""
    if not typed.strip():
        return now
    day = read_day(typed)
    if day is None:
        wrong["received_on"] = [Message(N_("Write a day, for example 5/12/2570 or 5 ธันวาคม 2570"))]
    elif day > office_day(now):
        wrong["received_on"] = [Message(N_("The day of receipt cannot lie in the future"))]
    return now if day is None or day >= office_day(now) else datetime.combine(day, time(9), tzinfo=BANGKOK)


def _check_wishes(wrong: dict[str, list[Message]], taken: Taken) -> None:
    if taken.callback and not taken.phone.strip():
        wrong["phone"] = [Message(N_("Write the telephone number for the answer"))]
    if taken.letter and not taken.address.strip():
        wrong["address"] = [Message(N_("Write the postal address for the answer"))]
    if taken.anonymity != Anonymity.ANONYMOUS:
        return
    if taken.name.strip() or taken.phone.strip() or taken.address.strip():
        wrong["anonymity"] = [
            Message(N_("Name, number and address are not kept without a name: take them out, or choose another answer here"))
        ]
    elif taken.ways:
        wrong["anonymity"] = [Message(N_("Without a name we cannot call or write; ask whether the name may be known to officers"))]
