"""The mails that have texts, the fields that may stand in them, and how fields are filled in. In words: ``docs/rules/templates.md``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.kernel.messages import N_, Message

TEXT_MOST = 4000  # characters
_FIELD = re.compile(r"\{([a-z_]+)\}")
#: Anything in braces, and braces without a partner.
_BRACED = re.compile(r"\{[^{}\n]{0,40}\}|[{}]")
_BETWEEN = re.compile(r"\n[ \t]*\n\s*")


class MailKind(StrEnum):
    """Mails to the senders of cases."""

    RECEIVED = "received"
    ASKED = "asked"
    ANSWERED = "answered"
    CLOSED = "closed"
    DECLINED = "declined"
    CONTESTED = "contested"
    FORWARDED = "forwarded"
    REVIEWED = "reviewed"
    MERGED = "merged"
    DUE_MOVED = "due_moved"

    @property
    def label(self) -> str:
        """English source text."""
        return MAIL_LABELS[self]


MAIL_LABELS = {
    MailKind.RECEIVED: N_("The matter is received"),
    MailKind.ASKED: N_("The officer has a question"),
    MailKind.ANSWERED: N_("The agency has answered"),
    MailKind.CLOSED: N_("The case is closed, or the sender was referred to others"),
    MailKind.DECLINED: N_("The matter is not taken up"),
    MailKind.CONTESTED: N_("An objection is received"),
    MailKind.FORWARDED: N_("The case went to another unit or agency"),
    MailKind.REVIEWED: N_("Somebody outside the agency has judged an objection"),
    MailKind.MERGED: N_("The case goes on in another one"),
    MailKind.DUE_MOVED: N_("The due day has moved: a pause, its end, or an extension"),
}


class Field(StrEnum):
    """What may stand in braces."""

    CASE_NUMBER = "case_number"
    STATUS = "status"
    AGENCY = "agency"
    DUE_ON = "due_on"
    RECEIVED_ON = "received_on"
    CONTEST_UNTIL = "contest_until"
    RECEIPT_CODE = "receipt_code"
    TRACK_URL = "track_url"
    WORDS = "words"
    KIND = "kind"
    OFFICER = "officer"
    MOVED_BY = "moved_by"

    @property
    def label(self) -> str:
        """English source text."""
        return FIELD_LABELS[self]

    @property
    def braced(self) -> str:
        """As it stands in a text."""
        return f"{{{self.value}}}"


FIELD_LABELS = {
    Field.CASE_NUMBER: N_("Number of the case"),
    Field.STATUS: N_("Its status"),
    Field.AGENCY: N_("Name of the agency that holds it"),
    Field.DUE_ON: N_("Day on which the answer is due"),
    Field.RECEIVED_ON: N_("Day on which the matter was received"),
    Field.CONTEST_UNTIL: N_("Last day to contest the outcome"),
    Field.RECEIPT_CODE: N_("Receipt code, while it is known"),
    Field.TRACK_URL: N_("Address of the tracking page"),
    Field.WORDS: N_("Words of the officer, to who gave a name openly"),
    Field.KIND: N_("Kind of matter"),
    Field.OFFICER: N_("Your own name"),
    Field.MOVED_BY: N_("What moved the day: the pause with its reason and last day, its end, or the extension"),
}
#: Fields that have nothing to say in some mails; their paragraph is left out then.
SOMETIMES = frozenset({Field.RECEIPT_CODE, Field.WORDS})


@dataclass(frozen=True)
class Fields:
    """What a text may name, in the order of the page, and what it has to."""

    offered: tuple[Field, ...]
    needed: frozenset[Field] = frozenset()


def _of_mail(*needed: Field, offered: tuple[Field, ...] = ()) -> Fields:
    every = (Field.CASE_NUMBER, Field.STATUS, Field.AGENCY, Field.TRACK_URL)
    return Fields((*every, *needed, *offered, Field.WORDS), frozenset({Field.CASE_NUMBER, Field.TRACK_URL, *needed}))


_OUTCOME = _of_mail(Field.CONTEST_UNTIL)
MAIL_FIELDS: Mapping[MailKind, Fields] = {
    MailKind.RECEIVED: _of_mail(Field.DUE_ON, Field.RECEIPT_CODE),
    MailKind.ASKED: _of_mail(offered=(Field.DUE_ON,)),
    MailKind.ANSWERED: _OUTCOME,
    MailKind.CLOSED: _OUTCOME,
    MailKind.DECLINED: _OUTCOME,
    MailKind.CONTESTED: _of_mail(Field.DUE_ON),
    MailKind.FORWARDED: Fields(
        (Field.CASE_NUMBER, Field.STATUS, Field.AGENCY, Field.TRACK_URL, Field.DUE_ON, Field.WORDS),
        frozenset({Field.CASE_NUMBER, Field.TRACK_URL, Field.AGENCY, Field.DUE_ON}),
    ),
    MailKind.REVIEWED: _of_mail(),
    MailKind.MERGED: _of_mail(),
    MailKind.DUE_MOVED: _of_mail(Field.DUE_ON, Field.MOVED_BY),
}
REPLY_FIELDS = Fields((Field.CASE_NUMBER, Field.KIND, Field.AGENCY, Field.RECEIVED_ON, Field.DUE_ON, Field.OFFICER))


def fields_of(text: str) -> set[str]:
    """Names of the fields that stand in a text."""
    return set(_FIELD.findall(text))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its fields replaced; a paragraph with a field that has nothing to say is left out. Values are never read for fields."""
    paragraphs = _BETWEEN.split(text.strip())
    kept = [paragraph for paragraph in paragraphs if all(values.get(name) for name in fields_of(paragraph))]
    return "\n\n".join(_FIELD.sub(lambda found: values[found[1]], paragraph) for paragraph in kept)


def problems(text: str, fields: Fields) -> list[Message]:
    """What is wrong with a text; none for an empty one, which stands for the text that holds otherwise."""
    if not text:
        return []
    if len(text) > TEXT_MOST:
        return [Message(N_("At most %(most)s characters"), {"most": f"{TEXT_MOST:,}"})]
    return [*_strange(text, fields), *_missing(text, fields), *_not_alone(text)]


def _strange(text: str, fields: Fields) -> list[Message]:
    offered = {field.braced for field in fields.offered}
    strange = [found for found in dict.fromkeys(_BRACED.findall(text)) if found not in offered]
    values = {"fields": ", ".join(field.braced for field in fields.offered)}
    return [Message(N_("“%(what)s” is no field of this text; it may hold %(fields)s"), {"what": what, **values}) for what in strange]


def _missing(text: str, fields: Fields) -> list[Message]:
    missing = [field for field in fields.offered if field in fields.needed and field.value not in fields_of(text)]
    return [
        Message(N_("Add %(field)s (%(what)s): the sender needs it"), {"field": field.braced, "what": Message(field.label)})
        for field in missing
    ]


def _not_alone(text: str) -> list[Message]:
    crowded = [SOMETIMES & named for paragraph in _BETWEEN.split(text) if len(named := fields_of(paragraph)) > 1]
    text_of_it = N_("Let %(field)s stand in a paragraph without other fields: where it has nothing to say, the whole paragraph is left out")
    return [Message(text_of_it, {"field": Field(name).braced}) for name in sorted({name for names in crowded for name in names})]
