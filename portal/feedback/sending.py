"""What came with a POST: words, files, and whether it was too large to take whole."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import request
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge

from portal.feedback import tokens
from portal.feedback.service import Handed, plausible
from portal.feedback.tokens import FormToken
from portal.files import service as files
from portal.files.rules import FILES_MOST
from portal.kernel.messages import N_, Message
from portal.web.errors import DRAIN_BYTES
from portal.web.multipart import drain, text_before_files
from portal.web.runtime import runtime

#: Bytes of one text field. Far more than any field may hold, so that a text that is too long comes back to be shortened.
_TEXT_MOST = 4 * 1024 * 1024
KEPT = "kept_files"
BODY_TOO_LARGE = Message(N_("Together the files are larger than 60 MB, so we did not take them; choose fewer or smaller ones"))


@dataclass(frozen=True)
class Sent:
    """Words and files of one request; of one that was too large the words that stood before its files."""

    fields: MultiDict[str, str]
    uploads: Sequence[FileStorage] = field(default_factory=list)
    too_large: bool = False


def read() -> Sent:
    """Read the request's form. Never raises for its size."""
    request.max_form_memory_size = _TEXT_MOST
    try:
        return Sent(request.form, request.files.getlist("files"))
    except RequestEntityTooLarge:
        stream = request.environ["wsgi.input"]
        texts = text_before_files(stream, request.content_type or "")
        drain(stream, DRAIN_BYTES)
        return Sent(MultiDict(texts), too_large=True)


def receive(sent: Sent, token: FormToken) -> tuple[Handed, list[Message]]:
    """Clean and store the files, outside of any transaction, and say which could not be taken."""
    under = tokens.files_key(runtime().keyring, token)
    kept = plausible(sent.fields.getlist(KEPT))
    uploads = ((upload.stream, upload.filename or "", upload.mimetype) for upload in sent.uploads)
    received, problems = files.receive_all(runtime().store, uploads, FILES_MOST - len(kept))  # type: ignore[arg-type]  # IO[bytes] of werkzeug
    return Handed(under, received, kept), [*problems, *([BODY_TOO_LARGE] if sent.too_large else [])]
