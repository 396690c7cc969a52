"""The verbs. ``keyring`` is the one of reports; each flushes and never commits."""

from portal.corruption.service.handing import candidates, hand, keep_away
from portal.corruption.service.intake import Receipt, about_of, hand_in, kept_of
from portal.corruption.service.opening import file_opened, opened, read_by_reporter
from portal.corruption.service.retention import follow, release, retain, sweep
from portal.corruption.service.staging import Handed, all_of, attach, wait
from portal.corruption.service.status import begin, close, refer
from portal.corruption.service.talk import note, reporter_says, say

__all__ = [
    "Handed",
    "Receipt",
    "about_of",
    "all_of",
    "attach",
    "begin",
    "candidates",
    "close",
    "file_opened",
    "follow",
    "hand",
    "hand_in",
    "keep_away",
    "kept_of",
    "note",
    "opened",
    "read_by_reporter",
    "refer",
    "release",
    "reporter_says",
    "retain",
    "say",
    "sweep",
    "wait",
]
