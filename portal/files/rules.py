"""What may be handed in: kinds, limits, what can be wrong with a file, and how that is said."""

from collections.abc import Iterable
from datetime import timedelta
from enum import IntEnum, StrEnum
from typing import NamedTuple

from portal.kernel.messages import N_, Message

MEGABYTE = 1024 * 1024
FILE_MOST = 10 * MEGABYTE  # bytes of one file as sent
CLEANED_MOST = 20 * MEGABYTE  # bytes of one file as stored: a re-encoded picture may grow a little
FILES_MOST = 5  # files of one submission
BODY_MOST = 60 * MEGABYTE  # bytes of one request, all files and words together
PIXELS_MOST = 50_000_000  # the best telephones take 48 million
LONG_SIDE = 4000  # pixels; larger pictures are made smaller
PUBLIC_SIDE = 1600  # pixels of the long side of a copy for everybody
PAGES_MOST = 1000
STAGED_FOR = timedelta(hours=2)  # files of an unfinished form
SWEEP_EVERY = timedelta(minutes=5)
ORPHAN_AFTER = timedelta(hours=24)  # far longer than any request lasts, so no file on its way to a row is taken


class Kind(StrEnum):
    """Kinds of file that are accepted; the value is the media type."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    HEIC = "image/heic"
    PDF = "application/pdf"

    @property
    def label(self) -> str:
        """Name of the kind, the same in every language."""
        return self.name.replace("WEBP", "WebP")

    @property
    def extension(self) -> str:
        """The extension that stored files of this kind get, with its dot."""
        return "." + EXTENSIONS[self][0]

    @property
    def stored_as(self) -> "Kind":
        """What cleaning makes of it: HEIC becomes JPEG, because few programs open HEIC."""
        return Kind.JPEG if self is Kind.HEIC else self


#: What the cleaning process is told where a picture comes out covered.
COVER = "cover"
#: What a browser shows as a picture.
PICTURES = frozenset({Kind.JPEG, Kind.PNG, Kind.WEBP})


class Area(NamedTuple):
    """A part of a picture, in hundredths of its width and height from the upper left."""

    left: int
    top: int
    width: int
    height: int


#: Extensions in use for each kind; the first is ours.
EXTENSIONS = {
    Kind.JPEG: ("jpg", "jpeg", "jpe", "jfif"),
    Kind.PNG: ("png",),
    Kind.WEBP: ("webp",),
    Kind.HEIC: ("heic", "heif", "hif"),
    Kind.PDF: ("pdf",),
}
#: Other media types that browsers and programs send for the same kinds.
ALIASES = {"image/jpg": Kind.JPEG, "image/pjpeg": Kind.JPEG, "image/heif": Kind.HEIC, "application/x-pdf": Kind.PDF}


def accepting(kinds: Iterable[Kind]) -> str:
    """Media types and extensions, for ``<input accept>``."""
    return ",".join(one for kind in kinds for one in (kind.value, *(f".{name}" for name in EXTENSIONS[kind])))


ACCEPT = accepting(Kind)
ACCEPT_PICTURES = accepting(kind for kind in Kind if kind.stored_as in PICTURES)

_BY_EXTENSION = {name: kind for kind, names in EXTENSIONS.items() for name in names}
_BY_TYPE = {kind.value: kind for kind in Kind} | ALIASES


class Fault(IntEnum):
    """Why cleaning refuses a file. The number is also the exit status of the cleaning process."""

    BROKEN = 64
    LOCKED = 65
    PIXELS = 66
    PAGES = 67
    GROWS = 68


class Refused(Exception):
    """Cleaning found a fault; the caller, who knows the file's name, says it to the person."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.name)
        self.fault = fault


FAULTS = {
    Fault.BROKEN: N_("We cannot open %(name)s, it seems damaged. Please save it again and choose it once more"),
    Fault.LOCKED: N_("%(name)s is locked or restricted by a password. Please save it without the lock and choose it once more"),
    Fault.PIXELS: N_("%(name)s is too large a picture. Please make it smaller, at most %(most)d million pixels"),
    Fault.PAGES: N_("%(name)s has too many pages. Please send at most %(most)d pages"),
    Fault.GROWS: N_("%(name)s is too large once cleaned. Please make it smaller and choose it once more"),
}


def fault_message(fault: Fault, name: str) -> Message:
    """The sentence for a fault."""
    most = {Fault.PIXELS: PIXELS_MOST // 1_000_000, Fault.PAGES: PAGES_MOST}.get(fault)
    return Message(FAULTS[fault], {"name": name} if most is None else {"name": name, "most": most})


def too_large(name: str) -> Message:
    """One file is above ``FILE_MOST``."""
    return Message(N_("%(name)s is larger than %(most)d MB"), {"name": name, "most": FILE_MOST // MEGABYTE})


def empty(name: str) -> Message:
    """A file without content."""
    return Message(N_("%(name)s is empty"), {"name": name})


def too_many(most: int = FILES_MOST) -> Message:
    """More files than one submission takes."""
    return Message(N_("Choose at most %(most)d files"), {"most": most})


def gone() -> Message:
    """A staged file was swept before the form was sent."""
    return Message(N_("A file you chose is no longer here. Please choose it again"))


def claims(extension: str, media_type: str) -> list[Kind]:
    """Accepted kinds that the extension (without dot) and the media type claim; unknown ones claim nothing."""
    bare_type = media_type.partition(";")[0].strip().lower()
    found = (_BY_EXTENSION.get(extension.lower()), _BY_TYPE.get(bare_type))
    return [kind for kind in found if kind]


def mismatch(name: str, found: Kind | None, claimed: list[Kind]) -> Message | None:
    """What is wrong between claim and content; None if they agree, or nothing accepted was claimed and the content is accepted."""
    lie = next((kind for kind in claimed if kind is not found), None)
    if lie and found:
        text = N_("%(name)s says it is %(claimed)s but its content is %(found)s. Please save it under its right kind")
        return Message(text, {"name": name, "claimed": lie.label, "found": found.label})
    if lie:
        return Message(N_("%(name)s says it is %(claimed)s but its content is something else"), {"name": name, "claimed": lie.label})
    if found is None:
        return Message(N_("We cannot take %(name)s. Please send a picture (JPEG, PNG, WebP, HEIC) or a PDF"), {"name": name})
    return None
