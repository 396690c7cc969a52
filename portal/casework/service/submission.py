"""What a citizen (or an officer for one) hands in, and whether it can be taken."""

import dataclasses
import json
import math
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import TypeVar

from portal.casework.identity import Contact
from portal.casework.rules import Anonymity, AnswerBy, CaseKind, Channel
from portal.casework.texts import BODY_MOST, SUBJECT_MOST, as_written, problem, tidy, tidy_line, too_long
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import fold_digits

UNSURE = "unsure"
#: Fields that came later than the first release.
LATER = frozenset({"topic", "about", "about_above", "urgent", "answers", "collects"})
NAME_MOST = 200
EMAIL_MOST = 254
PHONE_MOST = 60
PLACE_MOST = 300
ADDRESS_MOST = 1000
ABOUT_MOST = 500
#: Neither "=?", which mail programs would decode into other characters, nor anything that structures an address.
_EMAIL = re.compile(r"(?!.*=\?)[^\s@<>,;:\"()\[\]\\]+@[^\s@.,;:<>()\"\\]+(\.[^\s@.,;:<>()\"\\]+)+")

TO_CHOOSE = {
    "kind": N_("Choose what kind of matter it is"),
    "anonymity": N_("Choose who may know who you are"),
    "answer_by": N_("Choose how you want the answer"),
}
NO_SUBJECT = Message(N_("Write in a few words what it is about"))
NO_BODY = Message(N_("Write the details, at least one sentence"))
Code = TypeVar("Code", bound=StrEnum)


@dataclass(frozen=True)
class Submission:
    """The fields of the outward contract as they were typed; codes are checked by ``validate``."""

    kind: str
    subject: str
    body: str
    anonymity: str
    #: Slug of an agency, or "unsure".
    agency: str = UNSURE
    #: Slug of a topic of that agency, or empty.
    topic: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    answer_by: str = AnswerBy.CODE.value
    place: str = ""
    lat: float | str | None = None
    lon: float | str | None = None
    publish_consent: bool = False
    #: Whom of the agency it is about, in words; empty for nobody in particular.
    about: str = ""
    #: It is about those who receive such matters, or about the head.
    about_above: bool = False
    #: Somebody's life is in danger; only officers say so, when they take a call.
    urgent: bool = False
    #: By the key of the agency's question, as typed; judged with the questions (``casework.questions.answering``).
    answers: Mapping[str, object] = dataclasses.field(default_factory=dict)
    #: A petition, which others may support once it is reviewed.
    collects: bool = False
    channel: str = Channel.WEB.value
    language: str = "th"


@dataclass(frozen=True)
class Checked:
    """A submission that can be taken: tidy words and real codes."""

    kind: CaseKind
    subject: str
    body: str
    anonymity: Anonymity
    contact: Contact
    answer_by: AnswerBy
    place: str
    lat: float | None
    lon: float | None
    publish_consent: bool
    about: str
    about_above: bool
    urgent: bool
    collects: bool
    channel: Channel
    language: str


def validate(submission: Submission, *, pictured: bool = False) -> Checked:
    """The submission ready to store; raises ``Invalid`` with every field at fault. ``pictured``: its files may hold the words."""
    wrong: dict[str, list[Message]] = {}
    kind = _code(wrong, "kind", submission.kind, CaseKind)
    anonymity = _code(wrong, "anonymity", submission.anonymity, Anonymity)
    answer_by = _code(wrong, "answer_by", submission.answer_by or AnswerBy.CODE.value, AnswerBy)
    channel = _code(wrong, "channel", submission.channel, Channel)
    subject = _words(wrong, "subject", tidy_line(submission.subject), SUBJECT_MOST, None if pictured else NO_SUBJECT)
    body = _words(wrong, "body", as_written(submission.body), BODY_MOST, None if pictured else NO_BODY)
    contact = _contact(wrong, submission)
    place = _words(wrong, "place", tidy_line(submission.place), PLACE_MOST, None)
    about = _about(wrong, submission)
    lat, lon = _coordinates(wrong, submission.lat, submission.lon)
    _check_agency(wrong, submission.agency)
    if anonymity and answer_by:
        _check_way_back(wrong, anonymity, answer_by, contact)
    if wrong or not (kind and anonymity and answer_by and channel):
        raise Invalid(wrong)
    return Checked(
        kind=kind,
        subject=subject,
        body=body,
        anonymity=anonymity,
        contact=contact,
        answer_by=answer_by,
        place=place,
        lat=lat,
        lon=lon,
        publish_consent=bool(submission.publish_consent),
        about=about,
        about_above=bool(submission.about_above),
        urgent=bool(submission.urgent),
        collects=bool(submission.collects),
        channel=channel,
        language="en" if submission.language == "en" else "th",
    )


