"""``/desk/admin``: where an agency is run. The first page leads to what each room offers its administrators."""

from portal.desk.admin import (
    calendar,
    channels,
    deadlines,
    frame,
    look,
    mail,
    mailbox,
    options,
    poster,
    questions,
    routing,
    templates,
    topics,
)
from portal.desk.admin.index import bp

__all__ = [
    "bp",
    "calendar",
    "channels",
    "deadlines",
    "frame",
    "look",
    "mail",
    "mailbox",
    "options",
    "poster",
    "questions",
    "routing",
    "templates",
    "topics",
]
