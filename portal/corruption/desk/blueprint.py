"""The blueprint that all of the collectors' pages hang on. None leaves a line in the request log; the trail knows who opened what."""

from flask import Blueprint, g

bp = Blueprint("corruption_desk", __name__)


@bp.before_request
def _leave_no_line() -> None:
    g.unlogged = True
