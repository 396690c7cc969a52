"""The blueprint that all pages of this room hang on."""

from flask import Blueprint

bp = Blueprint("privacy", __name__)
