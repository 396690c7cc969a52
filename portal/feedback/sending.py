"""What came with a POST: words, files, and whether it was too large to take whole."""

from portal.feedback import limits, tokens
from portal.feedback.service import Handed, plausible
from portal.feedback.tokens import FormToken
from portal.files import service as files
from portal.kernel.messages import N_, Message
from portal.web.runtime import runtime
from portal.web.sending import Sent, read

__all__ = ["BODY_TOO_LARGE", "KEPT", "Sent", "read", "receive"]
KEPT = "kept_files"
BODY_TOO_LARGE = Message(N_("Together the files are larger than 60 MB, so we did not take them; choose fewer or smaller ones"))


def receive(sent: Sent, token: FormToken) -> tuple[Handed, list[Message]]:
    """Clean and store the files, outside of any transaction, and say which could not be taken."""
    under = tokens.files_key(runtime().keyring, token)
    kept = plausible(sent.fields.getlist(KEPT))
    uploads = ((upload.stream, upload.filename or "", upload.mimetype) for upload in sent.uploads)
    most = limits.files_most()
    received, problems = files.receive_all(runtime().store, uploads, most - len(kept), most)  # type: ignore[arg-type]  # IO[bytes] of werkzeug
    return Handed(under, received, kept), [*problems, *([BODY_TOO_LARGE] if sent.too_large else [])]
