"""Verbs on plans, activities and records. Whoever calls them holds the row of the plan (``queries.of_year(lock=True)``)."""

from portal.plans.service.activities import Row, add, cancel, change, choices, duplicate, remove, save_rows, take_up
from portal.plans.service.happened import tell, write_words
from portal.plans.service.keeping import PLANNED_COLUMNS, Reason
from portal.plans.service.plans import approve, hand_in, open_plan, send_back, take_back
from portal.plans.service.records import link, unlink

__all__ = [
    "PLANNED_COLUMNS",
    "Reason",
    "Row",
    "add",
    "approve",
    "cancel",
    "change",
    "choices",
    "duplicate",
    "hand_in",
    "link",
    "open_plan",
    "remove",
    "save_rows",
    "send_back",
    "take_back",
    "take_up",
    "tell",
    "unlink",
    "write_words",
]
