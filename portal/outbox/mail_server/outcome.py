"""How an attempt to send went, in words for people. What the server itself said is never shown."""

import smtplib
import ssl
from enum import StrEnum

from portal.kernel.messages import N_


class Outcome(StrEnum):
    """The last test message."""

    SENT = "sent"
    NO_HOST = "no_host"
    UNREACHABLE = "unreachable"
    TOO_SLOW = "too_slow"
    CERTIFICATE = "certificate"
    NO_ENCRYPTION = "no_encryption"
    SIGN_IN = "sign_in"
    SENDER = "sender"
    RECIPIENT = "recipient"
    NO_MAIL = "no_mail"

    @property
    def label(self) -> str:
        """English source text."""
        return LABELS[self]


LABELS = {
    Outcome.SENT: N_("The server took the message; look into your mailbox whether it arrives, also among the junk"),
    Outcome.NO_HOST: N_("There is no server of this name; check its spelling"),
    Outcome.UNREACHABLE: N_("The server cannot be reached; check name and port, and whether a firewall stands between"),
    Outcome.TOO_SLOW: N_("The server did not answer in time; check port and security, which often do not belong together"),
    Outcome.CERTIFICATE: N_("The server's certificate is not valid for this name; ask whoever runs it, or write the name that it has"),
    Outcome.NO_ENCRYPTION: N_("The server does not speak this kind of encryption at this port; try the other one"),
    Outcome.SIGN_IN: N_("The server refuses user and password; some providers want an app password made for this"),
    Outcome.SENDER: N_("The server does not let us send from this address; use one that belongs to the user"),
    Outcome.RECIPIENT: N_("The server does not take mail for your own address"),
    Outcome.NO_MAIL: N_("Something answers there, but not as a mail server that takes our message"),
}


def outcome_of(error: BaseException) -> Outcome:
    """What a failure of ``smtplib`` means; it hides what broke a connection behind a plain "disconnected"."""
    if isinstance(error, smtplib.SMTPServerDisconnected) and isinstance(error.__context__, TimeoutError):
        return Outcome.TOO_SLOW
    for kinds, outcome in MEANINGS:
        if isinstance(error, kinds):
            return outcome
    return Outcome.UNREACHABLE if isinstance(error, OSError) else Outcome.NO_MAIL


#: The first that fits; narrower ones stand first.
MEANINGS: tuple[tuple[tuple[type[BaseException], ...], Outcome], ...] = (
    ((TimeoutError,), Outcome.TOO_SLOW),
    ((ssl.SSLCertVerificationError,), Outcome.CERTIFICATE),
    ((ssl.SSLError, smtplib.SMTPNotSupportedError), Outcome.NO_ENCRYPTION),
    ((smtplib.SMTPAuthenticationError,), Outcome.SIGN_IN),
    ((smtplib.SMTPSenderRefused,), Outcome.SENDER),
    ((smtplib.SMTPRecipientsRefused,), Outcome.RECIPIENT),
    ((smtplib.SMTPException, UnicodeError, ValueError), Outcome.NO_MAIL),
)
