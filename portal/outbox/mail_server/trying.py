"""A test message, sent at once and outside any transaction, within a bounded time."""

import socket
from ipaddress import ip_address
from threading import BoundedSemaphore, Thread

from portal.kernel.errors import TooMany
from portal.outbox.mail import Mail, SmtpMailer
from portal.outbox.mail_server.outcome import Outcome, outcome_of
from portal.outbox.mail_server.rules import MailServer, refused_address

#: For one step of the talk, and for the whole of it: a server may answer each step slowly.
STEP_SECONDS, WHOLE_SECONDS = 8.0, 20.0
_at_once = BoundedSemaphore(2)  # an attempt may outlive the answer to the browser for a while


def try_out(server: MailServer, mail: Mail, step: float = STEP_SECONDS, whole: float = WHOLE_SECONDS) -> Outcome:
    """Send the mail now and say how it went. Raises ``TooMany`` while two other attempts are still waiting for their server."""
    if not _at_once.acquire(blocking=False):
        raise TooMany(int(whole))
    found: list[Outcome] = []
    attempt = Thread(target=_attempt, args=(server, mail, step, found), daemon=True)
    attempt.start()
    attempt.join(whole)
    return found[0] if found else Outcome.TOO_SLOW


def _attempt(server: MailServer, mail: Mail, step: float, found: list[Outcome]) -> None:
    try:
        found.append(_sent(server, mail, step))
    except Exception as error:
        found.append(outcome_of(error))
    finally:
        _at_once.release()


def _sent(server: MailServer, mail: Mail, step: float) -> Outcome:
    if not leads_to_a_server(server.host, server.port):
        return Outcome.NO_HOST
    SmtpMailer(server.url, step).send(mail)
    return Outcome.SENT


def leads_to_a_server(host: str, port: int) -> bool:
    """False for a name that nobody knows, and for one that leads to where no mail server stands."""
    try:
        places = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError):
        return False
    return not any(refused_address(ip_address(str(place[4][0]).partition("%")[0])) for place in places)
