"""What is kept of a message while somebody has to decide about it, as one ciphertext."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from cryptography.fernet import InvalidToken

from portal.feedback.mail_in.models import MailInMessage
from portal.feedback.mail_in.reading import Letter
from portal.kernel.keyring import Keyring
from portal.kernel.messages import Message

PURPOSE = "mail in"
#: Of a text that no case could hold anyway.
TEXT_MOST = 60_000  # characters
SUBJECT_MOST = 1000


@dataclass(frozen=True)
class NotKept:
    """A file that came along and was not kept: name, English source of the reason, and what is filled in."""

    name: str
    why: str
    values: Mapping[str, Any]

    @property
    def message(self) -> Message:
        """The reason as a sentence."""
        return Message(self.why, self.values)


@dataclass(frozen=True)
class Kept:
    """What an officer reads of it. ``sender`` is shown masked and serves notices."""

    sender: str = ""
    subject: str = ""
    text: str = ""
    is_cut: bool = False
    not_kept: Sequence[NotKept] = ()
    #: Why an officer said that it is not for us.
    why: str = ""


def kept_of(letter: Letter, not_kept: Sequence[NotKept]) -> Kept:
    """As much as can be shown."""
    return Kept(letter.sender, letter.subject[:SUBJECT_MOST], letter.text[:TEXT_MOST], len(letter.text) > TEXT_MOST, tuple(not_kept))


def seal(keyring: Keyring, kept: Kept) -> str:
    """To be stored as ``letter_enc``."""
    return keyring.encrypt(PURPOSE, json.dumps(asdict(kept), ensure_ascii=False))


def opened(keyring: Keyring, row: MailInMessage) -> Kept:
    """Empty once it is gone, or under no listed key."""
    if row.letter_enc is None:
        return Kept()
    try:
        values = json.loads(keyring.decrypt(PURPOSE, row.letter_enc))
    except InvalidToken:
        return Kept()
    return Kept(**{**values, "not_kept": tuple(NotKept(**one) for one in values["not_kept"])})
