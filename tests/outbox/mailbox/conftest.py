"""One IMAP server for all tests of a process."""

from collections.abc import Iterator

import pytest

from tests.outbox.mailbox.dovecot import ImapServer, running


@pytest.fixture(scope="session")
def imap_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ImapServer]:
    """Started once; ``imap`` empties it for each test."""
    with running(tmp_path_factory.mktemp("imap")) as server:
        yield server


@pytest.fixture
def imap(imap_server: ImapServer) -> ImapServer:
    """With an empty inbox."""
    with imap_server.client() as client:
        _, found = client.select("INBOX")
        if found != [b"0"]:
            client.store("1:*", "+FLAGS", r"(\Deleted)")
            client.expunge()
    return imap_server
