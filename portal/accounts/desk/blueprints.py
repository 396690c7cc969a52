"""Where the pages are registered."""

from flask import Blueprint

account_bp = Blueprint("account", __name__)
people_bp = Blueprint("people", __name__)
