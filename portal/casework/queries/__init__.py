"""Named reads of casework. What officers read is scoped by ``policy.visible_to``; what the public reads by ``is_public``."""

from portal.casework.queries.apart import agency_above, independent, marked_and_open, one_matter
from portal.casework.queries.aside import (
    aside,
    aside_count,
    came_of_late,
    count_aside,
    families,
    lies_aside,
    quarantine_of,
    rows_of,
    signs_of_row,
)
from portal.casework.queries.cases import by_id, by_number, files_of, history, left_out_of, visible, words_of
from portal.casework.queries.deadlines import holidays_around, promise, promise_of, rule_for, rules_now, rules_of
from portal.casework.queries.judging import contested, for_review, judges, route_of, without_judge
from portal.casework.queries.narrowing import NOBODY, WHOLE, Narrowing
from portal.casework.queries.public import invented, is_public, public_by_number, public_list, tombstone
from portal.casework.queries.queue import Filter, count_late, counts, counts_with, in_pool, open_per_owner, pool_of, queue

__all__ = [
    "NOBODY",
    "WHOLE",
    "Filter",
    "Narrowing",
    "agency_above",
    "aside",
    "aside_count",
    "by_id",
    "by_number",
    "came_of_late",
    "contested",
    "count_aside",
    "count_late",
    "counts",
    "counts_with",
    "families",
    "files_of",
    "for_review",
    "history",
    "holidays_around",
    "in_pool",
    "independent",
    "invented",
    "is_public",
    "judges",
    "left_out_of",
    "lies_aside",
    "marked_and_open",
    "one_matter",
    "open_per_owner",
    "pool_of",
    "promise",
    "promise_of",
    "public_by_number",
    "public_list",
    "quarantine_of",
    "queue",
    "route_of",
    "rows_of",
    "rule_for",
    "rules_now",
    "rules_of",
    "signs_of_row",
    "tombstone",
    "visible",
    "without_judge",
    "words_of",
]