def checked_contact(contact: Contact) -> Contact:
    """A contact alone, tidy; raises ``Invalid`` with every field at fault."""
    wrong: dict[str, list[Message]] = {}
    checked = _contact(wrong, contact)
    if wrong:
        raise Invalid(wrong)
    return checked


def fingerprint(submission: Submission, files: list[str]) -> str:
    """The same text for the same submission; ``files`` are the sha256 of the files as sent.

    Without a topic, anybody whom it is about, or answers it is what it was before there were these fields, so that no repeat is taken
    for another matter.
    """
    words = {name: value for name, value in asdict(submission).items() if name not in LATER or value}
    return json.dumps([words, sorted(files)], ensure_ascii=True, sort_keys=True)


def _code(wrong: dict[str, list[Message]], field: str, value: str, codes: type[Code]) -> Code | None:
    try:
        return codes(value)
    except ValueError:
        wrong[field] = [Message(TO_CHOOSE.get(field, N_("Choose one of the answers")))]
        return None


def _words(wrong: dict[str, list[Message]], field: str, text: str, most: int, empty: Message | None) -> str:
    if fault := problem(text, empty, most):
        wrong[field] = [fault]
    return text


def _about(wrong: dict[str, list[Message]], submission: Submission) -> str:
    """In words whom it is about; a tick alone is not enough, because nobody could settle whom it means."""
    asked = Message(N_("Write whom it is about, a name, a post or a counter")) if submission.about_above else None
    return _words(wrong, "about", as_written(submission.about), ABOUT_MOST, asked)


def _contact(wrong: dict[str, list[Message]], submission: Submission | Contact) -> Contact:
    most: Mapping[str, int] = {"name": NAME_MOST, "email": EMAIL_MOST, "phone": PHONE_MOST, "address": ADDRESS_MOST}
    texts = {field.name: tidy_line(getattr(submission, field.name)) for field in fields(Contact) if field.name != "address"}
    contact = Contact(**texts, address=tidy(submission.address))
    for field, limit in most.items():
        if len(getattr(contact, field)) > limit:
            wrong[field] = [too_long(limit)]
    if contact.email and not _EMAIL.fullmatch(contact.email):
        wrong["email"] = [Message(N_("Write an e-mail address, such as name@example.com"))]
    if contact.phone and not _is_phone(contact.phone):
        wrong["phone"] = [Message(N_("Write a telephone number, such as 081 234 5678"))]
    return contact


def _is_phone(text: str) -> bool:
    return 3 <= len(re.sub(r"\D", "", fold_digits(text))) <= 20


def _check_way_back(wrong: dict[str, list[Message]], anonymity: Anonymity, answer_by: AnswerBy, contact: Contact) -> None:
    if anonymity is Anonymity.ANONYMOUS and answer_by in (AnswerBy.PHONE, AnswerBy.LETTER):
        wrong["answer_by"] = [Message(N_("Without a name we cannot call or write; choose the receipt code or e-mail"))]
    elif answer_by is AnswerBy.EMAIL and not contact.email:
        wrong.setdefault("email", [Message(N_("Write the e-mail address for the answer"))])
    elif answer_by is AnswerBy.PHONE and not contact.phone:
        wrong.setdefault("phone", [Message(N_("Write the telephone number for the answer"))])
    elif answer_by is AnswerBy.LETTER and not contact.address:
        wrong.setdefault("address", [Message(N_("Write the postal address for the answer"))])


def _coordinates(wrong: dict[str, list[Message]], lat: float | str | None, lon: float | str | None) -> tuple[float | None, float | None]:
    values = _coordinate(lat, 90), _coordinate(lon, 180)
    given = lat not in (None, ""), lon not in (None, "")
    for field, value, is_given, other in zip(("lat", "lon"), values, given, reversed(given), strict=True):
        if (value is None and is_given) or (other and not is_given):
            wrong[field] = [Message(N_("Latitude and longitude are given together, as numbers of degrees"))]
    return values


def _coordinate(value: float | str | None, limit: int) -> float | None:
    try:
        number = float(fold_digits(value) if isinstance(value, str) else value)  # type: ignore[arg-type]  # None is a TypeError
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) and abs(number) <= limit else None


def _check_agency(wrong: dict[str, list[Message]], slug: str) -> None:
    if not slug.strip():
        wrong["agency"] = [Message(N_("Choose an agency, or say that you are not sure"))]
