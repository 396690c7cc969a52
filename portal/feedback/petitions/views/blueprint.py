"""Where the views register, and the petition of an address."""

import re

from flask import Blueprint

from portal.feedback.petitions import queries
from portal.feedback.petitions.models import Petition
from portal.kernel.errors import NotFound
from portal.web.database import db

bp = Blueprint("petitions", __name__)
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


def at(slug: str, *, lock: bool = False) -> Petition:
    """The petition, unless its case is marked as about somebody: then nobody may learn of it. Raises ``NotFound``."""
    petition = queries.by_slug(db.session, slug, lock=lock) if _SLUG.fullmatch(slug) else None
    if petition is None or petition.case.guarded:
        raise NotFound
    return petition


def shown(slug: str, *, lock: bool = False) -> Petition:
    """The same, if everybody may read it."""
    petition = at(slug, lock=lock)
    if not queries.is_shown(petition):
        raise NotFound
    return petition
