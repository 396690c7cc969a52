"""The blueprint of the first day."""

from flask import Blueprint

bp = Blueprint("setup", __name__)
