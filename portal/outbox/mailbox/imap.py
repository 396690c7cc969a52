"""A mailbox on a server, by the standard library's IMAP. What the server sends is bounded before it is kept."""

import base64
import contextlib
import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from portal.outbox.mail_server.rules import Security
from portal.outbox.mail_server.trying import leads_to_a_server
from portal.outbox.mailbox.reached import NoFolder, NoSuchHost, SignInRefused
from portal.outbox.mailbox.rules import Box
from portal.outbox.mailbox.source import Found, Look, Place

STEP_SECONDS = 10.0
HEAD_MOST = 256 * 1024  # bytes
#: No piece that a server sends may be larger, whatever it says before.
PIECE_MOST = 64 * 1024 * 1024
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_UID = re.compile(rb"UID (\d+)")


class _Bounded(imaplib.IMAP4):
    def read(self, size: int) -> bytes:
        if size > PIECE_MOST:
            raise imaplib.IMAP4.abort("too large")
        return super().read(size)


class _BoundedTls(imaplib.IMAP4_SSL, _Bounded):
    pass


@contextmanager
def open_imap(box: Box, authority: str = "") -> Iterator["ImapSource"]:
    """Connect, sign in, select the folder. Certificates are checked, also against ``authority``, a file of one's own."""
    if not leads_to_a_server(box.host, box.port):
        raise NoSuchHost
    server = _connected(box, authority)
    try:
        _sign_in(server, box)
        yield ImapSource(server, box)
    finally:
        with contextlib.suppress(OSError, imaplib.IMAP4.error):
            server.logout()


def _connected(box: Box, authority: str) -> imaplib.IMAP4:
    if box.security is Security.TLS:
        return _BoundedTls(box.host, box.port, ssl_context=_context(authority), timeout=STEP_SECONDS)
    server = _Bounded(box.host, box.port, timeout=STEP_SECONDS)
    if box.security is Security.STARTTLS:
        try:
            server.starttls(_context(authority))
        except (OSError, imaplib.IMAP4.error) as error:
            with contextlib.suppress(OSError):
                server.shutdown()
            if isinstance(error, OSError):
                raise
            raise ssl.SSLError from error  # it knows no STARTTLS
    return server


def _context(authority: str) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if authority:
        context.load_verify_locations(authority)
    return context


def _sign_in(server: imaplib.IMAP4, box: Box) -> None:
    """By PLAIN where it is offered, because LOGIN knows no letters beyond ASCII."""
    try:
        if "AUTH=PLAIN" in server.capabilities:
            server.authenticate("PLAIN", lambda _: f"\0{box.user}\0{box.password}".encode())
        else:
            server.login(box.user, box.password)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        raise SignInRefused from error


class ImapSource:
    """See ``source.Source``."""

    def __init__(self, server: imaplib.IMAP4, box: Box) -> None:
        self._server, self._box = server, box
        state, _ = server.select(folder_name(box.folder))
        if state != "OK":
            raise NoFolder
        self._validity = self._number("UIDVALIDITY") or 1
        _, said = server.capability()  # more of them once one has signed in
        self._can_move = any(isinstance(line, bytes) and b"MOVE" in line.upper().split() for line in said)

    def look(self, place: Place, most: int) -> Look:
        """See ``Source``; UIDs only ever grow while UIDVALIDITY is the same."""
        place = self._placed(place)
        wanted = self._searched(f"UID {place.next_uid}:*")
        if place.next_uid < place.unread_before:
            old = set(self._searched(f"UID {place.next_uid}:{place.unread_before - 1} UNSEEN"))
            wanted = [uid for uid in wanted if uid >= place.unread_before or uid in old]
        # "n:*" names the last message even where its UID is smaller
        uids = sorted({uid for uid in wanted if uid >= place.next_uid})[:most]
        sizes = self._sizes(uids)
        return Look(place, [Found(f"{self._validity}.{uid}", uid, sizes[uid], uid + 1) for uid in uids if uid in sizes])

    def whole(self, found: Found, most: int) -> bytes:
        """See ``Source``; without marking it as read."""
        return self._fetched(found.uid, f"(BODY.PEEK[]<0.{most + 1}>)")[: most + 1]

    def head(self, found: Found) -> bytes:
        """See ``Source``."""
        return self._fetched(found.uid, f"(BODY.PEEK[HEADER]<0.{HEAD_MOST}>)")[:HEAD_MOST]

    def file_away(self, done: Sequence[Found]) -> None:
        """See ``Source``; moved where the server can move, else marked as read."""
        for start in range(0, len(done), 100):
            uids = ",".join(str(one.uid) for one in done[start : start + 100])
            self._checked(self._server.uid("STORE", uids, "+FLAGS.SILENT", r"(\Seen)"))
            if self._box.done_folder and self._can_move:
                self._move(uids)

    def _move(self, uids: str) -> None:
        folder = folder_name(self._box.done_folder)
        with contextlib.suppress(imaplib.IMAP4.error):  # it is there already
            self._server.create(folder)
        self._checked(self._server.uid("MOVE", uids, folder))

    def _placed(self, place: Place) -> Place:
        if place.validity == self._validity:
            return place
        following = self._number("UIDNEXT") or max(self._searched("ALL"), default=0) + 1
        if place.validity is None and not place.take_unread:
            return Place(self._validity, following, following)
        return Place(self._validity, 1, following)  # numbered anew: what nobody has read

    def _searched(self, wanted: str) -> list[int]:
        data = self._checked(self._server.uid("SEARCH", wanted))
        return [int(word) for line in data if isinstance(line, bytes) for word in line.split() if word.isdigit()]

    def _sizes(self, uids: Sequence[int]) -> dict[int, int]:
        if not uids:
            return {}
        data = self._checked(self._server.uid("FETCH", ",".join(map(str, uids)), "(RFC822.SIZE)"))
        lines = [bytes(line[0]) if isinstance(line, tuple) else line for line in data if isinstance(line, bytes | tuple)]
        return {int(uid[1]): int(size[1]) for line in lines if (uid := _UID.search(line)) and (size := _SIZE.search(line))}

    def _fetched(self, uid: int, what: str) -> bytes:
        data = self._checked(self._server.uid("FETCH", str(uid), what))
        return next((bytes(piece[1]) for piece in data if isinstance(piece, tuple)), b"")

    def _number(self, name: str) -> int:
        _, data = self._server.response(name)
        found = data[0] if data else None
        return int(found) if isinstance(found, bytes) and found.isdigit() else 0

    def _checked(self, answer: tuple[str, list[object]]) -> list[object]:
        state, data = answer
        if state != "OK":
            raise imaplib.IMAP4.error(state)
        return data


def folder_name(name: str) -> str:
    """A folder as IMAP writes it: quoted, letters beyond ASCII in its own UTF-7 (RFC 3501, 5.1.3)."""
    written = re.sub(r"[^\x20-\x7e]+|&", lambda run: "&-" if run[0] == "&" else _utf7(run[0]), name)
    return '"' + written.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _utf7(letters: str) -> str:
    packed = base64.b64encode(letters.encode("utf-16-be", "surrogatepass")).decode().rstrip("=").replace("/", ",")
    return f"&{packed}-"
