"""How an attempt to look into a mailbox went, in words for people. What the server itself said is never shown."""

import imaplib
import socket
import ssl
from enum import StrEnum

from portal.kernel.messages import N_


class NoFolder(Exception):
    """The folder is not there."""


class NoMaildir(Exception):
    """The directory is not there or is no maildir."""


class SignInRefused(Exception):
    """User and password are refused."""


class NoSuchHost(Exception):
    """The name leads nowhere."""


class Reached(StrEnum):
    """The last attempt."""

    FINE = "fine"
    NO_HOST = "no_host"
    UNREACHABLE = "unreachable"
    TOO_SLOW = "too_slow"
    CERTIFICATE = "certificate"
    NO_ENCRYPTION = "no_encryption"
    SIGN_IN = "sign_in"
    NO_FOLDER = "no_folder"
    NO_MAILDIR = "no_maildir"
    NO_MAILBOX = "no_mailbox"
    SEALED = "sealed"

    @property
    def label(self) -> str:
        """English source text."""
        return LABELS[self]


LABELS = {
    Reached.FINE: N_("The mailbox can be read"),
    Reached.NO_HOST: N_("There is no server of this name; check its spelling"),
    Reached.UNREACHABLE: N_("The server cannot be reached; check name and port, and whether a firewall stands between"),
    Reached.TOO_SLOW: N_("The server did not answer in time; check port and security, which often do not belong together"),
    Reached.CERTIFICATE: N_("The server's certificate is not valid for this name; ask whoever runs it, or write the name that it has"),
    Reached.NO_ENCRYPTION: N_("The server does not speak this kind of encryption at this port; try the other one"),
    Reached.SIGN_IN: N_("The server refuses user and password; some providers want an app password made for this"),
    Reached.NO_FOLDER: N_("The server has no such folder; write its name as the mail program shows it"),
    Reached.NO_MAILDIR: N_("The folder that the settings name is no maildir, or it cannot be read"),
    Reached.NO_MAILBOX: N_("Something answers there, but not as a mailbox that can be read"),
    Reached.SEALED: N_("What was entered cannot be opened with the present keys; enter it anew"),
}
#: The first that fits; narrower ones stand first.
MEANINGS: tuple[tuple[tuple[type[BaseException], ...], Reached], ...] = (
    ((NoSuchHost, socket.gaierror), Reached.NO_HOST),
    ((SignInRefused,), Reached.SIGN_IN),
    ((NoFolder,), Reached.NO_FOLDER),
    ((NoMaildir,), Reached.NO_MAILDIR),
    ((TimeoutError,), Reached.TOO_SLOW),
    ((ssl.SSLCertVerificationError,), Reached.CERTIFICATE),
    ((ssl.SSLError,), Reached.NO_ENCRYPTION),
    ((OSError,), Reached.UNREACHABLE),
    ((imaplib.IMAP4.error, UnicodeError, ValueError), Reached.NO_MAILBOX),
)


def reached_of(error: BaseException) -> Reached:
    """What a failure means."""
    return next((reached for kinds, reached in MEANINGS if isinstance(error, kinds)), Reached.NO_MAILBOX)
