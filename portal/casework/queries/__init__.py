"""Named reads of casework. What officers read is scoped by ``policy.visible_to``; what the public reads by ``is_public``."""

from portal.casework.queries.apart import agency_above, independent, marked_and_open, one_matter
from portal.casework.queries.cases import by_id, by_number, files_of, history, visible, words_of
from portal.casework.queries.deadlines import promise, rule_for, rules_now, rules_of
from portal.casework.queries.judging import contested, for_review, judges, route_of, without_judge
from portal.casework.queries.public import is_public, public_by_number, public_list, tombstone
from portal.casework.queries.queue import Filter, counts, open_per_owner, queue

__all__ = [
    "Filter",
    "agency_above",
    "by_id",
    "by_number",
    "contested",
    "counts",
    "files_of",
    "for_review",
    "history",
    "independent",
    "is_public",
    "judges",
    "marked_and_open",
    "one_matter",
    "open_per_owner",
    "promise",
    "public_by_number",
    "public_list",
    "queue",
    "route_of",
    "rule_for",
    "rules_now",
    "rules_of",
    "tombstone",
    "visible",
    "without_judge",
    "words_of",
]
