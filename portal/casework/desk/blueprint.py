"""The blueprint that all pages of one case hang on."""

from flask import Blueprint

bp = Blueprint("cases_desk", __name__)
