"""Adding a file to a submission."""

from dataclasses import dataclass
from typing import Any

from flask import request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from portal.api.additions import add_file, check_room
from portal.api.blueprint import answers, describes, post, refuses
from portal.api.codes import opened
from portal.api.fields import REQUIRED, UNKNOWN
from portal.api.parsing import INVALID, too_large
from portal.api.problems import Problem, field_problem
from portal.api.schemas.receipts import FileSchema
from portal.api.schemas.submissions import CODE_EXAMPLE
from portal.api.views.receipts import about_file
from portal.casework import queries
from portal.db import unit_of_work
from portal.files import service as files
from portal.files.models import StoredFile
from portal.files.rules import FILE_MOST, Kind
from portal.files.rules import too_large as file_too_large
from portal.files.service import Received
from portal.kernel.errors import Invalid, NotFound
from portal.kernel.messages import N_, Message
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.runtime import runtime

BODY_MOST = FILE_MOST + 1_000_000  # bytes: the file, the code, and what multipart puts around them
NOT_MULTIPART = Message(N_("Send multipart/form-data with the parts receipt and file"))
ONE_FILE = Message(N_("Send one file a call"))
BODY = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["receipt", "file"],
                "additionalProperties": False,
                "properties": {
                    "receipt": {"type": "string", "description": "Receipt code", "examples": [CODE_EXAMPLE]},
                    "file": {
                        "type": "string",
                        "contentMediaType": "application/octet-stream",
                        "description": f"At most {FILE_MOST:,} bytes of {', '.join(kind.label for kind in Kind)}, with its file name",
                    },
                },
            }
        }
    },
}


@dataclass(frozen=True)
class Sent:
    """The parts of the request."""

    receipt: str
    upload: FileStorage


@post("/receipts/files", "Receipts")
@audience(Audience.PUBLIC)
@describes(requestBody=BODY)
@answers(201, FileSchema, "The file is part of the case")
@refuses(400, 404, 409, 413, 415, 422, 429, 503)
def add() -> dict[str, Any]:
    """Add a file to a submission.

    Pictures are stored without metadata, HEIC as JPEG, PDF without scripts. The same file again is the same file. At most five before the
    agency says something, then five more. `409`: the case takes nothing any more. `422` with `errors.file`: not a kind that we take.
    """
    sent = _sent()
    case = opened(sent.receipt)
    check_room(db.session, case)
    number = case.number  # what was read is not kept through the transaction below
    return about_file(_add(number, _received(sent.upload)))


def _sent() -> Sent:
    if request.mimetype != "multipart/form-data":
        raise Problem(415, NOT_MULTIPART)
    request.max_content_length = BODY_MOST
    try:
        texts, uploads = request.form, request.files
    except RequestEntityTooLarge as error:
        raise too_large(BODY_MOST) from error
    missing = [name for name, parts in (("receipt", texts), ("file", uploads)) if name not in parts]
    # A part may come without a name: werkzeug calls it None.
    unknown = sorted({name or "" for name in (*texts, *uploads)} - {"receipt", "file"})
    if missing or unknown:
        raise Problem(422, INVALID, {**{name: [Message(REQUIRED)] for name in missing}, **{name: [Message(UNKNOWN)] for name in unknown}})
    if len(uploads.getlist("file")) > 1:
        raise field_problem(422, "file", ONE_FILE)
    return Sent(texts["receipt"], uploads["file"])


def _received(upload: FileStorage) -> Received:
    """Cleaned and on the disk; slow, so before any transaction."""
    name, data = upload.filename or "", upload.stream.read(FILE_MOST + 1)
    if len(data) > FILE_MOST:
        raise field_problem(413, "file", file_too_large(name))
    try:
        return files.receive(runtime().store, data, name, upload.mimetype)
    except Invalid as invalid:
        raise Invalid({"file": invalid.fields["files"]}) from invalid


def _add(number: str, received: Received) -> StoredFile:
    stored = None
    try:
        with unit_of_work(db.session) as session:
            case = queries.by_number(session, number, lock=True)
            if case is None:
                raise NotFound
            stored = add_file(session, now(), case, received)
            return stored
    finally:
        if stored is None or stored.public_id != received.public_id:
            files.discard(runtime().store, [received])
