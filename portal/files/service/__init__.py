"""The verbs: receive (outside any transaction), stage under a form, attach, sweep what was left behind.

The way of a file: ``receive`` cleans it and puts it on the disk; then, inside a unit of work, ``stage`` names it in a
row; ``attach`` says that something holds it now, and the caller links it in the same unit of work.
"""

from portal.files.service.erasing import erase
from portal.files.service.receiving import Received, Upload, covered_copy, discard, receive, receive_all, receive_stack
from portal.files.service.staging import attach, keep, stage, unstage
from portal.files.service.sweeping import after_commit, orphans, remove_orphans, sweep

__all__ = [
    "Received",
    "Upload",
    "after_commit",
    "attach",
    "covered_copy",
    "discard",
    "erase",
    "keep",
    "orphans",
    "receive",
    "receive_all",
    "receive_stack",
    "remove_orphans",
    "stage",
    "sweep",
    "unstage",
]
