"""A seal as it was handed in: a picture, and why a drawing in SVG is none."""

from typing import BinaryIO

from portal.files import service as files
from portal.files.service import Received
from portal.files.store import FileStore
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message

_HEAD = 4096
NO_SVG = N_("An SVG file can hold programs, so we do not take it; open it and save it as PNG, and choose that file")


def receive_seal(store: FileStore, content: BinaryIO, name: str, media_type: str) -> Received:
    """Check, clean and store the picture; slow, so before the unit of work. Raises ``Invalid`` for the field ``seal``."""
    head = content.read(_HEAD)
    content.seek(0)
    if is_svg(head, name, media_type):
        raise Invalid({"seal": [Message(NO_SVG)]})
    try:
        return files.receive(store, content, name, media_type)
    except Invalid as invalid:
        raise Invalid({"seal": invalid.fields["files"]}) from invalid


def is_svg(head: bytes, name: str, media_type: str) -> bool:
    """True for what says that it is SVG, or looks like it."""
    return name.lower().endswith((".svg", ".svgz")) or media_type.startswith("image/svg") or b"<svg" in head.lower()
