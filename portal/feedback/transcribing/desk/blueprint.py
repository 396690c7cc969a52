"""One blueprint for all pages of the room."""

from flask import Blueprint

bp = Blueprint("transcribing", __name__)
