"""What came with a POST of this room: held in memory, cleaned, and encrypted before it reaches the disk."""

from portal.corruption.service import Handed
from portal.corruption.service.staging import plausible
from portal.files import service as files
from portal.files.rules import FILES_MOST, MEGABYTE
from portal.kernel.messages import N_, Message
from portal.web import form_token, sending
from portal.web.form_token import FormToken
from portal.web.runtime import runtime
from portal.web.sending import Sent

KEPT = "kept_files"
#: Smaller than elsewhere, as the whole body stands in memory.
BODY_MOST = 30 * MEGABYTE
TOO_LARGE = Message(N_("Together the files are larger than 30 MB, so we did not take them; choose fewer or smaller ones"))


def read() -> Sent:
    """Words and files of the request; its view is ``in_memory``."""
    return sending.read(BODY_MOST)


def receive(sent: Sent, token: FormToken) -> tuple[Handed, list[Message]]:
    """Clean and store the files, outside of any transaction, and say which could not be taken."""
    kept = plausible(sent.fields.getlist(KEPT))
    uploads = ((upload.stream, upload.filename or "", upload.mimetype) for upload in sent.uploads)
    received, problems = files.receive_all(runtime().sealed_store, uploads, FILES_MOST - len(kept))  # type: ignore[arg-type]  # IO[bytes]
    under = form_token.files_key(runtime().integrity, token)
    return Handed(under, received, kept), [*problems, *([TOO_LARGE] if sent.too_large else [])]
