"""One message as the rules need it: who, about what, in which words, with which files, and what a machine says of itself."""

import re
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser
from email.policy import Compat32
from enum import StrEnum

from portal.feedback.mail_in.reading import headers
from portal.feedback.mail_in.reading.parts import Attachment, LeftOut, Parts, Trouble, take_apart

__all__ = ["Attachment", "LeftOut", "Letter", "Report", "Trouble", "read", "read_head"]
#: A message with more of these is made to cost time; an honest one has a handful.
MULTIPARTS_MOST = 60
HEAD_MOST = 256 * 1024  # bytes of its header lines
_MULTIPART = re.compile(rb"multipart/|message/", re.IGNORECASE)
_HEAD_END = re.compile(rb"\r?\n\r?\n")
#: Our mails carry their token in the Message-ID, and this finds it again in whatever a report quotes.
_MARK = re.compile(rb"\.t-([a-z2-7]{26})@", re.IGNORECASE)


class _AsItCame(Compat32):
    """Headers with bytes beyond ASCII stay as they came, instead of becoming question marks; endless ones end.

    The standard library takes quadratic time over the parameters of a long one.
    """

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[: headers.LINE_MOST]

    def header_fetch_parse(self, name: str, value: str) -> str:
        return value


RAW = _AsItCame()


class Machine(StrEnum):
    """What a message says of a machine that sent it."""

    NONE = ""
    ANSWERS = "answers"
    SENDS = "sends"


@dataclass(frozen=True)
class Report:
    """A report about the delivery of a mail; ``failed`` if it will never arrive. ``tokens`` of ours that it quotes."""

    failed: bool
    tokens: tuple[str, ...] = ()


@dataclass(frozen=True)
class Letter:
    """A message, read. Texts are as they came; ``trouble`` says why a machine should not judge it."""

    subject: str = ""
    senders: tuple[tuple[str, str], ...] = ()  # name, address
    recipients: tuple[str, ...] = ()
    message_id: str = ""
    answers_to: tuple[str, ...] = ()
    written_at: str = ""
    text: str = ""
    attachments: tuple[Attachment, ...] = field(default=(), repr=False)
    left_out: tuple[LeftOut, ...] = ()
    trouble: Trouble | None = None
    machine: Machine = Machine.NONE
    to_many: bool = False
    no_return_path: bool = False
    report: Report | None = None

    @property
    def sender(self) -> str:
        """The one address that it says to come from; empty if there is none or several."""
        return self.senders[0][1] if len(self.senders) == 1 else ""


def read(raw: bytes) -> Letter:
    """Read a whole message; never raises for what stands in it."""
    head = raw[:HEAD_MOST]
    if len(_MULTIPART.findall(raw)) > MULTIPARTS_MOST or (len(raw) > HEAD_MOST and not _HEAD_END.search(head)):
        return _too_complex(head)
    try:
        message = BytesParser(policy=RAW).parsebytes(raw)
        return _letter(message, raw, take_apart(message))
    except (RecursionError, MemoryError, LookupError, ValueError, TypeError, AttributeError, AssertionError):
        # the standard library's parser knows many ways to stumble; a person looks at what it cannot read
        return _too_complex(head)


def read_head(raw: bytes) -> Letter:
    """Read header lines alone, of a message that is too large to be fetched."""
    try:
        return _letter(BytesParser(policy=RAW).parsebytes(raw[:HEAD_MOST], headersonly=True), b"", Parts())
    except (RecursionError, ValueError, TypeError, LookupError, AttributeError):
        return Letter(trouble=Trouble.TOO_COMPLEX)


def _too_complex(head: bytes) -> Letter:
    letter = read_head(_HEAD_END.split(head, maxsplit=1)[0] + b"\r\n\r\n")
    return Letter(**{**letter.__dict__, "trouble": Trouble.TOO_COMPLEX})


def _letter(message: Message, raw: bytes, parts: Parts) -> Letter:
    no_return_path = any(value.strip() == "<>" for value in headers.raw_values(message, "Return-Path"))
    return Letter(
        subject=headers.first(message, "Subject").strip(),
        senders=tuple(headers.addresses(message, "From")),
        recipients=tuple(address for _, address in headers.addresses(message, "To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")),
        message_id=next(iter(headers.ids(message, "Message-ID")), ""),
        answers_to=tuple(headers.ids(message, "In-Reply-To", "References")),
        written_at=headers.day_of(message),
        text=parts.text,
        attachments=tuple(parts.attachments),
        left_out=tuple(parts.left_out),
        trouble=parts.trouble,
        machine=_machine(message),
        to_many=_is_to_many(message),
        no_return_path=no_return_path,
        report=_report(message, raw, no_return_path=no_return_path),
    )


def _machine(message: Message) -> Machine:
    auto = headers.first(message, "Auto-Submitted").strip().lower()
    answers = any(headers.first(message, name) for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "X-Autogenerated"))
    if auto.startswith("auto-replied") or answers or headers.first(message, "Precedence").strip().lower() in ("auto_reply", "auto-reply"):
        return Machine.ANSWERS
    if message.get_content_type() == "multipart/report" and "disposition-notification" in str(message.get_param("report-type", "")).lower():
        return Machine.ANSWERS  # "was read" says nothing that anybody wrote
    suppresses = headers.first(message, "X-Auto-Response-Suppress").strip().lower()
    return Machine.SENDS if (auto and not auto.startswith("no")) or (suppresses and suppresses != "none") else Machine.NONE


def _is_to_many(message: Message) -> bool:
    bulk = headers.first(message, "Precedence").strip().lower() in ("bulk", "list", "junk")
    return bulk or any(headers.raw_values(message, name) for name in ("List-Id", "List-Unsubscribe", "List-Post", "Feedback-ID"))


def _report(message: Message, raw: bytes, *, no_return_path: bool) -> Report | None:
    """A delivery report in the form of RFC 3464, or what an old mail server wrote in its own words."""
    kind = str(message.get_param("report-type", "")).lower() if message.get_content_type() == "multipart/report" else ""
    local = next((address.partition("@")[0].lower() for _, address in headers.addresses(message, "From")), "")
    old = no_return_path and local in ("mailer-daemon", "postmaster")
    if "delivery-status" not in kind and not old:
        return None
    tokens = tuple(dict.fromkeys(found.decode("ascii").lower() for found in _MARK.findall(raw)))[:5]
    said = re.search(rb"^(?:Action:\s*failed|Status:\s*5\.)", raw, re.IGNORECASE | re.MULTILINE)
    return Report(failed=bool(said) if kind else old, tokens=tokens)
