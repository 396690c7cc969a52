"""The blueprint that all pages of the privacy desk hang on."""

from flask import Blueprint

bp = Blueprint("privacy_desk", __name__)
