"""Limits that an administrator sets, as the entrances of citizens need them."""

from portal.agencies.options import value_of
from portal.casework.options import FILES_MOST, SUBMISSIONS_NETWORK
from portal.web.database import db


def files_most() -> int:
    """How many files one sending may bring."""
    most: int = value_of(db.session, FILES_MOST)
    return most


def submissions_network() -> str:
    """How many submissions one network may make, as Flask-Limiter reads it: asked at every submission, so a change holds at once."""
    return f"{value_of(db.session, SUBMISSIONS_NETWORK)} per 10 minutes"
