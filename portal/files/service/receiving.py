"""Receiving: check, clean and store a file, before any transaction."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from portal.files.cleaning import clean, cover, scanned_pages
from portal.files.models import StoredFile
from portal.files.names import extension, safe_name, tidy
from portal.files.rules import FILE_MOST, FILES_MOST, Area, Kind, Refused, claims, empty, fault_message, mismatch, too_large, too_many
from portal.files.sniff import sniff
from portal.files.store import FileStore
from portal.kernel.errors import Invalid
from portal.kernel.messages import Message


@dataclass(frozen=True)
class Received:
    """A file that is cleaned and on the disk, and that no row names yet."""

    public_id: str
    name: str
    media_type: Kind
    size: int
    sha256: str
    original_sha256: str


Upload = tuple[bytes | BinaryIO, str, str]  # content, claimed name, claimed media type


def receive(store: FileStore, source: bytes | BinaryIO, claimed_name: str, claimed_type: str = "") -> Received:
    """Check, clean and store one file durably. Slow (0.2 s and more): call it before the unit of work.

    Raises ``Invalid`` for the field "files", or ``Unavailable``. What no row comes to name is taken by ``remove_orphans``.
    """
    data = source if isinstance(source, bytes) else source.read(FILE_MOST + 1)
    kind = _judge(data, claimed_name, claimed_type)
    try:
        cleaned = clean(kind, data)
    except Refused as refused:
        raise Invalid({"files": [fault_message(refused.fault, tidy(claimed_name))]}) from refused
    return Received(
        public_id=store.put(cleaned),
        name=safe_name(claimed_name, kind.stored_as),
        media_type=kind.stored_as,
        size=len(cleaned),
        sha256=hashlib.sha256(cleaned).hexdigest(),
        original_sha256=hashlib.sha256(data).hexdigest(),
    )


def receive_stack(store: FileStore, source: bytes | BinaryIO, claimed_name: str, claimed_type: str, most: int) -> list[Received]:
    """The same, but a document that a scanner made becomes a picture a page, at most ``most``; any other stays whole.

    As what was sent, each picture counts by the document's hash and its page, so that the same stack sent again is known again.
    """
    whole = receive(store, source, claimed_name, claimed_type)
    if whole.media_type is not Kind.PDF:
        return [whole]
    with store.open(whole.public_id) as document:
        pages = scanned_pages(document.read(), most)
    if not pages:
        return [whole]
    store.delete(whole.public_id)
    return [_page(store, whole, number, page) for number, page in enumerate(pages, start=1)]


def _page(store: FileStore, whole: Received, number: int, page: bytes) -> Received:
    return Received(
        public_id=store.put(page),
        name=safe_name(f"{whole.name.rpartition('.')[0]}-{number:02d}", Kind.JPEG),
        media_type=Kind.JPEG,
        size=len(page),
        sha256=hashlib.sha256(page).hexdigest(),
        original_sha256=hashlib.sha256(f"{whole.original_sha256} {number}".encode()).hexdigest(),
    )


def covered_copy(store: FileStore, picture: StoredFile, areas: Sequence[Area], name: str) -> Received:
    """A copy of a stored picture with the areas filled, for everybody: it has no hash and no name of the original. Slow, as ``receive``."""
    with store.open(picture.public_id) as original:
        try:
            copy = cover(picture.media_type, original.read(), areas)
        except Refused as refused:
            raise Invalid({"areas": [fault_message(refused.fault, name)]}) from refused
    digest = hashlib.sha256(copy).hexdigest()
    return Received(store.put(copy), safe_name(name, Kind.JPEG), Kind.JPEG, len(copy), digest, digest)


def receive_all(
    store: FileStore, uploads: Iterable[Upload], room: int = FILES_MOST, most: int = FILES_MOST
) -> tuple[list[Received], list[Message]]:
    """Receive what can be received and say what cannot, so that one bad file does not cost the sender the good ones.

    ``room`` is how many files the submission can still take of the ``most`` that it may have. Empty inputs are skipped.
    """
    received: list[Received] = []
    problems: list[Message] = []
    for source, name, media_type in uploads:
        data = source if isinstance(source, bytes) else source.read(FILE_MOST + 1)
        if not data and not name:
            continue
        if len(received) >= room:
            return received, [*problems, too_many(most)]
        try:
            received.append(receive(store, data, name, media_type))
        except Invalid as invalid:
            problems.extend(invalid.fields["files"])
    return received, problems


def discard(store: FileStore, received: Iterable[Received]) -> None:
    """Remove received files that will not be staged. Never call it for what a row names."""
    for file in received:
        store.delete(file.public_id)


def _judge(data: bytes, claimed_name: str, claimed_type: str) -> Kind:
    name = tidy(claimed_name)
    if not data:
        raise Invalid({"files": [empty(name)]})
    if len(data) > FILE_MOST:
        raise Invalid({"files": [too_large(name)]})
    found = sniff(data[:1024])
    problem = mismatch(name, found, claims(extension(claimed_name), claimed_type))
    if problem or found is None:
        raise Invalid({"files": [problem] if problem else []})
    return found
