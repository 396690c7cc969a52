"""What a reporter hands in, and whether it can be taken."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from portal.casework.texts import BODY_MOST, as_written, problem, tidy_line
from portal.corruption.sealing import Contact
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message

UNSURE = "unsure"
LINE_MOST = 300  # characters
NOTE_MOST = 3_000
EMAIL_MOST = 254
#: As in ``casework``: neither "=?", which mail programs would decode, nor anything that structures an address.
_EMAIL = re.compile(r"(?!.*=\?)[^\s@<>,;:\"()\[\]\\]+@[^\s@.,;:<>()\"\\]+(\.[^\s@.,;:<>()\"\\]+)+")


@dataclass(frozen=True)
class Statement:
    """The fields of the form as they were typed. ``kept`` are references of collectors (``reception.reference``)."""

    agency: str
    what: str
    place: str = ""
    who: str = ""
    how: str = ""
    name: str = ""
    reach: str = ""
    email: str = ""
    kept: Sequence[str] = ()
    outside: bool = False
    language: str = "th"


@dataclass(frozen=True)
class Checked:
    """A statement whose words can be taken."""

    what: str
    place: str
    who: str
    how: str
    contact: Contact


def validate(statement: Statement) -> Checked:
    """Words as they were written; raises ``Invalid`` with every field at fault."""
    what, who, how = as_written(statement.what), as_written(statement.who), as_written(statement.how)
    lines = {name: tidy_line(getattr(statement, name)) for name in ("place", "name", "reach", "email")}
    faults = {
        "what": problem(what, Message(N_("Write what happened, at least one sentence")), BODY_MOST),
        "who": problem(who, None, NOTE_MOST),
        "how": problem(how, None, NOTE_MOST),
        **{name: problem(text, None, EMAIL_MOST if name == "email" else LINE_MOST) for name, text in lines.items()},
    }
    if lines["email"] and not _EMAIL.fullmatch(lines["email"]):
        faults["email"] = Message(N_("Write an e-mail address, such as name@example.com"))
    if not statement.agency.strip():
        faults["agency"] = Message(N_("Choose an agency, or say that you are not sure"))
    if wrong := {name: [fault] for name, fault in faults.items() if fault}:
        raise Invalid(wrong)
    language = "en" if statement.language == "en" else "th"
    return Checked(what, lines["place"], who, how, Contact(lines["name"], lines["reach"], lines["email"], language))


def fingerprint(statement: Statement, files: Sequence[str]) -> str:
    """The same text for the same statement; ``files`` are the sha256 of the files as sent."""
    return json.dumps([asdict(statement), sorted(files)], ensure_ascii=True, sort_keys=True)
