"""The blueprint, and who is at hand."""

from flask import Blueprint

from portal.accounts import queries
from portal.accounts.models import User
from portal.accounts.service import token_hash
from portal.web.actor import current_actor, session_token
from portal.web.database import db

bp = Blueprint("second_factor", __name__)


def me() -> User:
    """The signed-in person, as the database has them now."""
    user_id = current_actor().user_id or 0
    return queries.by_ids(db.session, [user_id])[user_id]


def my_session() -> str:
    """What is stored of this session's token."""
    return token_hash(session_token() or "")
