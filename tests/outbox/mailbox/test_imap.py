"""The way to a mailbox on a real server: certificates, passwords, folders, what is taken and what is left there."""

import socket
import threading
from dataclasses import replace

import pytest

from portal.outbox.mail_server.rules import Security
from portal.outbox.mailbox.imap import folder_name, open_imap
from portal.outbox.mailbox.opening import try_out
from portal.outbox.mailbox.reached import Reached
from portal.outbox.mailbox.source import Place
from tests.outbox.mailbox.dovecot import ImapServer, needs_dovecot

pytestmark = needs_dovecot
MESSAGE = b"Subject: a\r\n\r\nx"


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_certificates_are_checked_unless_their_authority_is_named(imap: ImapServer, security: Security) -> None:
    assert try_out(imap.box(security)) is Reached.CERTIFICATE
    assert try_out(imap.box(security), str(imap.certificate)) is Reached.FINE
    assert try_out(replace(imap.box(security), host="127.0.0.1"), str(imap.certificate)) is Reached.CERTIFICATE  # of another name


def test_what_is_wrong_is_said_in_words(imap: ImapServer) -> None:
    authority = str(imap.certificate)
    assert try_out(replace(imap.box(), password="wrong"), authority) is Reached.SIGN_IN
    assert try_out(imap.box(folder="No such folder"), authority) is Reached.NO_FOLDER
    assert try_out(replace(imap.box(), host="no-such-host.invalid"), authority) is Reached.NO_HOST
    assert try_out(replace(imap.box(), host="169.254.169.254"), authority) is Reached.NO_HOST
    assert try_out(replace(imap.box(), port=imap.plain_port), authority) is Reached.NO_ENCRYPTION
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        assert try_out(replace(imap.box(), port=nobody.getsockname()[1]), authority) is Reached.UNREACHABLE


def test_something_else_at_the_port_is_no_mailbox() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                connection.sendall(b"220 smtp.example ESMTP\r\n")

        threading.Thread(target=answer, daemon=True).start()
        from portal.outbox.mailbox.rules import Box

        box = Box("a@b.example", "127.0.0.1", server.getsockname()[1], Security.NONE, "u", "p")
        assert try_out(box) in (Reached.NO_MAILBOX, Reached.UNREACHABLE)


def test_a_new_mailbox_is_read_from_now_on_or_from_what_is_unread(imap: ImapServer) -> None:
    imap.deliver(MESSAGE, MESSAGE)
    with open_imap(imap.box(), str(imap.certificate)) as source:
        from_now = source.look(Place(), 10)
        assert from_now.found == []
        unread = source.look(Place(take_unread=True), 10)
        assert [one.size for one in unread.found] == [len(MESSAGE)] * 2
        source.file_away(unread.found[:1])
        assert [one.uid for one in source.look(unread.place, 10).found] == [unread.found[1].uid]
        assert source.whole(unread.found[1], 100) == MESSAGE
        assert len(source.whole(unread.found[1], 3)) == 4
        assert source.head(unread.found[1]) == b"Subject: a\r\n\r\n"
    assert [b"\\Seen" in flags for flags in imap.flags()] == [True, False]  # reading marks nothing
    imap.deliver(MESSAGE)
    with open_imap(imap.box(), str(imap.certificate)) as source:
        look = source.look(from_now.place, 10)
        assert len(look.found) == 1
        assert source.look(replace(look.place, next_uid=look.found[0].after), 10).found == []


def test_what_is_done_with_is_moved_where_that_is_wanted(imap: ImapServer) -> None:
    imap.deliver(MESSAGE)
    box = imap.box(done_folder="รับแล้ว & เสร็จ")
    with open_imap(box, str(imap.certificate)) as source:
        source.file_away(source.look(Place(take_unread=True), 10).found)
    assert imap.flags() == []
    assert [b"\\Seen" in flags for flags in imap.flags(folder_name(box.done_folder))] == [True]


def test_folders_are_written_as_imap_wants_them() -> None:
    assert folder_name('A "b" \\') == '"A \\"b\\" \\\\"'
    assert folder_name("R&D/日本") == '"R&-D/&ZeVnLA-"'
