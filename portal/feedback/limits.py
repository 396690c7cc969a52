"""Limits that an administrator sets, as the entrances of citizens need them."""

from portal.agencies.options import value_of
from portal.casework.options import FILES_MOST
from portal.web.database import db


def files_most() -> int:
    """How many files one sending may bring."""
    most: int = value_of(db.session, FILES_MOST)
    return most
