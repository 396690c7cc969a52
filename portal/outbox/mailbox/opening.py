"""Opening a box, whichever it is; and trying it out within a bounded time."""

from threading import BoundedSemaphore, Thread

from portal.kernel.errors import TooMany
from portal.outbox.mailbox.imap import open_imap
from portal.outbox.mailbox.maildir import open_maildir
from portal.outbox.mailbox.reached import Reached, reached_of
from portal.outbox.mailbox.rules import Box
from portal.outbox.mailbox.source import Opened

WHOLE_SECONDS = 20.0
_at_once = BoundedSemaphore(2)  # an attempt may outlive the answer to the browser for a while


def open_box(box: Box, authority: str = "") -> Opened:
    """A context in which the mailbox is open."""
    return open_maildir(box.maildir) if box.maildir else open_imap(box, authority)


def try_out(box: Box, authority: str = "", whole: float = WHOLE_SECONDS) -> Reached:
    """Open it now, take nothing, and say how that went. Raises ``TooMany`` while two other attempts are still waiting."""
    if not _at_once.acquire(blocking=False):
        raise TooMany(int(whole))
    found: list[Reached] = []
    attempt = Thread(target=_attempt, args=(box, authority, found), daemon=True)
    attempt.start()
    attempt.join(whole)
    return found[0] if found else Reached.TOO_SLOW


def _attempt(box: Box, authority: str, found: list[Reached]) -> None:
    try:
        with open_box(box, authority):
            found.append(Reached.FINE)
    except Exception as error:
        found.append(reached_of(error))
    finally:
        _at_once.release()
