"""How long a file waits, and how rows are known. In words: ``docs/rules/sheets.md``."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from portal.agencies.options import Option, OptionKind
from portal.files.names import tidy
from portal.kernel.messages import N_

#: A working day and an evening; then whoever wants it chooses the file once more.
WAITS_FOR = timedelta(hours=12)
SWEEP_EVERY = timedelta(minutes=15)
#: Files of one person that wait at once: the oldest goes when another comes.
WAITING_MOST = 5
PROFILE_NAME_MOST = 120
FILE_NAME_MOST = 120

ROWS_MOST = Option(
    key="sheets.rows_most",
    kind=OptionKind.NUMBER,
    default=10_000,
    label=N_("Rows of a spreadsheet that one import takes"),
    explains=N_("All rows are stored in one write, for which others wait: about a second for ten thousand on the embedded database"),
    least=100,
    most=20_000,
    unit=N_("rows"),
)


@dataclass(frozen=True)
class FileName:
    """What is told of a file: its name, tidy, and the SHA-256 of its bytes."""

    name: str
    sha256: str


def file_name(name: str, data: bytes) -> FileName:
    """Of a file as it was sent."""
    return FileName(tidy(name)[:FILE_NAME_MOST], hashlib.sha256(data).hexdigest())


def content_digest(agency_id: int, content: Sequence[str]) -> str:
    """SHA-256 of what a row says to an agency; kept as a keyed hash, and encrypted."""
    return _sha256(json.dumps([agency_id, *content], ensure_ascii=True))


def reference_digest(agency_id: int, reference: str) -> str:
    """The same of a number in the other system; empty for none."""
    return _sha256(f"{agency_id}:{reference.casefold()}") if reference else ""


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
