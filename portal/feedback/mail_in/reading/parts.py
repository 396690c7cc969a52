"""A message taken apart: its words, its files, and what it brought along that is neither."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from email.message import Message
from enum import StrEnum

from portal.feedback.mail_in.reading import headers
from portal.feedback.mail_in.reading.charsets import decode
from portal.feedback.mail_in.reading.texts import of_html, unflowed
from portal.files.rules import FILE_MOST
from portal.kernel.messages import N_

PARTS_MOST = 200
DEPTH_MOST = 12
#: Below this a picture that belongs to the layout is the logo of a signature.
LAYOUT_PICTURE = 20 * 1024  # bytes
FILES_NAMED_MOST = 30
_TNEF = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_SIGNATURES = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"})
_CLOSED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"})
_CALENDARS = frozenset({"text/calendar", "application/ics", "text/x-vcard", "text/vcard"})
_INLINE_PGP = "-----BEGIN PGP MESSAGE-----"


class Trouble(StrEnum):
    """Why a person has to look."""

    ENCRYPTED = "encrypted"
    TNEF = "tnef"
    TOO_COMPLEX = "too_complex"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Attachment:
    """A file as it came."""

    name: str
    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class LeftOut:
    """What came along and is not kept; ``why`` is an English source text."""

    name: str
    why: str


SIGNATURE = N_("a digital signature, which belongs to the whole e-mail")
CALENDAR = N_("an invitation or a contact card, which we cannot keep")
LAYOUT = N_("a small picture of the layout, such as a logo")
OUTSIDE = N_("it lies elsewhere and was not sent along")
TOO_MANY = N_("there were too many attachments")


@dataclass
class Parts:
    """What was found."""

    text: str = ""
    attachments: list[Attachment] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    trouble: Trouble | None = None


def take_apart(message: Message) -> Parts:
    """Every part of the message, to a bounded depth and number."""
    taker = _Taker()
    taker.take(message, 0)
    taker.found.text = "\n\n".join(text for text in (one.strip("\n") for one in taker.texts) if text.strip())
    if _INLINE_PGP in taker.found.text:
        taker.found.trouble = taker.found.trouble or Trouble.ENCRYPTED
    return taker.found


class _Taker:
    def __init__(self) -> None:
        self.found = Parts()
        self.texts: list[str] = []
        self._seen = 0

    def take(self, part: Message, depth: int) -> None:
        self._seen += 1
        if self._seen > PARTS_MOST or depth > DEPTH_MOST:
            self._trouble(Trouble.TOO_COMPLEX)
            return
        kind = part.get_content_type()
        if kind in _CLOSED or kind == "multipart/encrypted":
            self._trouble(Trouble.ENCRYPTED)
        elif kind in _TNEF or _name(part).lower() == "winmail.dat":
            self._trouble(Trouble.TNEF)
        elif part.is_multipart():
            self._take_several(part, kind, depth)
        else:
            self._take_leaf(part, kind)

    def _take_several(self, part: Message, kind: str, depth: int) -> None:
        children = _children(part)
        if kind == "message/rfc822":
            self._take_forwarded(children, depth)
        elif kind.startswith("message/") or kind == "text/rfc822-headers":
            return
        elif kind == "multipart/alternative":
            self._take_best(children, depth)
        else:
            for child in children:
                self.take(child, depth + 1)

    def _take_forwarded(self, children: Iterable[Message], depth: int) -> None:
        """Below the words, under its own subject."""
        for inner in children:
            if subject := headers.first(inner, "Subject").strip():
                self.texts.append(f"---------- {subject} ----------")
            self.take(inner, depth + 1)

    def _take_best(self, children: list[Message], depth: int) -> None:
        """The plain one of several versions, if there is anything in it; of what is no version of the text, everything."""
        plain = [child for child in children if child.get_content_type() == "text/plain" and _text(child)[0].strip()]
        rich = [child for child in children if child.get_content_type() in ("text/html", "multipart/related", "multipart/mixed")]
        chosen = plain[:1] or rich[-1:]
        for child in children:
            is_version = child.get_content_type() in ("text/plain", "text/html", "text/enriched", "text/richtext", "text/x-amp-html")
            if child in chosen:
                self.take(child, depth + 1)
            elif child in rich and child.is_multipart():
                self._take_files_of(child, depth + 1)
            elif not is_version:
                self.take(child, depth + 1)

    def _take_files_of(self, part: Message, depth: int) -> None:
        """Files beside a version of the text that is not taken."""
        kept = list(self.texts)
        self.take(part, depth)
        self.texts = kept

    def _take_leaf(self, part: Message, kind: str) -> None:
        name = _name(part)
        if kind in _SIGNATURES:
            self._leave_out(name or kind, SIGNATURE)
        elif kind in _CALENDARS:
            self._leave_out(name or kind, CALENDAR)
        elif kind == "message/external-body":
            self._leave_out(name or kind, OUTSIDE)
        elif kind in ("text/plain", "text/html") and part.get_content_disposition() != "attachment" and not name:
            text, certain = _text(part)
            self.texts.append(text)
            if not certain:
                self._trouble(Trouble.UNREADABLE)
        elif not kind.startswith("message/") and kind != "text/rfc822-headers":
            self._take_file(part, name, kind)

    def _take_file(self, part: Message, name: str, kind: str) -> None:
        data = _payload(part)
        belongs = part.get_content_disposition() == "inline" or bool(part.get("Content-ID"))
        if not data and not name:
            return
        if kind.startswith("image/") and belongs and len(data) < LAYOUT_PICTURE:
            self._leave_out(name or kind, LAYOUT)
        elif len(self.found.attachments) >= FILES_NAMED_MOST:
            self._leave_out(name or kind, TOO_MANY)
        else:
            self.found.attachments.append(Attachment(name or _nameless(kind), kind, data[: FILE_MOST + 1]))

    def _leave_out(self, name: str, why: str) -> None:
        if len(self.found.left_out) < FILES_NAMED_MOST:
            self.found.left_out.append(LeftOut(name, why))

    def _trouble(self, trouble: Trouble) -> None:
        self.found.trouble = self.found.trouble or trouble


def _children(part: Message) -> list[Message]:
    inner = part.get_payload()
    return [child for child in inner if isinstance(child, Message)] if isinstance(inner, list) else []


def _payload(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _text(part: Message) -> tuple[str, bool]:
    """The words of a text part, and whether its encoding is certain."""
    decoded = decode(_payload(part), _parameter(part, "charset"))
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if part.get_content_type() == "text/html":
        return of_html(text), decoded.certain
    if _parameter(part, "format").lower() == "flowed":
        text = unflowed(text, delsp=_parameter(part, "delsp").lower() == "yes")
    return text, decoded.certain


def _parameter(part: Message, name: str) -> str:
    """A parameter of Content-Type, of whatever shape."""
    value = part.get_param(name, "")
    return str(value[2] if isinstance(value, tuple) else value)


def _name(part: Message) -> str:
    """The name of a file, however it is encoded; empty if it has none."""
    return headers.text_of(str(part.get_filename("") or "")).strip()[:300]


def _nameless(kind: str) -> str:
    return f"file.{kind.partition('/')[2].partition(';')[0][:20] or 'bin'}"
