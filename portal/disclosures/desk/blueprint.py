"""The blueprint that the publishers' pages hang on."""

from flask import Blueprint
from werkzeug.wrappers import Response

bp = Blueprint("disclosures_desk", __name__)
Answer = str | Response | tuple[str, int]
