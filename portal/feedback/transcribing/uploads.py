"""Pictures on their way into a batch: cleaned outside of any transaction, and staged under the form, so that no error costs them."""

from werkzeug.datastructures import FileStorage

from portal.feedback import tokens
from portal.feedback.sending import BODY_TOO_LARGE, KEPT
from portal.feedback.service import Handed, plausible
from portal.feedback.tokens import FormToken
from portal.feedback.transcribing.rules import PAGES_AT_ONCE
from portal.files import service as files
from portal.files.rules import too_many
from portal.files.service import Received
from portal.kernel.errors import Invalid, Unavailable
from portal.kernel.messages import N_, Message
from portal.web.runtime import runtime
from portal.web.sending import Sent

BUSY = N_("%(name)s could not be taken just now, please choose it once more")


def receive(sent: Sent, token: FormToken, *, split: bool) -> tuple[Handed, list[Message]]:
    """Clean and store what came, and say what could not be taken; one bad or late file costs none of the others."""
    kept = plausible(sent.fields.getlist(KEPT), PAGES_AT_ONCE)
    received: list[Received] = []
    problems: list[Message] = []
    for upload in sent.uploads:
        if not upload.filename:
            continue
        room = PAGES_AT_ONCE - len(kept) - len(received)
        if room < 1:
            problems.append(too_many(PAGES_AT_ONCE))
            break
        try:
            received.extend(_taken(upload, room, split=split))
        except Invalid as invalid:
            problems.extend(invalid.fields["files"])
        except Unavailable:
            problems.append(Message(BUSY, {"name": upload.filename}))
    under = tokens.files_key(runtime().keyring, token)
    return Handed(under, received, kept, PAGES_AT_ONCE), [*problems, *([BODY_TOO_LARGE] if sent.too_large else [])]


def _taken(upload: FileStorage, room: int, *, split: bool) -> list[Received]:
    store, name = runtime().store, upload.filename or ""
    if split:
        return files.receive_stack(store, upload.stream, name, upload.mimetype, room)  # type: ignore[arg-type]  # IO[bytes] of werkzeug
    return [files.receive(store, upload.stream, name, upload.mimetype)]  # type: ignore[arg-type]
