"""What is known of a letter besides what it says: whether it came before, whose case it answers, how many the sender sent."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.casework import identity, reply_token
from portal.casework.models import Case
from portal.casework.service import takes_mail
from portal.feedback.mail_in import queries
from portal.feedback.mail_in.models import MailInMessage
from portal.feedback.mail_in.reading import Letter
from portal.feedback.mail_in.rules import CASES_AN_HOUR, CASES_OF_SENDER_A_DAY, DAY, FROM_SENDER_AN_HOUR, HOUR, Facts, Fate, Token
from portal.kernel.keyring import Keyring
from portal.outbox.mailbox.rules import ADDRESS

_DIGEST, _SENDER = "mail digest", "mail sender"
TOKENS_MOST = 5


@dataclass(frozen=True)
class Known:
    """The facts for the rules, and what they were found by."""

    facts: Facts
    digest: str | None
    sender_mark: str | None
    case: Case | None = None
    earlier: MailInMessage | None = None


def known(session: Session, keyring: Keyring, now: datetime, agency: Agency, letter: Letter, own: frozenset[str]) -> Known:
    """Look everything up; a bounded number of short queries. ``own`` are the addresses that this portal sends from and reads."""
    marks = _all_of(keyring.macs, _SENDER, _who(agency, letter))
    content = _content(letter)
    earlier = queries.same_as(session, agency.id, _all_of(keyring.macs, _DIGEST, content))
    token, case = _of_tokens(session, keyring, letter)
    facts = Facts(
        is_repeat=earlier is not None,
        is_own=identity.normal_email(letter.sender) in own,
        token=token,
        from_sender_this_hour=queries.count_from(session, marks, now - HOUR, FROM_SENDER_AN_HOUR),
        cases_of_sender_today=queries.count_from(session, marks, now - DAY, CASES_OF_SENDER_A_DAY, Fate.NEW_CASE),
        cases_this_hour=queries.count_cases(session, agency.id, now - HOUR, CASES_AN_HOUR),
        agency_closed=agency.is_closed and agencies.successor_of(session, agency) is None,
        has_sender=can_be_written_to(letter.sender),
    )
    digest, mark = keyring.mac(_DIGEST, content)[1] if content else None, keyring.mac(_SENDER, _who(agency, letter))[1] if marks else None
    return Known(facts, digest, mark, case, earlier)


def tokens_of(letter: Letter) -> list[str]:
    """Reply tokens in the recipients' addresses and in what it answers, each once."""
    plus = [address.partition("@")[0].rpartition("+")[2].lower() for address in letter.recipients if "+" in address]
    marked = [found[1].lower() for one in letter.answers_to if (found := reply_token.MARK.search(f"{one}"))]
    return [token for token in dict.fromkeys((*plus, *marked)) if reply_token.TOKEN.fullmatch(token)][:TOKENS_MOST]


def case_of_report(session: Session, keyring: Keyring, letter: Letter) -> Case | None:
    """The case whose mail came back."""
    tokens = letter.report.tokens if letter.report else ()
    found = (reply_token.case_of(session, keyring, token) for token in (*tokens, *tokens_of(letter)))
    return next((case for case in found if case is not None), None)


def _of_tokens(session: Session, keyring: Keyring, letter: Letter) -> tuple[Token, Case | None]:
    """All valid tokens must lead to one case."""
    tokens = tokens_of(letter)
    if not tokens:
        return Token.NONE, None
    cases = {case for token in tokens if (case := reply_token.case_of(session, keyring, token))}
    if len(cases) != 1:
        return Token.BAD, None
    case = cases.pop()
    return (Token.VALID if takes_mail(case) else Token.OVER), case


def _who(agency: Agency, letter: Letter) -> str:
    return f"{agency.id}:{identity.normal_email(letter.sender)}" if letter.sender else ""


def _content(letter: Letter) -> str:
    """The same for the same message; empty where it carries nothing by which two of the same words could be told apart."""
    if not letter.message_id and not letter.written_at:
        return ""
    files = [hashlib.sha256(one.data).hexdigest() for one in letter.attachments]
    told = (letter.message_id, letter.written_at, letter.sender, letter.subject, letter.text, *letter.answers_to, *files)
    return hashlib.sha256("\0".join(told).encode("utf-8", "replace")).hexdigest()


def _all_of(macs: Callable[[str, str], list[str]], purpose: str, value: str) -> list[str]:
    return macs(purpose, value) if value else []


def can_be_written_to(address: str) -> bool:
    """True for an address that a mail can go to; a plus sign is fine here."""
    return bool(ADDRESS.fullmatch(address.replace("+", "", 1)))
