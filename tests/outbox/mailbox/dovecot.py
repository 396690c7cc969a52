"""A real IMAP server, Debian's dovecot, with everything of its own in a temporary folder; as root or as an ordinary user."""

import getpass
import grp
import imaplib
import os
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from portal.outbox.mail_server.rules import Security
from portal.outbox.mailbox.rules import Box

DOVECOT = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
needs_dovecot = pytest.mark.skipif(
    DOVECOT is None or not Path("/usr/lib/dovecot/imap").exists(), reason="no IMAP server here: apt-get install dovecot-imapd"
)
USER, PASSWORD = "inbox@meknoi.example", 'pass "word" ไทย'
PATIENCE = 15.0


@dataclass
class ImapServer:
    """Where it listens, the certificate that it shows, and the folder of its one user's mail."""

    folder: Path
    plain_port: int
    tls_port: int
    certificate: Path

    def box(self, security: Security = Security.TLS, **values: str) -> Box:
        """As an administrator would enter it."""
        port = self.tls_port if security is Security.TLS else self.plain_port
        return Box(
            **{"address": USER, "host": "localhost", "port": port, "security": security, "user": USER, "password": PASSWORD, **values}
        )

    def deliver(self, *messages: bytes) -> None:
        """As a mail server would: into the inbox, unread."""
        with self.client() as client:
            for message in messages:
                state, _ = client.append("INBOX", "", imaplib.Time2Internaldate(time.time()), message)
                assert state == "OK"

    def flags(self, folder: str = "INBOX") -> list[bytes]:
        """Flags of each message of a folder, in its order."""
        with self.client() as client:
            client.select(folder, readonly=True)
            _, data = client.uid("FETCH", "1:*", "(FLAGS)")
            return [line for line in data if isinstance(line, bytes)]

    def number_anew(self) -> None:
        """Take the folder away and put its messages back, as a server does that was moved; all unread, UIDVALIDITY is another."""
        with self.client() as client:
            client.select("INBOX")
            validity = int(client.response("UIDVALIDITY")[1][0])
            _, found = client.search(None, "ALL")
            messages = [client.fetch(number.decode(), "(BODY.PEEK[])")[1][0][1] for number in found[0].split()]
        for name in (self.folder / "mail").iterdir():
            shutil.rmtree(name) if name.is_dir() else name.unlink()
        while int(time.time()) <= validity:  # dovecot takes the second for it
            time.sleep(0.05)
        self.deliver(*messages)

    @contextmanager
    def client(self) -> Iterator[imaplib.IMAP4]:
        """Signed in."""
        client = imaplib.IMAP4_SSL(
            "localhost", self.tls_port, ssl_context=ssl.create_default_context(cafile=str(self.certificate)), timeout=10
        )
        try:
            client.authenticate("PLAIN", lambda _: f"\0{USER}\0{PASSWORD}".encode())
            yield client
        finally:
            client.logout()


@contextmanager
def running(folder: Path) -> Iterator[ImapServer]:
    """Start it, wait until it answers, stop it."""
    server = ImapServer(folder, _free_port(), _free_port(), folder / "cert.pem")
    _write_certificate(folder)
    (folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n", encoding="utf-8")
    (folder / "dovecot.conf").write_text(_configuration(server), encoding="utf-8")
    assert DOVECOT
    process = subprocess.Popen(
        [DOVECOT, "-F", "-c", str(folder / "dovecot.conf")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        _wait_for(server.tls_port, process, folder)
        yield server
    finally:
        os.killpg(process.pid, signal.SIGKILL)  # it and its children alone: a session of their own
        process.wait(PATIENCE)


def _configuration(server: ImapServer) -> str:
    """All processes run as whoever runs the test; as root, mail belongs to an account that is not root, for dovecot refuses root's."""
    me = getpass.getuser()
    mine = pwd.getpwnam(me)
    owner = pwd.getpwnam("nobody") if mine.pw_uid == 0 else mine
    mail = server.folder / "mail"
    mail.mkdir(exist_ok=True)
    if mine.pw_uid == 0:
        for path in (server.folder, mail):
            os.chown(path, owner.pw_uid, owner.pw_gid)
        for parent in [server.folder, *server.folder.parents]:
            if parent.owner() == "root" and str(parent).startswith(("/tmp/", "/var/tmp/")):
                parent.chmod(parent.stat().st_mode | 0o011)
        server.folder.chmod(0o755)
    internal, group = ("nobody", grp.getgrgid(owner.pw_gid).gr_name) if mine.pw_uid == 0 else (me, grp.getgrgid(mine.pw_gid).gr_name)
    return f"""
base_dir = {server.folder}/run
state_dir = {server.folder}/state
log_path = {server.folder}/log
protocols = imap
listen = 127.0.0.1, ::1
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {internal}
disable_plaintext_auth = yes
ssl = yes
ssl_cert = <{server.folder}/cert.pem
ssl_key = <{server.folder}/key.pem
mail_location = maildir:{mail}
first_valid_uid = 0
auth_mechanisms = plain login
auth_failure_delay = 0
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {server.folder}/users
}}
userdb {{
  driver = static
  args = uid={owner.pw_uid} gid={owner.pw_gid} home={server.folder}/home allow_all_users=yes
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {server.plain_port}
  }}
  inet_listener imaps {{
    port = {server.tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


def _write_certificate(folder: Path) -> None:
    """Self-signed, for localhost."""
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")]), datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = (
        builder.serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
    )
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    (folder / "cert.pem").write_bytes(builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(private)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(port: int, process: "subprocess.Popen[bytes]", folder: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    log = folder / "log"
    pytest.fail(f"dovecot did not start: {log.read_text() if log.exists() else process.poll()}")
