"""The verbs of transcribing. Flush, never commit.

All raise ``NotAllowed``; those that change a sheet take ``row_version``, the one that the officer saw, and raise ``Conflict`` when
somebody was first.
"""

from portal.feedback.transcribing.service.aside import set_aside, take_back
from portal.feedback.transcribing.service.batches import add_pages, drop_paper, open_batch
from portal.feedback.transcribing.service.holding import begin, begin_next, let_go
from portal.feedback.transcribing.service.joining import join_next, split_last
from portal.feedback.transcribing.service.keeping import forget_old
from portal.feedback.transcribing.service.typing import Saved, completed, confirm, keep_draft, maker_id, receipt_of, save

__all__ = [
    "Saved",
    "add_pages",
    "begin",
    "begin_next",
    "completed",
    "confirm",
    "drop_paper",
    "forget_old",
    "join_next",
    "keep_draft",
    "let_go",
    "maker_id",
    "open_batch",
    "receipt_of",
    "save",
    "set_aside",
    "split_last",
    "take_back",
]
