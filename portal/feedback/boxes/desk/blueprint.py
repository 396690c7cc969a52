"""The blueprint of the desk's pages, and what they share."""

from collections.abc import Sequence

from flask import Blueprint, request

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.feedback.boxes.models import Box
from portal.feedback.boxes.policy import DESK_ROLES, can_keep
from portal.feedback.boxes.queries import boxes
from portal.files import service as files
from portal.files.rules import FILE_MOST, Kind
from portal.files.service import Received
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.web.actor import current_actor
from portal.web.database import db
from portal.web.runtime import runtime

bp = Blueprint("boxes_desk", __name__)
ROLES = DESK_ROLES
NO_PICTURE = N_("Choose a picture (JPEG, PNG, WebP or HEIC), not a document")


def at_hand(slug: str, *, lock: bool = False) -> Box:
    """The box, if the officer may see it; raises ``NotFound``. ``lock`` inside a unit of work, before acting."""
    return boxes.visible(db.session, current_actor(), slug, lock=lock)


def keeps() -> Sequence[Agency]:
    """Agencies whose boxes the officer may set up."""
    return [agency for agency in agencies.addressable(db.session) if can_keep(current_actor(), agency.id)]


def photo() -> Received | None:
    """The picture of the form, cleaned and on the disk; raises ``Invalid`` for the field "photo"."""
    upload = request.files.get("photo")
    if upload is None or not upload.filename:
        return None
    try:
        received = files.receive(runtime().store, upload.stream.read(FILE_MOST + 1), upload.filename, upload.mimetype)
    except Invalid as invalid:
        raise Invalid({"photo": invalid.fields["files"]}) from invalid
    if received.media_type is Kind.PDF:
        files.discard(runtime().store, [received])
        raise Invalid({"photo": [Message(NO_PICTURE)]})
    return received
