"""From a real server, and from a maildir, to cases: once, whatever breaks on the way."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import func, select

from portal.casework.models import Case
from portal.db import unit_of_work
from portal.feedback.mail_in import fetching
from portal.feedback.mail_in.cli import mail_commands
from portal.feedback.mail_in.fetching import Post, fetch_due
from portal.feedback.mail_in.models import MailInMessage
from portal.feedback.mail_in.rules import Fate, Reason
from portal.kernel.actor import SYSTEM
from portal.outbox.mailbox import queries, service
from portal.outbox.mailbox.reached import Reached
from portal.outbox.mailbox.rules import Box
from portal.outbox.mailbox.source import Opener
from tests.conftest import NOW
from tests.feedback.mail_in.conftest import ADDRESS, PostRoom
from tests.feedback.mail_in.letters import auto_reply, raw, reply
from tests.outbox.mailbox.conftest import imap, imap_server
from tests.outbox.mailbox.dovecot import ImapServer, needs_dovecot

__all__ = ["imap", "imap_server"]


def entered(room: PostRoom, box: Box, **values: bool) -> None:
    version = queries.stored(room.session, room.office.agency.id)
    with unit_of_work(room.session):
        service.enter(
            room.session, SYSTEM, room.now, room.office.keyring, room.office.agency, box, version.row_version if version else 0,
            takes_plus=True, take_unread=True, **values,
        )  # fmt: skip


def look(room: PostRoom, post: Post, seconds: float = 30) -> Counter[Fate]:
    """A minute later."""
    room.now += timedelta(minutes=1)
    return fetch_due(room.session, room.now, room.tools, post, seconds)


def cases(room: PostRoom) -> int:
    room.session.rollback()
    return room.session.scalar(select(func.count()).select_from(Case)) or 0


@needs_dovecot
def test_mail_is_fetched_from_a_server_once(room: PostRoom, imap: ImapServer) -> None:
    post = Post({}, str(imap.certificate))
    entered(room, imap.box())
    imap.deliver(raw(), auto_reply(1), raw("ข้อความ", List_Id="<l>", Message_ID="<3@e.org>"))
    assert look(room, post) == {Fate.NEW_CASE: 1, Fate.AUTO_REPLY: 1, Fate.WAITING: 1}
    assert all(b"\\Seen" in flags for flags in imap.flags())
    assert len(imap.flags()) == 3  # nothing is deleted
    assert look(room, post) == {}
    case = room.session.scalars(select(Case)).one()
    imap.deliver(reply(room.reply_to(case)))
    assert look(room, post) == {Fate.ADDED: 1}
    imap.number_anew()
    assert look(room, post) == {Fate.REPEAT: 4}
    assert cases(room) == 1
    state = queries.state_of(room.session, room.office.agency.id)
    assert state is not None
    assert (state.tried, state.fetched_at, state.leased_until) == (Reached.FINE, room.now, None)


@needs_dovecot
def test_a_connection_that_breaks_after_the_commit_makes_no_second_case(room: PostRoom, imap: ImapServer) -> None:
    entered(room, imap.box())
    imap.deliver(raw(), raw("สอง", Message_ID="<2@e.org>"))
    broken = Post({}, str(imap.certificate), _breaking_at_filing(fetching.open_box))
    assert look(room, broken) == {Fate.NEW_CASE: 2}
    state = queries.state_of(room.session, room.office.agency.id)
    assert state is not None
    assert (state.tried, state.failures) == (Reached.UNREACHABLE, 1)
    room.now += timedelta(minutes=5)
    assert look(room, Post({}, str(imap.certificate))) == {}
    assert cases(room) == 2


def _breaking_at_filing(opener: Opener) -> Opener:
    @contextmanager
    def opened(box: Box, authority: str = "") -> Iterator[object]:
        with opener(box, authority) as source:
            source.file_away = lambda _done: _raise()  # type: ignore[method-assign]
            yield source

    return opened  # type: ignore[return-value]


def _raise() -> None:
    raise ConnectionResetError


@needs_dovecot
def test_what_is_too_large_is_never_fetched_whole(room: PostRoom, imap: ImapServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MESSAGE_MOST", 1000)
    entered(room, imap.box())
    imap.deliver(raw("ก" * 2000))
    assert look(room, Post({}, str(imap.certificate))) == {Fate.WAITING: 1}
    row = room.session.scalars(select(MailInMessage)).one()
    assert (row.reason, row.raw_id) == (Reason.TOO_LARGE, None)
    assert row.size > 6000


def test_a_mailbox_that_cannot_be_reached_is_left_alone_longer_and_longer(room: PostRoom) -> None:
    entered(room, Box(ADDRESS, "no-such-host.invalid", user="u", password="p"))
    waits = []
    for _ in range(9):
        look(room, Post({}))
        state = queries.state_of(room.session, room.office.agency.id)
        assert state is not None
        assert state.tried is Reached.NO_HOST
        waits.append((state.due_at - room.now) // timedelta(minutes=1))
        room.now = state.due_at
    assert waits == [2, 4, 8, 16, 32, 60, 60, 60, 60]
    assert [row.agency_id for row in queries.unreached(room.session)] == [room.office.agency.id]


def maildir(folder: Path, *messages: bytes) -> Path:
    for part in ("new", "cur", "tmp"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for number, message in enumerate(messages):
        (folder / "new" / f"{len(list((folder / 'cur').iterdir()))}{number}.host").write_bytes(message)
    return folder


def test_a_maildir_of_the_settings_is_read_and_moved_to_cur(room: PostRoom, tmp_path: Path) -> None:
    folder = maildir(tmp_path / "Maildir", raw(), auto_reply(1))
    post = Post({room.office.agency.id: Box(ADDRESS, maildir=folder)})
    assert look(room, post) == {Fate.NEW_CASE: 1, Fate.AUTO_REPLY: 1}
    assert sorted(path.name for path in (folder / "cur").iterdir()) == ["00.host:2,S", "01.host:2,S"]
    (folder / "cur" / "00.host:2,S").rename(folder / "new" / "00.host")  # as after a crash between commit and moving
    assert look(room, post) == {}
    assert list((folder / "new").iterdir()) == []
    assert look(room, Post({room.office.agency.id: Box(ADDRESS, maildir=tmp_path / "none")})) == {}
    state = queries.state_of(room.session, room.office.agency.id)
    assert state is not None
    assert state.tried is Reached.NO_MAILDIR


def test_one_reads_a_mailbox_at_a_time_and_who_died_meanwhile_is_forgotten(room: PostRoom, tmp_path: Path) -> None:
    post = Post({room.office.agency.id: Box(ADDRESS, maildir=maildir(tmp_path / "m", raw()))})
    with unit_of_work(room.session):
        assert service.lease(room.session, room.now, room.office.agency.id)
    assert look(room, post) == {}
    room.now += service.LEASE
    assert look(room, post) == {Fate.NEW_CASE: 1}


def test_time_that_is_up_leaves_the_rest_for_the_next_turn(room: PostRoom, tmp_path: Path) -> None:
    folder = maildir(tmp_path / "m", *(raw(str(number), Message_ID=f"<{number}@e.org>") for number in range(3)))
    post = Post({room.office.agency.id: Box(ADDRESS, maildir=folder)})
    with unit_of_work(room.session):
        fetching.mailbox_service.of_the_settings(room.session, room.now, room.office.agency, post.boxes[room.office.agency.id])
    assert sum(fetching.fetch(room.session, room.now, room.tools, post, room.office.agency.id, time.monotonic()).values()) == 1
    assert sum(look(room, post).values()) == 2


def test_one_message_that_breaks_everything_waits_and_holds_nobody_up(
    room: PostRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "read", lambda data: replace(fetching.read_head(data), text=None) if b"bad" in data else _read(data))  # type: ignore[arg-type]
    folder = maildir(tmp_path / "m", raw("bad"), raw("ดี", Message_ID="<2@e.org>"))
    assert look(room, Post({room.office.agency.id: Box(ADDRESS, maildir=folder)})) == {Fate.WAITING: 1, Fate.NEW_CASE: 1}


_read = fetching.read


def test_the_same_from_a_terminal(app: Flask, room: PostRoom, tmp_path: Path) -> None:
    fetch_mail, mail_in = mail_commands(lambda: app)
    folder = maildir(tmp_path / "m", raw(Subject="ความลับ"))
    run = CliRunner().invoke(mail_in, ["--maildir", str(folder), "--agency", room.office.agency.slug])
    assert run.exit_code == 0, run.output
    assert "1  Became a case" in run.output
    assert "ความลับ" not in run.output
    assert CliRunner().invoke(mail_in, ["--maildir", str(tmp_path / "x"), "--agency", room.office.agency.slug]).exit_code == 1
    assert CliRunner().invoke(fetch_mail, []).exit_code == 0
    assert CliRunner().invoke(fetch_mail, ["--agency", "nobody"]).exit_code == 1
    assert room.now >= NOW
