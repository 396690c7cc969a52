"""The blueprint that all of the reporter's pages hang on. None of them leaves a line in the request log."""

from flask import Blueprint, g

bp = Blueprint("corruption", __name__)


@bp.before_request
def _leave_no_line() -> None:
    g.unlogged = True
