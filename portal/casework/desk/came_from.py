"""From which part of the queue the officer came, as the address or the form of a case says."""

from urllib.parse import urlencode

from flask import request

from portal.casework.desk.asked import read_within
from portal.casework.queries import Filter


def current_filter() -> Filter | None:
    """The part of the queue that the officer came from, if the address or form says so."""
    value = request.values.get("filter", "")
    return Filter(value) if value in list(Filter) else None


def current_within() -> str | None:
    """How that part was narrowed, as one value; None if it was not."""
    return urlencode(read_within(request.values.get("within", ""))) or None
