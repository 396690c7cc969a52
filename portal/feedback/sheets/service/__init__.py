"""The verbs: keep a file that was read, say what its columns mean, import it. All flush, none commits.

A file goes its way in three steps, so that the write is short: ``judging.judge`` (no database), ``ready`` (computes, takes no lock), and
``import_rows`` inside a unit of work.
"""

from portal.feedback.sheets.service.drafts import BOOK, PLAN, book_of, forget, keep_draft, plan_of_draft, set_plan, sweep
from portal.feedback.sheets.service.importing import REFERENCE, Ready, forget_reference, import_rows, ready, reference_of, rows_most
from portal.feedback.sheets.service.profiles import drop_profile, keep_profile
from portal.feedback.sheets.service.sorting import Sorted, offered_topics, sort_out, topic_faults

__all__ = [
    "BOOK",
    "PLAN",
    "REFERENCE",
    "Ready",
    "Sorted",
    "book_of",
    "drop_profile",
    "forget",
    "forget_reference",
    "import_rows",
    "keep_draft",
    "keep_profile",
    "offered_topics",
    "plan_of_draft",
    "ready",
    "reference_of",
    "rows_most",
    "set_plan",
    "sort_out",
    "sweep",
    "topic_faults",
]
